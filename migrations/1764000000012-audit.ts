import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How the rows of a table stand in the audit: which columns name the row, which are told as digests, which are left out. */
interface Audited {
  ids?: string[];
  /** Personal data, free text and secrets. */
  digested?: string[];
  /** What follows from other columns. */
  leftOut?: string[];
  /** Column that holds the petition. */
  petition?: string;
  /** Columns whose change counts, where others only tell how far something is. */
  when?: string;
}

const person = ['name', 'national_id', 'address', 'phone', 'birth_year'];
const audited: Record<string, Audited> = {
  unit: { leftOut: ['valid'] },
  unit_succession: { ids: ['predecessor_id', 'successor_id'] },
  unit_setting: { ids: ['unit_id'] },
  calendar_year: { ids: ['year'] },
  calendar_day: { ids: ['date'] },
  account: { digested: ['password_hash'] },
  account_session: {},
  petition: {
    petition: 'id',
    digested: ['summary', 'content', 'respondent', 'search_names', 'status_code', 'forwarded_by'],
    leftOut: ['search', 'open', 'over_level', 'updated_at', 'flags', 'prior_handling'],
  },
  petition_case: {},
  petition_party: { petition: 'petition_id', digested: [...person, 'office', 'authorisation'] },
  petition_signatory: { ids: ['petition_id', 'position'], petition: 'petition_id', digested: person.filter((field) => field !== 'phone') },
  petition_relation: { ids: ['petition_id', 'related_petition_id'], petition: 'petition_id' },
  petition_limit: { petition: 'petition_id', leftOut: ['sources'] },
  limit_extension: { digested: ['reason'] },
  person: { digested: person, leftOut: ['folded_name', 'folded_address'] },
  person_merge: {},
  case_merge: {},
  duplicate_review: { ids: ['petition_id', 'other_petition_id'], petition: 'petition_id' },
  triage_proposal: { petition: 'petition_id', digested: ['details', 'note', 'approved_details', 'decision_note'] },
  transfer: { petition: 'petition_id', digested: ['reason', 'return_reason', 'reply'] },
  urging: { petition: 'petition_id', digested: ['content'] },
  verification: { petition: 'petition_id', digested: ['purpose', 'plan', 'report', 'report_proposal'] },
  verification_member: { ids: ['verification_id', 'position'], digested: ['name', 'office'] },
  verification_entry: { digested: ['content', 'source'] },
  dialogue: { petition: 'petition_id', digested: ['participants', 'minutes'] },
  dispatch: { petition: 'petition_id', digested: ['recipients', 'note'] },
  appeal: { petition: 'petition_id', digested: ['note'] },
  superior_outcome: { petition: 'petition_id', digested: ['gist'] },
  obligation: { petition: 'petition_id', digested: ['description', 'responsible'] },
  performance: { digested: ['performed_by', 'note'] },
  protection_request: { petition: 'petition_id', digested: ['content', 'reason', 'measures'] },
  attachment: { petition: 'petition_id', digested: ['filename'] },
  document: { petition: 'petition_id', digested: ['gist', 'recipients'] },
  document_template: {},
  background_job: {
    digested: ['parameters'],
    leftOut: ['heartbeat_at', 'done', 'created', 'unchanged', 'refused'],
    when: 'state, cancel_requested',
  },
};

/** The record of every write and of every look at something secret, chained by hashes; and the role of the API, which can only add to it. */
export class Audit1764000000012 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- A role of the whole server: another database of it may have made it already.
      do $do$
      begin
        -- Whoever may not create roles is refused before it is looked whether there is one.
        if not exists (select from pg_roles where rolname = 'tiepdan_api') then
          create role tiepdan_api nologin;
        end if;
      exception
        when duplicate_object or unique_violation then null;
        when insufficient_privilege then
          raise exception 'the role tiepdan_api is missing and % may not create it: let an administrator of the server run "create role tiepdan_api; grant tiepdan_api to %;"', current_user, current_user;
      end
      $do$;
      do $do$
      begin
        -- Whom an administrator made a member may not make himself one.
        if not pg_has_role(current_user, 'tiepdan_api', 'usage') then
          execute format('grant tiepdan_api to %I', current_user);
        end if;
      end
      $do$;

      create table audit_record (
        id bigint primary key generated always as identity,
        transaction_id uuid not null,
        recorded_at timestamptz not null default clock_timestamp(),
        account_id uuid,
        on_behalf_of text,
        unit_id uuid,
        address text,
        request_id text,
        action text,
        operation text not null,
        object_type text not null,
        object_id text not null,
        petition_id uuid,
        before jsonb,
        after jsonb,
        constraint audit_record_operation check (operation in ('insert', 'update', 'delete', 'read'))
      );
      create index audit_record_transaction on audit_record (transaction_id);
      create index audit_record_petition on audit_record (petition_id, id) where petition_id is not null;
      create index audit_record_account on audit_record (account_id, id) where account_id is not null;
      create index audit_record_reads on audit_record (object_id) where operation = 'read';
      create index audit_record_time on audit_record using brin (recorded_at);

      -- One link of the chain for each transaction, in the order in which they were committed.
      create table audit_link (
        position bigint primary key,
        transaction_id uuid not null,
        records int not null,
        linked_at timestamptz not null default clock_timestamp(),
        previous_hash text,
        hash text not null,
        constraint audit_link_transaction_once unique (transaction_id)
      );

      -- The head of the chain at a moment, signed, to be kept elsewhere.
      create table audit_checkpoint (
        position bigint primary key references audit_link,
        hash text not null,
        token text not null,
        created_at timestamptz not null default now()
      );

      create function audit_text(record audit_record) returns text language sql stable as $$
        select jsonb_build_array(record.id, record.transaction_id, extract(epoch from record.recorded_at), record.account_id, record.on_behalf_of,
          record.unit_id, record.address, record.request_id, record.action, record.operation, record.object_type, record.object_id,
          record.petition_id, record.before, record.after)::text
      $$;

      -- Digests are keyed, so that nobody finds a national id again by trying all of them; the key is the API's, for its own sessions.
      create function audit_digest(value text) returns text language sql stable as $$
        select case when key <> '' then encode(sha256(convert_to(key || encode(sha256(convert_to(key || value, 'UTF8')), 'hex'), 'UTF8')), 'hex') else 'not told' end
        from (select coalesce(current_setting('tiepdan.digest_key', true), '') as key) as setting
      $$;

      create function audit_add(operation text, object_type text, object_id text, petition_id uuid, before jsonb, after jsonb)
      returns void language plpgsql security definer set search_path from current as $$
      declare
        actor jsonb := nullif(current_setting('tiepdan.actor', true), '')::jsonb;
        linked_by uuid := nullif(current_setting('tiepdan.audit_transaction', true), '')::uuid;
      begin
        if linked_by is null then
          linked_by := new_id();
          perform set_config('tiepdan.audit_transaction', linked_by::text, true);
        end if;
        insert into audit_record (transaction_id, account_id, on_behalf_of, unit_id, address, request_id, action, operation, object_type, object_id,
          petition_id, before, after)
        values (linked_by, (actor ->> 'accountId')::uuid, actor ->> 'onBehalfOf', (actor ->> 'unitId')::uuid, actor ->> 'address',
          actor ->> 'requestId', actor ->> 'action', operation, object_type, object_id, petition_id, before, after);
      end
      $$;

      -- Somebody was shown something secret.
      create function audit_read(object_type text, object_id text, petition_id uuid, facts jsonb) returns void language sql
        security definer set search_path from current
        begin atomic
          select audit_add('read', object_type, object_id, petition_id, null, facts);
        end;

      -- Arguments: columns that name the row, columns told as digests, columns left out, column of the petition.
      create function audit_change() returns trigger language plpgsql security definer set search_path from current as $$
      declare
        known jsonb := case tg_op when 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
        before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) - tg_argv[2]::text[] end;
        after jsonb := case when tg_op <> 'DELETE' then known - tg_argv[2]::text[] end;
        field text;
      begin
        if tg_op = 'UPDATE' then
          select jsonb_object_agg(was.key, was.value), jsonb_object_agg(was.key, after -> was.key) into before, after
          from jsonb_each(before) as was where was.value is distinct from after -> was.key;
          if before is null then
            return null;
          end if;
        end if;
        foreach field in array tg_argv[1]::text[] loop
          if before ->> field <> '' then
            before := jsonb_set(before, array[field], to_jsonb(audit_digest(before ->> field)));
          end if;
          if after ->> field <> '' then
            after := jsonb_set(after, array[field], to_jsonb(audit_digest(after ->> field)));
          end if;
        end loop;
        perform audit_add(lower(tg_op), tg_table_name, (select string_agg(known ->> id, '/') from unnest(tg_argv[0]::text[]) as id),
          (known ->> tg_argv[3])::uuid, before, case tg_op when 'INSERT' then jsonb_strip_nulls(after) else after end);
        return null;
      end
      $$;

      -- At the end of a transaction. The lock is held while it commits and for no longer, so that the chain has the order of the commits.
      create function audit_link_transaction() returns trigger language plpgsql security definer set search_path from current as $$
      declare
        last audit_link;
      begin
        if exists (select from audit_link where transaction_id = new.transaction_id and xmin = pg_current_xact_id()::xid) then
          return null;
        end if;
        perform pg_advisory_xact_lock(${commitOrder});
        select * into last from audit_link order by position desc limit 1;
        insert into audit_link (position, transaction_id, records, previous_hash, hash)
        select coalesce(last.position, 0) + 1, new.transaction_id, count(*), last.hash, encode(sha256(convert_to(concat_ws(E'\\n',
          coalesce(last.hash, ''), coalesce(last.position, 0) + 1, new.transaction_id,
          string_agg(encode(sha256(convert_to(audit_text(record), 'UTF8')), 'hex'), '' order by record.id)), 'UTF8')), 'hex')
        from audit_record record where record.transaction_id = new.transaction_id;
        -- What the transaction still writes stands in a link of its own.
        perform set_config('tiepdan.audit_transaction', '', true);
        return null;
      end
      $$;
      create constraint trigger audit_link_transaction after insert on audit_record deferrable initially deferred
        for each row execute function audit_link_transaction();

      create trigger audit_record_append_only before update or delete or truncate on audit_record for each statement execute function refuse_change();
      create trigger audit_link_append_only before update or delete or truncate on audit_link for each statement execute function refuse_change();
      create trigger audit_checkpoint_append_only before update or delete or truncate on audit_checkpoint for each statement execute function refuse_change();

      ${Object.entries(audited)
        .map(([table, how]) => auditTrigger(table, how))
        .join('\n')}

      do $do$ begin execute format('grant usage on schema %I to tiepdan_api', current_schema()); end $do$;
      grant select, insert, update, delete on all tables in schema public to tiepdan_api;
      grant usage on all sequences in schema public to tiepdan_api;
      alter default privileges in schema public grant select, insert, update, delete on tables to tiepdan_api;
      alter default privileges in schema public grant usage on sequences to tiepdan_api;
      revoke insert, update, delete on migrations from tiepdan_api;
      revoke insert, update, delete on audit_record, audit_link from tiepdan_api;
      revoke update, delete on audit_checkpoint, petition_event, verification_entry, performance from tiepdan_api;
      revoke delete on petition, petition_case, account, unit, document, transfer, urging from tiepdan_api;
      revoke execute on function audit_add(text, text, text, uuid, jsonb, jsonb) from public;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter default privileges in schema public revoke all on tables from tiepdan_api;
      alter default privileges in schema public revoke all on sequences from tiepdan_api;
      -- The role itself may serve other databases of the server.
      revoke all on all tables in schema public from tiepdan_api;
      revoke all on all sequences in schema public from tiepdan_api;
      do $do$ begin execute format('revoke all on schema %I from tiepdan_api', current_schema()); end $do$;
      ${Object.keys(audited)
        .map((table) => `drop trigger audit_change on ${table};`)
        .join('\n')}
      drop table audit_checkpoint, audit_link;
      drop function audit_read(text, text, uuid, jsonb);
      drop function audit_change();
      drop function audit_add(text, text, text, uuid, jsonb, jsonb);
      drop function audit_digest(text);
      drop function audit_text(audit_record);
      drop table audit_record;
      drop function audit_link_transaction();
    `);
  }
}

/** Number of the advisory lock under which transactions get their place in an order. */
const commitOrder = 1_207_2018;

function auditTrigger(table: string, { ids = ['id'], digested = [], leftOut = [], petition = '', when }: Audited): string {
  const list = (columns: string[]): string => `'{${columns.join(',')}}'`;
  const events = when ? `insert or delete or update of ${when}` : 'insert or update or delete';
  return `create trigger audit_change after ${events} on ${table} for each row execute function audit_change(${list(ids)}, ${list(digested)}, ${list(leftOut)}, '${petition}');`;
}
