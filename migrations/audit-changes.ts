import type { QueryRunner } from 'typeorm';

/** How the rows of a table stand in the audit (migration "audit"). */
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

/** Lets the database write down every change of these tables. */
export async function auditChanges(queryRunner: QueryRunner, tables: Record<string, Audited>): Promise<void> {
  for (const [table, { ids = ['id'], digested = [], leftOut = [], petition = '' }] of Object.entries(tables))
    await queryRunner.query(
      `create trigger audit_change after insert or update or delete on ${table} for each row
       execute function audit_change('{${ids.join(',')}}', '{${digested.join(',')}}', '{${leftOut.join(',')}}', '${petition}')`,
    );
}
