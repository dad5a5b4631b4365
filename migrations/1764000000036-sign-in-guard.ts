import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Guesses are delayed by name and address in place of locked accounts; a new second factor waits beside the one that counts. */
export class SignInGuard1764000000036 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table sign_in_failure (
        -- Keyed digest of the name that was typed, which is somebody's password at times.
        name_digest bytea not null,
        -- Address, or the network of an IPv6 address.
        network text not null,
        failures int not null,
        last_tried_at timestamptz not null default now(),
        delayed_until timestamptz,
        primary key (name_digest, network),
        constraint sign_in_failure_counted check (failures > 0)
      );
      create index sign_in_failure_network on sign_in_failure (network, last_tried_at);
      create index sign_in_failure_last_tried_at on sign_in_failure (last_tried_at);

      -- From where an account is known: whoever signs in from there is not held up by what comes from elsewhere.
      alter table account_session add column network text;
      update account_session set network = address;

      alter table account
        drop column failed_attempts,
        drop column locked_until,
        -- A second factor that waits for its first code.
        add column totp_next_sealed bytea,
        add column totp_next_key int references data_key;
      update account set totp_next_sealed = totp_sealed, totp_next_key = totp_key, totp_sealed = null, totp_key = null, totp_last_step = null
      where totp_confirmed_at is null and totp_sealed is not null;
      alter table account
        drop constraint account_totp,
        add constraint account_totp check ((totp_sealed is null) = (totp_key is null) and (totp_sealed is null) = (totp_confirmed_at is null)),
        add constraint account_totp_next check ((totp_next_sealed is null) = (totp_next_key is null));

      drop trigger audit_change on account;
      create trigger audit_change after insert or update or delete on account for each row
        execute function audit_change('{id}', '{password_hash,client_secret_digest,totp_sealed,totp_next_sealed}', '{}', '');
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop trigger audit_change on account;
      alter table account
        drop constraint account_totp,
        add constraint account_totp check ((totp_sealed is null) = (totp_key is null) and (totp_confirmed_at is null or totp_sealed is not null)),
        drop column totp_next_sealed,
        drop column totp_next_key,
        add column failed_attempts int not null default 0,
        add column locked_until timestamptz;
      create trigger audit_change after insert or update or delete on account for each row
        execute function audit_change('{id}', '{password_hash,client_secret_digest,totp_sealed}', '{}', '');
      alter table account_session drop column network;
      drop table sign_in_failure;
    `);
  }
}
