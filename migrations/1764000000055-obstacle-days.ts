import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addCheck } from './online.js';

/** Days on which an obstacle kept a complainant from filing: they are not counted in the filing period (Law on Complaints arts 9, 33). */
export class ObstacleDays1764000000055 implements MigrationInterface {
  transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    // A constant default is no rewriting of the table, and what an older instance writes has it.
    await queryRunner.query('alter table petition add column if not exists obstacle_days int not null default 0');
    await addCheck(queryRunner, 'petition', 'petition_obstacle_days', 'check (obstacle_days between 0 and 3650)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table petition drop column obstacle_days');
  }
}
