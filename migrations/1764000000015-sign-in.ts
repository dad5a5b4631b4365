import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts of a provider of identities and of services, second factors, and sessions that are seen and ended. */
export class SignIn1764000000015 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table account
        alter column password_hash drop not null,
        add column kind text not null default 'person',
        -- Services alone: what their tokens can be limited to, and requests a minute.
        add column scopes text[] not null default '{}',
        add column rate_limit int,
        add column client_secret_digest bytea,
        -- As the city's provider of identities knows it.
        add column external_issuer text,
        add column external_subject text,
        add column must_change_password boolean not null default false,
        add column totp_sealed bytea,
        add column totp_key int references data_key,
        add column totp_confirmed_at timestamptz,
        -- The last step of time whose code was used: a code works once.
        add column totp_last_step bigint,
        add constraint account_kind check (kind in ('person', 'service')),
        add constraint account_service check (kind = 'service' or (scopes = '{}' and rate_limit is null and client_secret_digest is null)),
        add constraint account_external check ((external_issuer is null) = (external_subject is null)),
        add constraint account_totp check ((totp_sealed is null) = (totp_key is null) and (totp_confirmed_at is null or totp_sealed is not null)),
        add constraint account_rate_limit check (rate_limit between 1 and 10000000);
      create unique index account_external_unique on account (external_issuer, external_subject) where external_subject is not null;

      alter table account_session
        add column address text,
        add column user_agent text,
        add column last_used_at timestamptz not null default now();
      update account_session set last_used_at = created_at;
      create index account_session_revoked on account_session (revoked_at) where revoked_at is not null;

      -- Instances keep in memory which sessions have ended while their access tokens are still young.
      insert into reference_version (name) values ('revocations');
      create trigger account_session_version after update of revoked_at on account_session for each statement
        execute function bump_reference_version('revocations');

      drop trigger audit_change on account;
      create trigger audit_change after insert or update or delete on account for each row
        execute function audit_change('{id}', '{password_hash,client_secret_digest,totp_sealed}', '{}', '');
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop trigger audit_change on account;
      drop trigger account_session_version on account_session;
      delete from reference_version where name = 'revocations';
      drop index account_session_revoked;
      alter table account_session drop column address, drop column user_agent, drop column last_used_at;
      -- Whoever has no password cannot sign in with the version of before; the account stays, because others refer to it.
      update account set password_hash = '', active = false where password_hash is null;
      drop index account_external_unique;
      alter table account
        alter column password_hash set not null,
        drop column kind, drop column scopes, drop column rate_limit, drop column client_secret_digest, drop column external_issuer,
        drop column external_subject, drop column must_change_password, drop column totp_sealed, drop column totp_key, drop column totp_confirmed_at,
        drop column totp_last_step;
      create trigger audit_change after insert or update or delete on account for each row execute function audit_change('{id}', '{password_hash}', '{}', '');
    `);
  }
}
