import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What every table stands on: ids in order of time, Vietnamese folding for search, versions of data that instances keep in memory. */
export class Foundations1764000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create extension if not exists unaccent;
      create extension if not exists btree_gist;

      -- UUID version 7 (RFC 9562): PostgreSQL 18 has it, older servers get the same layout.
      do $do$
      begin
        if current_setting('server_version_num')::int >= 180000 then
          create function new_id() returns uuid language sql volatile parallel safe as 'select uuidv7()';
        else
          create function new_id() returns uuid language sql volatile parallel safe as $$
            select encode(set_bit(set_bit(overlay(
              uuid_send(gen_random_uuid())
              placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6
            ), 52, 1), 53, 1), 'hex')::uuid
          $$;
        end if;
      end
      $do$;

      -- hoà = hòa = hoa, đ = d, any run of spaces = one: the same folding for what is stored and for what is asked.
      create function fold(value text) returns text language sql immutable strict parallel safe
        return btrim(regexp_replace(lower(unaccent('unaccent', normalize(value, NFC))), '\\s+', ' ', 'g'));

      -- Units and calendars are kept in memory by every instance; the version says when to read them again.
      create table reference_version (
        name text primary key,
        version bigint not null default 1
      );
      insert into reference_version (name) values ('units'), ('calendar');
      create function bump_reference_version() returns trigger language plpgsql as $$
      begin
        update reference_version set version = version + 1 where name = tg_argv[0];
        return null;
      end
      $$;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop function bump_reference_version();
      drop table reference_version;
      drop function fold(text);
      drop function new_id();
    `);
  }
}
