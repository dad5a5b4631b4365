import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Reception of citizens: offices, the days of the head, sessions with their rooms, slots and queue, the ledger of visits, gatherings of
 * large groups.
 */
export class Reception1764000000017 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table unit_setting add column late_publication text not null default 'refuse',
        add constraint unit_setting_late_publication check (late_publication in ('refuse', 'mark'));

      -- A file belongs to a petition, or to a unit: a signed paper without a petition, a photo of what is posted.
      alter table attachment add column unit_id uuid references unit;
      update attachment a set unit_id = d.unit_id from document d where d.signed_copy_id = a.id and a.petition_id is null;
      alter table attachment drop constraint attachment_purpose,
        add constraint attachment_purpose check (purpose in ('petition', 'evidence', 'signed_document', 'posted_notice', 'other'));
      create index attachment_unit on attachment (unit_id) where unit_id is not null;

      create table reception_office (
        id uuid primary key default new_id(),
        unit_id uuid not null references unit,
        name text not null,
        address text not null,
        directions text,
        phone text,
        latitude numeric(8, 6),
        longitude numeric(9, 6),
        -- [{ "weekday": 1, "from": "07:30", "to": "11:30" }], Monday is 1.
        opening_hours jsonb not null default '[]',
        valid_from date not null,
        valid_to date,
        version int not null default 1,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint reception_office_name_once unique (unit_id, name),
        constraint reception_office_period check (valid_to >= valid_from),
        constraint reception_office_place check ((latitude is null) = (longitude is null))
      );

      create table reception_room (
        id uuid primary key default new_id(),
        office_id uuid not null references reception_office,
        name text not null,
        seats int,
        -- [{ "item": "camera", "quantity": 1, "working": true }]
        equipment jsonb not null default '[]',
        active boolean not null default true,
        version int not null default 1,
        created_at timestamptz not null default now(),
        constraint reception_room_name_once unique (office_id, name)
      );

      create table reception_receiver (
        id uuid primary key default new_id(),
        office_id uuid not null references reception_office,
        name text not null,
        title text not null,
        phone text,
        account_id uuid references account,
        appointed_by text,
        serves_from date not null,
        serves_to date,
        version int not null default 1,
        created_at timestamptz not null default now(),
        constraint reception_receiver_period check (serves_to >= serves_from)
      );
      create index reception_receiver_office on reception_receiver (office_id, serves_from);

      -- Who is on duty on a day: a receiver of the office, or an agency with the official that it sends.
      create table reception_duty (
        id uuid primary key default new_id(),
        office_id uuid not null references reception_office,
        on_date date not null,
        shift text not null,
        receiver_id uuid references reception_receiver,
        agency_unit_id uuid references unit,
        official text,
        substitutes_id uuid references reception_duty,
        state text not null default 'planned',
        reason text,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint reception_duty_shift check (shift in ('morning', 'afternoon', 'day')),
        constraint reception_duty_state check (state in ('planned', 'substituted', 'cancelled')),
        constraint reception_duty_who check ((receiver_id is null) <> (agency_unit_id is null))
      );
      create unique index reception_duty_receiver_once on reception_duty (office_id, on_date, shift, receiver_id) where state = 'planned';
      create unique index reception_duty_agency_once on reception_duty (office_id, on_date, shift, agency_unit_id) where state = 'planned';
      create index reception_duty_day on reception_duty (office_id, on_date);
      create index reception_duty_agency on reception_duty (agency_unit_id, on_date) where agency_unit_id is not null;

      create table reception_notice (
        id uuid primary key default new_id(),
        office_id uuid not null references reception_office,
        type text not null,
        title text not null,
        posted_on date not null,
        removed_on date,
        removal_reason text,
        photo_id uuid references attachment,
        version int not null default 1,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint reception_notice_type check (type in ('house_rules', 'hours', 'head_schedule', 'receivers', 'process_chart', 'rights_and_duties',
          'where_to_file', 'reception_regulation', 'other')),
        constraint reception_notice_period check (removed_on >= posted_on)
      );
      create index reception_notice_office on reception_notice (office_id, posted_on desc);

      create table reception_schedule (
        id uuid primary key default new_id(),
        unit_id uuid not null references unit,
        office_id uuid not null references reception_office,
        room_id uuid references reception_room,
        title text not null,
        head_name text not null,
        head_title text not null,
        -- RFC 5545 section 3.3.10
        recurrence text not null,
        first_on date not null,
        last_on date not null,
        starts_at time not null,
        ends_at time not null,
        on_day_off text not null,
        omitted date[] not null default '{}',
        added date[] not null default '{}',
        slot_minutes int,
        places_per_slot int,
        public_booking boolean not null default false,
        state text not null default 'draft',
        published_on date,
        late boolean not null default false,
        late_reason text,
        ended_on date,
        end_reason text,
        version int not null default 1,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint reception_schedule_state check (state in ('draft', 'published', 'ended')),
        constraint reception_schedule_day_off check (on_day_off in ('skip', 'next_working_day', 'previous_working_day')),
        constraint reception_schedule_period check (last_on >= first_on),
        constraint reception_schedule_hours check (ends_at > starts_at),
        constraint reception_schedule_slots check ((slot_minutes is null) = (places_per_slot is null))
      );
      create index reception_schedule_unit on reception_schedule (unit_id, first_on desc);

      create table reception_session (
        id uuid primary key default new_id(),
        unit_id uuid not null references unit,
        office_id uuid not null references reception_office,
        schedule_id uuid references reception_schedule,
        type text not null,
        online boolean not null default false,
        title text,
        on_date date not null,
        first_planned_on date not null,
        starts_at time not null,
        ends_at time not null,
        during tsrange not null generated always as (tsrange(on_date + starts_at, on_date + ends_at)) stored,
        head_name text,
        head_title text,
        ad_hoc_ground text,
        ad_hoc_reason text,
        delegate_name text,
        delegate_title text,
        delegation_reason text,
        -- Who sits there, as a key: nobody sits in two places at once.
        presider text,
        state text not null default 'planned',
        held_by text,
        opened_at timestamptz,
        closed_at timestamptz,
        minutes text,
        conclusion text,
        no_citizen_minutes text,
        cancel_reason text,
        slot_minutes int,
        public_booking boolean not null default false,
        published_on date,
        late boolean not null default false,
        -- SEQUENCE of RFC 5545: what subscribers of the calendar tell a change by.
        sequence int not null default 0,
        version int not null default 1,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint reception_session_type check (type in ('regular', 'periodic', 'ad_hoc')),
        constraint reception_session_state check (state in ('planned', 'open', 'closed', 'cancelled')),
        constraint reception_session_held_by check (held_by in ('head', 'delegate', 'receiver')),
        constraint reception_session_hours check (ends_at > starts_at),
        constraint reception_session_ground check ((type = 'ad_hoc') = (ad_hoc_ground is not null)),
        constraint reception_session_presider_once exclude using gist (presider with =, during with &&) where (state in ('planned', 'open') and presider is not null)
      );
      create index reception_session_unit on reception_session (unit_id, on_date, id);
      create index reception_session_published on reception_session (unit_id, on_date, starts_at, id) where published_on is not null;
      create index reception_session_office on reception_session (office_id, on_date);
      create index reception_session_schedule on reception_session (schedule_id) where schedule_id is not null;

      -- The room, and at an online session those at other units. During and active follow the session.
      create table reception_session_room (
        session_id uuid not null references reception_session,
        room_id uuid not null references reception_room,
        during tsrange not null,
        active boolean not null,
        primary key (session_id, room_id),
        constraint reception_room_once exclude using gist (room_id with =, during with &&) where (active)
      );
      create function reception_rooms_follow() returns trigger language plpgsql as $$
      begin
        update reception_session_room set during = new.during, active = new.state in ('planned', 'open') where session_id = new.id;
        return null;
      end
      $$;
      create trigger reception_rooms_follow after update of on_date, starts_at, ends_at, state on reception_session
        for each row execute function reception_rooms_follow();

      -- What subscribers and inspectors are told of a session after its publication.
      create table reception_session_change (
        id uuid primary key default new_id(),
        session_id uuid not null references reception_session,
        type text not null,
        reason text not null,
        before jsonb not null,
        after jsonb not null,
        changed_on date not null,
        changed_by uuid references account,
        created_at timestamptz not null default now(),
        constraint reception_session_change_type check (type in ('postponed', 'delegated', 'taken_back', 'changed', 'cancelled', 'handed_over'))
      );
      create index reception_session_change_session on reception_session_change (session_id, created_at);

      create table reception_slot (
        session_id uuid not null references reception_session,
        starts_at time not null,
        places int not null,
        booked int not null default 0,
        primary key (session_id, starts_at),
        constraint reception_slot_places check (booked between 0 and places)
      );

      create table reception_task (
        id uuid primary key default new_id(),
        session_id uuid not null references reception_session,
        unit_id uuid not null references unit,
        description text not null,
        assigned_on date not null,
        due_on date not null,
        backlog_on date not null,
        done_on date,
        result text,
        version int not null default 1,
        created_by uuid references account,
        created_at timestamptz not null default now()
      );
      create index reception_task_unit on reception_task (unit_id, due_on, id);
      create index reception_task_session on reception_task (session_id);

      -- Running numbers without gaps: of the visits of a unit and year, of the tickets of an office and day, …
      create table reception_counter (
        owner_id uuid not null,
        name text not null,
        period text not null,
        last_number int not null,
        primary key (owner_id, name, period)
      );

      create table reception_appointment (
        id uuid primary key default new_id(),
        session_id uuid not null references reception_session,
        slot_at time not null,
        number text not null,
        code_hash bytea not null,
        kind text,
        persons int not null,
        matter text not null,
        -- Who comes: sealed for everybody, because a public form cannot tell who will denounce.
        sealed bytea,
        sealed_key int references data_key,
        contact_index bytea,
        source text not null,
        state text not null default 'booked',
        state_reason text,
        rescheduled boolean not null default false,
        version int not null default 1,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint reception_appointment_number_once unique (number),
        constraint reception_appointment_kind check (kind in ('complaint', 'denunciation', 'recommendation', 'reflection')),
        constraint reception_appointment_source check (source in ('public', 'clerk')),
        constraint reception_appointment_state check (state in ('booked', 'confirmed', 'cancelled', 'arrived', 'no_show')),
        constraint reception_appointment_persons check (persons between 1 and 1000),
        constraint reception_appointment_slot foreign key (session_id, slot_at) references reception_slot (session_id, starts_at)
      );
      create index reception_appointment_session on reception_appointment (session_id, slot_at, id);
      create unique index reception_appointment_once on reception_appointment (session_id, contact_index) where state in ('booked', 'confirmed');

      create table reception_ticket (
        id uuid primary key default new_id(),
        office_id uuid not null references reception_office,
        on_date date not null,
        number int not null,
        session_id uuid references reception_session,
        appointment_id uuid references reception_appointment,
        -- An appointment comes in at its time, everybody else in turn.
        due_at time,
        priority boolean not null default false,
        persons int not null default 1,
        state text not null default 'waiting',
        room_id uuid references reception_room,
        issued_at timestamptz not null default now(),
        called_at timestamptz,
        calls int not null default 0,
        served_at timestamptz,
        ended_at timestamptz,
        version int not null default 1,
        created_by uuid references account,
        constraint reception_ticket_number_once unique (office_id, on_date, number),
        constraint reception_ticket_state check (state in ('waiting', 'called', 'serving', 'skipped', 'no_show', 'done', 'cancelled')),
        constraint reception_ticket_persons check (persons between 1 and 10000)
      );
      create index reception_ticket_session on reception_ticket (session_id) where session_id is not null;
      create unique index reception_ticket_appointment on reception_ticket (appointment_id) where appointment_id is not null;

      -- Goes up with every change of the queue: screens look at it.
      create table reception_board (
        office_id uuid primary key references reception_office,
        version bigint not null default 1
      );
      create function reception_board_changes() returns trigger language plpgsql as $$
      begin
        insert into reception_board (office_id) values (new.office_id)
        on conflict (office_id) do update set version = reception_board.version + 1;
        return null;
      end
      $$;
      create trigger reception_board_changes after insert or update on reception_ticket for each row execute function reception_board_changes();

      create table reception_visit (
        id uuid primary key default new_id(),
        unit_id uuid not null references unit,
        office_id uuid not null references reception_office,
        session_id uuid references reception_session,
        ticket_id uuid references reception_ticket,
        year int not null,
        sequence int not null,
        number text not null,
        visited_on date not null,
        arrived_at timestamptz not null,
        started_at timestamptz not null,
        ended_at timestamptz,
        receiver_name text not null,
        kind text not null,
        field_code text,
        persons int not null,
        representatives int not null,
        large_group boolean not null,
        -- Who came, always sealed; the words as they were said lie with them where they name a denouncer.
        sealed bytea,
        sealed_key int references data_key,
        identity_secret boolean not null,
        search_names text not null default '',
        matter text not null,
        content text not null default '',
        earlier_resolver text,
        papers jsonb not null default '[]',
        petition_id uuid references petition,
        -- The first visit of the matter, where no petition says which case it is.
        matter_id uuid not null,
        state text not null,
        result text,
        result_note text,
        to_unit_id uuid references unit,
        refusal_ground text,
        refusal_reason text,
        appointment_id uuid references reception_appointment,
        answer_due_on date,
        answer_backlog_on date,
        answered_on date,
        answer_document text,
        answer_content text,
        revision int not null default 1,
        version int not null default 1,
        anonymised_on date,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        search tsvector generated always as (to_tsvector('simple'::regconfig, fold(number || ' ' || matter || ' ' || content || ' ' || search_names))) stored,
        constraint reception_visit_number_once unique (number),
        constraint reception_visit_sequence_once unique (unit_id, year, sequence),
        constraint reception_visit_kind check (kind in ('complaint', 'denunciation', 'recommendation', 'reflection')),
        constraint reception_visit_state check (state in ('in_reception', 'concluded', 'refused')),
        constraint reception_visit_result check (result in ('papers_taken', 'petition_opened', 'guided', 'transferred', 'appointment', 'explained')),
        constraint reception_visit_ground check (refusal_ground in ('incapable', 'threat_or_disorder', 'finally_settled', 'other_by_law')),
        constraint reception_visit_concluded check ((state = 'concluded') = (result is not null) and (state = 'refused') = (refusal_ground is not null)),
        constraint reception_visit_secret check (kind <> 'denunciation' or (identity_secret and search_names = '')),
        constraint reception_visit_persons check (persons between 1 and 100000 and representatives between 0 and persons)
      );
      create index reception_visit_unit on reception_visit (unit_id, visited_on desc, id desc);
      create index reception_visit_newest on reception_visit (visited_on desc, id desc);
      create index reception_visit_office on reception_visit (office_id, visited_on);
      create index reception_visit_session on reception_visit (session_id) where session_id is not null;
      create index reception_visit_petition on reception_visit (petition_id) where petition_id is not null;
      create index reception_visit_matter on reception_visit (matter_id);
      create index reception_visit_ticket on reception_visit (ticket_id) where ticket_id is not null;
      create index reception_visit_answer on reception_visit (unit_id, answer_due_on) where answered_on is null and answer_due_on is not null;
      create index reception_visit_search on reception_visit using gin (search) with (fastupdate = off);

      -- What a visit was before a correction.
      create table reception_visit_revision (
        visit_id uuid not null references reception_visit,
        revision int not null,
        content jsonb not null,
        sealed bytea,
        sealed_key int references data_key,
        reason text not null,
        replaced_by uuid references account,
        replaced_at timestamptz not null default now(),
        primary key (visit_id, revision)
      );

      create table reception_incident (
        id uuid primary key default new_id(),
        unit_id uuid not null references unit,
        office_id uuid references reception_office,
        year int not null,
        sequence int not null,
        number text not null,
        place_type text not null,
        place text not null,
        on_date date not null,
        started_at timestamptz not null,
        ended_at timestamptz,
        persons int not null,
        most_persons int not null,
        matter text not null,
        kind text not null,
        -- Who speaks for them.
        sealed bytea,
        sealed_key int references data_key,
        representatives int not null,
        petition_id uuid references petition,
        matter_id uuid not null,
        origin_unit_id uuid references unit,
        acknowledged_at timestamptz,
        acknowledged_by uuid references account,
        outcome text,
        version int not null default 1,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint reception_incident_number_once unique (number),
        constraint reception_incident_sequence_once unique (unit_id, year, sequence),
        constraint reception_incident_kind check (kind in ('complaint', 'denunciation', 'recommendation', 'reflection')),
        constraint reception_incident_place check (place_type in ('own_office', 'other_office', 'city_office', 'central_office', 'other')),
        constraint reception_incident_ended check ((ended_at is null) = (outcome is null)),
        constraint reception_incident_persons check (persons between 0 and 100000 and most_persons >= persons)
      );
      create index reception_incident_unit on reception_incident (unit_id, on_date desc, id desc);
      create index reception_incident_origin on reception_incident (origin_unit_id, on_date desc) where origin_unit_id is not null;
      create index reception_incident_petition on reception_incident (petition_id) where petition_id is not null;
      create index reception_incident_matter on reception_incident (matter_id);

      create table reception_incident_entry (
        id uuid primary key default new_id(),
        incident_id uuid not null references reception_incident,
        type text not null,
        at timestamptz not null,
        informed text,
        who text,
        persons int,
        content text not null,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint reception_incident_entry_type check (type in ('informed', 'progress', 'numbers', 'measure', 'coordination', 'end')),
        constraint reception_incident_entry_informed check ((type = 'informed') = (informed is not null)
          and informed in ('head', 'police', 'origin_unit', 'superior', 'other'))
      );
      create index reception_incident_entry_incident on reception_incident_entry (incident_id, at, id);

      create trigger reception_session_change_append_only before update or delete or truncate on reception_session_change
        for each statement execute function refuse_change();
      create trigger reception_incident_entry_append_only before update or delete or truncate on reception_incident_entry
        for each statement execute function refuse_change();
      revoke update, delete on reception_session_change, reception_incident_entry from tiepdan_api;
      revoke delete on reception_office, reception_room, reception_receiver, reception_duty, reception_notice, reception_schedule, reception_session,
        reception_task, reception_appointment, reception_ticket, reception_visit, reception_visit_revision, reception_incident from tiepdan_api;
    `);
    for (const [table, { ids = ['id'], digested = [], leftOut = [], petition = '' }] of Object.entries(audited))
      await queryRunner.query(
        `create trigger audit_change after insert or update or delete on ${table} for each row
         execute function audit_change('{${ids.join(',')}}', '{${digested.join(',')}}', '{${leftOut.join(',')}}', '${petition}')`,
      );
    await queryRunner.query(`
      -- An event is of a petition, or of a gathering.
      alter table outgoing_event alter column petition_id drop not null, alter column sequence drop not null;
      create function incident_data(i reception_incident) returns jsonb language sql stable as $$
        select jsonb_build_object('incidentId', i.id, 'number', i.number, 'unitId', i.unit_id, 'originUnitId', i.origin_unit_id, 'placeType', i.place_type,
          'persons', i.persons, 'petitionId', i.petition_id, 'onDate', i.on_date, 'endedAt', i.ended_at)
      $$;
      create function incident_out() returns trigger language plpgsql security definer set search_path from current as $$
      declare
        told outgoing_event;
      begin
        perform pg_advisory_xact_lock(${commitOrder});
        insert into outgoing_event (position, type, occurred_on, recorded_at, unit_ids, data)
        select coalesce((select max(position) from outgoing_event), 0) + 1,
          'incident.' || case tg_op when 'INSERT' then 'reported' else case when new.ended_at is null then 'changed' else 'ended' end end,
          new.on_date, now(), array_remove(array[new.unit_id, new.origin_unit_id], null), incident_data(new)
        returning * into told;
        perform webhook_fan_out(told);
        return null;
      end
      $$;
      create constraint trigger incident_out after insert or update on reception_incident deferrable initially deferred
        for each row execute function incident_out();
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      do $$ begin
        if exists (select from reception_visit) or exists (select from reception_incident) then
          raise exception 'the reception ledger holds visits or gatherings: a schema without it would lose them';
        end if;
      end $$;
      drop trigger incident_out on reception_incident;
      drop function incident_out();
      drop function incident_data(reception_incident);
      drop table reception_incident_entry, reception_incident, reception_visit_revision, reception_visit, reception_board, reception_ticket,
        reception_appointment, reception_counter, reception_task, reception_slot, reception_session_change, reception_session_room,
        reception_session, reception_schedule, reception_notice, reception_duty, reception_receiver, reception_room, reception_office;
      drop function reception_board_changes();
      drop function reception_rooms_follow();
      alter table outgoing_event disable trigger outgoing_event_append_only;
      delete from webhook_delivery d using outgoing_event e where e.position = d.event_position and e.petition_id is null;
      delete from outgoing_event where petition_id is null;
      alter table outgoing_event enable trigger outgoing_event_append_only;
      alter table outgoing_event alter column petition_id set not null, alter column sequence set not null;
      update attachment set purpose = 'other' where purpose = 'posted_notice';
      alter table attachment drop column unit_id, drop constraint attachment_purpose,
        add constraint attachment_purpose check (purpose in ('petition', 'evidence', 'signed_document', 'other'));
      alter table unit_setting drop column late_publication;
    `);
  }
}

/** The lock of migration "audit", so that two orders cannot wait for each other. */
const commitOrder = 1_207_2018;

/** How the rows of a table stand in the audit: which columns name the row, which are told as digests, which are left out. */
interface Audited {
  ids?: string[];
  digested?: string[];
  leftOut?: string[];
  petition?: string;
}

const audited: Record<string, Audited> = {
  reception_office: { digested: ['phone'] },
  reception_room: {},
  reception_receiver: { digested: ['name', 'phone'] },
  reception_duty: { digested: ['official', 'reason'] },
  reception_notice: {},
  reception_schedule: { digested: ['head_name'] },
  reception_session: {
    digested: [
      'head_name',
      'delegate_name',
      'presider',
      'minutes',
      'conclusion',
      'no_citizen_minutes',
      'ad_hoc_reason',
      'delegation_reason',
      'cancel_reason',
    ],
    leftOut: ['during', 'updated_at'],
  },
  reception_session_room: { ids: ['session_id', 'room_id'], leftOut: ['during'] },
  reception_session_change: { digested: ['reason', 'before', 'after'] },
  reception_task: { digested: ['description', 'result'] },
  reception_appointment: { digested: ['code_hash', 'sealed', 'contact_index', 'matter', 'state_reason'] },
  reception_ticket: {},
  reception_visit: {
    petition: 'petition_id',
    digested: ['sealed', 'search_names', 'matter', 'content', 'receiver_name', 'papers', 'result_note', 'refusal_reason', 'answer_content'],
    leftOut: ['search', 'updated_at'],
  },
  reception_visit_revision: { ids: ['visit_id', 'revision'], digested: ['sealed', 'content', 'reason'] },
  reception_incident: { petition: 'petition_id', digested: ['sealed', 'matter', 'outcome', 'place'] },
  reception_incident_entry: { digested: ['content', 'who'] },
};
