import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditChanges } from './audit-changes.js';

/** Inspections of a head's responsibility: a sample of petitions that anybody can repeat, and the sheet that is filled in for each. */
export class Responsibility1764000000026 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table inspection
        add column inspected_head text,
        alter column checklist_version drop not null,
        drop constraint inspection_type,
        add constraint inspection_type check (type in ('regular', 'surprise', 'responsibility')),
        add constraint inspection_head check ((type = 'responsibility') = (inspected_head is not null)),
        add constraint inspection_checklist check ((type = 'responsibility') = (checklist_version is null));

      -- A finding may be about a question of the review sheet as well.
      alter table inspection_finding drop constraint inspection_finding_inspection_id_item_code_fkey;

      -- A sample is kept as it was drawn: its seed, and every petition that could be drawn.
      create table inspection_sample (
        inspection_id uuid primary key references inspection,
        seed text not null,
        size int not null,
        sheet_version text not null,
        drawn_on date not null,
        -- [{ "kind", "state", "numbers" }]
        strata jsonb not null,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint inspection_sample_seed_once unique (seed),
        constraint inspection_sample_size check (size > 0)
      );
      create trigger inspection_sample_append_only before update or delete on inspection_sample for each row execute function refuse_change();

      create table inspection_review (
        id uuid primary key default new_id(),
        inspection_id uuid not null references inspection_sample (inspection_id),
        position int not null,
        petition_id uuid not null references petition,
        -- The stratum: as it was when the sample was drawn.
        kind text not null,
        state text not null,
        -- { question: { "kept", "notKept" } }: what the system says from the petition's limits.
        system jsonb not null,
        -- [{ "code", "result", "note" }]
        answers jsonb,
        note text,
        reviewed_by uuid references account,
        reviewed_at timestamptz,
        version int not null default 1,
        constraint inspection_review_position unique (inspection_id, position),
        constraint inspection_review_once unique (inspection_id, petition_id),
        constraint inspection_review_reviewed check ((answers is null) = (reviewed_at is null))
      );
    `);
    await queryRunner.query('drop trigger audit_change on inspection');
    await auditChanges(queryRunner, {
      inspection: { digested: ['cancel_reason', 'assessment', 'inspected_head'] },
      inspection_sample: { ids: ['inspection_id'], digested: ['strata'] },
      inspection_review: { digested: ['note', 'answers'], leftOut: ['system'], petition: 'petition_id' },
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      do $$ begin
        if exists (select from inspection where type = 'responsibility') then
          raise exception 'there are inspections of responsibility: a schema without them would lose them';
        end if;
      end $$;
      drop table inspection_review, inspection_sample;
      alter table inspection_finding add constraint inspection_finding_inspection_id_item_code_fkey
        foreign key (inspection_id, item_code) references inspection_item;
      alter table inspection drop constraint inspection_head, drop constraint inspection_checklist, drop constraint inspection_type,
        add constraint inspection_type check (type in ('regular', 'surprise')),
        alter column checklist_version set not null,
        drop column inspected_head;
      drop trigger audit_change on inspection;
    `);
    await auditChanges(queryRunner, { inspection: { digested: ['cancel_reason', 'assessment'] } });
  }
}
