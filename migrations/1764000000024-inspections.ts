import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditChanges } from './audit-changes.js';

/** Inspections: plans, draws that anybody can repeat, orders with their team, checklists with what the system and the inspector say, photos. */
export class Inspections1764000000024 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table inspection_plan (
        id uuid primary key default new_id(),
        unit_id uuid not null references unit,
        title text not null,
        number text,
        year int not null,
        quarter int,
        approved_on date,
        version int not null default 1,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint inspection_plan_quarter check (quarter between 1 and 4)
      );
      create index inspection_plan_unit on inspection_plan (unit_id, year desc);

      create table inspection_plan_item (
        id uuid primary key default new_id(),
        plan_id uuid not null references inspection_plan,
        unit_id uuid not null references unit,
        from_on date not null,
        to_on date not null,
        subject text,
        constraint inspection_plan_item_once unique (plan_id, unit_id, from_on),
        constraint inspection_plan_item_period check (to_on >= from_on)
      );

      -- A draw is kept as it was: its seed, everybody who could be drawn with the facts that made the weight, and who was.
      create table inspection_draw (
        id uuid primary key default new_id(),
        unit_id uuid not null references unit,
        seed text not null,
        drawn_on date not null,
        reason text not null,
        period_from date not null,
        period_to date not null,
        -- [{ "unitId", "code", "weight", "key", "drawn", "facts" }], in the order of the draw.
        candidates jsonb not null,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint inspection_draw_seed_once unique (seed)
      );
      create index inspection_draw_unit on inspection_draw (unit_id, drawn_on desc);
      create trigger inspection_draw_append_only before update or delete on inspection_draw for each row execute function refuse_change();

      create table inspection (
        id uuid primary key default new_id(),
        unit_id uuid not null references unit,
        inspected_unit_id uuid not null references unit,
        type text not null,
        state text not null default 'prepared',
        plan_item_id uuid references inspection_plan_item,
        draw_id uuid references inspection_draw,
        decision_number text not null,
        decided_on date not null,
        subject text not null,
        period_from date not null,
        period_to date not null,
        starts_on date not null,
        ends_on date not null,
        started_on date,
        checklist_version text not null,
        cancel_reason text,
        version int not null default 1,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint inspection_type check (type in ('regular', 'surprise')),
        constraint inspection_state check (state in ('prepared', 'started', 'cancelled')),
        constraint inspection_period check (period_to >= period_from and ends_on >= starts_on and starts_on >= decided_on),
        constraint inspection_started check ((state = 'started') = (started_on is not null)),
        constraint inspection_not_itself check (unit_id <> inspected_unit_id)
      );
      create index inspection_unit on inspection (unit_id, starts_on desc, id desc);
      create index inspection_inspected on inspection (inspected_unit_id, starts_on desc, id desc);

      create table inspection_member (
        inspection_id uuid not null references inspection,
        position int not null,
        role text not null,
        name text not null,
        office text not null,
        account_id uuid references account,
        primary key (inspection_id, position),
        constraint inspection_member_role check (role in ('head', 'member'))
      );
      create unique index inspection_member_one_head on inspection_member (inspection_id) where role = 'head';
      create index inspection_member_account on inspection_member (account_id) where account_id is not null;

      create table inspection_item (
        inspection_id uuid not null references inspection,
        code text not null,
        -- { "result", "part", "of", "counts", "list" }: what the system says from its own data, as of the start.
        system jsonb,
        result text,
        note text,
        mend_by date,
        answered_by uuid references account,
        answered_at timestamptz,
        version int not null default 0,
        primary key (inspection_id, code),
        constraint inspection_item_result check (result in ('met', 'partly', 'not_met', 'not_applicable')),
        constraint inspection_item_answered check ((result is null) = (answered_at is null)),
        constraint inspection_item_mend check (mend_by is null or result in ('partly', 'not_met'))
      );

      create table inspection_photo (
        id uuid primary key default new_id(),
        inspection_id uuid not null,
        code text not null,
        attachment_id uuid not null references attachment,
        -- How the device that took it calls it: sent again it is the same photo.
        client_key text not null,
        created_at timestamptz not null default now(),
        foreign key (inspection_id, code) references inspection_item,
        constraint inspection_photo_once unique (inspection_id, client_key)
      );
      create index inspection_photo_item on inspection_photo (inspection_id, code);

      alter table attachment drop constraint attachment_purpose,
        add constraint attachment_purpose check (purpose in ('petition', 'evidence', 'signed_document', 'posted_notice', 'regulation', 'superior_outcome', 'inspection', 'other'));
    `);
    await auditChanges(queryRunner, {
      inspection_plan: {},
      inspection_plan_item: {},
      inspection_draw: { digested: ['candidates'] },
      inspection: { digested: ['cancel_reason'] },
      inspection_member: { ids: ['inspection_id', 'position'], digested: ['name', 'office'] },
      inspection_item: { ids: ['inspection_id', 'code'], digested: ['note'], leftOut: ['system'] },
      inspection_photo: {},
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      do $$ begin
        if exists (select from inspection) or exists (select from inspection_draw) or exists (select from inspection_plan) then
          raise exception 'there are inspections: a schema without them would lose them';
        end if;
      end $$;
      drop table inspection_photo, inspection_item, inspection_member, inspection, inspection_draw, inspection_plan_item, inspection_plan;
      update attachment set purpose = 'other' where purpose = 'inspection';
      alter table attachment drop constraint attachment_purpose,
        add constraint attachment_purpose check (purpose in ('petition', 'evidence', 'signed_document', 'posted_notice', 'regulation', 'superior_outcome', 'other'));
    `);
  }
}
