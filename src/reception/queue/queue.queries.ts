import type { NamedQuery } from '../../platform/database/transactions.js';

const columns = `t.id, t.office_id as "officeId", o.unit_id as "unitId", t.on_date as "onDate", t.number, t.session_id as "sessionId",
  t.appointment_id as "appointmentId", a.number as "appointmentNumber", to_char(t.due_at, 'HH24:MI') as "dueAt", t.priority, t.persons, t.state,
  t.room_id as "roomId", r.name as "roomName", t.issued_at as "issuedAt", t.called_at as "calledAt", t.calls, t.served_at as "servedAt",
  t.ended_at as "endedAt", t.version`;
const tables = `reception_ticket t join reception_office o on o.id = t.office_id left join reception_room r on r.id = t.room_id
  left join reception_appointment a on a.id = t.appointment_id`;

/** Values: id. Held until the end of the transaction. */
export const lockTicket: NamedQuery = {
  name: 'reception-ticket-locked',
  text: `select ${columns} from ${tables} where t.id = $1 for update of t`,
};

/** Values: office, day, state or null. */
export const ticketsOf: NamedQuery = {
  name: 'reception-tickets-of',
  text: `select ${columns} from ${tables} where t.office_id = $1 and t.on_date = $2 and ($3::text is null or t.state = $3) order by t.number`,
};

/**
 * Values: office, day, hour, session or null. Who is next: an appointment whose time has come, then who needs it most, then in turn. Two
 * counters that call at once get two tickets.
 */
export const nextTicket: NamedQuery = {
  name: 'reception-next-ticket',
  text: `select id from reception_ticket
    where office_id = $1 and on_date = $2 and state = 'waiting' and ($4::uuid is null or session_id = $4)
    order by (due_at is not null and due_at <= $3::time) desc, case when due_at <= $3::time then due_at end, priority desc, number
    limit 1 for update skip locked`,
};

/** Values: office, day. Minutes from call to end, of those who came last. */
export const pace: NamedQuery = {
  name: 'reception-pace',
  text: `select avg(extract(epoch from ended_at - coalesce(served_at, called_at)) / 60)::float as minutes from (
      select served_at, called_at, ended_at from reception_ticket where office_id = $1 and on_date = $2 and state = 'done'
      order by ended_at desc limit 20) as last`,
};

/** Values: offices. */
export const boardVersions: NamedQuery = {
  name: 'reception-board-versions',
  text: 'select office_id as "officeId", version from reception_board where office_id = any ($1::uuid[])',
};
