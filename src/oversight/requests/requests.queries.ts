import type { NamedQuery } from '../../platform/database/transactions.js';
import { visibleTo } from '../../petitions/visible-to.js';
import { seenUnit } from '../../structure/units/seen-unit.js';

const columns = `r.id, r.number, r.unit_id as "unitId", r.to_unit_id as "toUnitId", r.type, r.title, r.content, r.state, r.created_at as "createdAt",
    a.username as "createdBy", r.updated_at as "updatedAt", r.version`;
const tables = 'unit_request r left join account a on a.id = r.created_by';
/** Of units in scope; what names petitions is seen by whoever reads petitions, and sees each of them. */
const seen = (roots: string, subtree: string, reads: string) =>
  `(${seenUnit('r.unit_id', roots, subtree)} or ${seenUnit('r.to_unit_id', roots, subtree)})
    and not exists (select from unit_request_petition named join petition p on p.id = named.petition_id
      where named.request_id = r.id and not (${reads}::boolean and ${visibleTo(roots, subtree)}))`;

/** Values: id, roots, subtree, whether the caller reads petitions. */
export const requestById: NamedQuery = {
  name: 'unit-request',
  text: `select ${columns} from ${tables} where r.id = $1 and ${seen('$2', '$3', '$4')}`,
};

/** Values: roots, subtree, state or null, type or null, folded words or null, id to start after or null, limit, whether the caller reads petitions. The latest first. */
export const requestList: NamedQuery = {
  text: `select ${columns} from ${tables}
    where ${seen('$1', '$2', '$8')} and ($3::text is null or r.state = $3) and ($4::text is null or r.type = $4)
      and ($5::text is null or fold(r.number || ' ' || r.title || ' ' || r.content) like '%' || $5 || '%')
      and ($6::uuid is null or r.id < $6)
    order by r.id desc limit $7`,
};

/** Values: numbers, roots, subtree, whether the caller reads petitions. The petitions that have them, whatever unit has them. */
export const petitionsNumbered: NamedQuery = {
  name: 'petitions-numbered',
  text: `select p.id, p.number, $4::boolean and ${visibleTo('$2', '$3')} as seen from petition p where p.number = any ($1::text[])`,
};

/** Values: request, petitions. Answers those that it did not name before. */
export const namePetitions: NamedQuery = {
  name: 'name-petitions',
  text: `insert into unit_request_petition (request_id, petition_id) select $1, id from unnest($2::uuid[]) id
    on conflict do nothing returning petition_id as id`,
};

/** Values: request. In their order. */
export const entriesOf: NamedQuery = {
  name: 'unit-request-entries',
  text: `select e.content, e.state, e.unit_id as "unitId", e.created_at as "createdAt", a.username as "createdBy"
    from unit_request_entry e left join account a on a.id = e.created_by where e.request_id = $1 order by e.created_at, e.id`,
};
