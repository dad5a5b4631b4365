import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addCheck } from './online.js';

/** The further grounds on which somebody may be refused since 2026-07-01 (Decree 154/2026/NĐ-CP art. 4), and what such a refusal rests on. */
export class Refusals1764000000057 implements MigrationInterface {
  transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table reception_visit add column if not exists refusal_basis text');
    await addCheck(
      queryRunner,
      'reception_visit',
      'reception_visit_ground',
      `check (refusal_ground in (${[...before, ...since2026].map((ground) => `'${ground}'`).join(', ')}))`,
    );
    await addCheck(queryRunner, 'reception_visit', 'reception_visit_basis', `check (refusal_ground is not null or refusal_basis is null)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      do $$ begin
        if exists (select from reception_visit where refusal_ground in (${since2026.map((ground) => `'${ground}'`).join(', ')})) then
          raise exception 'visits were refused on grounds that an earlier version does not know: it would lose them';
        end if;
      end $$`);
    await queryRunner.query('alter table reception_visit drop constraint reception_visit_basis, drop column refusal_basis');
    await addCheck(
      queryRunner,
      'reception_visit',
      'reception_visit_ground',
      `check (refusal_ground in (${before.map((ground) => `'${ground}'`).join(', ')}))`,
    );
  }
}

const before = ['incapable', 'threat_or_disorder', 'finally_settled', 'other_by_law'];
const since2026 = [
  'dangerous_items',
  'security_check_refused',
  'recording_against_order',
  'incitement',
  'unrepresented_incapacity',
  'authority_not_shown',
  'outside_reception',
  'answered_without_new_facts',
  'final_judgment',
  'handled_elsewhere',
];
