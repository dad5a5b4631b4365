import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events for other systems, numbered in the order of the commits, and webhooks that carry them. */
export class Events1764000000014 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table outgoing_event (
        position bigint primary key,
        id uuid not null default new_id(),
        type text not null,
        petition_id uuid not null references petition,
        sequence int not null,
        occurred_on date not null,
        recorded_at timestamptz not null,
        -- Units that may know of it.
        unit_ids uuid[] not null,
        -- What is told: never who filed it, nor its words.
        data jsonb not null,
        constraint outgoing_event_id_unique unique (id)
      );

      create table webhook_subscription (
        id uuid primary key default new_id(),
        unit_id uuid not null references unit,
        -- Units whose events are sent, with what is below them or without.
        roots uuid[] not null,
        include_subordinates boolean not null,
        url text not null,
        types text[] not null,
        sealed bytea not null,
        sealed_key int not null references data_key,
        most_attempts int not null,
        active boolean not null default true,
        stopped_because text,
        version int not null default 1,
        created_by uuid not null references account,
        created_at timestamptz not null default now(),
        constraint webhook_subscription_attempts check (most_attempts between 1 and 100)
      );
      create index webhook_subscription_unit on webhook_subscription (unit_id);

      create table webhook_delivery (
        id uuid primary key default new_id(),
        subscription_id uuid not null references webhook_subscription on delete cascade,
        event_position bigint not null references outgoing_event,
        state text not null default 'pending',
        attempts int not null default 0,
        last_status int,
        last_error text,
        created_at timestamptz not null default now(),
        attempted_at timestamptz,
        delivered_at timestamptz,
        constraint webhook_delivery_once unique (subscription_id, event_position),
        constraint webhook_delivery_state check (state in ('pending', 'delivered', 'dead'))
      );
      create index webhook_delivery_list on webhook_delivery (subscription_id, state, created_at desc, id desc);

      -- What is told of an event: by whom it is dealt with and how far it is.
      create function event_data(p petition) returns jsonb language sql stable as $$
        select jsonb_build_object('petitionId', p.id, 'number', p.number, 'caseId', p.case_id, 'kind', p.kind, 'state', p.state,
          'receivedUnitId', p.received_unit_id, 'responsibleUnitId', p.responsible_unit_id, 'competentUnitId', p.competent_unit_id,
          'flags', p.flag_codes, 'nextDueOn', p.next_due_on)
      $$;

      create function webhook_wants(s webhook_subscription, e outgoing_event) returns boolean language sql stable as $$
        select (s.types = '{}' or e.type = any (s.types)) and exists (
          select from unit_closure seen where seen.descendant_id = any (e.unit_ids) and seen.ancestor_id = any (s.roots)
            and (s.include_subordinates or seen.depth = 0))
      $$;

      create function webhook_fan_out(event outgoing_event) returns void language plpgsql security definer set search_path from current as $$
      declare
        target record;
      begin
        for target in
          with wanted as (
            insert into webhook_delivery (subscription_id, event_position)
            select s.id, event.position from webhook_subscription s where s.active and webhook_wants(s, event)
            returning id, subscription_id
          )
          select wanted.id, s.most_attempts from wanted join webhook_subscription s on s.id = wanted.subscription_id
        loop
          perform graphile_worker.add_job('deliver_webhook', json_build_object('id', target.id), job_key => 'webhook ' || target.id,
            max_attempts => target.most_attempts);
        end loop;
      end
      $$;

      -- At the end of a transaction, under the lock of the order of commits: no reader sees a number before all smaller ones.
      create function petition_event_out() returns trigger language plpgsql security definer set search_path from current as $$
      declare
        told outgoing_event;
      begin
        -- That a protection exists is no business of other systems.
        if new.type like 'protection%' then
          return null;
        end if;
        perform pg_advisory_xact_lock(${commitOrder});
        insert into outgoing_event (position, type, petition_id, sequence, occurred_on, recorded_at, unit_ids, data)
        select coalesce((select max(position) from outgoing_event), 0) + 1, 'petition.' || new.type, p.id, new.sequence, new.occurred_on, new.recorded_at,
          p.involved_unit_ids, event_data(p)
        from petition p where p.id = new.petition_id
        returning * into told;
        perform webhook_fan_out(told);
        return null;
      end
      $$;
      insert into outgoing_event (position, type, petition_id, sequence, occurred_on, recorded_at, unit_ids, data)
      select row_number() over (order by e.recorded_at, e.petition_id, e.sequence), 'petition.' || e.type, p.id, e.sequence, e.occurred_on, e.recorded_at,
        p.involved_unit_ids, event_data(p)
      from petition_event e join petition p on p.id = e.petition_id where e.type not like 'protection%';
      create constraint trigger petition_event_out after insert on petition_event deferrable initially deferred
        for each row execute function petition_event_out();

      create trigger outgoing_event_append_only before update or delete or truncate on outgoing_event for each statement execute function refuse_change();
      create trigger audit_change after insert or update or delete on webhook_subscription for each row
        execute function audit_change('{id}', '{sealed,url}', '{}', '');
      revoke insert, update, delete on outgoing_event from tiepdan_api;
      revoke execute on function webhook_fan_out(outgoing_event) from public;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop trigger petition_event_out on petition_event;
      drop function petition_event_out();
      drop function webhook_wants(webhook_subscription, outgoing_event);
      drop table webhook_delivery, webhook_subscription;
      drop function webhook_fan_out(outgoing_event);
      drop function event_data(petition);
      drop table outgoing_event;
    `);
  }
}

/** The lock of migration "audit", so that two orders cannot wait for each other. */
const commitOrder = 1_207_2018;
