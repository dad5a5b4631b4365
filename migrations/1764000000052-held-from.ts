import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addCheck, addIndex } from './online.js';

/**
 * From which network a place is held that nobody has confirmed, as a keyed digest, so that no network holds many of one session; and a telephone
 * number has one place in a session once it is confirmed that it is meant: who only says a number learns nothing about it.
 */
export class HeldFrom1764000000052 implements MigrationInterface {
  transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table reception_appointment add column if not exists held_from bytea');
    await addCheck(
      queryRunner,
      'reception_appointment',
      'reception_appointment_held_from',
      'check (held_from is null or held_until is not null)',
    );
    await addIndex(queryRunner, 'reception_appointment_contact_once', `${oncePerContact} and held_until is null`, { unique: true });
    await queryRunner.query('drop index if exists reception_appointment_once');
    // Whether anybody signed in from a network lately is asked with each signing in.
    await addIndex(queryRunner, 'account_session_network', 'on account_session (network, created_at)');
  }

  /** Of two places of one number the one that nobody has confirmed is given up. */
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      with gone as (
        update reception_appointment held set state = 'cancelled', state_reason = 'Trùng lượt đăng ký', held_until = null, held_from = null,
          confirmation_hash = null, version = version + 1
        where held_until is not null and exists (
          select from reception_appointment other where other.session_id = held.session_id and other.contact_index = held.contact_index
            and other.state in ('booked', 'confirmed') and (other.held_until is null or other.id < held.id))
        returning session_id, slot_at
      ), freed as (select session_id, slot_at, count(*)::int as cancelled from gone group by 1, 2)
      update reception_slot slot set booked = booked - cancelled from freed where slot.session_id = freed.session_id and slot.starts_at = freed.slot_at`);
    await queryRunner.query(`
      create unique index reception_appointment_once ${oncePerContact};
      drop index reception_appointment_contact_once;
      drop index account_session_network;
      alter table reception_appointment drop column held_from`);
  }
}

const oncePerContact = `on reception_appointment (session_id, contact_index) where state in ('booked', 'confirmed')`;
