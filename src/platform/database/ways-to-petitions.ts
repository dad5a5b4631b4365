import { own } from '../text/own.js';
import { type Step, textColumns } from './text-columns.js';

/*
 * From a row to the petitions that it is about, as SQL: written from the steps that `text-columns.ts` names, so that a new table
 * is reached as soon as it stands there.
 */

/** Ids of the petitions that rows with one of the ids lead to, whatever table they are in. */
export function petitionsOfRows(ids: string): string {
  return Object.entries(textColumns)
    .filter(([, { ways, ids: key }]) => ways && !key)
    .map(([table]) => `select led.id from ${table} own, lateral (${petitionsOf(table, 'own')}) led where own.id = any (${ids}::uuid[])`)
    .join(' union ');
}

function petitionsOf(table: string, alias: string): string {
  return stepsOf(table)
    .map((step) => {
      if (step === 'petition_id') return `select ${alias}.petition_id as id`;
      const [next, column] = targetOf(step);
      const inner = `${alias}_`;
      const those = next === 'petition' ? `select ${inner}.id as id` : petitionsOf(next, inner);
      return `select step.id from ${next} ${inner}, lateral (${those}) step where ${inner}.${column} = ${alias}.${step.by}`;
    })
    .join(' union all ');
}

function targetOf({ of }: Exclude<Step, string>): [table: string, column: string] {
  return of.split('.') as [string, string];
}

function stepsOf(table: string): readonly Step[] {
  const steps = own(textColumns, table)?.ways;
  if (!steps) throw new Error(`text-columns.ts names no way from ${table} to petitions`);
  return steps;
}
