import type { NamedQuery } from '../../platform/database/transactions.js';

/** Values: units, first and last day. Open petitions whose next limit ends in this stretch, at whom, on which day and by which rule. */
export const limitsRunningOut: NamedQuery = {
  name: 'limits-running-out',
  text: `select p.responsible_unit_id as "unitId", p.next_due_on as "dueOn", l.rule_id as "ruleId", count(*)::int as count
    from petition p left join lateral (
      select rule_id from petition_limit
      where petition_id = p.id and due_on = p.next_due_on and met_on is null and void_on is null and suspended_on is null order by id limit 1
    ) as l on true
    where p.open and p.responsible_unit_id = any ($1::uuid[]) and p.next_due_on between $2::date and $3::date
    group by 1, 2, 3 order by 2, 1, 3`,
};

/** Values: units, today. Open petitions that are overdue already, at whom. */
export const overdueNow: NamedQuery = {
  name: 'overdue-now',
  text: `select responsible_unit_id as "unitId", count(*)::int as count from petition
    where open and responsible_unit_id = any ($1::uuid[]) and next_due_on < $2::date group by 1`,
};

/** Values: units, first and last day. Transfers that these units sent or were sent in the period, by whom to whom. */
export const transferFlows: NamedQuery = {
  name: 'transfer-flows',
  text: `select from_unit_id as "fromUnitId", to_unit_id as "toUnitId", count(*)::int as sent, count(*) filter (where state = 'pending')::int as pending,
      count(*) filter (where state in ('received', 'replied'))::int as received, count(*) filter (where state = 'returned')::int as returned,
      count(*) filter (where replied_on is not null)::int as replied,
      round(avg(received_on - sent_on), 1)::float8 as "daysToReceipt", round(avg(replied_on - received_on), 1)::float8 as "daysToReply"
    from transfer where sent_on between $2::date and $3::date and (from_unit_id = any ($1::uuid[]) or to_unit_id = any ($1::uuid[]))
    group by 1, 2 order by sent desc, 1, 2`,
};
