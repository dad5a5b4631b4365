import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditChanges } from './audit-changes.js';

/** The roll-out of the software: its steps at each unit, what units ask of the inspectorate, guidance with versions. */
export class RollOut1764000000023 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table rollout_milestone (
        unit_id uuid not null references unit,
        milestone text not null,
        planned_on date,
        done_on date,
        note text,
        version int not null default 1,
        created_by uuid references account,
        updated_at timestamptz not null default now(),
        primary key (unit_id, milestone),
        constraint rollout_milestone_name check (milestone in ('training', 'accounts', 'opening_figures', 'start', 'full_use')),
        constraint rollout_milestone_something check (num_nonnulls(planned_on, done_on) >= 1)
      );

      create table unit_request (
        id uuid primary key default new_id(),
        unit_id uuid not null references unit,
        -- Whom it is put to: the authority that oversees the unit.
        to_unit_id uuid not null references unit,
        number text not null,
        type text not null,
        title text not null,
        content text not null,
        state text not null default 'open',
        version int not null default 1,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint unit_request_number_once unique (number),
        constraint unit_request_type check (type in ('fault', 'question', 'wish', 'evaluation')),
        constraint unit_request_state check (state in ('open', 'in_progress', 'answered', 'closed', 'declined'))
      );
      create index unit_request_from on unit_request (unit_id, created_at desc);
      create index unit_request_to on unit_request (to_unit_id, created_at desc);

      create table unit_request_entry (
        id uuid primary key default new_id(),
        request_id uuid not null references unit_request,
        content text not null,
        state text not null,
        created_by uuid references account,
        unit_id uuid not null references unit,
        created_at timestamptz not null default now()
      );
      create index unit_request_entry_request on unit_request_entry (request_id, created_at);

      create table guidance_article (
        id uuid primary key default new_id(),
        unit_id uuid not null references unit,
        -- Whom it is for; empty for everybody.
        roles text[] not null default '{}',
        withdrawn_on date,
        version int not null default 1,
        created_by uuid references account,
        created_at timestamptz not null default now()
      );

      create table guidance_version (
        id uuid primary key default new_id(),
        article_id uuid not null references guidance_article,
        sequence int not null,
        title text not null,
        body text not null,
        change_note text,
        published_on date not null,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        search tsvector generated always as (to_tsvector('simple'::regconfig, fold(title || ' ' || body))) stored,
        constraint guidance_version_sequence unique (article_id, sequence)
      );
      create index guidance_version_search on guidance_version using gin (search);
      alter table reception_counter rename to running_number;
      alter index reception_counter_pkey rename to running_number_pkey;
    `);
    await auditChanges(queryRunner, {
      rollout_milestone: { ids: ['unit_id', 'milestone'], leftOut: ['updated_at'] },
      unit_request: { digested: ['title', 'content'], leftOut: ['updated_at'] },
      unit_request_entry: { digested: ['content'] },
      guidance_article: {},
      guidance_version: { digested: ['body'], leftOut: ['search'] },
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      do $$ begin
        if exists (select from unit_request) or exists (select from guidance_article) or exists (select from rollout_milestone) then
          raise exception 'the roll-out holds plans, requests or guidance: a schema without it would lose them';
        end if;
      end $$;
      alter table running_number rename to reception_counter;
      alter index running_number_pkey rename to reception_counter_pkey;
      drop table guidance_version, guidance_article, unit_request_entry, unit_request, rollout_milestone;
    `);
  }
}
