import type { MigrationInterface, QueryRunner } from 'typeorm';

const finalBefore = `'guided', 'returned', 'filed_away', 'refused', 'closed'`;
const finalNow = `'split', 'guided', 'returned', 'filed_away', 'refused', 'referred', 'terminated', 'closed'`;
const statesBefore = `'received', 'classified', 'accepted', 'refused', 'guided', 'returned', 'filed_away', 'transferred', 'decided', 'concluded', 'answered', 'closed'`;
const statesNow = `${statesBefore}, 'proposed', 'split', 'suspended', 'referred', 'terminated'`;

/** A petition to its end: suspension, termination, extension, verification, dialogue, sending, appeals, enforcement, protection. */
export class WholeLife1764000000008 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ${statesAndOpen(statesNow, finalNow)}
      alter table petition
        add column anonymous boolean not null default false,
        add column suspended_on date,
        add column terminated_on date,
        add column in_force_on date,
        add column eligibility jsonb not null default '{}';
      update petition p set anonymous = true where not exists (select from petition_party where petition_id = p.id and role = 'petitioner');

      alter table petition_limit
        add column subject_id uuid,
        add column extensions_days int[] not null default '{}',
        add column suspended_days int not null default 0,
        add column suspended_on date;
      drop index petition_limit_one_open;
      -- One open limit of a rule; of one that runs for something of its own (an obligation, a request), one for each.
      create unique index petition_limit_one_open on petition_limit (petition_id, rule_id, subject_id) nulls not distinct
        where met_on is null and void_on is null;
      create index petition_limit_due on petition_limit (unit_id, due_on) where void_on is null;

      create table unit_setting (
        unit_id uuid primary key references unit,
        triage_mode text not null,
        version int not null default 1,
        updated_at timestamptz not null default now(),
        constraint unit_setting_triage_mode check (triage_mode in ('one_step', 'two_step'))
      );

      create table limit_extension (
        id uuid primary key default new_id(),
        limit_id uuid not null references petition_limit,
        decided_on date not null,
        document_number text not null,
        reason text not null,
        days int not null,
        due_on_before date not null,
        due_on date not null,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint limit_extension_in_time check (decided_on <= due_on_before),
        constraint limit_extension_longer check (days > 0 and due_on >= due_on_before)
      );
      create index limit_extension_limit on limit_extension (limit_id);

      create table verification (
        id uuid primary key default new_id(),
        petition_id uuid not null references petition,
        purpose text not null,
        document_number text not null,
        assigned_on date not null,
        due_on date not null,
        plan text,
        views_differ boolean,
        report text,
        report_proposal text,
        reported_on date,
        version int not null default 1,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint verification_due_after_assignment check (due_on >= assigned_on),
        constraint verification_report check ((reported_on is null) = (report is null))
      );
      create index verification_petition on verification (petition_id, assigned_on);
      create unique index verification_one_open on verification (petition_id) where reported_on is null;

      create table verification_member (
        verification_id uuid not null references verification,
        position int not null,
        role text not null,
        name text not null,
        office text,
        account_id uuid references account,
        primary key (verification_id, position),
        constraint verification_member_role check (role in ('official', 'head', 'member'))
      );

      -- What was done, found and prolonged in a verification; appended, never changed.
      create table verification_entry (
        id uuid primary key default new_id(),
        verification_id uuid not null references verification,
        type text not null,
        occurred_on date not null,
        content text not null,
        source text,
        attachment_id uuid,
        due_on_before date,
        due_on date,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint verification_entry_type check (type in ('plan', 'work', 'evidence', 'extension')),
        constraint verification_entry_extension check ((type = 'extension') = (due_on is not null and due_on_before is not null))
      );
      create index verification_entry_verification on verification_entry (verification_id, occurred_on);
      create trigger verification_entry_append_only before update or delete or truncate on verification_entry for each statement execute function refuse_change();

      create table dialogue (
        id uuid primary key default new_id(),
        petition_id uuid not null references petition,
        held_on date not null,
        place text not null,
        participants jsonb not null,
        minutes text not null,
        complainant_attended boolean not null,
        absence_without_reason boolean not null default false,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint dialogue_absence check (not (complainant_attended and absence_without_reason))
      );
      create index dialogue_petition on dialogue (petition_id, held_on);

      create table dispatch (
        id uuid primary key default new_id(),
        petition_id uuid not null references petition,
        type text not null,
        dispatched_on date not null,
        recipients jsonb not null,
        method text,
        document_number text,
        note text,
        created_by uuid references account,
        created_at timestamptz not null default now()
      );
      create index dispatch_petition on dispatch (petition_id, dispatched_on);

      create table appeal (
        id uuid primary key default new_id(),
        petition_id uuid not null references petition,
        type text not null,
        agency text not null,
        filed_on date not null,
        number text,
        note text,
        -- The further petition, where it was filed here.
        further_petition_id uuid references petition,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint appeal_type check (type in ('second_complaint', 'lawsuit', 'continuing_denunciation'))
      );
      create index appeal_petition on appeal (petition_id, filed_on);

      create table superior_outcome (
        id uuid primary key default new_id(),
        petition_id uuid not null references petition,
        agency_type text not null,
        agency text not null,
        number text not null,
        issued_on date not null,
        gist text not null,
        effect text not null,
        -- The petition decided here that it is the outcome of.
        further_petition_id uuid references petition,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint superior_outcome_agency_type check (agency_type in ('superior', 'court', 'other')),
        constraint superior_outcome_effect check (effect in ('upheld', 'changed', 'annulled', 'to_be_resolved_again', 'other'))
      );
      create index superior_outcome_petition on superior_outcome (petition_id, issued_on);

      -- Money in đồng, land in m².
      create table obligation (
        id uuid primary key default new_id(),
        petition_id uuid not null references petition,
        type text not null,
        description text not null,
        responsible text not null,
        due_on date not null,
        ${quantities}
        fulfilled_on date,
        version int not null default 1,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint obligation_type check (type in ('recover_for_state', 'restore_organisation', 'restore_person', 'sanction', 'investigation', 'other'))
      );
      create index obligation_petition on obligation (petition_id);
      create index obligation_open on obligation (due_on) where fulfilled_on is null;

      create table performance (
        id uuid primary key default new_id(),
        obligation_id uuid not null references obligation,
        performed_on date not null,
        performed_by text,
        document text,
        note text,
        ${quantities}
        created_by uuid references account,
        created_at timestamptz not null default now()
      );
      create index performance_obligation on performance (obligation_id, performed_on);
      create trigger performance_append_only before update or delete or truncate on performance for each statement execute function refuse_change();

      create table protection_request (
        id uuid primary key default new_id(),
        petition_id uuid not null references petition,
        requested_on date not null,
        urgent boolean not null,
        protected_person text not null,
        content text not null,
        state text not null default 'requested',
        decided_on date,
        document_number text,
        reason text,
        measures jsonb not null default '[]',
        ended_on date,
        end_ground text,
        version int not null default 1,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint protection_request_person check (protected_person in ('denouncer', 'spouse', 'parent', 'child')),
        constraint protection_request_state check (state in ('requested', 'granted', 'refused', 'ended')),
        constraint protection_request_decided check ((state = 'requested') = (decided_on is null)),
        constraint protection_request_ended check ((state = 'ended') = (ended_on is not null))
      );
      create index protection_request_petition on protection_request (petition_id, requested_on);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table protection_request, performance, obligation, superior_outcome, appeal, dispatch, dialogue, verification_entry, verification_member,
        verification, limit_extension, unit_setting;
      drop index petition_limit_due;
      drop index petition_limit_one_open;
      delete from petition_limit where subject_id is not null;
      alter table petition_limit drop column subject_id, drop column extensions_days, drop column suspended_days, drop column suspended_on;
      create unique index petition_limit_one_open on petition_limit (petition_id, rule_id) where met_on is null and void_on is null;
      alter table petition drop column anonymous, drop column suspended_on, drop column terminated_on, drop column in_force_on, drop column eligibility;
      -- The nearest state of before for what this version alone knows.
      update petition set state = case state when 'proposed' then 'classified' when 'suspended' then 'accepted' else 'closed' end
        where state in ('proposed', 'split', 'suspended', 'referred', 'terminated');
      ${statesAndOpen(statesBefore, finalBefore)}
    `);
  }
}

const quantities = `money numeric(20, 0) not null default 0,
        land numeric(16, 2) not null default 0,
        organisations int not null default 0,
        persons int not null default 0,
        officials int not null default 0,
        cases int not null default 0,`;

/** A generated column cannot be given another expression before PostgreSQL 17, so it is made anew with its index. */
function statesAndOpen(states: string, final: string): string {
  return `
      alter table petition drop constraint petition_state;
      alter table petition drop column open;
      alter table petition
        add constraint petition_state check (state in (${states})),
        add column open boolean generated always as (state not in (${final})) stored;
      create index petition_open on petition (responsible_unit_id) include (next_due_on, next_backlog_on, over_level) where open;`;
}
