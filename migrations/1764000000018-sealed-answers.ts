import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Answers under an Idempotency-Key are sealed like the rows they tell of, and whoever registers without an account has keys, too.
 * `body` stays for the answers of an earlier version, which are forgotten after two days.
 */
export class SealedAnswers1764000000018 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table idempotency_key
        drop constraint idempotency_key_pkey,
        alter column account_id drop not null,
        add column id uuid primary key default gen_random_uuid(),
        add column sealed bytea,
        add column sealed_key int references data_key;
      create unique index idempotency_key_once on idempotency_key (account_id, key) nulls not distinct;
    `);
  }

  /** Answers under the seal are forgotten: the version before does not open them. */
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index idempotency_key_once;
      delete from idempotency_key where account_id is null or sealed is not null;
      alter table idempotency_key
        drop column id, drop column sealed, drop column sealed_key,
        alter column account_id set not null,
        add primary key (account_id, key);
    `);
  }
}
