import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How often a job was taken up, which tells the one that works on it from one that lost it; and how often it fell silent without getting any further:
 * what takes its process down twice at one place is not tried a third time.
 */
export class JobAttempts1764000000038 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table background_job
        add column attempts int not null default 0,
        add column silences int not null default 0,
        add constraint background_job_counts check (attempts >= 0 and silences >= 0);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table background_job drop constraint background_job_counts, drop column attempts, drop column silences');
  }
}
