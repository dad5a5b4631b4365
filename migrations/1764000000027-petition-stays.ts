import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each event does to the stay of a petition at a unit. */
const outcomeOfEvent = {
  accepted: 'accepted',
  answered: 'answered',
  refused: 'refused',
  guided: 'guided',
  transferred: 'transferred',
  referred: 'referred',
  returned: 'returned',
  filed_away: 'filed_away',
  withdrawn: 'withdrawn',
};

/** How an ended petition of an old ledger stands for a stay: what was resolved there was accepted before. */
const outcomeOfImport = {
  guided: 'guided',
  returned: 'returned',
  filed_away: 'filed_away',
  refused: 'refused',
  terminated: 'accepted',
  closed: 'accepted',
};

/**
 * The stays of petitions at units, from which the statutory reports count: when one arrived, when and how it was processed, when and how the matter was
 * resolved. They follow the history in the database itself, so that no way of writing an event leaves them behind.
 */
export class PetitionStays1764000000027 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table petition_stay (
        id uuid primary key default new_id(),
        petition_id uuid not null references petition,
        unit_id uuid not null references unit,
        -- The case of today: a merge moves every stay.
        case_id uuid not null references petition_case,
        -- A part of a petition; a petition that was split counts as a petition, and its parts as matters.
        part boolean not null,
        split boolean not null default false,
        channel text not null,
        arrival text not null,
        arrived_on date not null,
        processed_on date,
        outcome text,
        -- As the petition stood when it was processed here; as it stands now while it is open.
        kind text not null,
        stage text,
        field_code text,
        signatories text not null,
        within boolean not null,
        -- How far the matter was when it was processed here.
        matter text,
        settled_on date,
        settled_by text,
        result text,
        resolution_due_on date,
        -- From arrival to processing, and from acceptance to the end of the resolution: a period finds what lies in it.
        pending daterange generated always as (daterange(arrived_on, processed_on, '[]')) stored,
        resolving daterange generated always as (case when outcome in ('accepted', 'answered') then daterange(processed_on, settled_on, '[]') end) stored,
        constraint petition_stay_arrival check (arrival in ('filed', 'transferred', 'sent_back')),
        constraint petition_stay_outcome check (outcome in ('accepted', 'answered', 'refused', 'guided', 'transferred', 'referred', 'returned',
          'filed_away', 'withdrawn', 'sent_back')),
        constraint petition_stay_processed check ((processed_on is null) = (outcome is null) and processed_on >= arrived_on),
        constraint petition_stay_signatories check (signatories in ('one', 'many', 'none')),
        constraint petition_stay_matter check (matter in ('not_begun', 'in_hand', 'resolved_first', 'resolved_many', 'court')),
        constraint petition_stay_settled check ((settled_on is null) = (settled_by is null) and settled_on >= processed_on),
        constraint petition_stay_settled_by check (settled_by in ('decision', 'withdrawal', 'termination'))
      );
      -- A petition lies at one unit at a time.
      create unique index petition_stay_open on petition_stay (petition_id) where processed_on is null;
      create index petition_stay_petition on petition_stay (petition_id, arrived_on);
      create index petition_stay_pending on petition_stay using gist (unit_id, pending);
      create index petition_stay_resolving on petition_stay using gist (unit_id, resolving) where resolving is not null;
      create index petition_stay_case on petition_stay (case_id);
      create index urging_sent on urging (from_unit_id, urged_on);
      create index transfer_replied on transfer (from_unit_id, replied_on) where replied_on is not null;

      create function signatories_of(anonymous boolean, signatories int) returns text language sql immutable
        return case when anonymous then 'none' when signatories > 1 then 'many' else 'one' end;

      -- How far the matter is when a petition is processed on a day: by a court, resolved so many times before, being resolved, or not begun.
      create function matter_of(of_case uuid, prior_handling jsonb, outcome text, on_day date) returns text language plpgsql stable as $$
      declare
        resolved int;
        elsewhere int;
      begin
        if exists (select from petition other join superior_outcome o on o.petition_id = other.id
            where other.case_id = of_case and o.agency_type = 'court' and o.issued_on <= on_day) then
          return 'court';
        end if;
        select count(*) filter (where (h ->> 'decidedOn')::date <= on_day) + (outcome = 'answered')::int,
          count(*) filter (where coalesce((h ->> 'decidedOn')::date > on_day, h ->> 'refusedOn' is null))
          into resolved, elsewhere from jsonb_array_elements(prior_handling) as h;
        return case when resolved > 1 then 'resolved_many' when resolved = 1 then 'resolved_first' when outcome = 'accepted' or elsewhere > 0 then 'in_hand'
          else 'not_begun' end;
      end
      $$;

      create function petition_stay_begin(of_petition uuid, at_unit uuid, how text, on_day date) returns void language plpgsql as $$
      begin
        insert into petition_stay (petition_id, unit_id, case_id, part, channel, arrival, arrived_on, kind, stage, field_code, signatories, within)
        select id, at_unit, case_id, parent_id is not null, channel, how, on_day, kind, stage, field_code, signatories_of(anonymous, signatories), within_competence
        from petition where id = of_petition;
      end
      $$;

      create function petition_stay_end(of_petition uuid, how text, on_day date) returns void language plpgsql as $$
      begin
        update petition_stay s set processed_on = on_day, outcome = how, kind = p.kind, stage = p.stage, field_code = p.field_code,
          signatories = signatories_of(p.anonymous, p.signatories), within = p.within_competence, matter = matter_of(p.case_id, p.prior_handling, how, on_day)
        from petition p where s.petition_id = of_petition and s.processed_on is null and p.id = of_petition;
      end
      $$;

      -- A petition that was split is processed when its last part is, and as the weightiest of them.
      create function petition_stay_end_whole(of_petition uuid) returns void language plpgsql as $$
      begin
        update petition_stay whole set processed_on = parts.processed_on, outcome = parts.outcome, within = parts.within, matter = parts.matter
        from (
          select max(s.processed_on) as processed_on, bool_and(s.processed_on is not null) as done,
            (array_agg(s.outcome order by s.within desc, weight, s.id))[1] as outcome, bool_or(s.within) as within,
            (array_agg(s.matter order by s.within desc, weight, s.id))[1] as matter
          from petition part join petition_stay s on s.petition_id = part.id and s.arrival = 'filed',
            array_position(array['accepted', 'answered', 'refused', 'transferred', 'referred', 'guided', 'withdrawn', 'returned', 'filed_away'],
              s.outcome) as weight
          where part.parent_id = of_petition
        ) as parts
        where whole.petition_id = of_petition and whole.processed_on is null and parts.done;
      end
      $$;

      create function petition_stay_settle(of_petition uuid, how text, finding text, on_day date) returns void language plpgsql as $$
      begin
        update petition_stay set settled_on = on_day, settled_by = how, result = finding,
          resolution_due_on = (select max(due_on) from petition_limit where petition_id = of_petition and void_on is null
            and (rule_id like '%.resolution%' or rule_id = 'recommendation.settlement'))
        where petition_id = of_petition and settled_on is null and outcome in ('accepted', 'answered');
      end
      $$;

      create function petition_stay_follow(event petition_event) returns void language plpgsql as $$
      declare
        of_petition uuid := event.petition_id;
        on_day date := event.occurred_on;
        whole_id uuid;
        whole petition_stay;
        ending text := '${JSON.stringify(outcomeOfEvent)}'::jsonb ->> event.type;
        imported text := '${JSON.stringify(outcomeOfImport)}'::jsonb ->> (event.facts ->> 'state');
      begin
        case
          when event.type = 'received' then
            perform petition_stay_begin(of_petition, p.received_unit_id, 'filed', on_day) from petition p where p.id = of_petition;
          when event.type = 'split' then
            update petition_stay set split = true where petition_id = of_petition;
          when event.type = 'split_off' then
            -- The part lay where its petition lay, since that came.
            select s.* into whole from petition p join petition_stay s on s.petition_id = p.parent_id and s.processed_on is null where p.id = of_petition;
            if found then
              perform petition_stay_begin(of_petition, whole.unit_id, 'filed', whole.arrived_on);
            end if;
          when event.type = 'transfer_received' then
            perform petition_stay_begin(of_petition, t.to_unit_id, 'transferred', on_day) from transfer t where t.id = (event.facts ->> 'transferId')::uuid;
          when event.type = 'transfer_returned' then
            perform petition_stay_end(of_petition, 'sent_back', on_day);
            perform petition_stay_begin(of_petition, (event.facts ->> 'toUnitId')::uuid, 'sent_back', on_day);
          when event.type = 'imported' then
            if imported is not null then
              perform petition_stay_end(of_petition, imported, on_day);
              if imported = 'accepted' then
                perform petition_stay_settle(of_petition, case event.facts ->> 'state' when 'terminated' then 'termination' else 'decision' end, null, on_day);
              end if;
            end if;
          when event.type in ('decided', 'concluded') then
            perform petition_stay_settle(of_petition, 'decision', event.facts ->> 'result', on_day);
          when event.type = 'terminated' then
            perform petition_stay_settle(of_petition, case event.facts ->> 'ground' when 'withdrawn' then 'withdrawal' else 'termination' end, null, on_day);
          when ending is null or event.type = 'withdrawn' and (event.facts ->> 'goesOn')::boolean then
            return;
          else
            -- An answer or a withdrawal after acceptance ends the resolution; before it, it is how the petition was processed.
            perform petition_stay_end(of_petition, ending, on_day);
            if event.type in ('answered', 'withdrawn') then
              perform petition_stay_settle(of_petition, case event.type when 'answered' then 'decision' else 'withdrawal' end, event.facts ->> 'result', on_day);
            end if;
        end case;
        select parent_id into whole_id from petition p where p.id = of_petition;
        if whole_id is not null then
          perform petition_stay_end_whole(whole_id);
        end if;
      end
      $$;

      create function petition_stay_after_event() returns trigger language plpgsql security definer set search_path from current as $$
      begin
        perform petition_stay_follow(new);
        return null;
      end
      $$;
      create function petition_stay_after_petition() returns trigger language plpgsql security definer set search_path from current as $$
      begin
        update petition_stay set case_id = new.case_id where petition_id = new.id and case_id <> new.case_id;
        update petition_stay set kind = new.kind, stage = new.stage, field_code = new.field_code, signatories = signatories_of(new.anonymous, new.signatories),
          within = new.within_competence where petition_id = new.id and processed_on is null;
        return null;
      end
      $$;

      -- The plans of a table that is empty yet would be to read all of it, for every event.
      set local enable_seqscan = off;
      -- What happened so far, event by event; of what a petition was at another unit before, only that it was not for that one.
      do $do$
      declare
        event petition_event;
      begin
        for event in select * from petition_event order by petition_id, sequence loop
          if event.type <> 'split_off' then
            perform petition_stay_follow(event);
          end if;
          if event.type = 'split' then
            perform petition_stay_follow(part) from petition child join petition_event part on part.petition_id = child.id
              where child.parent_id = event.petition_id and part.type = 'split_off';
          end if;
        end loop;
        update petition_stay s set within = false from petition p
          where p.id = s.petition_id and s.outcome in ('guided', 'transferred', 'referred') and s.unit_id <> p.responsible_unit_id and s.within;
      end
      $do$;
      reset enable_seqscan;

      create trigger petition_stay after insert on petition_event for each row execute function petition_stay_after_event();
      create trigger petition_stay after update of case_id, kind, stage, field_code, within_competence, signatories, anonymous on petition
        for each row when (old.case_id <> new.case_id or old.kind <> new.kind or old.stage is distinct from new.stage
          or old.field_code is distinct from new.field_code or old.within_competence <> new.within_competence
          or old.signatories <> new.signatories or old.anonymous <> new.anonymous)
        execute function petition_stay_after_petition();
      revoke insert, update, delete on petition_stay from tiepdan_api;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop trigger petition_stay on petition;
      drop trigger petition_stay on petition_event;
      drop function petition_stay_after_petition(), petition_stay_after_event(), petition_stay_follow(petition_event),
        petition_stay_settle(uuid, text, text, date), petition_stay_end_whole(uuid), petition_stay_end(uuid, text, date),
        petition_stay_begin(uuid, uuid, text, date), matter_of(uuid, jsonb, text, date), signatories_of(boolean, int);
      drop index urging_sent, transfer_replied;
      drop table petition_stay;
    `);
  }
}
