import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addCheck, addIndex, inOneStep } from './online.js';

const before = `'petition', 'evidence', 'signed_document', 'posted_notice', 'regulation', 'superior_outcome', 'inspection', 'other'`;

/** Recordings of sessions by video are files of their session (Decree 154/2026/NĐ-CP art. 24). */
export class Recordings1764000000072 implements MigrationInterface {
  transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table attachment add column if not exists session_id uuid');
    await queryRunner.query(`
      alter table attachment drop constraint if exists attachment_session_id_fkey,
        add constraint attachment_session_id_fkey foreign key (session_id) references reception_online not valid`);
    await queryRunner.query('alter table attachment validate constraint attachment_session_id_fkey');
    await addCheck(queryRunner, 'attachment', 'attachment_purpose', `check (purpose in (${before}, 'session_recording'))`);
    await addCheck(
      queryRunner,
      'attachment',
      'attachment_of_session',
      `check ((session_id is not null) = (purpose = 'session_recording') and (session_id is null or petition_id is null))`,
    );
    await addIndex(queryRunner, 'attachment_session', 'on attachment (session_id) where session_id is not null');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await inOneStep(queryRunner, async () => {
      await queryRunner.query(`
        do $$ begin
          if exists (select from attachment where session_id is not null) then
            raise exception 'sessions by video have recordings: a schema without that would show them to others';
          end if;
        end $$`);
      await queryRunner.query(`
        alter table attachment drop constraint attachment_of_session, drop constraint attachment_purpose,
          add constraint attachment_purpose check (purpose in (${before})), drop column session_id`);
    });
  }
}
