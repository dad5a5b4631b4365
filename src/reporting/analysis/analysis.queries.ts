import type { NamedQuery } from '../../database/transactions.js';

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
