import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditChanges } from './audit-changes.js';

/** Statutory reports: sets of forms that were entered, deadlines, opening figures, reports from draft to acceptance with what was frozen, urging of who is late. */
export class StatutoryReports1764000000028 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- Entered as data; the newest revision of a circular counts, and goes before what is built in.
      create table report_form_set (
        id uuid primary key default new_id(),
        circular text not null,
        revision int not null,
        title jsonb not null,
        closing_from date not null,
        provisional jsonb,
        verified boolean not null,
        forms jsonb not null,
        reason text not null,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint report_form_set_revision unique (circular, revision)
      );
      create trigger report_form_set_append_only before update or delete on report_form_set for each row execute function refuse_change();

      -- By when who reports: so many days after the last day of the period (law.md 5.2: a proposal, not law).
      create table report_deadline (
        reporter text not null,
        period text not null,
        days_after int not null,
        source text not null,
        verified boolean not null,
        version int not null default 1,
        primary key (reporter, period),
        constraint report_deadline_reporter check (reporter in ('commune', 'department', 'district', 'province')),
        constraint report_deadline_period check (period in ('regular', 'national_assembly')),
        constraint report_deadline_days check (days_after between 0 and 90)
      );
      insert into report_deadline (reporter, period, days_after, source, verified) values
        ('commune', 'regular', 1, 'Đề xuất: ngày 15', false),
        ('department', 'regular', 2, 'Đề xuất: ngày 16', false),
        ('district', 'regular', 2, 'Đề xuất: ngày 16', false),
        ('province', 'regular', 6, 'Thông lệ: khoảng ngày 20', false),
        ('commune', 'national_assembly', 1, 'Đề xuất: ngày 01/8', false),
        ('department', 'national_assembly', 2, 'Đề xuất: ngày 02/8', false),
        ('district', 'national_assembly', 2, 'Đề xuất: ngày 02/8', false),
        ('province', 'national_assembly', 5, 'Công văn năm 2025 của Thanh tra Chính phủ: trước 05/8/2025', false);

      -- Figures of a stretch before a unit began with the software; they count in every period that has the whole stretch in it.
      create table opening_figure (
        id uuid primary key default new_id(),
        unit_id uuid not null references unit,
        form_code text not null,
        from_day date not null,
        to_day date not null,
        -- { "1": 120, … } by the number of the column
        figures jsonb not null,
        note text not null,
        version int not null default 1,
        declared_by uuid references account,
        declared_at timestamptz not null default now(),
        constraint opening_figure_stretch check (to_day >= from_day),
        constraint opening_figure_once exclude using gist (unit_id with =, form_code with =, daterange(from_day, to_day, '[]') with &&)
      );

      create table statutory_report (
        id uuid primary key default new_id(),
        unit_id uuid not null references unit,
        period_code text not null,
        from_day date not null,
        to_day date not null,
        revision int not null,
        supersedes_id uuid references statutory_report,
        revision_reason text,
        state text not null default 'draft',
        due_on date,
        narrative jsonb not null default '{}',
        narrative_document_id uuid references document,
        -- What was frozen: the set of forms, rows and totals of every form, the moment they stand for, their digest, who signed.
        circular text,
        frozen jsonb,
        as_of timestamptz,
        digest text,
        signer_title text,
        signer_name text,
        submitted_by uuid references account,
        submitted_on date,
        submitted_at timestamptz,
        decided_by uuid references account,
        decided_on date,
        return_reason text,
        consolidated_into_id uuid references statutory_report,
        version int not null default 1,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint statutory_report_state check (state in ('draft', 'submitted', 'returned', 'accepted')),
        constraint statutory_report_frozen check ((state = 'draft') = (frozen is null) and (frozen is null) = (digest is null)
          and (frozen is null) = (submitted_on is null) and (frozen is null) = (as_of is null) and (frozen is null) = (circular is null)),
        constraint statutory_report_returned check ((state = 'returned') = (return_reason is not null)),
        constraint statutory_report_decided check ((state in ('returned', 'accepted')) = (decided_on is not null)),
        constraint statutory_report_revision check ((revision = 1) = (supersedes_id is null) and (revision = 1) = (revision_reason is null)),
        constraint statutory_report_revision_once unique (unit_id, period_code, revision),
        constraint statutory_report_superseded_once unique (supersedes_id)
      );
      create unique index statutory_report_draft on statutory_report (unit_id, period_code) where state = 'draft';
      create index statutory_report_period on statutory_report (period_code, unit_id, revision desc);
      create index statutory_report_consolidated on statutory_report (consolidated_into_id) where consolidated_into_id is not null;

      -- What is frozen stays frozen, whoever writes.
      create function statutory_report_stays_frozen() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' or old.state <> 'draft' and (old.frozen, old.digest, old.as_of, old.circular, old.signer_title, old.signer_name, old.submitted_on,
            old.submitted_by, old.narrative, old.unit_id, old.period_code, old.revision, old.from_day, old.to_day)
          is distinct from (new.frozen, new.digest, new.as_of, new.circular, new.signer_title, new.signer_name, new.submitted_on,
            new.submitted_by, new.narrative, new.unit_id, new.period_code, new.revision, new.from_day, new.to_day) then
          raise exception 'a submitted report is frozen' using errcode = '42501';
        end if;
        return new;
      end
      $$;
      create trigger statutory_report_stays_frozen before update or delete on statutory_report for each row execute function statutory_report_stays_frozen();

      create table report_urging (
        id uuid primary key default new_id(),
        unit_id uuid not null references unit,
        period_code text not null,
        from_unit_id uuid not null references unit,
        document_id uuid not null references document,
        urged_on date not null,
        created_by uuid references account,
        created_at timestamptz not null default now()
      );
      create index report_urging_unit on report_urging (period_code, unit_id);
    `);
    await auditChanges(queryRunner, {
      report_form_set: { leftOut: ['forms'] },
      report_deadline: { ids: ['reporter', 'period'] },
      opening_figure: { digested: ['note'] },
      statutory_report: { leftOut: ['frozen'], digested: ['narrative', 'signer_name', 'return_reason', 'revision_reason'] },
      report_urging: {},
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table report_urging, statutory_report, opening_figure, report_deadline, report_form_set;
      drop function statutory_report_stays_frozen();
    `);
  }
}
