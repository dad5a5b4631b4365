import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditChanges } from './audit-changes.js';

/** Local citizens' cases at superior agencies, courts and central offices, news of them, and talks with the citizens. */
export class SuperiorMatters1764000000020 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table superior_matter (
        id uuid primary key default new_id(),
        -- Where the case comes from.
        unit_id uuid not null references unit,
        petition_id uuid references petition,
        kind text not null,
        matter text not null,
        agency_type text not null,
        agency text not null,
        folded_agency text not null generated always as (fold(agency)) stored,
        -- How the agency calls it.
        reference text not null,
        filed_on date not null,
        stage text not null,
        -- Day of the last news.
        news_on date not null,
        open boolean not null generated always as (stage in ('sent', 'accepted', 'in_progress', 'appealed')) stored,
        effect text,
        outcome_number text,
        outcome_on date,
        outcome_gist text,
        document_id uuid references attachment,
        version int not null default 1,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint superior_matter_once unique (unit_id, folded_agency, reference),
        constraint superior_matter_kind check (kind in ('complaint', 'denunciation', 'recommendation', 'reflection')),
        constraint superior_matter_agency check (agency_type in ('superior', 'court', 'central', 'other')),
        constraint superior_matter_stage check (stage in ('sent', 'accepted', 'in_progress', 'appealed', 'decided', 'in_force', 'returned', 'withdrawn')),
        constraint superior_matter_effect check (effect in ('upheld', 'changed', 'annulled', 'to_be_resolved_again', 'other')),
        constraint superior_matter_outcome check ((effect is null) = (outcome_number is null) and (effect is null) = (outcome_on is null)),
        constraint superior_matter_news check (news_on >= filed_on)
      );
      create index superior_matter_unit on superior_matter (unit_id, news_on desc);
      create index superior_matter_open on superior_matter (unit_id, news_on) where open;
      create index superior_matter_petition on superior_matter (petition_id) where petition_id is not null;

      create table superior_matter_news (
        id uuid primary key default new_id(),
        matter_id uuid not null references superior_matter,
        on_date date not null,
        stage text not null,
        content text,
        effect text,
        source text not null,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint superior_matter_news_source check (source in ('official', 'import', 'system'))
      );
      create index superior_matter_news_matter on superior_matter_news (matter_id, on_date desc);

      -- Explaining and persuading: who spoke with the citizens of a case, when, with what result.
      create table citizen_contact (
        id uuid primary key default new_id(),
        unit_id uuid not null references unit,
        matter_id uuid references superior_matter,
        petition_id uuid references petition,
        incident_id uuid references reception_incident,
        on_date date not null,
        way text not null,
        officials text not null,
        together_with text,
        content text not null,
        result text not null,
        next_on date,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint citizen_contact_about check (num_nonnulls(matter_id, petition_id, incident_id) >= 1),
        constraint citizen_contact_way check (way in ('meeting', 'home_visit', 'telephone', 'letter', 'dialogue', 'other')),
        constraint citizen_contact_result check (result in ('agreed', 'partly_agreed', 'not_agreed', 'will_withdraw', 'not_reached')),
        constraint citizen_contact_next check (next_on > on_date)
      );
      create index citizen_contact_unit on citizen_contact (unit_id, on_date desc);
      create index citizen_contact_matter on citizen_contact (matter_id) where matter_id is not null;
      create index citizen_contact_petition on citizen_contact (petition_id) where petition_id is not null;
      create index citizen_contact_incident on citizen_contact (incident_id) where incident_id is not null;

      alter table unit_setting add column superior_news_days int not null default 30,
        add constraint unit_setting_superior_news_days check (superior_news_days between 1 and 365);
      alter table attachment drop constraint attachment_purpose,
        add constraint attachment_purpose check (purpose in ('petition', 'evidence', 'signed_document', 'posted_notice', 'regulation', 'superior_outcome', 'other'));
    `);
    await auditChanges(queryRunner, {
      superior_matter: { petition: 'petition_id', digested: ['matter', 'outcome_gist'], leftOut: ['folded_agency', 'open'] },
      superior_matter_news: { digested: ['content'] },
      citizen_contact: { petition: 'petition_id', digested: ['officials', 'together_with', 'content'] },
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      do $$ begin
        if exists (select from superior_matter) or exists (select from citizen_contact) then
          raise exception 'the register of cases at superiors and courts is not empty: a schema without it would lose them';
        end if;
      end $$;
      drop table citizen_contact, superior_matter_news, superior_matter;
      update attachment set purpose = 'other' where purpose = 'superior_outcome';
      alter table attachment drop constraint attachment_purpose,
        add constraint attachment_purpose check (purpose in ('petition', 'evidence', 'signed_document', 'posted_notice', 'regulation', 'other'));
      alter table unit_setting drop column superior_news_days;
    `);
  }
}
