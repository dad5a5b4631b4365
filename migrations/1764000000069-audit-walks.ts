import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inOneStep } from './online.js';

/** What the nightly walk along the whole chain of the audit found, signed: a verification walks the links since alone. */
export class AuditWalks1764000000069 implements MigrationInterface {
  transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    await inOneStep(queryRunner, async () => {
      await queryRunner.query(`
        create table if not exists audit_walk (
          id bigint generated always as identity primary key,
          token text not null,
          walked_at timestamptz not null default now()
        );
        create or replace trigger audit_walk_append_only before update or delete or truncate on audit_walk
          for each statement execute function refuse_change();
        revoke update, delete on audit_walk from tiepdan_api`);
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await inOneStep(queryRunner, async () => {
      await queryRunner.query('drop table audit_walk');
    });
  }
}
