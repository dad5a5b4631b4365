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
  regulation: 'regulations',
  inspection: 'inspections',
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

/** By the day, a petition that is within competence and was classified, and is not yet accepted or refused. */
const considered = `(s.classified_on <= $4::date and s.within and coalesce(s.processed_on > $4::date, true))`;
const qualified = `(${eligible} or coalesce(${considered}, false))`;
const acceptance = `case
      when not s.within or not ${qualified} then 'none'
      when s.settled_by in ('withdrawal', 'termination') and s.settled_on <= $4::date then 'ended'
      when s.processed_on is null or s.processed_on > $4::date then 'considering'
      when s.outcome in ('accepted', 'answered') then 'accepted'
      when s.outcome = 'refused' then 'refused'
      else 'none' end`;
const directed = `case
      when s.within or s.processed_on is null or s.processed_on > $4::date then 'none'
      when s.outcome = 'guided' then 'guided'
      when s.outcome in ('transferred', 'referred') then 'transferred'
      else 'none' end`;

/** A part is in the figures of its petition where that was split and is counted itself. */
const ofWhole = `(s.part and exists (
      select from petition p join petition_stay whole on whole.petition_id = p.parent_id and whole.split and whole.pending && ${period}
        join scope home on home.unit_id = whole.unit_id and home.row_id = s.row_id
      where p.id = s.petition_id))`;

/**
 * The petitions that lay with a row in the period, each once however often it came back: as it came first in it, and as it left last. What was transferred,
 * sent back and transferred again is one petition.
 */
const once = `select * from (
        select scope.row_id, s.*, first_value(s.arrived_on) over stays as came_on, first_value(s.arrival) over stays as came_by,
          row_number() over (partition by scope.row_id, s.petition_id order by s.arrived_on desc, s.id desc) as from_last
        from scope join petition_stay s on s.unit_id = scope.unit_id and s.pending && ${period}
        window stays as (partition by scope.row_id, s.petition_id order by s.arrived_on, s.id)
      ) as every_stay where from_last = 1`;

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
  examined: 'examined',
  qualified: 'qualified',
  acceptance: 'acceptance',
  directed: 'directed',
  split: 'split',
  ofWhole: 'of_whole',
};
const petitionsAndCases = { petitions: { amount: '1' }, cases: { amount: '1', only: 'leads' } };

/**
 * A case leads by its last eligible petition of the period: it counts once for a row and, by matter, for each group of kinds. Of those within competence by
 * its last petition that was accepted or refused, else by one that is considered.
 */
function processing(which: string, kinds: string): SourceSql {
  return {
    before: urged,
    facts: `select s.row_id, s.id, s.petition_id as subject_id, case when s.processed_on <= $4::date then s.processed_on else s.came_on end as day, s.case_id, s.arrived_on, s.processed_on,
        s.outcome, s.came_by = 'filed' and (select over_level from petition where id = s.petition_id) as over_level, s.channel,
        case when s.came_on < $3::date then 'carried' else 'received' end as movement,
        case when s.processed_on <= $4::date then 'processed' else 'open' end as progress, ${eligible} as eligible, s.kind, ${field} as field, s.signatories,
        coalesce(s.stage, 'none') as stage, s.within, ${passed} as passed, s.matter,
        coalesce(s.settled_on <= $4::date and s.result is distinct from 'not_resolved', false) as resolved,
        coalesce(s.processed_on <= $4::date, false) or coalesce(${considered}, false) as examined, ${qualified} as qualified, ${acceptance} as acceptance,
        ${directed} as directed, s.split, ${ofWhole} as of_whole,
        ${eligible} and row_number() over (partition by s.row_id, s.case_id${kinds}, ${eligible} order by s.processed_on desc, s.id desc) = 1 as leads,
        ${qualified} and s.within and row_number() over (partition by s.row_id, s.case_id${kinds}, ${qualified} and s.within
          order by case when s.processed_on <= $4::date then s.processed_on end desc nulls last, s.id desc) = 1 as leads_within
      from (${once}) as s where ${which}`,
    attributes: processingAttributes,
    measures: { ...petitionsAndCases, withinCases: { amount: '1', only: 'leads_within' } },
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

/** Inspections of several units by one order are one inspection. */
const sameOrder = 'row_id, decision_number, decided_on';

/** Petitions of one case that are decided on one day with one result are decided by one decision. */
const sameDecision = (alias: string) => `${alias}.row_id, ${alias}.case_id, ${alias}.kind, ${alias}.settled_on, ${alias}.result`;

/**
 * Decisions and conclusions that are to be carried out (Circular 06/2025/TT-TTCP, 05/KQTH columns 1 and 16): those of the period, and those of before with
 * something that was not carried out before it.
 */
const executed = `executed as materialized (
    select scope.row_id, s.id, s.petition_id, s.case_id, s.kind, s.settled_on, s.result,
      not exists (select from obligation o where o.petition_id = s.petition_id and coalesce(o.fulfilled_on > $4::date, true)) as done
    from scope join petition_stay s on s.unit_id = scope.unit_id
    where s.settled_by = 'decision' and not s.split and s.kind in ('complaint', 'denunciation') and (
      (s.resolving && ${period} and ${inPeriod('s.settled_on')})
      or (s.settled_on < $3::date and s.petition_id in (select petition_id from obligation where fulfilled_on is null or fulfilled_on >= $3::date)))
  )`;

export const sourcesSql: Record<SourceName, SourceSql> = {
  petitions: processing(`not ${ofWhole}`, ''),
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
        ended.ended and s.settled_by = 'decision' as issued,
        row_number() over (partition by scope.row_id, s.case_id, s.kind, ended.ended, s.settled_by, s.settled_on, s.result order by s.id) = 1 as leads_decision,
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
      issued: 'issued',
    },
    measures: { ...petitionsAndCases, decisions: { amount: '1', only: 'leads_decision' } },
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
  executions: {
    before: executed,
    facts: `select d.row_id, d.id, d.petition_id as subject_id, d.settled_on as day, d.kind, bool_and(d.done) over (partition by ${sameDecision('d')}) as done,
        row_number() over (partition by ${sameDecision('d')} order by d.id) = 1 as leads
      from executed d`,
    attributes: { kind: 'kind', done: 'done' },
    measures: { decisions: { amount: '1', only: 'leads' } },
    subject: 'petition',
  },
  owed: {
    before: executed,
    facts: `select executed.row_id, o.id, o.petition_id as subject_id, executed.settled_on as day, executed.kind, o.type,
        ${quantityNames.map((name) => `greatest(o.${name} - coalesce(sum(done.${name}), 0), 0) as ${name}`).join(', ')}
      from executed join obligation o on o.petition_id = executed.petition_id
        left join performance done on done.obligation_id = o.id and done.performed_on < $3::date
      where coalesce(o.fulfilled_on >= $3::date, true)
      group by executed.row_id, executed.settled_on, executed.kind, o.id`,
    attributes: obligationAttributes,
    measures: quantities,
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
        bool_or(large_group) over (partition by row_id, matter) as brought_by_group,
        reception = 'regular' and bool_or(reception <> 'regular') over (partition by row_id, matter) as taken_by_head,
        row_number() over (partition by row_id, matter order by array_position(array['head', 'delegated', 'regular'], reception), started_at, id) = 1 as leads_at_head
      from (
        select scope.row_id, v.id, v.id as subject_id, v.visited_on as day, ${receptionOf} as reception, v.persons, v.large_group, v.started_at,
          coalesce(p.case_id, v.matter_id) as matter, ${broughtBefore} as repeated
        from scope join reception_visit v on v.unit_id = scope.unit_id and ${inPeriod('v.visited_on')}
          left join reception_session s on s.id = v.session_id left join petition p on p.id = v.petition_id
        where v.state <> 'refused'
      ) as received) as placed`,
    attributes: { reception: 'reception', repeated: 'repeated', largeGroup: 'large_group', takenByHead: 'taken_by_head' },
    measures: {
      visits: { amount: '1' },
      persons: { amount: 'persons' },
      cases: { amount: '1', only: 'leads' },
      groups: { amount: '1', only: 'large_group' },
      groupCases: { amount: '1', only: 'leads_groups' },
      casesAtHead: { amount: '1', only: 'leads_at_head' },
    },
    derived: { personsPerVisit: 'avg(persons)', repeatShare: '100.0 * count(*) filter (where repeated) / count(*)' },
    subject: 'visit',
  },
  sessions: {
    facts: `select *, row_number() over (partition by row_id, unit_id, reception, announced, day order by id) = 1 as first_of_day from (
        select scope.row_id, s.id, s.id as subject_id, s.unit_id, s.on_date as day, ${receptionOf} as reception, coalesce(s.published_on <= s.on_date, false) as announced
        from scope join reception_session s on s.unit_id = scope.unit_id and ${inPeriod('s.on_date')}
        where s.held_by in ('head', 'delegate') and s.state in ('open', 'closed')
      ) as held`,
    attributes: { reception: 'reception', announced: 'announced' },
    measures: { sessions: { amount: '1' }, days: { amount: '1', only: 'first_of_day' } },
    subject: 'session',
  },
  regulations: {
    facts: `select scope.row_id, changed.id, changed.regulation_id as subject_id, changed.day, changed.change
      from scope join regulation r on r.unit_id = scope.unit_id, lateral (
        select v.id, v.regulation_id, v.issued_on as day, case when v.action in ('amended', 'supplemented') then 'amended' else 'issued' end as change
        from regulation_version v where v.regulation_id = r.id and ${inPeriod('v.issued_on')}
        union all
        select r.id, r.id, r.repealed_on, 'repealed' where ${inPeriod('r.repealed_on')}
      ) as changed`,
    attributes: { change: 'change' },
    measures: { documents: { amount: '1' } },
    subject: 'regulation',
  },
  responsibility: {
    facts: `select *, row_number() over (partition by ${sameOrder}, running order by id) = 1 as leads,
        row_number() over (partition by ${sameOrder}, concluded order by id) = 1 as leads_concluded,
        row_number() over (partition by ${sameOrder}, owed order by id) = 1 as leads_owed
      from (
        select scope.row_id, i.id, i.id as subject_id, coalesce(i.concluded_on, i.started_on) as day, i.decision_number, i.decided_on,
          coalesce(i.concluded_on >= $3::date, true) as running, coalesce(${inPeriod('i.concluded_on')}, false) as concluded,
          coalesce(i.concluded_on <= $4::date and (i.concluded_on >= $3::date or exists (
            select from inspection_finding f where f.inspection_id = i.id and f.state <> 'withdrawn' and not exists (
              select from inspection_finding_entry e where e.finding_id = f.id and e.type = 'acceptance'
                and (e.created_at at time zone 'Asia/Ho_Chi_Minh')::date < $3::date))), false) as owed
        from scope join inspection i on i.unit_id = scope.unit_id and i.type = 'responsibility' and i.state in ('started', 'concluded') and i.started_on <= $4::date
      ) as inspected where running or owed`,
    attributes: { running: 'running', concluded: 'concluded', owed: 'owed' },
    measures: {
      inspections: { amount: '1', only: 'leads' },
      units: { amount: '1' },
      conclusions: { amount: '1', only: 'leads_concluded' },
      owedConclusions: { amount: '1', only: 'leads_owed' },
    },
    subject: 'inspection',
  },
  // Nothing of it is counted: it is what a unit declares.
  declared: {
    facts: `select scope.row_id, scope.unit_id as id, scope.unit_id as subject_id, $3::date as day, $4::date as until from scope where false`,
    attributes: {},
    measures: { classes: { amount: '1' }, persons: { amount: '1' }, organisations: { amount: '1' }, cases: { amount: '1' } },
    subject: 'inspection',
  },
};
