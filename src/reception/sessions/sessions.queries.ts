import type { NamedQuery } from '../../platform/database/transactions.js';
import { seenUnit } from '../../structure/units/seen-unit.js';

const hour = (column: string) => `to_char(${column}, 'HH24:MI')`;

export const sessionColumns = `s.id, s.unit_id as "unitId", s.office_id as "officeId", o.name as "officeName", o.address, s.schedule_id as "scheduleId",
  s.type, s.online, s.title, s.on_date as "onDate", s.first_planned_on as "firstPlannedOn", ${hour('s.starts_at')} as "startsAt",
  ${hour('s.ends_at')} as "endsAt", s.head_name as "headName", s.head_title as "headTitle", s.ad_hoc_ground as "adHocGround",
  s.ad_hoc_reason as "adHocReason", s.delegate_name as "delegateName", s.delegate_title as "delegateTitle",
  s.delegation_reason as "delegationReason", s.state, s.held_by as "heldBy", s.opened_at as "openedAt", s.closed_at as "closedAt", s.minutes,
  s.conclusion, s.no_citizen_minutes as "noCitizenMinutes", s.cancel_reason as "cancelReason", s.slot_minutes as "slotMinutes",
  s.public_booking as "publicBooking", s.published_on as "publishedOn", s.late, s.sequence, s.version, s.updated_at as "updatedAt",
  coalesce((select json_agg(json_build_object('id', r.id, 'name', r.name, 'officeId', r.office_id, 'officeName', ro.name, 'unitId', ro.unit_id)
      order by (r.office_id <> s.office_id), ro.name, r.name)
    from reception_session_room sr join reception_room r on r.id = sr.room_id join reception_office ro on ro.id = r.office_id
    where sr.session_id = s.id), '[]') as rooms`;
const counts = `, (select count(*)::int from reception_visit v where v.session_id = s.id) as visits,
  (select coalesce(sum(persons), 0)::int from reception_visit v where v.session_id = s.id) as persons, slot.booked, slot.places`;
const tables = `reception_session s join reception_office o on o.id = s.office_id
  cross join lateral (select coalesce(sum(booked), 0)::int
      - (select count(*)::int from reception_appointment a where a.session_id = s.id and a.held_until <= now()) as booked,
    coalesce(sum(places), 0)::int as places from reception_slot where session_id = s.id) slot`;

/** The rows of a page whose ids were asked first, from narrow rows: what they show is looked up for them alone. */
const ofAsked = tables.replace('reception_session s', 'reception_session s using (id)');

/** Whether somebody was received in a session whose identity is kept secret, at once or since his petition became a denunciation. */
function showsWhoDenounced(session: string): string {
  return `exists (select from reception_visit v left join petition p on p.id = v.petition_id
    where v.session_id = ${session} and (v.identity_secret or p.identity_secret))`;
}

/** Values: id, roots, subtree. Also those to which a room of a unit in sight is linked. */
export const sessionById: NamedQuery = {
  name: 'reception-session',
  text: `select ${sessionColumns}${counts} from ${tables} where s.id = $1 and (${seenUnit('s.unit_id', '$2', '$3')}
    or exists (select from reception_session_room sr join reception_room r on r.id = sr.room_id join reception_office ro on ro.id = r.office_id
      where sr.session_id = s.id and ${seenUnit('ro.unit_id', '$2', '$3')}))`,
};

/**
 * Values: session, recording or null for all of them. None where somebody denounced in the session: the recording shows who it was
 * (Law on Denunciations arts 8, 56).
 */
export const recordingsOf: NamedQuery = {
  name: 'reception-recordings',
  text: `select a.id, a.session_id as "sessionId", a.filename, b.media_type as "mediaType", b.size, a.sha256, a.scan, a.created_at as "createdAt"
    from attachment a join blob b using (sha256)
    where a.session_id = $1 and ($2::uuid is null or a.id = $2) and not (${showsWhoDenounced('a.session_id')})
    order by a.created_at, a.id`,
};

/** Values: session. */
export const sessionSecret: NamedQuery = {
  name: 'reception-session-secret',
  text: `select ${showsWhoDenounced('$1')} as secret, exists (select from reception_online where session_id = $1) as prepared`,
};

/** Values: id. Held until the end of the transaction. */
export const lockSession: NamedQuery = {
  name: 'reception-session-locked',
  text: `select ${sessionColumns}${counts} from ${tables} where s.id = $1 for update of s`,
};

/** Values: units, first day or null, last day or null, type, state, office or null, day and id to start after or null, limit. */
export const sessionList: NamedQuery = {
  name: 'reception-sessions',
  text: `with asked as (
      select s.id from reception_session s
      where s.unit_id = any ($1::uuid[]) and ($2::date is null or s.on_date >= $2) and ($3::date is null or s.on_date <= $3)
        and ($4::text is null or s.type = $4) and ($5::text is null or s.state = $5) and ($6::uuid is null or s.office_id = $6)
        and ($7::date is null or (s.on_date, s.id) > ($7, $8::uuid))
      order by s.on_date, s.id limit $9
    )
    select ${sessionColumns}${counts} from asked join ${ofAsked} order by s.on_date, s.id`,
};

/** Values: units, first and last day, day, hour and id to start after or null, limit. What anybody may know; looked up for one page alone. */
export const publishedSessions: NamedQuery = {
  name: 'reception-published-sessions',
  text: `with asked as (
      select id from reception_session
      where unit_id = any ($1::uuid[]) and published_on is not null and on_date between $2 and $3
        and ($4::date is null or (on_date, starts_at, id) > ($4, $5::time, $6::uuid))
      order by on_date, starts_at, id limit $7
    )
    select ${sessionColumns}, slot.booked, slot.places,
      (select json_build_object('reason', c.reason, 'changedOn', c.changed_on) from reception_session_change c
       where c.session_id = s.id order by c.created_at desc limit 1) as change
    from asked join ${ofAsked}
    order by s.on_date, s.starts_at, s.id`,
};

/** Values: rooms, presider or null, day, start, end, session to leave out or null. */
export const clashesWith: NamedQuery = {
  name: 'reception-clashes',
  text: `with wanted as (select tsrange($3::date + $4::time, $3::date + $5::time) as during)
    select 'room' as what, sr.session_id as "sessionId", sr.room_id as "roomId", r.name
    from wanted join reception_session_room sr on sr.room_id = any ($1::uuid[]) and sr.active and sr.during && wanted.during
    join reception_room r on r.id = sr.room_id where sr.session_id is distinct from $6
    union all
    select 'presider', s.id, null, coalesce(s.delegate_name, s.head_name)
    from wanted join reception_session s on s.presider = $2 and s.state in ('planned', 'open') and s.during && wanted.during
    where s.id is distinct from $6`,
};

/** Values: session. */
export const changesOf: NamedQuery = {
  name: 'reception-session-changes',
  text: `select c.id, c.type, c.reason, c.before, c.after, c.changed_on as "changedOn", a.username as "changedBy"
    from reception_session_change c left join account a on a.id = c.changed_by where c.session_id = $1 order by c.created_at, c.id`,
};

/** Values: units, first and last day. Days of the head, as they were planned and as they went. */
export const headSessions: NamedQuery = {
  name: 'reception-head-sessions',
  text: `select s.id, s.unit_id as "unitId", s.on_date as "onDate", s.first_planned_on as "firstPlannedOn", s.state, s.held_by as "heldBy",
      (select count(*)::int from reception_visit v where v.session_id = s.id) as visits, s.no_citizen_minutes is not null as "noCitizenMinuted"
    from reception_session s where s.unit_id = any ($1::uuid[]) and s.type = 'periodic'
      and (s.on_date between $2 and $3 or s.first_planned_on between $2 and $3)`,
};

/** Values: units, day from which on. Planned sessions. */
export const plannedSessions: NamedQuery = {
  name: 'reception-planned-sessions',
  text: `select ${sessionColumns}${counts}, s.presider, o.valid_from as "officeFrom", o.valid_to as "officeTo" from ${tables}
    where s.unit_id = any ($1::uuid[]) and s.state = 'planned' and s.on_date >= $2 order by s.on_date, s.id`,
};

const taskColumns = `t.id, t.session_id as "sessionId", s.on_date as "sessionOn", s.unit_id as "hostUnitId", t.unit_id as "unitId", t.description,
  t.assigned_on as "assignedOn", t.due_on as "dueOn", t.backlog_on as "backlogOn", t.done_on as "doneOn", t.result, t.version`;
const taskTables = 'reception_task t join reception_session s on s.id = t.session_id';

/** Values: session. */
export const tasksOf: NamedQuery = {
  name: 'reception-tasks-of',
  text: `select ${taskColumns} from ${taskTables} where t.session_id = $1 order by t.due_on, t.id`,
};

/** Values: id. Held until the end of the transaction. */
export const lockTask: NamedQuery = {
  name: 'reception-task-locked',
  text: `select ${taskColumns} from ${taskTables} where t.id = $1 for update of t`,
};

/** Values: units, open or null, last due day or null, due day and id to start after or null, limit. */
export const taskList: NamedQuery = {
  name: 'reception-tasks',
  text: `select ${taskColumns} from ${taskTables}
    where t.unit_id = any ($1::uuid[]) and ($2::boolean is null or (t.done_on is null) = $2) and ($3::date is null or t.due_on <= $3)
      and ($4::date is null or (t.due_on, t.id) > ($4, $5::uuid)) order by t.due_on, t.id limit $6`,
};
