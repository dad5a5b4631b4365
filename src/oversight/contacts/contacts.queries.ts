import type { NamedQuery } from '../../platform/database/transactions.js';

/**
 * Values: units, id or null, case at a superior or null, petition or null, gathering or null, last day of the next talk or null, day and id to start
 * after or null, limit. A talk that was followed by another one about the same is no longer waited for.
 */
export const contactList: NamedQuery = {
  text: `select c.id, c.unit_id as "unitId", c.matter_id as "superiorMatterId", c.petition_id as "petitionId", c.incident_id as "incidentId",
      c.on_date as "onDate", c.way, c.officials, c.together_with as "togetherWith", c.content, c.result, c.next_on as "nextOn", a.username as "recordedBy"
    from citizen_contact c left join account a on a.id = c.created_by
    where c.unit_id = any ($1::uuid[]) and ($2::uuid is null or c.id = $2) and ($3::uuid is null or c.matter_id = $3)
      and ($4::uuid is null or c.petition_id = $4) and ($5::uuid is null or c.incident_id = $5)
      and ($6::date is null or (c.next_on <= $6 and not exists (select from citizen_contact later
        where (later.matter_id = c.matter_id or later.petition_id = c.petition_id or later.incident_id = c.incident_id)
          and (later.on_date, later.created_at) > (c.on_date, c.created_at))))
      and ($7::date is null or (c.on_date, c.id) < ($7, $8::uuid))
    order by c.on_date desc, c.id desc limit $9`,
};
