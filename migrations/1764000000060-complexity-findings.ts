import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why a matter is complex: by which criteria of the decrees, found by whom and when (Decree 124/2020/NĐ-CP art. 3a, Decree 31/2019/NĐ-CP art. 3).
 * What was marked complex before keeps the mark without a finding: it is told as not reasoned.
 */
export class ComplexityFindings1764000000060 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table complexity_finding (
        id uuid primary key default new_id(),
        petition_id uuid not null references petition,
        found_on date not null,
        criteria text[] not null,
        complexity text not null,
        reason text not null,
        document_number text,
        created_by uuid references account,
        created_at timestamptz not null default now(),
        constraint complexity_finding_criteria check (criteria <@ array['several_places', 'several_matters', 'many_people', 'foreign_element',
          'several_bodies', 'opinions_differ', 'evidence_in_conflict']),
        constraint complexity_finding_complexity check (complexity in ('normal', 'complex', 'specially_complex')),
        constraint complexity_finding_by_criteria check ((complexity = 'normal') = (cardinality(criteria) = 0))
      );
      create index complexity_finding_petition on complexity_finding (petition_id, created_at);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table complexity_finding');
  }
}
