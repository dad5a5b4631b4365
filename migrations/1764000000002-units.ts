import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Organisation units in time, their tree, and which unit followed which. */
export class Units1764000000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create function unit_level_rank(level text) returns int language sql immutable strict parallel safe
        return array_position(array['central', 'province', 'district', 'commune'], level);

      create table unit (
        id uuid primary key default new_id(),
        code text not null,
        symbol text not null,
        name text not null,
        level text not null,
        kind text not null,
        parent_id uuid,
        valid_from date not null,
        valid_to date,
        valid daterange generated always as (daterange(valid_from, valid_to, '[]')) stored,
        created_at timestamptz not null default now(),
        constraint unit_symbol_unique unique (symbol),
        constraint unit_parent foreign key (parent_id) references unit,
        constraint unit_level check (level in ('central', 'province', 'district', 'commune')),
        constraint unit_kind check (kind in ('peoples_committee', 'department', 'division', 'reception_board', 'inspectorate', 'party_body', 'other')),
        constraint unit_not_orphan check (parent_id is not null or (level in ('central', 'province') and kind = 'peoples_committee')),
        constraint unit_not_own_parent check (parent_id <> id),
        constraint unit_valid_to_after_from check (valid_to is null or valid_to >= valid_from),
        -- Official codes are used again: a code names one unit at a time, not for ever.
        constraint unit_code_once_in_a_period exclude using gist (code with =, valid with &&)
      );
      create index unit_parent_id on unit (parent_id);

      create table unit_closure (
        ancestor_id uuid not null references unit on delete cascade,
        descendant_id uuid not null references unit on delete cascade,
        depth int not null,
        primary key (ancestor_id, descendant_id)
      );
      create index unit_closure_descendant on unit_closure (descendant_id);

      create function unit_keep_closure() returns trigger language plpgsql as $$
      begin
        perform pg_advisory_xact_lock(hashtext('unit_closure'));
        if tg_op = 'UPDATE' then
          if exists (select from unit_closure where ancestor_id = new.id and descendant_id = new.parent_id) then
            raise exception 'unit % cannot be below its own descendant %', new.id, new.parent_id using errcode = '23514', constraint = 'unit_no_circle';
          end if;
          delete from unit_closure
          where descendant_id in (select descendant_id from unit_closure where ancestor_id = new.id)
            and ancestor_id in (select ancestor_id from unit_closure where descendant_id = new.id and ancestor_id <> new.id);
        else
          if new.parent_id is not null and not exists (select from unit_closure where descendant_id = new.parent_id) then
            raise exception 'the parent of unit % must be stored before it', new.id using errcode = '23514', constraint = 'unit_no_circle';
          end if;
          insert into unit_closure (ancestor_id, descendant_id, depth) values (new.id, new.id, 0);
        end if;
        insert into unit_closure (ancestor_id, descendant_id, depth)
        select above.ancestor_id, below.descendant_id, above.depth + 1 + below.depth
        from unit_closure above, unit_closure below
        where above.descendant_id = new.parent_id and below.ancestor_id = new.id;
        return null;
      end
      $$;
      create trigger unit_keep_closure_on_insert after insert on unit for each row execute function unit_keep_closure();
      create trigger unit_keep_closure_on_move after update of parent_id on unit for each row
        when (old.parent_id is distinct from new.parent_id) execute function unit_keep_closure();

      -- Checked at the end of the transaction, so that a structure can be closed in any order.
      create function unit_check_parent() returns trigger language plpgsql as $$
      declare
        child unit;
        parent unit;
      begin
        select * into child from unit where id = new.id for share;
        select * into parent from unit where id = child.parent_id for share;
        if parent.id is not null and not parent.valid @> child.valid then
          raise exception 'unit % (%) is valid %, its parent % only %', child.code, child.name, child.valid, parent.code, parent.valid
            using errcode = '23514', constraint = 'unit_parent_alive';
        end if;
        if parent.id is not null and unit_level_rank(parent.level) > unit_level_rank(child.level) then
          raise exception 'unit % of level % cannot be below % of level %', child.code, child.level, parent.code, parent.level
            using errcode = '23514', constraint = 'unit_parent_level';
        end if;
        select * into child from unit where parent_id = new.id and not (select valid from unit where id = new.id) @> valid limit 1;
        if child.id is not null then
          raise exception 'unit % (%) below % is valid %, longer than its parent', child.code, child.name, new.code, child.valid
            using errcode = '23514', constraint = 'unit_parent_alive';
        end if;
        return null;
      end
      $$;
      create constraint trigger unit_check_parent after insert or update on unit deferrable initially deferred
        for each row execute function unit_check_parent();

      create table unit_succession (
        predecessor_id uuid not null references unit,
        successor_id uuid not null references unit,
        portion text not null,
        succeeded_on date not null,
        primary key (predecessor_id, successor_id),
        constraint unit_succession_portion check (portion in ('whole', 'part'))
      );
      create unique index unit_succession_one_whole on unit_succession (predecessor_id) where portion = 'whole';
      create index unit_succession_successor on unit_succession (successor_id);
      create function unit_succession_check() returns trigger language plpgsql as $$
      begin
        if not exists (
          select from unit old_unit, unit new_unit
          where old_unit.id = new.predecessor_id and new_unit.id = new.successor_id
            and old_unit.valid_to < new.succeeded_on and new_unit.valid @> new.succeeded_on
        ) then
          raise exception 'a successor follows a unit that has ended before and exists on %', new.succeeded_on
            using errcode = '23514', constraint = 'unit_succession_in_time';
        end if;
        return new;
      end
      $$;
      create trigger unit_succession_check before insert or update on unit_succession for each row execute function unit_succession_check();

      create trigger unit_version after insert or update or delete on unit for each statement execute function bump_reference_version('units');
      create trigger unit_succession_version after insert or update or delete on unit_succession for each statement execute function bump_reference_version('units');
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table unit_succession, unit_closure, unit;
      drop function unit_succession_check();
      drop function unit_check_parent();
      drop function unit_keep_closure();
      drop function unit_level_rank(text);
    `);
  }
}
