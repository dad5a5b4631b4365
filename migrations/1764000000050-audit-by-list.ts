import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inOneStep } from './online.js';
import { auditAsListed, clearColumns, textTypes } from '../src/platform/database/audit-triggers.js';
import { namesIn, textColumns } from '../src/platform/database/text-columns.js';

/**
 * The audit tells as digests whatever holds words, but for what `src/platform/database/text-columns.ts` names clear. What stands in it already is
 * told so, too, and digests that were there become digests of their row: the chain goes on proving it, because each record that was rewritten keeps the hash that its link was made from, and the
 * new hashes are bound by a record of their own (docs/decisions/0019).
 */
export class AuditByList1764000000050 implements MigrationInterface {
  transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    const types = textTypes.map((type) => `'${type}'::regtype`).join(', ');
    await inOneStep(queryRunner, () => this.tellByList(queryRunner, types));
    // From here on whatever is written is told by the list: what stands there already is rewritten while others go on writing.
    await auditAsListed(queryRunner.manager);
    await inOneStep(queryRunner, () => rewriteRecords(queryRunner, types));
  }

  private async tellByList(queryRunner: QueryRunner, types: string): Promise<void> {
    await queryRunner.query(`
      -- Records whose words became digests after they were linked, with the hash that their link has of them.
      create table if not exists audit_rewrite (
        record_id bigint primary key references audit_record,
        former_leaf text not null
      );
      create or replace trigger audit_rewrite_append_only before update or delete or truncate on audit_rewrite for each statement execute function refuse_change();
      revoke insert, update, delete on audit_rewrite from tiepdan_api;

      -- A digest tells of two values of one field of one row whether they are equal, and of others nothing: not who brought both matters, not
      -- whether the one whose name the reader knows is there.
      create or replace function audit_digest(value text, field text, object_type text, object_id text) returns text language sql stable as $$
        select audit_digest(encode(sha256(convert_to(concat_ws(E'\\n', object_type, field, object_id), 'UTF8')), 'hex') || value)
      $$;

      -- Values of the fields that are not named, as digests; what is a digest already becomes one of its row.
      create or replace function audit_told(fields jsonb, kept text[], object_type text, object_id text) returns jsonb language sql stable as $$
        select coalesce(jsonb_object_agg(key, case
          when key = any (kept) or value in ('null', '""', '"not told"')
            or jsonb_typeof(value) in ('number', 'boolean') and not key = any (array['birth_year']) then value
          else to_jsonb(audit_digest(value #>> '{}', key, object_type, object_id)) end), fields)
        from jsonb_each(fields)
      $$;

      -- Over the hashes that rewritten records had and have, ten thousand numbers of records at a time.
      create or replace function audit_rewrite_digest() returns text language sql stable as $$
        select encode(sha256(convert_to(coalesce(string_agg(part.hash, '' order by part.number), ''), 'UTF8')), 'hex')
        from (
          select record_id / ${recordsOfPart} as number, encode(sha256(convert_to(string_agg(concat_ws(':', record_id, former_leaf,
            encode(sha256(convert_to(audit_text(record), 'UTF8')), 'hex')), E'\\n' order by record_id), 'UTF8')), 'hex') as hash
          from audit_rewrite join audit_record record on record.id = record_id group by 1
        ) part
      $$;

      -- Of a look at something secret: why, on what ground, and what was found.
      create or replace function audit_read(object_type text, object_id text, petition_id uuid, facts jsonb) returns void language sql
        security definer set search_path from current
        begin atomic
          select audit_add('read', object_type, object_id, petition_id, null, audit_told(facts, '{reason,basis,found,file}', object_type, object_id));
        end;

      -- Arguments: columns that name the row, columns with words that are told in clear, other columns told as digests, columns left out,
      -- column of the petition. A column that the list has forgotten is told as a digest.
      create or replace function audit_listed() returns trigger language plpgsql security definer set search_path from current as $$
      declare
        known jsonb := case tg_op when 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
        before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) - tg_argv[3]::text[] end;
        after jsonb := case when tg_op <> 'DELETE' then known - tg_argv[3]::text[] end;
        row_id text := (select string_agg(known ->> id, '/') from unnest(tg_argv[0]::text[]) as id);
        field text;
      begin
        if tg_op = 'UPDATE' then
          select jsonb_object_agg(was.key, was.value), jsonb_object_agg(was.key, after -> was.key) into before, after
          from jsonb_each(before) as was where was.value is distinct from after -> was.key;
          if before is null then
            return null;
          end if;
        end if;
        for field in
          select attname from pg_attribute where attrelid = tg_relid and attnum > 0 and not attisdropped
            and (attname = any (tg_argv[2]::text[]) or atttypid in (${types}) and not attname = any (tg_argv[1]::text[]))
        loop
          if before ->> field <> '' then
            before := jsonb_set(before, array[field], to_jsonb(audit_digest(before ->> field, field, tg_table_name, row_id)));
          end if;
          if after ->> field <> '' then
            after := jsonb_set(after, array[field], to_jsonb(audit_digest(after ->> field, field, tg_table_name, row_id)));
          end if;
        end loop;
        perform audit_add(lower(tg_op), tg_table_name, row_id, (known ->> tg_argv[4])::uuid, before,
          case tg_op when 'INSERT' then jsonb_strip_nulls(after) else after end);
        return null;
      end
      $$;

      -- Whoever owns the tables can take words out of records, in a session that says so; the API may not change any, whatever it says.
      create or replace function refuse_change_but_rewriting() returns trigger language plpgsql as $$
      begin
        if tg_op = 'UPDATE' and current_setting('tiepdan.rewriting_audit', true) = 'on'
          and current_user = (select pg_get_userbyid(relowner) from pg_class where oid = tg_relid) then return null; end if;
        raise exception '% is append-only', tg_table_name using errcode = '42501';
      end
      $$;
      create or replace trigger audit_record_append_only before update or delete or truncate on audit_record
        for each statement execute function refuse_change_but_rewriting();
    `);
  }

  /** The words do not come back. The chain is made anew from the first record that was rewritten, because the version before knows one hash of each. */
  async down(queryRunner: QueryRunner): Promise<void> {
    await inOneStep(queryRunner, () => this.tellAsBefore(queryRunner));
  }

  private async tellAsBefore(queryRunner: QueryRunner): Promise<void> {
    const triggers = await queryRunner.manager.query<{ name: string; former: string | null }[]>(
      `select tgrelid::regclass::text as name, obj_description(t.oid, 'pg_trigger') as former from pg_trigger t where tgfoid = to_regproc('audit_listed')`,
    );
    for (const { name, former } of triggers) {
      await queryRunner.query(`drop trigger audit_change on ${name}`);
      if (former) await queryRunner.query(former);
    }
    await queryRunner.query(`
      alter table audit_link disable trigger audit_link_append_only;
      alter table audit_checkpoint disable trigger audit_checkpoint_append_only;
      alter table audit_record disable trigger audit_record_append_only;
      -- What bound the rewritten records binds nothing any more.
      update audit_record set object_type = 'audit_rewrite_undone' where object_type = 'audit_rewrite';
      alter table audit_record enable trigger audit_record_append_only;
      do $$
      declare
        link audit_link;
        last text;
        begin_at bigint := (select min(position) from audit_link join audit_record using (transaction_id) join audit_rewrite on record_id = id);
      begin
        -- Signatures of links that are made anew prove nothing any more.
        delete from audit_checkpoint where position >= begin_at;
        last := (select hash from audit_link where position = begin_at - 1);
        for link in select * from audit_link where position >= begin_at order by position loop
          update audit_link set previous_hash = last, hash = encode(sha256(convert_to(concat_ws(E'\\n', coalesce(last, ''), link.position, link.transaction_id,
            (select string_agg(encode(sha256(convert_to(audit_text(record), 'UTF8')), 'hex'), '' order by record.id)
             from audit_record record where record.transaction_id = link.transaction_id)), 'UTF8')), 'hex')
          where position = link.position returning hash into last;
        end loop;
      end
      $$;
      alter table audit_checkpoint enable trigger audit_checkpoint_append_only;
      alter table audit_link enable trigger audit_link_append_only;
      drop function audit_listed();
      create or replace function audit_read(object_type text, object_id text, petition_id uuid, facts jsonb) returns void language sql
        security definer set search_path from current
        begin atomic
          select audit_add('read', object_type, object_id, petition_id, null, facts);
        end;
      create or replace trigger audit_record_append_only before update or delete or truncate on audit_record
        for each statement execute function refuse_change();
      drop function refuse_change_but_rewriting();
      drop function audit_rewrite_digest();
      drop function audit_told(jsonb, text[], text, text);
      drop function audit_digest(text, text, text, text);
      drop table audit_rewrite;
    `);
  }
}

/** How many numbers of records one part of the digest of rewritten records has. */
const recordsOfPart = 10_000;

/** Turns what became secret into digests in the records that are there; all of them at once, so that what was begun is done. */
async function rewriteRecords(queryRunner: QueryRunner, types: string): Promise<void> {
  const [done] = (await queryRunner.query('select from audit_rewrite limit 1')) as unknown[];
  if (done) return;
  const clear = Object.entries(textColumns).flatMap(([table]) => clearColumns(table).map((column) => ({ table, column })));
  const digested = Object.entries(textColumns).flatMap(([table, how]) => namesIn(how.digested).map((column) => ({ table, column })));
  await queryRunner.query(
    `create temporary table audit_kept on commit drop as
     select relname as name, array_agg(attname::text) as kept from pg_class c join pg_attribute a on a.attrelid = c.oid and attnum > 0 and not attisdropped
     where relnamespace = current_schema()::regnamespace and relkind = 'r'
       and (atttypid not in (${types}) and not exists (select from jsonb_to_recordset($2::jsonb) as d ("table" text, "column" text) where d."table" = relname and d."column" = attname)
         or exists (select from jsonb_to_recordset($1::jsonb) as k ("table" text, "column" text) where k."table" = relname and k."column" = attname))
     group by relname`,
    [JSON.stringify(clear), JSON.stringify(digested)],
  );
  await queryRunner.query(`
    create temporary table audit_anew on commit drop as
    select record.id, encode(sha256(convert_to(audit_text(record), 'UTF8')), 'hex') as former_leaf, told.before, told.after, told.address
    from audit_record record
    left join audit_kept on audit_kept.name = record.object_type
    cross join lateral (
      select case record.operation when 'read' then '{reason,basis,found,file}' else coalesce(audit_kept.kept, '{}') end as kept offset 0
    ) k
    cross join lateral (
      select audit_told(record.before, k.kept, record.object_type, record.object_id) as before,
        audit_told(record.after, k.kept, record.object_type, record.object_id) as after,
        -- Of citizens, who act by themselves: it says which matters come from one connection.
        case when record.action like '% /%/public/%' then null else record.address end as address offset 0
    ) told
    where (told.before, told.after, told.address) is distinct from (record.before, record.after, record.address);
    insert into audit_rewrite (record_id, former_leaf) select id, former_leaf from audit_anew;
    set local tiepdan.rewriting_audit = 'on';
    update audit_record record set before = anew.before, after = anew.after, address = anew.address from audit_anew anew where anew.id = record.id;
    select audit_add('update', 'audit_rewrite', '1764000000050', null, null,
      jsonb_build_object('records', count(*), 'digest', audit_rewrite_digest()))
    from audit_rewrite having count(*) > 0;
  `);
}
