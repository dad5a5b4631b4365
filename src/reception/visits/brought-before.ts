const earlierThere = `(e.unit_id = v.unit_id or exists (
        select from unit_succession s where s.predecessor_id = e.unit_id and s.successor_id = v.unit_id and s.portion = 'whole'))
      and (e.started_at, e.id) < (v.started_at, v.id)`;

/**
 * Whether the matter of a visit `v` with its petition `p` was brought before, to the unit or one that it carried on: the case says which matter it is, or
 * else the first visit. Each half is found by its own index.
 */
export const broughtBefore = `(v.petition_id is not null and exists (
      select from petition other join reception_visit e on e.petition_id = other.id where other.case_id = p.case_id and ${earlierThere})
    or (v.petition_id is null and exists (select from reception_visit e where e.matter_id = v.matter_id and ${earlierThere})))`;

/** Who receives at the session `s` of a visit, or at none: the kinds of reception of form 01/TCD. */
export const receptionOf = `case s.held_by when 'head' then 'head' when 'delegate' then 'delegated' else 'regular' end`;
