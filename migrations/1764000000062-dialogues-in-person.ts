import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who presided over a dialogue, in which of the circumstances that ask for the resolver in person, and why a complainant stayed away (Decree
 * 124/2020/NĐ-CP art. 28 as amended by Decree 155/2026/NĐ-CP). What was held before counts as it did.
 */
export class DialoguesInPerson1764000000062 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table dialogue
        add column presided_by text,
        add column presider_name text,
        add column circumstances text[] not null default '{}',
        add column absence_reason text,
        add column presided_lawfully boolean not null default true,
        add constraint dialogue_presided_by check (presided_by in ('resolver', 'deputy', 'head_of_department', 'head_of_verifying_unit')),
        add constraint dialogue_circumstances check (circumstances <@ array['many_complainants', 'opinions_differ', 'sharp_attitude', 'public_interest',
          'security']);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table dialogue drop column presided_by, drop column presider_name, drop column circumstances, drop column absence_reason,
        drop column presided_lawfully;
    `);
  }
}
