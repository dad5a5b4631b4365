import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditChanges } from './audit-changes.js';

/** Urging by letters about many petitions, what was answered, and the next level when nothing was. */
export class UrgingLetters1764000000022 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table urging_letter (
        id uuid primary key default new_id(),
        from_unit_id uuid not null references unit,
        to_unit_id uuid not null references unit,
        document_id uuid references document,
        content text not null,
        urged_on date not null,
        answer_by date not null,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint urging_letter_answer_after check (answer_by >= urged_on)
      );
      create index urging_letter_in on urging_letter (to_unit_id, urged_on desc, id desc);
      create index urging_letter_out on urging_letter (from_unit_id, urged_on desc, id desc);

      alter table urging
        add column letter_id uuid references urging_letter,
        add column answered_on date,
        add column answer text,
        add column answered_by uuid references account,
        -- Whom an urging without an answer goes to, from which day on.
        add column escalates_to_unit_id uuid references unit,
        add column escalates_on date,
        add column handled_on date,
        add column handling text,
        add column handled_by uuid references account,
        add constraint urging_answer check ((answered_on is null) = (answer is null) and answered_on >= urged_on),
        add constraint urging_handling check ((handled_on is null) = (handling is null) and handled_on >= escalates_on),
        add constraint urging_escalation check ((escalates_on is null) = (escalates_to_unit_id is null) and escalates_on > answer_by);
      create index urging_letter_urgings on urging (letter_id) where letter_id is not null;
      create index urging_escalated on urging (escalates_to_unit_id, escalates_on) where answered_on is null and handled_on is null;

      alter table unit_setting add column escalate_after_days int not null default 10,
        add constraint unit_setting_escalate_after_days check (escalate_after_days between 1 and 90);
    `);
    await auditChanges(queryRunner, { urging_letter: { digested: ['content'] } });
    // What is written in answer is free text like what was asked.
    await queryRunner.query(`
      drop trigger audit_change on urging;
      create trigger audit_change after insert or update or delete on urging for each row
        execute function audit_change('{id}', '{content,answer,handling}', '{}', 'petition_id');
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      do $$ begin
        if exists (select from urging_letter) then raise exception 'there are urging letters: a schema without them would lose them'; end if;
      end $$;
      drop trigger audit_change on urging;
      create trigger audit_change after insert or update or delete on urging for each row
        execute function audit_change('{id}', '{content}', '{}', 'petition_id');
      alter table unit_setting drop column escalate_after_days;
      alter table urging drop column letter_id, drop column answered_on, drop column answer, drop column answered_by, drop column escalates_to_unit_id,
        drop column escalates_on, drop column handled_on, drop column handling, drop column handled_by;
      drop table urging_letter;
    `);
  }
}
