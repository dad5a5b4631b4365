import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Answers already given under an Idempotency-Key, written in the transaction of what they answer. */
export class Idempotency1764000000007 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table idempotency_key (
        account_id uuid not null references account,
        key text not null,
        request_digest bytea not null,
        status int not null,
        headers jsonb not null,
        body jsonb,
        created_at timestamptz not null default now(),
        primary key (account_id, key),
        constraint idempotency_key_length check (length(key) between 1 and 255)
      );
      create index idempotency_key_age on idempotency_key (created_at);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table idempotency_key');
  }
}
