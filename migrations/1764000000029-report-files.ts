import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditChanges } from './audit-changes.js';

/** Workbooks of reports that a background job made; they are kept for some days. */
export class ReportFiles1764000000029 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table report_file (
        job_id uuid primary key references background_job,
        filename text not null,
        media_type text not null,
        sha256 text not null references blob,
        created_at timestamptz not null default now()
      );
      create index report_file_content on report_file (sha256);
    `);
    await auditChanges(queryRunner, { report_file: { ids: ['job_id'] } });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table report_file');
  }
}
