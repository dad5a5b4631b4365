import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Cases, petitions, the people in them, their limits, and the history that nobody can change. */
export class Petitions1764000000005 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table petition_case (
        id uuid primary key default new_id(),
        opened_unit_id uuid not null references unit,
        opened_on date not null,
        created_at timestamptz not null default now()
      );

      -- Taken under a row lock inside the petition's transaction: no gap when it fails, no number twice.
      create table ledger_counter (
        unit_id uuid not null references unit,
        year int not null,
        last_number int not null,
        primary key (unit_id, year)
      );

      create table petition (
        id uuid primary key default new_id(),
        number text not null,
        ledger_unit_id uuid not null references unit,
        ledger_year int not null,
        ledger_number int not null,
        case_id uuid not null references petition_case,
        kind text not null,
        subject text,
        channel text not null,
        state text not null,
        stage text,
        outcome text,
        received_on date not null,
        written_on date,
        summary text not null,
        content text not null,
        field_code text,
        respondent jsonb,
        matter_unit_id uuid references unit,
        signatories int not null,
        remote_area boolean not null,
        complexity text not null,
        multiple_places boolean not null,
        decision_known_on date,
        forwarded_by text,
        also_sent_to_unit_ids uuid[] not null default '{}',
        prior_handling jsonb not null default '[]',
        -- What a clerk stated against the computed finding; null where the law's answer stands.
        stated_stage text,
        stated_competent_unit_id uuid references unit,
        received_unit_id uuid not null references unit,
        competent_unit_id uuid references unit,
        responsible_unit_id uuid not null references unit,
        responsible_since date not null,
        involved_unit_ids uuid[] not null,
        within_competence boolean not null,
        flags jsonb not null,
        flag_codes text[] not null,
        levels_skipped int,
        recommended_outcome text not null,
        accepted_on date,
        decided_on date,
        decision_received_on date,
        refused_on date,
        closed_on date,
        last_step_on date not null,
        next_due_on date,
        next_backlog_on date,
        open boolean generated always as (state not in ('guided', 'returned', 'filed_away', 'refused', 'closed')) stored,
        over_level boolean generated always as ('over_level' = any (flag_codes)) stored,
        version int not null default 1,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        -- Names of people are searchable where they are not secret: never those of a denunciation.
        search_names text not null default '',
        search tsvector generated always as (to_tsvector('simple'::regconfig, fold(number || ' ' || summary || ' ' || content || ' ' || search_names))) stored,
        constraint petition_number_unique unique (number),
        constraint petition_ledger_unique unique (ledger_unit_id, ledger_year, ledger_number),
        constraint petition_kind check (kind in ('complaint', 'denunciation', 'recommendation', 'reflection')),
        constraint petition_subject check (subject in ('administrative', 'discipline')),
        constraint petition_channel check (channel in ('in_person', 'post', 'handed_in', 'online', 'transferred', 'forwarded')),
        constraint petition_state check (state in ('received', 'classified', 'accepted', 'refused', 'guided', 'returned', 'filed_away', 'transferred', 'decided', 'concluded', 'answered', 'closed')),
        constraint petition_stage check (stage in ('first', 'second', 'continuing')),
        constraint petition_complexity check (complexity in ('normal', 'complex', 'specially_complex')),
        constraint petition_written_before_received check (written_on <= received_on),
        constraint petition_steps_after_receipt check (last_step_on >= received_on),
        constraint petition_signatories check (signatories between 0 and 100000),
        constraint petition_denouncer_not_searchable check (kind <> 'denunciation' or search_names = ''),
        constraint petition_responsible_is_involved check (responsible_unit_id = any (involved_unit_ids) and received_unit_id = any (involved_unit_ids))
      );
      create index petition_received on petition (received_on desc, id desc);
      create index petition_responsible on petition (responsible_unit_id, received_on desc, id desc);
      -- Without a pending list: nobody who files has to tidy up for those before, while the unit's ledger waits.
      create index petition_involved on petition using gin (involved_unit_ids) with (fastupdate = off);
      create index petition_search on petition using gin (search) with (fastupdate = off);
      create index petition_case_id on petition (case_id);
      create index petition_due on petition (next_due_on, id) where next_due_on is not null;
      create index petition_open on petition (responsible_unit_id) include (next_due_on, next_backlog_on, over_level) where open;
      create index petition_over_level on petition (received_on desc, id desc) where over_level;

      create table petition_party (
        id uuid primary key default new_id(),
        petition_id uuid not null references petition,
        position int not null,
        role text not null,
        type text not null,
        name text not null,
        national_id text,
        address text,
        phone text,
        constraint petition_party_position unique (petition_id, position),
        constraint petition_party_role check (role in ('petitioner', 'representative', 'respondent', 'lawyer', 'other')),
        constraint petition_party_type check (type in ('person', 'organisation'))
      );

      create table petition_relation (
        petition_id uuid not null references petition,
        related_petition_id uuid not null references petition,
        relation text not null,
        primary key (petition_id, related_petition_id),
        constraint petition_relation_kind check (relation in ('duplicate_of', 'repeats', 'appeals', 'continues')),
        constraint petition_relation_not_itself check (petition_id <> related_petition_id)
      );
      create index petition_relation_related on petition_relation (related_petition_id);

      create table petition_limit (
        id uuid primary key default new_id(),
        petition_id uuid not null references petition,
        unit_id uuid not null references unit,
        rule_id text not null,
        rule_version text not null,
        starts_on date not null,
        due_on date not null,
        backlog_on date not null,
        amount int not null,
        unit text not null,
        calendar_status text not null,
        sources jsonb not null,
        met_on date,
        void_on date,
        created_at timestamptz not null default now(),
        constraint petition_limit_due_after_start check (due_on >= starts_on),
        constraint petition_limit_backlog_after_due check (backlog_on > due_on),
        constraint petition_limit_unit check (unit in ('calendar_days', 'working_days')),
        constraint petition_limit_one_end check (met_on is null or void_on is null)
      );
      create index petition_limit_petition on petition_limit (petition_id);
      create unique index petition_limit_one_open on petition_limit (petition_id, rule_id) where met_on is null and void_on is null;
      create index petition_limit_open on petition_limit (unit_id, due_on) where met_on is null and void_on is null;

      create table petition_event (
        petition_id uuid not null references petition,
        sequence int not null,
        type text not null,
        occurred_on date not null,
        recorded_at timestamptz not null default clock_timestamp(),
        account_id uuid references account,
        unit_id uuid not null references unit,
        reason text,
        facts jsonb not null default '{}',
        previous_hash text,
        hash text not null,
        primary key (petition_id, sequence)
      );

      -- The hash covers the whole event and the hash before it: a changed, missing or inserted event breaks the chain.
      create function petition_event_link() returns trigger language plpgsql as $$
      declare
        last petition_event;
      begin
        select * into last from petition_event where petition_id = new.petition_id order by sequence desc limit 1;
        new.sequence := coalesce(last.sequence, 0) + 1;
        new.previous_hash := last.hash;
        new.hash := petition_event_hash(new);
        return new;
      end
      $$;
      create function petition_event_hash(event petition_event) returns text language sql stable as $$
        select encode(sha256(convert_to(jsonb_build_array(
          event.petition_id, event.sequence, event.type, event.occurred_on, extract(epoch from event.recorded_at),
          event.account_id, event.unit_id, event.reason, event.facts, event.previous_hash
        )::text, 'UTF8')), 'hex')
      $$;
      create trigger petition_event_link before insert on petition_event for each row execute function petition_event_link();

      create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception '% is append-only', tg_table_name using errcode = '42501';
      end
      $$;
      create trigger petition_event_append_only before update or delete or truncate on petition_event for each statement execute function refuse_change();
      create trigger petition_never_deleted before delete or truncate on petition for each statement execute function refuse_change();
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop function petition_event_hash(petition_event);
      drop table petition_event, petition_limit, petition_relation, petition_party, petition, ledger_counter, petition_case;
      drop function petition_event_link();
      drop function refuse_change();
    `);
  }
}
