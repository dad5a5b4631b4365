import type { NamedQuery } from '../../platform/database/transactions.js';

const columns = `a.id, a.session_id as "sessionId", s.unit_id as "unitId", s.office_id as "officeId", o.name as "officeName", o.address, s.on_date as "onDate",
  s.state as "sessionState", to_char(a.slot_at, 'HH24:MI') as "slotAt", a.number, a.kind, a.persons, a.matter, a.sealed, a.sealed_key as "sealedKey",
  a.identity_secret as "identitySecret",
  a.source, case when a.held_until <= now() then 'lapsed' else a.state end as state, a.held_until as "heldUntil", a.confirm_by as "confirmBy", a.state_reason as "stateReason", a.rescheduled, a.version, a.created_at as "createdAt"`;
const where = 'join reception_session s on s.id = a.session_id join reception_office o on o.id = s.office_id';
const tables = `reception_appointment a ${where}`;

/** Values: id. Held until the end of the transaction. */
export const lockAppointment: NamedQuery = {
  name: 'reception-appointment-locked',
  text: `select ${columns} from ${tables} where a.id = $1 for update of a`,
};

/**
 * Values: id, session, hour, number, digest of the code, kind, persons, matter, sealed, its key, index of the contact, source, account, and how the
 * place is held: until when, what confirms it, digest of the code of confirmation, of the network.
 * Stores it and answers it as it is shown.
 */
export const storeAppointment: NamedQuery = {
  name: 'reception-appointment-stored',
  text: `with a as (
      insert into reception_appointment (id, session_id, slot_at, number, code_hash, kind, persons, matter, sealed, sealed_key, contact_index, source, created_by,
        held_until, confirm_by, confirmation_hash, held_from, identity_secret)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, coalesce($6 = 'denunciation', false)) returning *
    ) select ${columns} from a ${where}`,
};

/** Values: session. */
export const appointmentsOf: NamedQuery = {
  name: 'reception-appointments-of',
  text: `select ${columns} from ${tables} where a.session_id = $1 order by a.slot_at, a.created_at, a.id`,
};

/** Values: number. With the digest of its code. */
export const appointmentByNumber: NamedQuery = {
  name: 'reception-appointment-by-number',
  text: `select ${columns}, a.code_hash as "codeDigest" from ${tables} where a.number = $1`,
};

/** Values: session. Places whose hold is over are free. */
export const slotsOf: NamedQuery = {
  name: 'reception-slots-of',
  text: `select to_char(starts_at, 'HH24:MI') as "startsAt", places, booked - (
      select count(*)::int from reception_appointment a where a.session_id = $1 and a.slot_at = starts_at and a.held_until <= now()) as booked
    from reception_slot where session_id = $1 order by starts_at`,
};

/** Values: session. What a booking looks at; the session stays as it is until the booking is stored. */
export const bookable: NamedQuery = {
  name: 'reception-bookable',
  text: `select s.id, s.unit_id as "unitId", s.on_date as "onDate", s.state, s.public_booking as "publicBooking", s.published_on as "publishedOn", u.symbol
    from reception_session s join unit u on u.id = s.unit_id where s.id = $1 for share of s`,
};

/** Values: session, hour. Takes one place where there is one. */
export const takePlace: NamedQuery = {
  name: 'reception-take-place',
  text: 'update reception_slot set booked = booked + 1 where session_id = $1 and starts_at = $2 and booked < places returning booked',
};
