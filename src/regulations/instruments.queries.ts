import type { NamedQuery } from '../platform/database/transactions.js';

const columns = `i.id, i.number, i.issuer, i.type, i.title, i.issued_on as "issuedOn", i.in_force_from as "inForceFrom", i.in_force_to as "inForceTo", i.note,
    i.verified, i.version,
    (select coalesce(jsonb_agg(jsonb_build_object('kind', c.kind, 'effectiveOn', c.effective_on, 'byInstrumentId', c.by_instrument_id, 'byNumber', by.number,
        'note', c.note) order by c.effective_on), '[]')
      from legal_instrument_change c left join legal_instrument by on by.id = c.by_instrument_id where c.instrument_id = i.id) as changes,
    (select count(distinct r.id)::int from regulation_basis b join regulation_version v on v.id = b.version_id join regulation r on r.id = v.regulation_id
      where b.instrument_id = i.id and r.repealed_on is null and v.in_force_to is null) as "basedOnIt"`;

/** Values: id. */
export const instrumentById: NamedQuery = { name: 'legal-instrument', text: `select ${columns} from legal_instrument i where i.id = $1` };

/** Values: folded words or null, number or null, day on which it is in force or null, issue day and id to start after or null, limit. */
export const instrumentList: NamedQuery = {
  name: 'legal-instruments',
  text: `select ${columns} from legal_instrument i
    where ($1::text is null or fold(i.number || ' ' || i.title || ' ' || i.issuer) like '%' || $1 || '%') and ($2::text is null or i.number = $2)
      and ($3::date is null or (i.in_force_from <= $3 and (i.in_force_to is null or i.in_force_to >= $3)))
      and ($4::date is null or (i.issued_on, i.id) < ($4, $5::uuid))
    order by i.issued_on desc, i.id desc limit $6`,
};
