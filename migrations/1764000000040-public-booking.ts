import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditChanges } from './audit-changes.js';

/**
 * Whoever registers ahead without signing in holds a place for some time and confirms it, by a code that is sent or at the office; what is not
 * confirmed lapses. Bookings are counted by address and contact and day, wrong codes of the public look-ups by address and number, both as keyed
 * digests.
 */
export class PublicBooking1764000000040 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table reception_appointment
        -- Until when a place is held that nobody has confirmed; null once it is, and for what the counter booked.
        add column held_until timestamptz,
        add column confirm_by text,
        add column confirmation_hash bytea,
        add column confirmation_tries int not null default 0,
        add constraint reception_appointment_confirm_by check (confirm_by in ('office', 'sms', 'email')),
        add constraint reception_appointment_tries check (confirmation_tries between 0 and 5),
        add constraint reception_appointment_held check (held_until is null or (state = 'booked' and confirm_by is not null)),
        add constraint reception_appointment_code check (confirmation_hash is null or held_until is not null),
        drop constraint reception_appointment_state,
        add constraint reception_appointment_state check (state in ('booked', 'confirmed', 'cancelled', 'arrived', 'no_show', 'lapsed'));
      create index reception_appointment_held on reception_appointment (session_id, held_until) where held_until is not null;

      create table booking_count (
        counted bytea not null,
        on_date date not null,
        bookings int not null,
        primary key (counted, on_date)
      );

      alter table unit_setting
        add column booking_confirmation text not null default 'office',
        add column unconfirmed_share int not null default 50,
        add constraint unit_setting_booking_confirmation check (booking_confirmation in ('office', 'sms', 'email')),
        add constraint unit_setting_unconfirmed_share check (unconfirmed_share between 1 and 100);

      -- Messages on their way to citizens: whom to and what is sealed, and gone once the message is.
      create table outgoing_message (
        id uuid primary key default new_id(),
        channel text not null,
        sealed bytea,
        sealed_key int references data_key,
        useful_until timestamptz not null,
        state text not null default 'waiting',
        created_at timestamptz not null default now(),
        ended_at timestamptz,
        constraint outgoing_message_channel check (channel in ('sms', 'email')),
        constraint outgoing_message_state check (state in ('waiting', 'sent', 'failed')),
        constraint outgoing_message_gone check ((state = 'waiting') = (sealed is not null))
      );

      delete from status_guess;
      alter table status_guess rename column number_hash to guessed;
    `);
    await auditChanges(queryRunner, { outgoing_message: { digested: ['sealed'] } });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      delete from status_guess;
      alter table status_guess rename column guessed to number_hash;
      drop table outgoing_message, booking_count;
      alter table unit_setting drop column booking_confirmation, drop column unconfirmed_share;
      update reception_appointment set state = 'cancelled', state_reason = coalesce(state_reason, 'Hết thời gian giữ chỗ') where state = 'lapsed';
      alter table reception_appointment
        drop column held_until, drop column confirm_by, drop column confirmation_hash, drop column confirmation_tries,
        drop constraint reception_appointment_state,
        add constraint reception_appointment_state check (state in ('booked', 'confirmed', 'cancelled', 'arrived', 'no_show'));
    `);
  }
}
