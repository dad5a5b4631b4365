import type { NamedQuery } from '../../platform/database/transactions.js';

const columns = `s.id, s.unit_id as "unitId", s.office_id as "officeId", o.name as "officeName", s.room_id as "roomId", s.title, s.head_name as "headName",
  s.head_title as "headTitle", s.recurrence, s.first_on as "firstOn", s.last_on as "lastOn", to_char(s.starts_at, 'HH24:MI') as "startsAt",
  to_char(s.ends_at, 'HH24:MI') as "endsAt", s.on_day_off as "onDayOff", to_json(s.omitted) as omitted, to_json(s.added) as added,
  s.slot_minutes as "slotMinutes", s.places_per_slot as "placesPerSlot", s.public_booking as "publicBooking", s.state,
  s.published_on as "publishedOn", s.late, s.late_reason as "lateReason", s.ended_on as "endedOn", s.end_reason as "endReason", s.version`;
const tables = 'reception_schedule s join reception_office o on o.id = s.office_id';

/** Values: id, units. */
export const scheduleById: NamedQuery = {
  name: 'reception-schedule',
  text: `select ${columns} from ${tables} where s.id = $1 and s.unit_id = any ($2::uuid[])`,
};

/** Values: id. Held until the end of the transaction. */
export const lockSchedule: NamedQuery = {
  name: 'reception-schedule-locked',
  text: `select ${columns} from ${tables} where s.id = $1 for update of s`,
};

/** Values: units, state or null, first day and id to start after or null, limit. The newest first. */
export const scheduleList: NamedQuery = {
  name: 'reception-schedules',
  text: `select ${columns} from ${tables} where s.unit_id = any ($1::uuid[]) and ($2::text is null or s.state = $2)
      and ($3::date is null or (s.first_on, s.id) < ($3, $4::uuid)) order by s.first_on desc, s.id desc limit $5`,
};

/**
 * Values: schedule, days as JSON [on, publishedOn …], account. Sessions of a schedule that is published, with their room and slots; answers
 * how many.
 */
export const insertSessions: NamedQuery = {
  text: `with made as (
      insert into reception_session (unit_id, office_id, schedule_id, type, title, on_date, first_planned_on, starts_at, ends_at, head_name, head_title,
        presider, slot_minutes, public_booking, published_on, late, created_by)
      select s.unit_id, s.office_id, s.id, 'periodic', s.title, day, day, s.starts_at, s.ends_at, s.head_name, s.head_title, $3, s.slot_minutes,
        s.public_booking, s.published_on, s.late, $4
      from reception_schedule s, unnest($2::date[]) as day where s.id = $1
      returning id, during
    ), rooms as (
      insert into reception_session_room (session_id, room_id, during, active)
      select made.id, s.room_id, made.during, true from made, reception_schedule s where s.id = $1 and s.room_id is not null
    ), slots as (
      insert into reception_slot (session_id, starts_at, places)
      select made.id, at, s.places_per_slot from made, reception_schedule s, unnest($5::time[]) as at where s.id = $1
    )
    select count(*)::int as count from made`,
};
