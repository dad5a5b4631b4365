import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addIndex, inBatches, inOneStep } from './online.js';

/**
 * How many files a petition and a unit have and how large they are together, counted by the database as files come and go. The row is locked by whoever
 * adds one, so that uploads at the same time cannot pass a limit together. A file is on the account of the unit whose official attached it; those of
 * times before are on that of the official's unit as it is now.
 */
export class AttachmentUsage1764000000039 implements MigrationInterface {
  transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table attachment add column if not exists kept_by_unit_id uuid');
    await queryRunner.query(`
      alter table attachment drop constraint if exists attachment_kept_by_unit_id_fkey,
        add constraint attachment_kept_by_unit_id_fkey foreign key (kept_by_unit_id) references unit not valid`);
    await queryRunner.query('alter table attachment validate constraint attachment_kept_by_unit_id_fkey');
    await inOneStep(queryRunner, () => this.count(queryRunner));
    // Counted as they get their unit, while new ones come and are counted, too.
    await addIndex(queryRunner, 'attachment_uncounted', 'on attachment (id) where kept_by_unit_id is null');
    await inBatches(
      queryRunner,
      // Files of one unit at a time: whoever waits for the count of a unit holds no other.
      `with uncounted as (
         select a.id, coalesce(a.unit_id, b.unit_id) as unit_id from attachment a join account b on b.id = a.created_by where a.kept_by_unit_id is null
       ), next as (select unit_id from uncounted order by id limit 1)
       update attachment set kept_by_unit_id = next.unit_id from next
       where attachment.id in (select uncounted.id from uncounted where uncounted.unit_id = next.unit_id order by uncounted.id limit $1)`,
    );
    await queryRunner.query('drop index attachment_uncounted');
  }

  /** A file that has no unit yet was never counted. */
  private async count(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop trigger if exists count_attachment on attachment;
      drop function if exists count_attachment;
      drop table if exists attachment_usage;

      -- Of a petition or of a unit.
      create table attachment_usage (
        owner_id uuid primary key,
        files int not null,
        bytes bigint not null,
        constraint attachment_usage_counts check (files >= 0 and bytes >= 0)
      );

      create function count_attachment() returns trigger language plpgsql as $$
      declare
        before_size bigint := 0;
        after_size bigint := 0;
        change record;
      begin
        -- A file whose content was taken away by the rules of retention is none any more.
        if tg_op <> 'INSERT' then select size into before_size from blob where sha256 = old.sha256; end if;
        if tg_op <> 'DELETE' then select size into after_size from blob where sha256 = new.sha256; end if;
        -- The unit before the petition: who adds files to many petitions in one transaction, and who adds one to one of them, wait in one order.
        -- The row first: what is counted down is no row by itself, the constraint refuses it before it meets the one that is there.
        for change in
          select owner, sum(part.files) as files, sum(part.bytes) as bytes from (
            select unnest(array[old.kept_by_unit_id, old.petition_id]) as owner, unnest(array[1, 2]) as place, -1 as files,
              -coalesce(before_size, 0) as bytes
              where tg_op <> 'INSERT' and old.sha256 is not null and old.kept_by_unit_id is not null
            union all
            select unnest(array[new.kept_by_unit_id, new.petition_id]), unnest(array[1, 2]), 1, coalesce(after_size, 0)
              where tg_op <> 'DELETE' and new.sha256 is not null and new.kept_by_unit_id is not null
          ) as part where owner is not null group by place, owner having sum(part.files) <> 0 or sum(part.bytes) <> 0 order by place, owner
        loop
          insert into attachment_usage (owner_id, files, bytes) values (change.owner, 0, 0) on conflict do nothing;
          update attachment_usage usage set files = greatest(0, usage.files + change.files), bytes = greatest(0, usage.bytes + change.bytes)
          where owner_id = change.owner;
        end loop;
        return null;
      end $$;

      -- A program of the version before goes on for a while, and does not say whose file it is.
      create or replace function say_who_keeps() returns trigger language plpgsql as $$
      begin
        new.kept_by_unit_id := coalesce(new.unit_id, (select unit_id from account where id = new.created_by));
        return new;
      end $$;
      create or replace trigger say_who_keeps before insert on attachment
        for each row when (new.kept_by_unit_id is null) execute function say_who_keeps();

      create trigger count_attachment after insert or delete or update of sha256, petition_id, kept_by_unit_id on attachment
        for each row execute function count_attachment();
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop trigger if exists count_attachment on attachment;
      drop function if exists count_attachment;
      drop trigger if exists say_who_keeps on attachment;
      drop function if exists say_who_keeps;
      drop table if exists attachment_usage;
      alter table attachment drop column if exists kept_by_unit_id;
    `);
  }
}
