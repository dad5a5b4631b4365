import type { NamedQuery } from '../platform/database/transactions.js';
import { seenUnit } from '../structure/units/seen-unit.js';

const columns = `i.id, i.unit_id as "unitId", i.inspected_unit_id as "inspectedUnitId", i.type, i.state, i.plan_item_id as "planItemId", i.draw_id as "drawId",
    i.decision_number as "decisionNumber", i.decided_on as "decidedOn", i.subject, i.period_from as "periodFrom", i.period_to as "periodTo",
    i.starts_on as "startsOn", i.ends_on as "endsOn", i.started_on as "startedOn", i.checklist_version as "checklistVersion", i.inspected_head as "inspectedHead", i.cancel_reason as "cancelReason",
    i.concluded_on as "concludedOn", i.assessment, i.document_id as "documentId", i.score::float8 as score,
    (select count(*)::int from inspection_item c where c.inspection_id = i.id) as items,
    (select count(*)::int from inspection_item c where c.inspection_id = i.id and c.result is not null) as answered,
    (select count(*)::int from inspection_finding f where f.inspection_id = i.id and f.state <> 'withdrawn' and i.state = 'concluded') as findings,
    (select count(*)::int from inspection_finding f where f.inspection_id = i.id and f.state not in ('withdrawn', 'accepted') and i.state = 'concluded')
      as "findingsOpen", i.version`;

/** Whose inspection it is: its team, and whoever oversees where it is run. Values: account, whether the caller oversees, roots, subtree. */
const ours = (account: string, oversees: string, roots: string, subtree: string) => `(
    exists (select from inspection_member m where m.inspection_id = i.id and m.account_id = ${account}::uuid)
    or (${oversees}::boolean and ${seenUnit('i.unit_id', roots, subtree)}))`;

/** Where it goes, and the rest of where it is run. */
const theirs = (roots: string, subtree: string) =>
  `(${seenUnit('i.inspected_unit_id', roots, subtree)} or ${seenUnit('i.unit_id', roots, subtree)})`;

/**
 * Who sees an inspection: whose it is; the others from its start on – an announced one as soon as it is prepared, one that was cancelled before it came
 * never. Values as of {@link ours}.
 */
const seen = (account: string, oversees: string, roots: string, subtree: string) => `(${ours(account, oversees, roots, subtree)}
    or ((i.started_on is not null or (i.type <> 'surprise' and i.state = 'prepared')) and ${theirs(roots, subtree)}))`;

/** Who sees what an inspection found: whose it is; the others once it is concluded. Values as of {@link ours}. */
export const seenFindings = (account: string, oversees: string, roots: string, subtree: string): string =>
  `(${ours(account, oversees, roots, subtree)} or (i.state = 'concluded' and ${theirs(roots, subtree)}))`;

/** Values: id, account, whether the caller oversees, roots, subtree. */
export const inspectionById: NamedQuery = {
  name: 'inspection',
  text: `select ${columns} from inspection i where i.id = $1 and ${seen('$2', '$3', '$4', '$5')}`,
};

/** Values: id, account, whether the caller oversees, roots, subtree. Whether the caller sees what the inspection found. */
export const foundById: NamedQuery = {
  name: 'inspection-found',
  text: `select i.id from inspection i where i.id = $1 and ${seenFindings('$2', '$3', '$4', '$5')}`,
};

/** Values: account, whether the caller oversees, roots, subtree, units inspected or null, type or null, state or null, day and id to start after or null, limit. */
export const inspectionList: NamedQuery = {
  text: `select ${columns} from inspection i
    where ${seen('$1', '$2', '$3', '$4')} and ($5::uuid[] is null or i.inspected_unit_id = any ($5)) and ($6::text is null or i.type = $6)
      and ($7::text is null or i.state = $7) and ($8::date is null or (i.starts_on, i.id) < ($8, $9::uuid))
    order by i.starts_on desc, i.id desc limit $10`,
};

/** Values: inspection. */
export const membersOf: NamedQuery = {
  name: 'inspection-members',
  text: `select role, name, office, account_id as "accountId" from inspection_member where inspection_id = $1 order by position`,
};

/** Values: inspection, item or null. */
export const itemsOf: NamedQuery = {
  name: 'inspection-items',
  text: `select c.code, c.system, c.result, c.note, c.mend_by as "mendBy", a.username as "answeredBy", c.answered_at as "answeredAt", c.version,
      (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'attachmentId', f.attachment_id, 'filename', t.filename, 'clientKey', f.client_key) order by f.created_at, f.id), '[]')
        from inspection_photo f join attachment t on t.id = f.attachment_id where f.inspection_id = c.inspection_id and f.code = c.code) as photos
    from inspection_item c left join account a on a.id = c.answered_by
    where c.inspection_id = $1 and ($2::text is null or c.code = $2) order by c.code`,
};

/** Values: day, units, whether that of the head's responsibility. When each was last inspected. */
export const lastInspections: NamedQuery = {
  name: 'inspection-last',
  text: `select inspected_unit_id as "unitId", max(started_on) as "lastOn" from inspection
    where inspected_unit_id = any ($2::uuid[]) and started_on <= $1 and (type = 'responsibility') = $3::boolean group by inspected_unit_id`,
};

/** Values: units, id or null, day and id to start after or null, limit. */
export const drawList: NamedQuery = {
  text: `select d.id, d.unit_id as "unitId", d.seed, d.drawn_on as "drawnOn", d.reason, d.period_from as "periodFrom", d.period_to as "periodTo", d.candidates
    from inspection_draw d where d.unit_id = any ($1::uuid[]) and ($2::uuid is null or d.id = $2) and ($3::uuid is null or d.id < $3)
    order by d.id desc limit $4`,
};

/** Values: units, id or null, id to start after or null, limit. */
export const planList: NamedQuery = {
  text: `select p.id, p.unit_id as "unitId", p.title, p.number, p.year, p.quarter, p.approved_on as "approvedOn",
      (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'unitId', t.unit_id, 'fromOn', t.from_on, 'toOn', t.to_on, 'subject', t.subject,
          'inspectionId', i.id, 'state', i.state) order by t.from_on, t.id), '[]')
        from inspection_plan_item t left join inspection i on i.plan_item_id = t.id and i.state <> 'cancelled' where t.plan_id = p.id) as items
    from inspection_plan p where p.unit_id = any ($1::uuid[]) and ($2::uuid is null or p.id = $2) and ($3::uuid is null or p.id < $3)
    order by p.id desc limit $4`,
};

/** Values: units, first and last day. What is posted at the offices, sessions with and without minutes, answers to visitors, gatherings, earlier findings. */
export const receptionFacts: NamedQuery = {
  name: 'inspection-reception-facts',
  text: `select
      (select coalesce(array_agg(distinct n.type), '{}') from reception_notice n join reception_office o on o.id = n.office_id
        where o.unit_id = any ($1::uuid[]) and n.removed_on is null and n.posted_on <= $3) as posted,
      (select count(*)::int from reception_session s where s.unit_id = any ($1::uuid[]) and s.type <> 'regular' and s.state = 'closed' and s.on_date between $2 and $3) as sessions,
      (select count(*)::int from reception_session s where s.unit_id = any ($1::uuid[]) and s.type <> 'regular' and s.state = 'closed' and s.on_date between $2 and $3
        and (s.minutes is not null or s.no_citizen_minutes is not null)) as "sessionsWithMinutes",
      (select count(*)::int from reception_visit v where v.unit_id = any ($1::uuid[]) and v.answer_due_on between $2 and $3) as answers,
      (select count(*)::int from reception_visit v where v.unit_id = any ($1::uuid[]) and v.answer_due_on between $2 and $3 and v.answered_on <= v.answer_due_on) as "answersInTime",
      (select count(*)::int from reception_incident i where i.origin_unit_id = any ($1::uuid[]) and i.on_date between $2 and $3) as gatherings,
      (select count(*)::int from reception_incident i where i.origin_unit_id = any ($1::uuid[]) and i.on_date between $2 and $3 and i.acknowledged_at is not null) as "gatheringsAcknowledged",
      (select count(*)::int from inspection_finding f join inspection i on i.id = f.inspection_id
        where i.inspected_unit_id = any ($1::uuid[]) and i.state = 'concluded' and f.state <> 'withdrawn' and f.due_on <= $3) as "findingsDue",
      (select count(*)::int from inspection_finding f join inspection i on i.id = f.inspection_id
        where i.inspected_unit_id = any ($1::uuid[]) and i.state = 'concluded' and f.state = 'accepted' and f.due_on <= $3) as "findingsMended"`,
};

/** Values: units, first and last day. Ledgers complete and without gaps, sessions at once, dialogues of complaints decided. */
export const recordFacts: NamedQuery = {
  name: 'inspection-record-facts',
  text: `select
      (select count(*)::int from reception_visit v where v.unit_id = any ($1::uuid[]) and v.visited_on between $2 and $3) as visits,
      (select count(*)::int from reception_visit v where v.unit_id = any ($1::uuid[]) and v.visited_on between $2 and $3
        and v.field_code is not null and (v.result is not null or v.state = 'refused')) as "visitsComplete",
      (select coalesce(sum(l.gaps), 0)::int from (select max(v.sequence) - count(*) as gaps from reception_visit v
        where v.unit_id = any ($1::uuid[]) and v.year between extract(year from $2::date) and extract(year from $3::date) group by v.unit_id, v.year) l) as "visitGaps",
      (select count(*)::int from petition p where p.ledger_unit_id = any ($1::uuid[]) and p.received_on between $2 and $3 and p.parent_id is null) as petitions,
      (select count(*)::int from petition p where p.ledger_unit_id = any ($1::uuid[]) and p.received_on between $2 and $3 and p.parent_id is null
        and p.field_code is not null) as "petitionsComplete",
      (select coalesce(sum(l.gaps), 0)::int from (select max(p.ledger_number) - count(*) as gaps from petition p
        where p.ledger_unit_id = any ($1::uuid[]) and p.parent_id is null
          and p.ledger_year between extract(year from $2::date) and extract(year from $3::date) group by p.ledger_unit_id, p.ledger_year) l) as "petitionGaps",
      (select count(*)::int from reception_incident i where i.unit_id = any ($1::uuid[]) and i.place_type = 'own_office' and i.on_date between $2 and $3) as grounds,
      (select count(*)::int from reception_incident i where i.unit_id = any ($1::uuid[]) and i.place_type = 'own_office' and i.on_date between $2 and $3
        and exists (select from reception_session s where s.unit_id = any ($1::uuid[]) and s.type = 'ad_hoc' and s.state in ('open', 'closed')
          and s.on_date between i.on_date and i.on_date + 1)) as "groundsHeard",
      count(*)::int as dialogues,
      count(*) filter (where exists (select from dialogue d where d.petition_id = p.id
        and (d.complainant_attended or (d.absence_without_reason and d.held_on >= date '2026-07-01'))))::int as "dialoguesHeld"
    from petition p
    where p.responsible_unit_id = any ($1::uuid[]) and p.kind = 'complaint' and p.decided_on between $2 and $3
      and (p.stage = 'second' or p.subject = 'discipline' or exists (select from verification v where v.petition_id = p.id and v.views_differ))`,
};
