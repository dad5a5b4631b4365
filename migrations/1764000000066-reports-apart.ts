import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Central bodies of a vertical chain report to their ministry: their figures are not added to those of the province (Circular 06/2025/TT-TTCP art. 7(2)(a)). */
export class ReportsApart1764000000066 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    // A constant default is no rewriting of the table, and what an older instance writes has it.
    await queryRunner.query('alter table unit_setting add column reports_apart boolean not null default false');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table unit_setting drop column reports_apart');
  }
}
