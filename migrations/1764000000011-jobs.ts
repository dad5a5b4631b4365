import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Work in the background with its progress and its faults. The queue itself is graphile-worker's, in a schema of its own. */
export class Jobs1764000000011 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table background_job (
        id uuid primary key default new_id(),
        type text not null,
        unit_id uuid not null references unit,
        parameters jsonb not null,
        state text not null default 'queued',
        cancel_requested boolean not null default false,
        total int,
        done int not null default 0,
        created int not null default 0,
        unchanged int not null default 0,
        refused int not null default 0,
        error text,
        -- Time spent running, without what lay between a stop and a resumption.
        running_seconds double precision not null default 0,
        started_at timestamptz,
        heartbeat_at timestamptz,
        finished_at timestamptz,
        created_by uuid not null references account,
        created_at timestamptz not null default now(),
        constraint background_job_state check (state in ('queued', 'running', 'succeeded', 'failed', 'cancelled'))
      );
      create index background_job_unit on background_job (unit_id, created_at desc);

      create table background_job_fault (
        job_id uuid not null references background_job on delete cascade,
        line int not null,
        position int not null,
        column_name text not null,
        code text not null,
        reason_vi text not null,
        reason_en text not null,
        primary key (job_id, line, position)
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table background_job_fault, background_job');
  }
}
