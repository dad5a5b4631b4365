import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inOneStep } from './online.js';

/** How sessions by video are prepared and recorded (Decree 154/2026/NĐ-CP arts 16–24), and that whoever denounced there asked for no secrecy. */
export class OnlineSessions1764000000068 implements MigrationInterface {
  transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table reception_visit add column if not exists secrecy_not_asked boolean');
    await inOneStep(queryRunner, async () => {
      await queryRunner.query(`
        create table if not exists reception_online (
          session_id uuid primary key references reception_session,
          ground text not null,
          ground_reason text,
          participants jsonb not null,
          notified_on date not null,
          late_reason text,
          tested_on date,
          test_succeeded boolean,
          test_note text,
          recording text,
          version int not null default 1,
          constraint reception_online_ground check (ground in ('needs_several_places', 'far_or_frail', 'emergency', 'complex_denunciation', 'practical_need')),
          constraint reception_online_practice check (ground <> 'practical_need' or ground_reason is not null),
          constraint reception_online_tested check ((tested_on is null) = (test_succeeded is null)),
          constraint reception_online_participants_shape check (jsonb_typeof(participants) = 'array')
        );
        revoke delete on reception_online from tiepdan_api`);
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await inOneStep(queryRunner, async () => {
      await queryRunner.query(`
        do $$ begin
          if exists (select from reception_online) then
            raise exception 'sessions by video are prepared: a schema without that would lose it';
          end if;
        end $$`);
      await queryRunner.query('drop table reception_online');
      await queryRunner.query('alter table reception_visit drop column secrecy_not_asked');
    });
  }
}
