import { reportFields, type SourceName } from '../rules/reports/vocabulary.js';
import { broughtBefore, receptionOf } from '../reception/visits/brought-before.js';

/*
 * Where the figures come from: for each source of the vocabulary the things that are counted in a period, one row each, with what distinguishes them as columns.
 * A figure and the list behind it are asked of the same rows by the same conditions, so that they cannot differ.
 *
 * Values of every statement: units, the row that each unit is counted in, first and last day of the period.
 */

/** How a measure adds up. */
interface MeasureSql {
  /** What a row is worth; 1 where rows are counted. */
  amount: string;
  /** Which rows are counted at all. */
  only?: string;
}

/** A source as SQL. */
export interface SourceSql {
  /** Further named queries before the facts. */
  before?: string;
  /** Columns `row_id`, `id`, `subject_id`, `day`, one for each attribute, and what the measures need. */
  facts: string;
  /** Column of each attribute. */
  attributes: Record<string, string>;
  measures: Record<string, MeasureSql>;
  /** Means and shares that an analysis may ask for, as aggregates over the facts. */
  derived?: Record<string, string>;
  /** What is counted. */
  subject: SubjectName;
}

/** What a thing in a list is, and where it is read. */
export const subjects = {
  petition: 'petitions',
  visit: 'reception-visits',
  session: 'reception-sessions',
} as const;
export type SubjectName = keyof typeof subjects;

const period = `daterange($3::date, $4::date, '[]')`;
const inPeriod = (column: string) => `${column} between $3::date and $4::date`;

const field = `case when s.field_code in (${Object.keys(reportFields)
  .map((code) => `'${code}'`)
  .join(', ')}) then s.field_code else 'other' end`;

/** A processed petition that is only put away, handed back or taken back is none that the law wants resolved. */
const eligible = `coalesce(s.processed_on <= $4::date and s.outcome not in ('filed_away', 'returned', 'withdrawn', 'sent_back'), false)`;

/** Urgings of the period, by whom and about which petition; those about a part are about the whole, too. */
const urged = `urged as materialized (
    select u.from_unit_id, u.petition_id from urging u where u.from_unit_id = any ($1::uuid[]) and ${inPeriod('u.urged_on')}
    union
    select u.from_unit_id, p.parent_id from urging u join petition p on p.id = u.petition_id
    where u.from_unit_id = any ($1::uuid[]) and ${inPeriod('u.urged_on')} and p.parent_id is not null
  )`;
const passed = `case
      when s.within or s.processed_on is null or s.processed_on > $4::date then 'none'
      when exists (select from urged u where u.from_unit_id = s.unit_id and u.petition_id = s.petition_id) then 'urged'
      when s.outcome = 'guided' then 'guided'
      when s.outcome in ('transferred', 'referred') then 'transferred'
      else 'none' end`;

const processingAttributes = {
  movement: 'movement',
  progress: 'progress',
  eligible: 'eligible',
  channel: 'channel',
  kind: 'kind',
  field: 'field',
  signatories: 'signatories',
  stage: 'stage',
  within: 'within',
  passed: 'passed',
  matter: 'matter',
  resolved: 'resolved',
};
const petitionsAndCases = { petitions: { amount: '1' }, cases: { amount: '1', only: 'leads' } };

/** A case leads by its last eligible petition of the period: it counts once for a row and, by matter, for each group of kinds. */
function processing(which: string, kinds: string): SourceSql {
  return {
    before: urged,
    facts: `select scope.row_id, s.id, s.petition_id as subject_id, case when s.processed_on <= $4::date then s.processed_on else s.arrived_on end as day, s.case_id, s.arrived_on, s.processed_on,
        s.outcome, s.arrival = 'filed' and (select over_level from petition where id = s.petition_id) as over_level, s.channel, case when s.arrived_on < $3::date then 'carried' else 'received' end as movement,
        case when s.processed_on <= $4::date then 'processed' else 'open' end as progress, ${eligible} as eligible, s.kind, ${field} as field, s.signatories,
        coalesce(s.stage, 'none') as stage, s.within, ${passed} as passed, s.matter, coalesce(s.settled_on <= $4::date, false) as resolved,
        ${eligible} and row_number() over (partition by scope.row_id, s.case_id${kinds}, ${eligible} order by s.processed_on desc, s.id desc) = 1 as leads
      from scope join petition_stay s on s.unit_id = scope.unit_id and s.pending && ${period} where ${which}`,
    attributes: processingAttributes,
    measures: petitionsAndCases,
    derived: {
      daysToProcess: `avg(processed_on - arrived_on) filter (where progress = 'processed')`,
      daysToProcessMedian: `percentile_cont(0.5) within group (order by processed_on - arrived_on) filter (where progress = 'processed')`,
      overLevelShare: '100.0 * count(*) filter (where over_level) / count(*)',
    },
    subject: 'petition',
  };
}

const quantities = {
  money: { amount: '(money / 1000000)' },
  land: { amount: 'land' },
  organisations: { amount: 'organisations' },
  persons: { amount: 'persons' },
  officials: { amount: 'officials' },
  cases: { amount: 'cases' },
};
const obligationAttributes = { kind: 'kind', type: 'type' };
const quantityNames = Object.keys(quantities);

/** What was decided here and has obligations: from when it is to be carried out, and whether it was before the period or by its end. */
const enforced = `enforced as materialized (
    select scope.row_id, s.id, s.petition_id, s.kind, case when s.kind = 'complaint' then least(p.in_force_on, owed.first_performed_on) else s.settled_on end as since,
      owed.fulfilled_before, owed.done
    from (
      select o.petition_id, min(o.first_performed_on) as first_performed_on, bool_and(coalesce(o.fulfilled_on < $3::date, false)) as fulfilled_before,
        bool_and(coalesce(o.fulfilled_on <= $4::date, false)) as done
      from (
        select o.petition_id, o.fulfilled_on, (select min(performed_on) from performance where obligation_id = o.id) as first_performed_on from obligation o
        where o.petition_id in (select petition_id from obligation where fulfilled_on is null or fulfilled_on >= $3::date)
      ) as o group by o.petition_id
    ) as owed join petition_stay s on s.petition_id = owed.petition_id and s.settled_by = 'decision' and not s.split
      join scope on scope.unit_id = s.unit_id join petition p on p.id = s.petition_id
  )`;
const toBeCarriedOut = `enforced.since <= $4::date and not enforced.fulfilled_before`;

export const sourcesSql: Record<SourceName, SourceSql> = {
  petitions: processing('not s.part', ''),
  matters: processing('not s.split', `, case when s.kind in ('recommendation', 'reflection') then 'other' else s.kind end`),
  reception_petitions: {
    before: urged,
    facts: `select scope.row_id, s.id, s.petition_id as subject_id, s.arrived_on as day, s.kind, s.within, ${passed} as passed,
        row_number() over (partition by scope.row_id, s.case_id order by s.arrived_on, s.id) = 1 as leads
      from scope join petition_stay s on s.unit_id = scope.unit_id and s.pending && ${period}
      where not s.part and s.arrival = 'filed' and s.channel = 'in_person' and ${inPeriod('s.arrived_on')}`,
    attributes: { kind: 'kind', within: 'within', passed: 'passed' },
    measures: petitionsAndCases,
    subject: 'petition',
  },
  replies: {
    facts: `select scope.row_id, t.id, t.petition_id as subject_id, t.replied_on as day, coalesce(s.kind, p.kind) as kind, p.channel = 'in_person' as reception
      from scope join transfer t on t.from_unit_id = scope.unit_id and ${inPeriod('t.replied_on')} join petition p on p.id = t.petition_id
        left join lateral (
          select kind from petition_stay where petition_id = t.petition_id and unit_id = t.from_unit_id and outcome = 'transferred' and processed_on = t.sent_on
          order by id limit 1
        ) as s on true`,
    attributes: { kind: 'kind', reception: 'reception' },
    measures: { replies: { amount: '1' } },
    subject: 'petition',
  },
  settlements: {
    facts: `select scope.row_id, s.id, s.petition_id as subject_id, case when s.settled_on <= $4::date then s.settled_on else s.processed_on end as day, s.kind, s.processed_on as accepted_on, s.settled_on,
        case when s.processed_on < $3::date then 'carried' else 'received' end as movement, coalesce(s.stage, 'none') as stage, ended.ended as settled,
        case when ended.ended then s.settled_by else 'none' end as by, case when ended.ended then coalesce(s.result, 'none') else 'none' end as result,
        case when not ended.ended or s.resolution_due_on is null then 'unknown' when s.settled_on <= s.resolution_due_on then 'in_time' else 'late' end as timely,
        row_number() over (partition by scope.row_id, s.case_id, s.kind order by ended.ended desc, case when ended.ended then s.settled_on end desc, s.processed_on desc, s.id desc) = 1 as leads
      from scope join petition_stay s on s.unit_id = scope.unit_id and s.resolving && ${period},
        lateral (select coalesce(s.settled_on <= $4::date, false) as ended) as ended
      where not s.split`,
    attributes: {
      kind: 'kind',
      movement: 'movement',
      stage: 'stage',
      settled: 'settled',
      by: 'by',
      result: 'result',
      timely: 'timely',
    },
    measures: petitionsAndCases,
    derived: {
      daysToSettle: 'avg(settled_on - accepted_on) filter (where settled)',
      daysToSettleMedian: 'percentile_cont(0.5) within group (order by settled_on - accepted_on) filter (where settled)',
      inTimeShare: `100.0 * count(*) filter (where timely = 'in_time') / nullif(count(*) filter (where timely <> 'unknown'), 0)`,
    },
    subject: 'petition',
  },
  imposed: {
    facts: `select scope.row_id, o.id, o.petition_id as subject_id, s.settled_on as day, s.kind, o.type, ${quantityNames.map((name) => `o.${name}`).join(', ')}
      from scope join petition_stay s on s.unit_id = scope.unit_id and s.resolving && ${period} join obligation o on o.petition_id = s.petition_id
      where not s.split and s.settled_by = 'decision' and ${inPeriod('s.settled_on')}`,
    attributes: obligationAttributes,
    measures: quantities,
    subject: 'petition',
  },
  enforcements: {
    before: enforced,
    facts: `select row_id, id, petition_id as subject_id, since as day, kind, done from enforced where ${toBeCarriedOut}`,
    attributes: { kind: 'kind', done: 'done' },
    measures: { decisions: { amount: '1' } },
    subject: 'petition',
  },
  outstanding: {
    before: enforced,
    facts: `select enforced.row_id, o.id, o.petition_id as subject_id, enforced.since as day, enforced.kind, o.type,
        ${quantityNames.map((name) => `greatest(o.${name} - coalesce(sum(done.${name}), 0), 0) as ${name}`).join(', ')}
      from enforced join obligation o on o.petition_id = enforced.petition_id
        left join performance done on done.obligation_id = o.id and done.performed_on < $3::date
      where ${toBeCarriedOut} and coalesce(o.fulfilled_on >= $3::date, true)
      group by enforced.row_id, enforced.since, enforced.kind, o.id`,
    attributes: obligationAttributes,
    measures: quantities,
    subject: 'petition',
  },
  performed: {
    facts: `select scope.row_id, d.id, o.petition_id as subject_id, d.performed_on as day, s.kind, o.type, ${quantityNames.map((name) => `d.${name}`).join(', ')}
      from performance d join obligation o on o.id = d.obligation_id
        join petition_stay s on s.petition_id = o.petition_id and s.settled_by = 'decision' and not s.split join scope on scope.unit_id = s.unit_id
      where ${inPeriod('d.performed_on')}`,
    attributes: obligationAttributes,
    measures: quantities,
    subject: 'petition',
  },
  visits: {
    facts: `select *, leads and brought_by_group as leads_groups from (select *, row_number() over (partition by row_id, matter order by started_at, id) = 1 as leads,
        bool_or(large_group) over (partition by row_id, matter) as brought_by_group
      from (
        select scope.row_id, v.id, v.id as subject_id, v.visited_on as day, ${receptionOf} as reception, v.persons, v.large_group, v.started_at,
          coalesce(p.case_id, v.matter_id) as matter, ${broughtBefore} as repeated
        from scope join reception_visit v on v.unit_id = scope.unit_id and ${inPeriod('v.visited_on')}
          left join reception_session s on s.id = v.session_id left join petition p on p.id = v.petition_id
        where v.state <> 'refused'
      ) as received) as placed`,
    attributes: { reception: 'reception', repeated: 'repeated', largeGroup: 'large_group' },
    measures: {
      visits: { amount: '1' },
      persons: { amount: 'persons' },
      cases: { amount: '1', only: 'leads' },
      groups: { amount: '1', only: 'large_group' },
      groupCases: { amount: '1', only: 'leads_groups' },
    },
    derived: { personsPerVisit: 'avg(persons)', repeatShare: '100.0 * count(*) filter (where repeated) / count(*)' },
    subject: 'visit',
  },
  sessions: {
    facts: `select scope.row_id, s.id, s.id as subject_id, s.on_date as day, ${receptionOf} as reception
      from scope join reception_session s on s.unit_id = scope.unit_id and ${inPeriod('s.on_date')}
      where s.held_by in ('head', 'delegate') and s.state in ('open', 'closed')`,
    attributes: { reception: 'reception' },
    measures: { sessions: { amount: '1' } },
    subject: 'session',
  },
};
