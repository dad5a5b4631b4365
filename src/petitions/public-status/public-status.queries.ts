import type { NamedQuery } from '../../platform/database/transactions.js';

/** Values: number of a ledger entry. */
export const publicPetition: NamedQuery = {
  name: 'public-petition',
  text: `select p.number, p.kind, p.state, p.stage, p.received_on as "receivedOn", p.received_unit_id as "receivedUnitId",
      p.responsible_unit_id as "responsibleUnitId", p.last_step_on as "lastStepOn", p.next_due_on as "nextDueOn", p.status_code as code,
      coalesce((select json_agg(json_build_object('number', part.number, 'state', part.state, 'responsibleUnitId', part.responsible_unit_id,
                  'nextDueOn', part.next_due_on) order by part.part_no)
                from petition part where part.parent_id = p.id), '[]') as parts
    from petition p where p.number = $1 and p.parent_id is null`,
};
