import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addCheck } from './online.js';

type Shape = 'array' | 'object';

/** What code reads as a list or as an object, by table and column. */
const shapes: [table: string, column: string, shape: Shape][] = [
  ['petition', 'respondent', 'object'],
  ['petition', 'prior_handling', 'array'],
  ['petition', 'flags', 'array'],
  ['petition', 'eligibility', 'object'],
  ['petition_limit', 'sources', 'array'],
  ['petition_party', 'authorisation', 'object'],
  ['transfer', 'reply', 'object'],
  ['dialogue', 'participants', 'array'],
  ['dispatch', 'recipients', 'array'],
  ['protection_request', 'measures', 'array'],
  ['triage_proposal', 'details', 'object'],
  ['triage_proposal', 'approved_details', 'object'],
  ['background_job', 'parameters', 'object'],
  ['idempotency_key', 'headers', 'object'],
  ['reception_office', 'opening_hours', 'array'],
  ['reception_room', 'equipment', 'array'],
  ['reception_visit', 'papers', 'array'],
  ['reception_visit_revision', 'content', 'object'],
  ['inspection_item', 'system', 'object'],
  ['inspection_review', 'system', 'object'],
  ['inspection_review', 'answers', 'array'],
  ['opening_figure', 'figures', 'object'],
  ['statutory_report', 'narrative', 'object'],
  ['statutory_report', 'frozen', 'object'],
];

/** Of tables that are never changed: new rows are checked, old ones are what they are. */
const neverChanged: typeof shapes = [
  ['petition_event', 'facts', 'object'],
  ['outgoing_event', 'data', 'object'],
  ['audit_record', 'before', 'object'],
  ['audit_record', 'after', 'object'],
  ['report_form_set', 'forms', 'array'],
  ['report_form_set', 'provisional', 'object'],
  ['report_form_set', 'title', 'object'],
  ['inspection_sample', 'strata', 'array'],
  ['inspection_draw', 'candidates', 'array'],
  ['reception_session_change', 'after', 'object'],
  ['reception_session_change', 'before', 'object'],
];

const nameOf = (table: string, column: string) => `${table}_${column}_shape`;
const checkOf = (column: string, shape: Shape) => `check (jsonb_typeof("${column}") = '${shape}')`;

/**
 * A list that is stored as JSON null is read as a list and breaks every answer that it stands in. The database refuses it; what earlier versions
 * stored so becomes what a list or object with nothing in it is: no value where the column may have none.
 */
export class JsonShapes1764000000031 implements MigrationInterface {
  transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const [table, column, shape] of shapes) {
      const [{ nullable }] = (await queryRunner.query(
        `select not attnotnull as nullable from pg_attribute where attrelid = $1::regclass and attname = $2`,
        [table, column],
      )) as [{ nullable: boolean }];
      const nothing = nullable ? 'null' : `'${shape === 'array' ? '[]' : '{}'}'`;
      await queryRunner.query(`update "${table}" set "${column}" = ${nothing} where jsonb_typeof("${column}") <> '${shape}'`);
    }
    for (const [table, column, shape] of shapes) await addCheck(queryRunner, table, nameOf(table, column), checkOf(column, shape));
    for (const [table, column, shape] of neverChanged) {
      const name = nameOf(table, column);
      await queryRunner.query(
        `alter table "${table}" drop constraint if exists ${name}, add constraint ${name} ${checkOf(column, shape)} not valid`,
      );
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const [table, column] of [...shapes, ...neverChanged])
      await queryRunner.query(`alter table "${table}" drop constraint if exists ${nameOf(table, column)}`);
  }
}
