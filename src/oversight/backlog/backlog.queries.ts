import type { NamedQuery } from '../../platform/database/transactions.js';
import { finalStates } from '../../petitions/transition.js';
import { transitions } from '../../petitions/transitions.js';
import { seenUnit } from '../../structure/units/seen-unit.js';

/** Open petitions `p` over their last possible day on $1, with the plan, the last promise and the steps. */
const backlog = `petition p
    left join backlog_plan plan on plan.petition_id = p.id
    left join lateral (select c.settle_by from backlog_commitment c where c.petition_id = p.id order by c.created_at desc, c.id desc limit 1) promise on true`;
const inBacklog = `p.open and p.next_backlog_on <= $1::date and p.responsible_unit_id = any ($2::uuid[])`;
const commitment = `case when promise.settle_by is null then 'none' when promise.settle_by < $1::date then 'broken' else 'ahead' end`;
const isLong = `exists (select from long_case l join petition marked on marked.id = l.petition_id where marked.case_id = p.case_id and l.ended_on is null)`;

/**
 * Values: day, units, cause or null, with a plan or without or null, commitment or null, long case or not or null, fewest days over, last day and id to
 * start after or null, limit. The oldest first.
 */
export const backlogList: NamedQuery = {
  text: `select late.*, steps.open as "openSteps", steps.late as "lateSteps", steps.next_on as "nextStepOn" from (
      select p.id as "petitionId", p.number, p.case_id as "caseId", p.kind, p.state, p.field_code as "fieldCode", p.responsible_unit_id as "unitId",
        p.received_on as "receivedOn", p.next_due_on as "dueOn", $1::date - p.received_on as "ageDays", $1::date - p.next_due_on as "daysOver", plan.cause,
        promise.settle_by as "settleBy", ${commitment} as commitment, ${isLong} as "longCase"
      from ${backlog}
      where ${inBacklog} and ($3::text is null or plan.cause = $3) and ($4::boolean is null or (plan.petition_id is not null) = $4)
        and ($5::text is null or ${commitment} = $5) and ($6::boolean is null or ${isLong} = $6) and p.next_due_on <= $1::date - $7::int
        and ($8::date is null or (p.next_due_on, p.id) > ($8, $9::uuid))
      order by p.next_due_on, p.id limit $10
    ) late
    cross join lateral (select count(*) filter (where s.done_on is null)::int as open,
        count(*) filter (where s.done_on is null and s.due_on < $1::date)::int as late, min(s.due_on) filter (where s.done_on is null) as next_on
      from backlog_step s where s.petition_id = late."petitionId") steps
    order by late."dueOn", late."petitionId"`,
};

/** Values: day, units. */
export const backlogFigures: NamedQuery = {
  name: 'backlog-figures',
  text: `select p.responsible_unit_id as "unitId", count(*)::int as backlog, count(*) filter (where plan.petition_id is null)::int as "withoutPlan",
      count(*) filter (where promise.settle_by is null)::int as "withoutCommitment",
      count(*) filter (where promise.settle_by < $1::date)::int as "brokenCommitments", count(*) filter (where ${isLong})::int as "longCases"
    from ${backlog} where ${inBacklog} group by p.responsible_unit_id`,
};

/** Values: petition. */
export const planOf: NamedQuery = {
  name: 'backlog-plan',
  text: `select p.id as "petitionId", plan.cause, plan.cause_note as "causeNote", coalesce(plan.version, 0) as version,
      (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'action', s.action, 'responsible', s.responsible, 'dueOn', s.due_on, 'doneOn', s.done_on,
          'result', s.result) order by s.position), '[]') from backlog_step s where s.petition_id = p.id) as steps,
      (select coalesce(jsonb_agg(jsonb_build_object('settleBy', c.settle_by, 'note', c.note, 'committedOn', c.committed_on, 'committedBy', a.username)
          order by c.created_at desc, c.id desc), '[]') from backlog_commitment c join account a on a.id = c.committed_by where c.petition_id = p.id) as commitments,
      (select coalesce(jsonb_agg(jsonb_build_object('reviewId', r.id, 'heldOn', r.held_on, 'decision', i.decision, 'dueOn', i.due_on) order by r.held_on desc), '[]')
        from backlog_review_item i join backlog_review r on r.id = i.review_id where i.petition_id = p.id) as decisions
    from petition p left join backlog_plan plan on plan.petition_id = p.id where p.id = $1`,
};

/** Values: units, id or null, day and id to start after or null, limit, today. The latest first. */
export const reviewList: NamedQuery = {
  text: `select r.id, r.unit_id as "unitId", r.held_on as "heldOn", r.chaired_by as "chairedBy", r.participants, r.conclusion,
      (select coalesce(jsonb_agg(jsonb_build_object('petitionId', i.petition_id, 'number', p.number, 'decision', i.decision, 'dueOn', i.due_on,
          'left', not coalesce(p.open and p.next_backlog_on <= $6::date, false)) order by i.position), '[]')
        from backlog_review_item i join petition p on p.id = i.petition_id where i.review_id = r.id) as items
    from backlog_review r
    where r.unit_id = any ($1::uuid[]) and ($2::uuid is null or r.id = $2) and ($3::date is null or (r.held_on, r.id) < ($3, $4::uuid))
    order by r.held_on desc, r.id desc limit $5`,
};

const longCases = `select l.id, l.unit_id as "unitId", l.petition_id as "petitionId", p.number as "petitionNumber", p.case_id as "caseId",
    l.marked_on as "markedOn", l.grounds, l.document_number as "documentNumber", l.dossier_summary as "dossierSummary", l.ended_on as "endedOn",
    l.end_reason as "endReason", l.version,
    (select count(*)::int from petition of_case where of_case.case_id = p.case_id and of_case.parent_id is null) as petitions,
    (select count(*)::int from reception_incident i where i.matter_id in (select linked.matter_id from petition of_case
      join reception_incident linked on linked.petition_id = of_case.id where of_case.case_id = p.case_id)) as gatherings
  from long_case l join petition p on p.id = l.petition_id`;

/** Values: id, roots, subtree. */
export const longCaseById: NamedQuery = {
  name: 'long-case',
  text: `${longCases} where l.id = $1 and ${seenUnit('l.unit_id', '$2', '$3')}`,
};

/** Values: units, open or not or null, ground or null, day and id to start after or null, limit. The latest first. */
export const longCaseList: NamedQuery = {
  text: `${longCases} where l.unit_id = any ($1::uuid[]) and ($2::boolean is null or (l.ended_on is null) = $2) and ($3::text is null or $3 = any (l.grounds))
      and ($4::date is null or (l.marked_on, l.id) < ($4, $5::uuid))
    order by l.marked_on desc, l.id desc limit $6`,
};

/** Steps after which nothing is left to be done about a petition. */
const finishing = transitions.filter(({ to }) => (finalStates as readonly string[]).includes(to)).map(({ event }) => `'${event}'`);

/** When a limit stopped to be open: met, no longer applying, or standing still. */
const ended = `coalesce(l.met_on, l.void_on, l.suspended_on, 'infinity')`;
/** When it stopped to make a backlog: a reply to whoever sent the petition can still be owed when that is finished. */
const closed = `least(${ended}, case when l.rule_id = 'transfer.reply' and not p.open then coalesce(
    (select max(e.occurred_on) from petition_event e where e.petition_id = p.id and e.type in (${finishing.join(', ')})), p.last_step_on) end)`;
/**
 * Stretches of time in which limits of units $1 were a backlog. One that is open counts where the petition lies now, one that has ended where it had to
 * be kept.
 */
const backlogged = `(
      select l.petition_id, l.backlog_on, ${ended} as closed_on from petition p join petition_limit l on l.petition_id = p.id
      where p.open and p.responsible_unit_id = any ($1::uuid[]) and l.met_on is null and l.void_on is null
      union all
      select l.petition_id, l.backlog_on, ${closed} from petition_limit l join petition p on p.id = l.petition_id
      where l.unit_id = any ($1::uuid[]) and ${ended} > l.backlog_on and (l.met_on is not null or l.void_on is not null or not p.open)
    ) l where l.closed_on > l.backlog_on`;

/** Values: units, first and last day. On which days how many petitions came into the backlog, and left it; those of the first day came before. */
export const backlogTurns: NamedQuery = {
  name: 'backlog-turns',
  text: `with turn as (
      select l.petition_id, unnest(range_agg(daterange(l.backlog_on, l.closed_on))) as days
      from ${backlogged} and l.backlog_on <= $3::date and l.closed_on > $2::date
      group by l.petition_id
    ), move as (
      select greatest(lower(days), $2::date) as on, 1 as entered, 0 as left from turn
      union all
      select upper(days), 0, 1 from turn where upper(days) between $2::date and $3::date
    )
    select move.on, sum(entered)::int as entered, sum(move.left)::int as left from move group by move.on order by move.on`,
};

/** Values: units, first day. How many of the petitions in the backlog on that day are promised to be settled by when. */
export const backlogPromises: NamedQuery = {
  name: 'backlog-promises',
  text: `with base as (
      select distinct l.petition_id from ${backlogged} and l.backlog_on <= $2::date and l.closed_on > $2::date
    )
    select promise.settle_by as "settleBy", count(*)::int as petitions
    from base cross join lateral (select c.settle_by from backlog_commitment c where c.petition_id = base.petition_id
      order by c.created_at desc, c.id desc limit 1) promise
    group by promise.settle_by order by promise.settle_by`,
};
