import type { NamedQuery } from '../platform/database/transactions.js';

/**
 * Why a version is proposed for review: what changed in its basis after it was issued or last kept, and law that was no longer in force when it
 * was issued. A change that the version itself rests on was known when it was written.
 */
const reasons = `select coalesce(jsonb_agg(jsonb_build_object('number', c.number, 'instrumentId', c.instrument_id, 'regulationId', c.regulation_id,
      'change', c.kind, 'effectiveOn', c.effective_on, 'by', c.by) order by c.effective_on, c.number), '[]') as list, min(c.effective_on) as first_on
    from (
      select i.number, i.id as instrument_id, null::uuid as regulation_id, c.kind, c.effective_on, amending.number as by
      from regulation_basis b join legal_instrument i on i.id = b.instrument_id join legal_instrument_change c on c.instrument_id = i.id
      left join legal_instrument amending on amending.id = c.by_instrument_id
      where b.version_id = v.id
        and (c.effective_on > greatest(v.issued_on, kept.reviewed_on) or (c.kind <> 'amended' and c.effective_on <= v.issued_on and kept.reviewed_on is null))
        and not exists (select from regulation_basis own where own.version_id = v.id and own.instrument_id = c.by_instrument_id and c.kind = 'amended')
      union all
      select later.number, null, b.basis_regulation_id, 'amended', later.in_force_from, later.number
      from regulation_basis b join regulation_version later on later.regulation_id = b.basis_regulation_id and later.sequence > 1
      where b.version_id = v.id and later.in_force_from > greatest(v.issued_on, kept.reviewed_on)
      union all
      select base.repeal_number, null, base.id, 'repealed', base.repealed_on, base.repeal_number
      from regulation_basis b join regulation base on base.id = b.basis_regulation_id
      where b.version_id = v.id and (base.repealed_on > greatest(v.issued_on, kept.reviewed_on) or (base.repealed_on <= v.issued_on and kept.reviewed_on is null))
    ) c`;

/** Every regulation `r` with the version `v` that counts on the day $1. */
const register = `regulation r
    join unit u on u.id = r.unit_id
    join lateral (select * from regulation_version v where v.regulation_id = r.id
      order by v.in_force_from > $1::date, case when v.in_force_from > $1::date then v.sequence else -v.sequence end limit 1) v on true
    left join lateral (select max(reviewed_on) as reviewed_on from regulation_review k
      where k.regulation_id = r.id and k.outcome = 'keep' and k.reviewed_on >= v.issued_on and k.reviewed_on <= $1::date) kept on true
    cross join lateral (${reasons}) reason`;
const state = `case when r.repealed_on <= $1::date then 'repealed' when u.valid_to < $1::date then 'ended'
    when v.in_force_from > $1::date then 'upcoming' else 'in_force' end`;
const columns = `r.id, r.unit_id as "unitId", r.type, r.title, ${state} as state, v.number, v.issued_on as "issuedOn", v.in_force_from as "inForceFrom",
    v.review_by as "reviewBy", r.repealed_on as "repealedOn", r.repeal_number as "repealNumber", r.replaced_by_id as "replacedById",
    kept.reviewed_on as "keptOn", case when ${state} in ('in_force', 'upcoming') then reason.list else '[]' end as "reviewReasons", r.version`;

/** Values: day, id. */
export const regulationById: NamedQuery = { name: 'regulation', text: `select ${columns} from ${register} where r.id = $2` };

/**
 * Values: day, units or null, type or null, state or null, `proposed` or `outdated` or null, basis or null, folded words or null, id to start after
 * or null, limit.
 */
export const regulationList: NamedQuery = {
  text: `select ${columns} from ${register}
    where ($2::uuid[] is null or r.unit_id = any ($2)) and ($3::text is null or r.type = $3) and ($4::text is null or ${state} = $4)
      and ($5::text is null or (${state} in ('in_force', 'upcoming') and case $5 when 'outdated' then reason.first_on <= $1 else reason.first_on is not null end))
      and ($6::uuid is null or exists (select from regulation_basis b where b.version_id = v.id and $6 in (b.instrument_id, b.basis_regulation_id)))
      and ($7::text is null or fold(r.title || ' ' || v.number) like '%' || $7 || '%')
      and ($8::uuid is null or r.id < $8)
    order by r.id desc limit $9`,
};

/** Values: id. */
export const lockRegulation: NamedQuery = {
  name: 'regulation-locked',
  text: 'select id, unit_id as "unitId", type, repealed_on as "repealedOn", version from regulation where id = $1 for update',
};

/** Values: id. The newest first. */
export const versionsOf: NamedQuery = {
  name: 'regulation-versions',
  text: `select v.sequence, v.action, v.number, v.issued_on as "issuedOn", v.in_force_from as "inForceFrom", v.in_force_to as "inForceTo",
      v.signer_title as "signerTitle", v.signer_name as "signerName", v.gist, v.review_by as "reviewBy",
      case when f.id is null then null else jsonb_build_object('id', f.id, 'filename', f.filename) end as file,
      (select coalesce(jsonb_agg(jsonb_build_object('instrumentId', b.instrument_id, 'regulationId', b.basis_regulation_id, 'article', b.article,
          'number', coalesce(i.number, (select number from regulation_version l where l.regulation_id = b.basis_regulation_id order by sequence desc limit 1)),
          'title', coalesce(i.title, base.title)) order by b.position), '[]')
        from regulation_basis b left join legal_instrument i on i.id = b.instrument_id left join regulation base on base.id = b.basis_regulation_id
        where b.version_id = v.id) as basis
    from regulation_version v left join attachment f on f.id = v.file_id where v.regulation_id = $1 order by v.sequence desc`,
};

/** Values: id. The newest first. */
export const reviewsOf: NamedQuery = {
  name: 'regulation-reviews',
  text: `select w.id, w.outcome, w.reason, w.reviewed_on as "reviewedOn", w.do_by as "doBy", i.campaign_id as "campaignId", a.username as "reviewedBy"
    from regulation_review w left join regulation_campaign_item i on i.id = w.item_id left join account a on a.id = w.created_by
    where w.regulation_id = $1 order by w.created_at desc, w.id desc`,
};

/** Values: day, units. Which units have which type of regulation in force. */
export const typesInForce: NamedQuery = {
  name: 'regulation-types-in-force',
  text: `select r.unit_id as "unitId", r.type from ${register} where r.unit_id = any ($2::uuid[]) and ${state} = 'in_force'`,
};

/** Values: day, units. What is outdated, or to be looked at again by a day that the unit set itself or said in a review. */
export const regulationGaps: NamedQuery = {
  name: 'regulation-gaps',
  text: `select r.id as "regulationId", r.unit_id as "unitId", r.type, 'outdated' as gap, reason.first_on as "dueOn"
      from ${register} where r.unit_id = any ($2::uuid[]) and ${state} = 'in_force' and reason.first_on <= $1
    union all
    select r.id, r.unit_id, r.type, 'due', v.review_by
      from ${register} where r.unit_id = any ($2::uuid[]) and ${state} = 'in_force' and v.review_by <= $1::date + 30
        and (kept.reviewed_on is null or kept.reviewed_on < v.review_by - 30)
    union all
    select w.regulation_id, w.unit_id, w.type, 'due', w.do_by
      from regulation_review w join unit u on u.id = w.unit_id
      where w.unit_id = any ($2::uuid[]) and (u.valid_to is null or u.valid_to >= $1) and w.do_by is not null and w.item_id is null and ${workLeft('w')}
        and not exists (select from regulation_review later where later.regulation_id = w.regulation_id and (later.created_at, later.id) > (w.created_at, w.id))`,
};

/** Whether what a review came to is still to be done. */
export function workLeft(review: string): string {
  return `(case ${review}.outcome
    when 'keep' then false when 'not_needed' then false
    when 'issue' then not exists (select from regulation made where made.unit_id = ${review}.unit_id and made.type = ${review}.type and made.repealed_on is null)
    when 'repeal' then exists (select from regulation still where still.id = ${review}.regulation_id and still.repealed_on is null)
    else exists (select from regulation still where still.id = ${review}.regulation_id and still.repealed_on is null)
      and not exists (select from regulation_version made where made.regulation_id = ${review}.regulation_id and made.sequence > 1
        and made.issued_on >= ${review}.reviewed_on) end)`;
}
