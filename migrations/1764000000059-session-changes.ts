import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inOneStep } from './online.js';

/** Why a session was moved can name whoever turns out to have denounced: it is taken out of what was told, as everywhere. */
export class SessionChanges1764000000059 implements MigrationInterface {
  transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    await inOneStep(queryRunner, async () => {
      await queryRunner.query(takingWordsOut(ofSessionChanges));
      await queryRunner.query(trigger('refuse_change_but_words'));
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await inOneStep(queryRunner, async () => {
      await queryRunner.query(`
        do $$ begin
          if exists (select from hidden_words where object_table = 'reception_session_change') then
            raise exception 'words of changed sessions are hidden, and an earlier version cannot show them again';
          end if;
        end $$`);
      await queryRunner.query(trigger('refuse_change'));
      await queryRunner.query(takingWordsOut(''));
    });
  }
}

function trigger(refuse: string): string {
  return `create or replace trigger reception_session_change_append_only before update or delete or truncate on reception_session_change
    for each statement execute function ${refuse}()`;
}

const ofSessionChanges = `
        elsif target = 'reception_session_change' then
          update reception_session_change set reason = words ->> 'reason', before = words -> 'before', after = words -> 'after'
          where id = (key ->> 'id')::uuid;
`;

/** The one way by which words leave rows that are otherwise never changed: only where somebody is secret, or back to what the hash covers. */
function takingWordsOut(more: string): string {
  return `
      create or replace function take_words_out(target text, key jsonb, words jsonb) returns void language plpgsql security definer set search_path from current as $$
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
${more}        else
          raise exception 'no words are taken out of %', target using errcode = '42501';
        end if;
        perform set_config('tiepdan.redacting', '', true);
      end
      $$`;
}
