import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may sign in, and what keeps somebody signed in. Tokens are stored as digests only. */
export class Accounts1764000000003 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table account (
        id uuid primary key default new_id(),
        username text not null,
        password_hash text not null,
        display_name text not null,
        unit_id uuid not null references unit,
        roles text[] not null,
        active boolean not null default true,
        failed_attempts int not null default 0,
        locked_until timestamptz,
        version int not null default 1,
        created_at timestamptz not null default now(),
        constraint account_username_unique unique (username),
        constraint account_username_form check (username ~ '^[a-z0-9._-]{3,64}$'),
        constraint account_roles check (
          cardinality(roles) > 0 and roles <@ array['clerk', 'handler', 'leader', 'reception_board', 'inspector', 'analyst', 'admin']
        )
      );

      create table account_session (
        id uuid primary key default new_id(),
        account_id uuid not null references account,
        created_at timestamptz not null default now(),
        revoked_at timestamptz,
        revoked_because text
      );
      create index account_session_account on account_session (account_id);

      create table refresh_token (
        digest bytea primary key,
        session_id uuid not null references account_session on delete cascade,
        expires_at timestamptz not null,
        used_at timestamptz
      );
      create index refresh_token_session on refresh_token (session_id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table refresh_token, account_session, account');
  }
}
