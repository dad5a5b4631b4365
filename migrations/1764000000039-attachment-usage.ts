import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How many files a petition and a unit have and how large they are together, counted by the database as files come and go. The row is locked by whoever
 * adds one, so that uploads at the same time cannot pass a limit together. A file is on the account of the unit whose official attached it; those of
 * times before are on that of the official's unit as it is now.
 */
export class AttachmentUsage1764000000039 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table attachment add column kept_by_unit_id uuid references unit;
      alter table attachment disable trigger user;
      update attachment set kept_by_unit_id = coalesce(unit_id, (select unit_id from account where account.id = attachment.created_by));
      alter table attachment enable trigger user;

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
        -- The row first: what is counted down is no row by itself, the constraint refuses it before it meets the one that is there.
        for change in
          select owner, sum(part.files) as files, sum(part.bytes) as bytes from (
            select unnest(array[old.petition_id, old.kept_by_unit_id]) as owner, -1 as files, -coalesce(before_size, 0) as bytes
              where tg_op <> 'INSERT' and old.sha256 is not null
            union all
            select unnest(array[new.petition_id, new.kept_by_unit_id]), 1, coalesce(after_size, 0) where tg_op <> 'DELETE' and new.sha256 is not null
          ) as part where owner is not null group by owner having sum(part.files) <> 0 or sum(part.bytes) <> 0 order by owner
        loop
          insert into attachment_usage (owner_id, files, bytes) values (change.owner, 0, 0) on conflict do nothing;
          update attachment_usage usage set files = greatest(0, usage.files + change.files), bytes = greatest(0, usage.bytes + change.bytes)
          where owner_id = change.owner;
        end loop;
        return null;
      end $$;

      insert into attachment_usage (owner_id, files, bytes)
        select owner, count(*), coalesce(sum(size), 0) from attachment join blob using (sha256)
          cross join lateral unnest(array[petition_id, kept_by_unit_id]) as owner where owner is not null group by owner;

      create trigger count_attachment after insert or delete or update of sha256, petition_id, kept_by_unit_id on attachment
        for each row execute function count_attachment();
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop trigger count_attachment on attachment;
      drop function count_attachment;
      drop table attachment_usage;
      alter table attachment drop column kept_by_unit_id;
    `);
  }
}
