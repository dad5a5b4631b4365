import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditChanges } from './audit-changes.js';
import { addCheck, addIndex, inBatches, inOneStep } from './online.js';

/** Tables whose rows are never changed but for the words in them. */
const appendOnly = ['petition_event', 'verification_entry', 'performance', 'reception_incident_entry'];

function trigger(table: string, refuse: string): string {
  return `
      drop trigger ${table}_append_only on ${table};
      create trigger ${table}_append_only before update or delete or truncate on ${table} for each statement execute function ${refuse}();`;
}

/** What hangs on a denunciation is hidden with it, whenever it turns out to be one, and shown again when it is none. */
export class WhatHangs1764000000033 implements MigrationInterface {
  transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['reception_appointment', 'reception_incident']) await this.hidePeopleOf(queryRunner, table);
    // False for all that is there, which no row is written for; of a petition that names nobody secret nobody asks. An earlier version hid less,
    // and this one hides the rest.
    await queryRunner.query(`
      alter table petition add column if not exists hanging_hidden boolean not null default false;
      alter table petition alter column hanging_hidden set default true;
    `);
    await addIndex(queryRunner, 'petition_hanging_open', 'on petition (id) where identity_secret and not hanging_hidden');
    await addIndex(queryRunner, 'reception_visit_appointment', 'on reception_visit (appointment_id) where appointment_id is not null');
    // A merge that joined a denunciation with petitions that name who filed them is told no more.
    await queryRunner.query('alter table case_merge add column if not exists withheld boolean not null default false');
    // The words of an event can be taken out; what they were lies sealed, and the hash that covers them is checked against that.
    await queryRunner.query('alter table petition_event add column if not exists redacted boolean not null default false');
    await inOneStep(queryRunner, () => this.takeWordsOut(queryRunner));
  }

  /** Whoever booked or stood for a crowd is secret from the kind, or from what became of it. */
  private async hidePeopleOf(queryRunner: QueryRunner, table: string): Promise<void> {
    await queryRunner.query(`alter table ${table} add column if not exists identity_secret boolean not null default false`);
    await inBatches(
      queryRunner,
      `update ${table} set identity_secret = true where id in (
         select id from ${table} where kind = 'denunciation' and not identity_secret limit $1 for update)`,
    );
    await addCheck(queryRunner, table, `${table}_secret`, `check (kind <> 'denunciation' or identity_secret)`);
  }

  private async takeWordsOut(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- Words as they were written where they named whoever is secret, with what stands in their place; of a petition, or of a visit's matter.
      create table hidden_words (
        id uuid primary key default new_id(),
        petition_id uuid references petition,
        -- The first visit of a matter that no petition came of.
        visit_id uuid references reception_visit,
        object_table text not null,
        object_key jsonb not null constraint hidden_words_object_key_shape check (jsonb_typeof(object_key) = 'object'),
        sealed bytea not null,
        sealed_key int not null references data_key,
        constraint hidden_words_owner check (num_nonnulls(petition_id, visit_id) = 1),
        constraint hidden_words_once unique nulls not distinct (petition_id, visit_id, object_table, object_key)
      );
      create index hidden_words_visit on hidden_words (visit_id) where visit_id is not null;

      create function refuse_change_but_words() returns trigger language plpgsql as $$
      begin
        if tg_op = 'UPDATE' and current_setting('tiepdan.redacting', true) = 'on' then return null; end if;
        raise exception '% is append-only', tg_table_name using errcode = '42501';
      end
      $$;
${appendOnly.map((table) => trigger(table, 'refuse_change_but_words')).join('\n')}

      -- The one way by which words leave rows that are otherwise never changed: only where somebody is secret, or back to what the hash covers.
      create function take_words_out(target text, key jsonb, words jsonb) returns void language plpgsql security definer set search_path from current as $$
      declare
        event petition_event;
      begin
        perform set_config('tiepdan.redacting', 'on', true);
        if target = 'petition_event' then
          select * into strict event from petition_event
          where petition_id = (key ->> 'petition_id')::uuid and sequence = (key ->> 'sequence')::int;
          event := jsonb_populate_record(event, jsonb_build_object('reason', words -> 'reason', 'facts', words -> 'facts'));
          if event.hash <> petition_event_hash(event) and not (select identity_secret from petition where id = event.petition_id) then
            raise exception 'nobody is secret in petition %', event.petition_id using errcode = '42501';
          end if;
          update petition_event set reason = event.reason, facts = event.facts, redacted = event.hash <> petition_event_hash(event)
          where petition_id = event.petition_id and sequence = event.sequence;
        elsif target = 'verification_entry' then
          update verification_entry set content = words ->> 'content', source = words ->> 'source' where id = (key ->> 'id')::uuid;
        elsif target = 'performance' then
          update performance set performed_by = words ->> 'performed_by', document = words ->> 'document', note = words ->> 'note'
          where id = (key ->> 'id')::uuid;
        elsif target = 'reception_incident_entry' then
          update reception_incident_entry set who = words ->> 'who', content = words ->> 'content' where id = (key ->> 'id')::uuid;
        else
          raise exception 'no words are taken out of %', target using errcode = '42501';
        end if;
        perform set_config('tiepdan.redacting', '', true);
      end
      $$;
      revoke execute on function take_words_out(text, jsonb, jsonb) from public;
      grant execute on function take_words_out(text, jsonb, jsonb) to tiepdan_api;
    `);
    await auditChanges(queryRunner, { hidden_words: { digested: ['object_key', 'sealed'], petition: 'petition_id' } });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await inOneStep(queryRunner, () => this.forgetAll(queryRunner));
  }

  private async forgetAll(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      do $$ begin
        if exists (select from hidden_words) then
          raise exception 'words are hidden: go back with "npm run migrate -- --down" and the master key set, which shows them first';
        end if;
      end $$;
      drop function take_words_out(text, jsonb, jsonb);
${appendOnly.map((table) => trigger(table, 'refuse_change')).join('\n')}
      drop function refuse_change_but_words();
      alter table petition_event drop column redacted;
      alter table case_merge drop column withheld;
      drop index petition_hanging_open;
      alter table petition drop column hanging_hidden;
      drop index reception_visit_appointment;
      alter table reception_incident drop constraint reception_incident_secret, drop column identity_secret;
      alter table reception_appointment drop constraint reception_appointment_secret, drop column identity_secret;
      drop table hidden_words;
    `);
  }
}
