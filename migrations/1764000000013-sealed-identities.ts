import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Identities that are secret lie sealed: what a dump holds of them opens only with a key that is not in it. Rows of before are sealed by
 * src/boot/database/prepare.ts after this migration, because the keys are the application's.
 */
export class SealedIdentities1764000000013 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table data_key (
        version int primary key,
        master_key_id text not null,
        wrapped bytea not null,
        created_at timestamptz not null default now()
      );
      insert into reference_version (name) values ('keys');
      create trigger data_key_version after insert or update or delete on data_key for each statement execute function bump_reference_version('keys');

      -- Without foreign keys to data_key, which has a handful of rows that are never deleted: every filing would lock the same one.
      alter table petition_party
        add column sealed bytea,
        add column sealed_key int,
        add column national_id_index bytea,
        add constraint petition_party_sealed check (
          (sealed is null) = (sealed_key is null)
          and (sealed is null or (name = '' and national_id is null and address is null and phone is null and birth_year is null and office is null
            and authorisation is null and person_id is null)));
      create index petition_party_national_id on petition_party (national_id_index) where national_id_index is not null;
      create index petition_party_sealed_key on petition_party (sealed_key) where sealed_key is not null;

      alter table petition_signatory
        add column sealed bytea,
        add column sealed_key int,
        add constraint petition_signatory_sealed check (
          (sealed is null) = (sealed_key is null)
          and (sealed is null or (name = '' and national_id is null and address is null and birth_year is null)));
      create index petition_signatory_sealed_key on petition_signatory (sealed_key) where sealed_key is not null;

      -- Summary and content as they were written, where they named whoever is secret.
      create table sealed_text (
        petition_id uuid primary key references petition,
        sealed bytea not null,
        sealed_key int not null
      );

      -- The keys of a petition stand beside its signature as well: found from the petition without looking through all keys.
      alter table petition_match add column keys bigint[] not null default '{}';
      update petition_match m set keys = known.keys
      from (select petition_id, array_agg(key) as keys from petition_match_key group by petition_id) known where known.petition_id = m.petition_id;

      -- What they are compared by is keyed from now on, and is made anew where it is missing.
      delete from petition_match_key where petition_id in (select id from petition where identity_secret);
      delete from petition_match where petition_id in (select id from petition where identity_secret);

      create table petition_assignment (
        id uuid primary key default new_id(),
        petition_id uuid not null references petition,
        account_id uuid not null references account,
        assigned_on date not null,
        note text,
        ended_on date,
        created_by uuid not null references account,
        created_at timestamptz not null default now(),
        constraint petition_assignment_in_order check (ended_on >= assigned_on)
      );
      create unique index petition_assignment_one_open on petition_assignment (petition_id, account_id) where ended_on is null;
      create index petition_assignment_account on petition_assignment (account_id) where ended_on is null;

      -- Who was shown an identity, and why.
      create table identity_reveal (
        id uuid primary key default new_id(),
        petition_id uuid not null references petition,
        account_id uuid not null references account,
        unit_id uuid not null references unit,
        basis text not null,
        reason text not null,
        colleague boolean not null,
        revealed_at timestamptz not null default clock_timestamp(),
        constraint identity_reveal_basis check (basis in ('assigned', 'deciding_leader'))
      );
      create index identity_reveal_petition on identity_reveal (petition_id, revealed_at desc);
      create trigger identity_reveal_append_only before update or delete or truncate on identity_reveal for each statement execute function refuse_change();

      create trigger audit_change after insert or update or delete on data_key for each row execute function audit_change('{version}', '{wrapped}', '{}', '');
      create trigger audit_change after insert or update or delete on sealed_text for each row execute function audit_change('{petition_id}', '{sealed}', '{}', 'petition_id');
      create trigger audit_change after insert or update or delete on petition_assignment for each row execute function audit_change('{id}', '{note}', '{}', 'petition_id');
      create trigger audit_change after insert or update or delete on identity_reveal for each row execute function audit_change('{id}', '{reason}', '{}', 'petition_id');
      drop trigger audit_change on petition_party;
      create trigger audit_change after insert or update or delete on petition_party for each row
        execute function audit_change('{id}', '{name,national_id,address,phone,birth_year,office,authorisation,sealed,national_id_index}', '{}', 'petition_id');
      drop trigger audit_change on petition_signatory;
      create trigger audit_change after insert or update or delete on petition_signatory for each row
        execute function audit_change('{petition_id,position}', '{name,national_id,address,birth_year,sealed}', '{}', 'petition_id');

      revoke update, delete on identity_reveal from tiepdan_api;
      revoke delete on data_key from tiepdan_api;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      do $$ begin
        if exists (select from petition_party where sealed is not null) or exists (select from petition_signatory where sealed is not null) then
          raise exception 'identities are sealed: go back with "npm run migrate -- --down" and the master key set, which opens them first';
        end if;
      end $$;
      delete from petition_match_key where petition_id in (select id from petition where identity_secret);
      delete from petition_match where petition_id in (select id from petition where identity_secret);
      alter table petition_match drop column keys;
      drop table identity_reveal, petition_assignment, sealed_text;
      drop trigger audit_change on petition_party;
      create trigger audit_change after insert or update or delete on petition_party for each row
        execute function audit_change('{id}', '{name,national_id,address,phone,birth_year,office,authorisation}', '{}', 'petition_id');
      drop trigger audit_change on petition_signatory;
      create trigger audit_change after insert or update or delete on petition_signatory for each row
        execute function audit_change('{petition_id,position}', '{name,national_id,address,birth_year}', '{}', 'petition_id');
      alter table petition_party drop column sealed, drop column sealed_key, drop column national_id_index;
      alter table petition_signatory drop column sealed, drop column sealed_key;
      drop table data_key;
      delete from reference_version where name = 'keys';
    `);
  }
}
