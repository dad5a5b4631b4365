import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When the written notice of a dialogue was sent: since 2026-07-01 at least five days before it (Decree 155/2026/NĐ-CP art. 11). */
export class DialogueNotices1764000000053 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table dialogue add column notice_sent_on date');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table dialogue drop column notice_sent_on');
  }
}
