import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditChanges } from './audit-changes.js';

/** What an inspection finds and what becomes of it: findings with their follow-up, the conclusion; papers that are addressed to units are read there. */
export class Findings1764000000025 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table document add column addressee_unit_ids uuid[] not null default '{}';
      update document d set addressee_unit_ids = array[l.to_unit_id] from urging_letter l where l.document_id = d.id;

      alter table inspection
        add column concluded_on date,
        add column assessment text,
        add column document_id uuid references document,
        -- In per cent, as it was when it was concluded.
        add column score numeric(4, 1),
        drop constraint inspection_state,
        add constraint inspection_state check (state in ('prepared', 'started', 'concluded', 'cancelled')),
        drop constraint inspection_started,
        add constraint inspection_started check ((state in ('started', 'concluded')) = (started_on is not null)),
        add constraint inspection_concluded check (
          (state = 'concluded') = (concluded_on is not null) and (concluded_on is null) = (assessment is null) and (concluded_on is null) = (document_id is null));
      create index inspection_concluded_on on inspection (inspected_unit_id, concluded_on) where state = 'concluded';

      create table inspection_finding (
        id uuid primary key default new_id(),
        inspection_id uuid not null references inspection,
        number int not null,
        item_code text,
        description text not null,
        severity text not null,
        recommendation text not null,
        due_on date not null,
        state text not null default 'open',
        withdrawn_reason text,
        version int not null default 1,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        foreign key (inspection_id, item_code) references inspection_item,
        constraint inspection_finding_number unique (inspection_id, number),
        constraint inspection_finding_severity check (severity in ('minor', 'serious', 'critical')),
        constraint inspection_finding_state check (state in ('open', 'answered', 'returned', 'accepted', 'withdrawn')),
        constraint inspection_finding_withdrawn check ((state = 'withdrawn') = (withdrawn_reason is not null))
      );
      create index inspection_finding_due on inspection_finding (due_on) where state in ('open', 'returned');

      -- What the unit answers and what becomes of that, one after the other; never changed.
      create table inspection_finding_entry (
        finding_id uuid not null references inspection_finding,
        number int not null,
        type text not null,
        text text not null,
        -- Of an answer: when it was mended; of a return: the new limit.
        done_on date,
        due_on date,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        primary key (finding_id, number),
        constraint inspection_finding_entry_type check (type in ('answer', 'acceptance', 'return')),
        constraint inspection_finding_entry_due check ((type = 'return') = (due_on is not null)),
        constraint inspection_finding_entry_done check (done_on is null or type = 'answer')
      );
      create trigger inspection_finding_entry_append_only before update or delete on inspection_finding_entry for each row execute function refuse_change();

      create table inspection_finding_evidence (
        id uuid primary key default new_id(),
        finding_id uuid not null references inspection_finding,
        attachment_id uuid not null references attachment,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint inspection_finding_evidence_once unique (finding_id, attachment_id)
      );
    `);
    await queryRunner.query('drop trigger audit_change on inspection');
    await auditChanges(queryRunner, {
      inspection: { digested: ['cancel_reason', 'assessment'] },
      inspection_finding: { digested: ['description', 'recommendation', 'withdrawn_reason'] },
      inspection_finding_entry: { ids: ['finding_id', 'number'], digested: ['text'] },
      inspection_finding_evidence: {},
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      do $$ begin
        if exists (select from inspection_finding) or exists (select from inspection where state = 'concluded') then
          raise exception 'there are findings or conclusions: a schema without them would lose them';
        end if;
      end $$;
      drop table inspection_finding_evidence, inspection_finding_entry, inspection_finding;
      drop index inspection_concluded_on;
      alter table inspection drop constraint inspection_concluded, drop constraint inspection_started, drop constraint inspection_state,
        add constraint inspection_state check (state in ('prepared', 'started', 'cancelled')),
        add constraint inspection_started check ((state = 'started') = (started_on is not null)),
        drop column score, drop column document_id, drop column assessment, drop column concluded_on;
      alter table document drop column addressee_unit_ids;
      drop trigger audit_change on inspection;
    `);
    await auditChanges(queryRunner, { inspection: { digested: ['cancel_reason'] } });
  }
}
