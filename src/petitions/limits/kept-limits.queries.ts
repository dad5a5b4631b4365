import type { NamedQuery } from '../../platform/database/transactions.js';

/** A limit with how it was kept. */
export interface KeptLimitRow {
  id: string;
  petitionId: string;
  petitionNumber: string;
  unitId: string;
  ruleId: string;
  startsOn: string;
  dueOn: string;
  metOn: string | null;
  result: 'kept' | 'not_kept' | 'open';
  daysLate: number;
}

export interface KeptFiguresRow {
  unitId: string;
  ruleId: string;
  kept: number;
  notKept: number;
  open: number;
  /** Mean of the days over, of those not kept. */
  meanDaysLate: number | null;
}

/** How limits were kept. A suspended limit is open; what was void counts nowhere. */
const judge = (condition: string, today: string) => `
  select l.id, l.petition_id, l.unit_id, l.rule_id, l.starts_on, l.due_on, l.met_on,
    case when l.met_on <= l.due_on then 'kept' when l.met_on is not null then 'not_kept'
         when l.suspended_on is null and l.due_on < ${today}::date then 'not_kept' else 'open' end as result,
    greatest(0, coalesce(l.met_on, l.suspended_on, ${today}::date) - l.due_on) as days_late
  from petition_limit l
  where ${condition} and l.void_on is null`;

/** Values: units, first and last due day, rule or null, today. */
const judged = judge(
  'l.unit_id = any ($1::uuid[]) and l.due_on between $2::date and $3::date and ($4::text is null or l.rule_id = $4)',
  '$5',
);

/** Further values: result or null, due day and id to start after, limit. */
export const keptLimits: NamedQuery = {
  name: 'kept-limits',
  text: `select judged.id, petition_id as "petitionId", p.number as "petitionNumber", unit_id as "unitId", rule_id as "ruleId", starts_on as "startsOn",
      due_on as "dueOn", met_on as "metOn", result, days_late as "daysLate"
    from (${judged}) judged join petition p on p.id = judged.petition_id
    where ($6::text is null or result = $6) and ($7::date is null or (due_on, judged.id) > ($7::date, $8::uuid))
    order by due_on, judged.id limit $9`,
};

export const keptFigures: NamedQuery = {
  name: 'kept-figures',
  text: `select unit_id as "unitId", rule_id as "ruleId", count(*) filter (where result = 'kept')::int as kept,
      count(*) filter (where result = 'not_kept')::int as "notKept", count(*) filter (where result = 'open')::int as open,
      round(avg(days_late) filter (where result = 'not_kept'), 1)::float8 as "meanDaysLate"
    from (${judged}) judged group by unit_id, rule_id order by unit_id, rule_id`,
};

/** Values: petitions, today. Kept and not kept by petition and rule. */
export const keptOfPetitions: NamedQuery = {
  name: 'kept-of-petitions',
  text: `select petition_id as "petitionId", rule_id as "ruleId", count(*) filter (where result = 'kept')::int as kept,
      count(*) filter (where result = 'not_kept')::int as "notKept"
    from (${judge('l.petition_id = any ($1::uuid[])', '$2')}) judged where result <> 'open' group by petition_id, rule_id`,
};
