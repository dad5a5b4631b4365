import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditChanges } from './audit-changes.js';

/** What is done about petitions that are over their last legal date: plans, commitments, review meetings, and cases that drag on. */
export class Backlog1764000000021 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table backlog_plan (
        petition_id uuid primary key references petition,
        unit_id uuid not null references unit,
        cause text not null,
        cause_note text,
        version int not null default 1,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint backlog_plan_cause check (cause in ('complex_matter', 'evidence', 'policy_unclear', 'waiting_for_superior', 'waiting_for_agency',
          'petitioner', 'staff', 'enforcement', 'other'))
      );

      create table backlog_step (
        id uuid primary key default new_id(),
        petition_id uuid not null references backlog_plan,
        position int not null,
        action text not null,
        responsible text not null,
        due_on date not null,
        done_on date,
        result text,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint backlog_step_done check ((done_on is null) = (result is null))
      );
      create index backlog_step_petition on backlog_step (petition_id, position);

      -- By when the leader promised to settle it: a later promise stands beside the earlier one.
      create table backlog_commitment (
        id uuid primary key default new_id(),
        petition_id uuid not null references petition,
        unit_id uuid not null references unit,
        settle_by date not null,
        note text,
        committed_on date not null,
        committed_by uuid not null references account,
        created_at timestamptz not null default now(),
        constraint backlog_commitment_ahead check (settle_by >= committed_on)
      );
      create index backlog_commitment_petition on backlog_commitment (petition_id, created_at desc);

      create table backlog_review (
        id uuid primary key default new_id(),
        unit_id uuid not null references unit,
        held_on date not null,
        chaired_by text not null,
        participants text,
        conclusion text not null,
        created_by uuid references account,
        created_at timestamptz not null default now()
      );
      create index backlog_review_unit on backlog_review (unit_id, held_on desc);

      create table backlog_review_item (
        review_id uuid not null references backlog_review,
        position int not null,
        petition_id uuid not null references petition,
        decision text not null,
        due_on date,
        primary key (review_id, position),
        constraint backlog_review_item_once unique (review_id, petition_id)
      );
      create index backlog_review_item_petition on backlog_review_item (petition_id);

      -- The case of the petition: it follows the petition when cases are merged or parted.
      create table long_case (
        id uuid primary key default new_id(),
        petition_id uuid not null references petition,
        unit_id uuid not null references unit,
        marked_on date not null,
        grounds text[] not null,
        document_number text,
        dossier_summary text not null,
        ended_on date,
        end_reason text,
        version int not null default 1,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint long_case_grounds check (cardinality(grounds) > 0 and grounds <@ '{resolved_again_and_again,many_people,years,several_units,gatherings,
          policy,other}'::text[]),
        constraint long_case_end check ((ended_on is null) = (end_reason is null) and ended_on >= marked_on)
      );
      create unique index long_case_open_once on long_case (petition_id) where ended_on is null;
      create index long_case_unit on long_case (unit_id, marked_on desc);

      -- Limits that were, or are, a backlog for some days: what a burn-down is counted from.
      create index petition_limit_backlogged on petition_limit (unit_id, backlog_on)
        where coalesce(met_on, void_on, suspended_on, 'infinity') > backlog_on;
    `);
    await auditChanges(queryRunner, {
      backlog_plan: { ids: ['petition_id'], petition: 'petition_id', digested: ['cause_note'], leftOut: ['updated_at'] },
      backlog_step: { petition: 'petition_id', digested: ['action', 'responsible', 'result'] },
      backlog_commitment: { petition: 'petition_id', digested: ['note'] },
      backlog_review: { digested: ['chaired_by', 'participants', 'conclusion'] },
      backlog_review_item: { ids: ['review_id', 'position'], petition: 'petition_id', digested: ['decision'] },
      long_case: { petition: 'petition_id', digested: ['dossier_summary', 'end_reason'] },
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      do $$ begin
        if exists (select from backlog_plan) or exists (select from backlog_commitment) or exists (select from backlog_review) or exists (select from long_case) then
          raise exception 'there are plans for the backlog: a schema without them would lose them';
        end if;
      end $$;
      drop index petition_limit_backlogged;
      drop table long_case, backlog_review_item, backlog_review, backlog_commitment, backlog_step, backlog_plan;
    `);
  }
}
