import type { QueryRunner } from 'typeorm';

/** How the rows of a table stood in the audit before `src/platform/database/text-columns.ts` said it (migration "audit-by-list"). */
export interface Audited {
  /** Columns that name the row; `id` when left out. */
  ids?: string[];
  /** Personal data and free text: told as digests. */
  digested?: string[];
  /** What follows from other columns. */
  leftOut?: string[];
  /** Column that holds the petition. */
  petition?: string;
}

/** Lets the database write down every change of these tables; from the migration "audit-by-list" on the triggers are made from the list. */
export async function auditChanges(queryRunner: QueryRunner, tables: Record<string, Audited>): Promise<void> {
  for (const [table, { ids = ['id'], digested = [], leftOut = [], petition = '' }] of Object.entries(tables))
    await queryRunner.query(
      `create trigger audit_change after insert or update or delete on ${table} for each row
       execute function audit_change('{${ids.join(',')}}', '{${digested.join(',')}}', '{${leftOut.join(',')}}', '${petition}')`,
    );
}
