import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addIndex } from './online.js';

/** What lies unprocessed, for the alert after 45 days (Decree 154/2026/NĐ-CP art. 41(3)(b)). */
export class Unprocessed1764000000058 implements MigrationInterface {
  transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    await addIndex(
      queryRunner,
      'petition_unprocessed',
      `on petition (responsible_unit_id, responsible_since) where state in ('received', 'classified')`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop index petition_unprocessed');
  }
}
