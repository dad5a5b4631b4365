import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Cases that are merged and divided again, duplicates, parts of a petition, people across petitions, signatories, proposals of triage. */
export class CasesAndPeople1764000000009 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table petition_relation
        add column ended_on date,
        add column reason text,
        add column created_by uuid references account,
        add column created_at timestamptz not null default now();

      alter table petition_case
        add column merged_into_id uuid references petition_case,
        add column version int not null default 1,
        add constraint petition_case_not_into_itself check (merged_into_id <> id);
      create index petition_case_opened on petition_case (opened_on desc, id desc) where merged_into_id is null;

      create table case_merge (
        id uuid primary key default new_id(),
        into_case_id uuid not null references petition_case,
        from_case_id uuid not null references petition_case,
        -- The petitions that moved: these go back when the merge is undone.
        petition_ids uuid[] not null,
        reason text not null,
        merged_on date not null,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        undone_on date,
        undone_by uuid references account,
        undo_reason text,
        constraint case_merge_of_two check (into_case_id <> from_case_id),
        constraint case_merge_undone check ((undone_on is null) = (undo_reason is null))
      );
      create index case_merge_into on case_merge (into_case_id);
      create unique index case_merge_one_open on case_merge (from_case_id) where undone_on is null;

      -- What a clerk said of two petitions that look alike; a dismissed pair is not shown again.
      create table duplicate_review (
        petition_id uuid not null references petition,
        other_petition_id uuid not null references petition,
        decision text not null,
        reason text,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        primary key (petition_id, other_petition_id),
        constraint duplicate_review_decision check (decision in ('confirmed', 'dismissed')),
        constraint duplicate_review_in_order check (petition_id < other_petition_id)
      );

      -- Fingerprint of a petition's text, people and subject, and the keys under which those alike are found: src/petitions/duplicates/.
      create table petition_match (
        petition_id uuid primary key references petition,
        signature bytea not null,
        person_keys bigint[] not null,
        subject_key bigint
      );
      -- Without a foreign key of its own: twenty checks for each petition that is filed, and none is ever deleted.
      create table petition_match_key (
        key bigint not null,
        petition_id uuid not null,
        primary key (key, petition_id)
      );

      alter table petition
        add column parent_id uuid references petition,
        add column part_no int,
        add column identity_secret boolean not null default false,
        add column status_code text not null default upper(translate(left(encode(uuid_send(gen_random_uuid()), 'hex'), 12), '01', 'xy')),
        add column external_reference text,
        add constraint petition_part check ((parent_id is null) = (part_no is null));
      update petition set identity_secret = true where kind = 'denunciation';
      alter table petition
        drop constraint petition_denouncer_not_searchable,
        add constraint petition_denouncer_secret check (kind <> 'denunciation' or identity_secret),
        add constraint petition_denouncer_not_searchable check (not identity_secret or search_names = ''),
        drop constraint petition_ledger_unique;
      create unique index petition_ledger_unique on petition (ledger_unit_id, ledger_year, ledger_number) where parent_id is null;
      create unique index petition_parts on petition (parent_id, part_no) where parent_id is not null;
      create unique index petition_external_reference on petition (ledger_unit_id, external_reference) where external_reference is not null;

      create table person (
        id uuid primary key default new_id(),
        type text not null,
        name text not null,
        folded_name text generated always as (fold(name)) stored,
        birth_year int,
        national_id text,
        address text,
        folded_address text generated always as (fold(address)) stored,
        phone text,
        merged_into_id uuid references person,
        version int not null default 1,
        created_at timestamptz not null default now(),
        constraint person_type check (type in ('person', 'organisation')),
        constraint person_not_into_itself check (merged_into_id <> id)
      );
      create index person_name on person (folded_name, birth_year);
      create index person_national_id on person (national_id) where national_id is not null;

      create table person_merge (
        id uuid primary key default new_id(),
        into_id uuid not null references person,
        from_id uuid not null references person,
        party_ids uuid[] not null,
        reason text not null,
        merged_on date not null,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        undone_on date,
        undone_by uuid references account,
        undo_reason text,
        constraint person_merge_of_two check (into_id <> from_id)
      );
      create index person_merge_into on person_merge (into_id);
      create unique index person_merge_one_open on person_merge (from_id) where undone_on is null;

      alter table petition_party
        add column birth_year int,
        add column office text,
        add column authorisation jsonb,
        add column person_id uuid references person;
      create index petition_party_person on petition_party (person_id) where person_id is not null;
      -- Everybody named so far becomes a person, but for respondents and whoever is named in a denunciation.
      with named as (
        select party.id, new_id() as person_id from petition_party party join petition p on p.id = party.petition_id
        where party.role <> 'respondent' and not p.identity_secret
      ), known as (
        insert into person (id, type, name, national_id, address, phone)
        select named.person_id, type, name, national_id, address, phone from named join petition_party using (id)
      )
      update petition_party party set person_id = named.person_id from named where named.id = party.id;

      create table petition_signatory (
        petition_id uuid not null references petition,
        position int not null,
        name text not null,
        birth_year int,
        national_id text,
        address text,
        representative boolean not null default false,
        primary key (petition_id, position)
      );

      create table triage_proposal (
        id uuid primary key default new_id(),
        petition_id uuid not null references petition,
        outcome text not null,
        details jsonb not null,
        note text,
        proposed_on date not null,
        proposed_by uuid not null references account,
        state text not null default 'proposed',
        approved_outcome text,
        approved_details jsonb,
        decided_on date,
        decided_by uuid references account,
        decision_note text,
        created_at timestamptz not null default now(),
        constraint triage_proposal_state check (state in ('proposed', 'approved', 'sent_back')),
        constraint triage_proposal_decided check ((state = 'proposed') = (decided_on is null)),
        constraint triage_proposal_four_eyes check (decided_by <> proposed_by)
      );
      create index triage_proposal_petition on triage_proposal (petition_id, proposed_on);
      create unique index triage_proposal_one_open on triage_proposal (petition_id) where state = 'proposed';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table triage_proposal, petition_signatory;
      alter table petition_party drop column birth_year, drop column office, drop column authorisation, drop column person_id;
      drop table person_merge, person;
      -- A part cannot stand alone: its number would be its petition's a second time.
      do $$ begin
        if exists (select from petition where parent_id is not null) then
          raise exception 'petitions that were split cannot go back to a schema without parts';
        end if;
      end $$;
      drop index petition_external_reference;
      drop index petition_parts;
      drop index petition_ledger_unique;
      alter table petition
        drop constraint petition_denouncer_secret,
        drop constraint petition_denouncer_not_searchable,
        drop column parent_id, drop column part_no, drop column identity_secret, drop column status_code, drop column external_reference,
        add constraint petition_ledger_unique unique (ledger_unit_id, ledger_year, ledger_number),
        add constraint petition_denouncer_not_searchable check (kind <> 'denunciation' or search_names = '');
      drop table petition_match_key, petition_match, duplicate_review, case_merge;
      drop index petition_case_opened;
      alter table petition_case drop column merged_into_id, drop column version;
      delete from petition_relation where ended_on is not null;
      alter table petition_relation drop column ended_on, drop column reason, drop column created_by, drop column created_at;
    `);
  }
}
