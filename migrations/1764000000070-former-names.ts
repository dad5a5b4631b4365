import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inOneStep } from './online.js';

/**
 * Names of accounts that were changed before the database remembered them: the audit tells names of accounts in clear, and each change with what
 * was before. A digest is no name.
 */
export const rememberNamesOfAudit = `
  with former as (
    select record.object_id::uuid as id, array_agg(distinct record.before ->> 'display_name') as names
    from audit_record record
    where record.object_type = 'account' and record.operation = 'update' and record.before ->> 'display_name' !~ '^[0-9a-f]{64}$'
    group by record.object_id
  )
  update account set other_names = account.other_names || former.names from former
  where account.id = former.id
    and exists (select from unnest(former.names) name where name <> account.display_name and not name = any (account.other_names))`;

/** Whoever is denounced is kept out by every name that his account ever had (Law on Denunciations art. 8). */
export class FormerNames1764000000070 implements MigrationInterface {
  transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    await inOneStep(queryRunner, async () => {
      await queryRunner.query(rememberNamesOfAudit);
    });
  }

  /** Names that are remembered hurt no version before. */
  async down(): Promise<void> {}
}
