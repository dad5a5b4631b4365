import type { NamedQuery } from '../../platform/database/transactions.js';
import { broughtBefore, receptionOf } from '../visits/brought-before.js';

/** How the head is, or is not, the one who receives: the columns of form 01/TCD. */
export const receptionKinds = ['regular', 'head', 'delegated'] as const;
export type ReceptionKind = (typeof receptionKinds)[number];

/** Figures of one unit, one kind of reception and, where asked, one month. */
export interface VisitFiguresRow {
  unitId: string;
  month: string;
  reception: ReceptionKind;
  visits: number;
  persons: number;
  casesFirst: number;
  casesRepeated: number;
  groups: number;
  groupPersons: number;
  groupCasesFirst: number;
  groupCasesRepeated: number;
  refused: number;
}

/**
 * Values: units, first and last day, whether by month. Refusals are no reception and stand apart. A case counts once in a period (a month, where it
 * is asked by month), where it was brought first in it, and as one of a large group when one came for it in the period; it is a repeated one when it was brought to the unit before (law.md 5.5).
 */
export const visitFigures: NamedQuery = {
  name: 'reception-visit-figures',
  text: `with visits as (
      select v.unit_id, case when $4::boolean then to_char(v.visited_on, 'YYYY-MM') else '' end as month, ${receptionOf} as reception, v.persons,
        v.large_group, v.state = 'refused' as refused, coalesce(p.case_id, v.matter_id) as matter, v.started_at, v.id, ${broughtBefore} as repeated
      from reception_visit v left join reception_session s on s.id = v.session_id left join petition p on p.id = v.petition_id
      where v.unit_id = any ($1::uuid[]) and v.visited_on between $2 and $3
    ), placed as (
      select *, row_number() over (partition by unit_id, month, refused, matter order by started_at, id) = 1 as first_turn,
        bool_or(large_group) over (partition by unit_id, month, refused, matter) as of_group
      from visits
    )
    select unit_id as "unitId", month, reception, count(*) filter (where not refused)::int as visits,
      coalesce(sum(persons) filter (where not refused), 0)::int as persons,
      count(*) filter (where not refused and first_turn and not repeated)::int as "casesFirst",
      count(*) filter (where not refused and first_turn and repeated)::int as "casesRepeated",
      count(*) filter (where not refused and large_group)::int as groups,
      coalesce(sum(persons) filter (where not refused and large_group), 0)::int as "groupPersons",
      count(*) filter (where not refused and first_turn and of_group and not repeated)::int as "groupCasesFirst",
      count(*) filter (where not refused and first_turn and of_group and repeated)::int as "groupCasesRepeated",
      count(*) filter (where refused)::int as refused
    from placed group by unit_id, month, reception`,
};

export interface SessionFiguresRow {
  unitId: string;
  month: string;
  reception: 'head' | 'delegated';
  sessions: number;
}

/** Values: units, first and last day, whether by month. Sessions that the head, or a delegate, held; those at once included. */
export const sessionFigures: NamedQuery = {
  name: 'reception-session-figures',
  text: `select s.unit_id as "unitId", case when $4::boolean then to_char(s.on_date, 'YYYY-MM') else '' end as month, ${receptionOf} as reception,
      count(*)::int as sessions
    from reception_session s where s.unit_id = any ($1::uuid[]) and s.on_date between $2 and $3 and s.held_by in ('head', 'delegate')
      and s.state in ('open', 'closed') group by 1, 2, 3`,
};

/** Minutes, over all units asked. */
export interface TimesRow {
  reception: ReceptionKind | null;
  waited: number;
  waitingMedian: number | null;
  waitingNinety: number | null;
  handled: number;
  handlingMedian: number | null;
  handlingNinety: number | null;
}

/** Values: units, first and last day. Waiting from the ticket to the beginning, handling from the beginning to the end; null for all kinds. */
export const visitTimes: NamedQuery = {
  name: 'reception-visit-times',
  text: `with visits as (
      select ${receptionOf} as reception, extract(epoch from v.ended_at - v.started_at) / 60 as handling,
        case when v.ticket_id is not null then extract(epoch from v.started_at - v.arrived_at) / 60 end as waiting
      from reception_visit v left join reception_session s on s.id = v.session_id
      where v.unit_id = any ($1::uuid[]) and v.visited_on between $2 and $3
    )
    select reception, count(waiting)::int as waited, percentile_cont(0.5) within group (order by waiting) as "waitingMedian",
      percentile_cont(0.9) within group (order by waiting) as "waitingNinety", count(handling)::int as handled,
      percentile_cont(0.5) within group (order by handling) as "handlingMedian", percentile_cont(0.9) within group (order by handling) as "handlingNinety"
    from visits group by grouping sets ((reception), ())`,
};

/** What form 02/TCD counts of the petitions that came in through reception. */
export interface PetitionFiguresRow {
  unitId: string;
  petitions: number;
  cases: number;
  complaints: number;
  complaintCases: number;
  denunciations: number;
  denunciationCases: number;
  others: number;
  otherCases: number;
  within: number;
  withinCases: number;
  outside: number;
  outsideCases: number;
  guided: number;
  transferred: number;
  urged: number;
  replied: number;
}

const isOther = `kind in ('recommendation', 'reflection')`;

/**
 * Values: units, first and last day. A case counts once, where its first petition of the period stands; competence and outcome are those of the unit that
 * received it, whatever became of it elsewhere.
 */
export const petitionFigures: NamedQuery = {
  name: 'reception-petition-figures',
  text: `with received as (
      select s.unit_id, s.kind, s.within, s.outcome, s.processed_on <= $3 as processed,
        row_number() over (partition by s.unit_id, s.case_id order by s.arrived_on, s.id) = 1 as first_of_case,
        exists (select from urging u where u.petition_id = s.petition_id and u.from_unit_id = s.unit_id and u.urged_on between $2 and $3) as urged
      from petition_stay s
      where s.unit_id = any ($1::uuid[]) and s.arrived_on between $2 and $3 and s.pending && daterange($2, $3, '[]') and s.arrival = 'filed'
        and s.channel = 'in_person' and not s.part
    ), sent as (
      select unit_id, kind, within, first_of_case,
        case when within or not coalesce(processed, false) then 'none' when urged then 'urged' when outcome = 'guided' then 'guided'
          when outcome in ('transferred', 'referred') then 'transferred' else 'none' end as passed from received
    ), answered as (
      select t.from_unit_id as unit_id, count(*)::int as replied from transfer t join petition p on p.id = t.petition_id
      where t.from_unit_id = any ($1::uuid[]) and t.replied_on between $2 and $3 and p.channel = 'in_person' group by t.from_unit_id
    )
    select coalesce(figures."unitId", answered.unit_id) as "unitId", petitions, cases, complaints, "complaintCases", denunciations, "denunciationCases", others,
      "otherCases", "within", "withinCases", outside, "outsideCases", guided, transferred, urged, coalesce(replied, 0) as replied
    from (
      select unit_id as "unitId", count(*)::int as petitions, count(*) filter (where first_of_case)::int as cases,
        count(*) filter (where kind = 'complaint')::int as complaints, count(*) filter (where kind = 'complaint' and first_of_case)::int as "complaintCases",
        count(*) filter (where kind = 'denunciation')::int as denunciations,
        count(*) filter (where kind = 'denunciation' and first_of_case)::int as "denunciationCases",
        count(*) filter (where ${isOther})::int as others, count(*) filter (where ${isOther} and first_of_case)::int as "otherCases",
        count(*) filter (where within)::int as within, count(*) filter (where within and first_of_case)::int as "withinCases",
        count(*) filter (where not within)::int as outside, count(*) filter (where not within and first_of_case)::int as "outsideCases",
        count(*) filter (where not within and first_of_case and passed = 'guided')::int as guided,
        count(*) filter (where not within and first_of_case and passed = 'transferred')::int as transferred,
        count(*) filter (where not within and first_of_case and passed = 'urged')::int as urged
      from sent group by unit_id
    ) as figures full join answered on answered.unit_id = figures."unitId"`,
};

export interface HeatRow {
  weekday: number;
  hour: number;
  visits: number;
  persons: number;
}

/** Values: units, first and last day. By weekday (Monday is 1) and hour in Viet Nam. */
export const heat: NamedQuery = {
  name: 'reception-heat',
  text: `select extract(isodow from v.visited_on)::int as weekday, extract(hour from v.started_at at time zone 'Asia/Ho_Chi_Minh')::int as hour,
      count(*)::int as visits, sum(v.persons)::int as persons
    from reception_visit v where v.unit_id = any ($1::uuid[]) and v.visited_on between $2 and $3 group by 1, 2 order by 1, 2`,
};

/** What is owed by one unit: answers after visits, tasks that the head gave. */
export interface OwedRow {
  unitId: string;
  what: 'answers' | 'tasks';
  open: number;
  dueSoon: number;
  overdue: number;
  backlog: number;
}

/** Values: units, day, last day that is due soon. */
export const owed: NamedQuery = {
  name: 'reception-owed',
  text: `select unit_id as "unitId", what, count(*)::int as open, count(*) filter (where due_on between $2::date and $3::date and backlog_on > $2::date)::int as "dueSoon",
      count(*) filter (where due_on < $2::date and backlog_on > $2::date)::int as overdue, count(*) filter (where backlog_on <= $2::date)::int as backlog
    from (
      select unit_id, 'answers' as what, answer_due_on as due_on, answer_backlog_on as backlog_on from reception_visit
      where unit_id = any ($1::uuid[]) and answered_on is null and answer_due_on is not null
      union all
      select unit_id, 'tasks', due_on, backlog_on from reception_task where unit_id = any ($1::uuid[]) and done_on is null
    ) as owed group by unit_id, what`,
};
