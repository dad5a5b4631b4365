import type { NamedQuery } from '../../platform/database/transactions.js';

/** Values: units. */
export const milestonesOf: NamedQuery = {
  name: 'rollout-milestones',
  text: `select unit_id as "unitId", milestone, planned_on as "plannedOn", done_on as "doneOn", note, version from rollout_milestone where unit_id = any ($1::uuid[])`,
};

/** The legal day in Viet Nam on which a row was entered. */
const enteredOn = (row: string) => `(${row}.created_at at time zone 'Asia/Ho_Chi_Minh')::date`;
/** Petitions `p` that units $1 took in themselves from $2 to $3: not those that another system or an old ledger brought, nor parts of one. */
const taken = `petition p where p.ledger_unit_id = any ($1::uuid[]) and p.received_on between $2 and $3 and p.parent_id is null and p.external_reference is null`;
const petitionerHas = (condition: string) =>
  `exists (select from petition_party y where y.petition_id = p.id and y.role = 'petitioner' and (${condition}))`;

/** Values: units, first and last day, days, the last day in time for each. */
export const petitionUsage: NamedQuery = {
  name: 'rollout-petition-usage',
  text: `select p.ledger_unit_id as "unitId", count(*)::int as petitions, count(*) filter (where ${enteredOn('p')} <= day.last_on)::int as "petitionsInTime",
      max(p.created_at) as "lastEntryAt", jsonb_build_object(
        'fieldCode', count(p.field_code), 'writtenOn', count(p.written_on),
        'petitioner', count(*) filter (where ${petitionerHas(`y.name <> '' or y.sealed is not null`)}),
        'address', count(*) filter (where ${petitionerHas('y.address is not null or y.sealed is not null')}),
        'nationalId', count(*) filter (where ${petitionerHas('y.national_id is not null or y.sealed is not null')}),
        'phone', count(*) filter (where ${petitionerHas('y.phone is not null or y.sealed is not null')}),
        'attachment', count(*) filter (where exists (select from attachment f where f.petition_id = p.id))) as completeness
    from (select p.* from ${taken}) p join unnest($4::date[], $5::date[]) day (on_day, last_on) on day.on_day = p.received_on
    group by p.ledger_unit_id`,
};

/** Values: as for {@link petitionUsage}. */
export const visitUsage: NamedQuery = {
  name: 'rollout-visit-usage',
  text: `select v.unit_id as "unitId", count(*)::int as visits, count(*) filter (where ${enteredOn('v')} <= day.last_on)::int as "visitsInTime",
      max(v.created_at) as "lastEntryAt"
    from reception_visit v join unnest($4::date[], $5::date[]) day (on_day, last_on) on day.on_day = v.visited_on
    where v.unit_id = any ($1::uuid[]) and v.visited_on between $2 and $3 group by v.unit_id`,
};

/** Values: as for {@link petitionUsage}, then day and id to start after or null, limit. What was not entered in time, the latest first. */
export const lateEntries: NamedQuery = {
  name: 'rollout-late-entries',
  text: `select * from (
      select 'petition' as about, p.id, p.number, p.ledger_unit_id as "unitId", p.received_on as "onDate", ${enteredOn('p')} as "enteredOn"
      from (select p.* from ${taken}) p join unnest($4::date[], $5::date[]) day (on_day, last_on) on day.on_day = p.received_on and ${enteredOn('p')} > day.last_on
      union all
      select 'visit', v.id, v.number, v.unit_id, v.visited_on, ${enteredOn('v')}
      from reception_visit v join unnest($4::date[], $5::date[]) day (on_day, last_on) on day.on_day = v.visited_on and ${enteredOn('v')} > day.last_on
      where v.unit_id = any ($1::uuid[]) and v.visited_on between $2 and $3
    ) entry where $6::date is null or ("onDate", id) < ($6, $7::uuid) order by "onDate" desc, id desc limit $8`,
};

/** Values: units, moment since when somebody is active. */
export const accountUsage: NamedQuery = {
  name: 'rollout-account-usage',
  text: `select a.unit_id as "unitId", count(*)::int as accounts, count(*) filter (where used.last_at >= $2::timestamptz)::int as "activeAccounts",
      max(used.last_at) as "lastUseAt"
    from account a left join lateral (select max(s.last_used_at) as last_at from account_session s where s.account_id = a.id) used on true
    where a.unit_id = any ($1::uuid[]) and a.active group by a.unit_id`,
};
