import type { EntityManager } from 'typeorm';
import { emptyWhereSealed, sealedPeopleTables } from './person-attributes.js';

/**
 * Lets the constraints of the database be what the list of attributes says: a row that is sealed holds nothing of its person beside the
 * seal. Run after the migrations at each start; it touches a constraint that covers other columns alone.
 */
export async function sealAsListed(manager: EntityManager): Promise<void> {
  for (const table of sealedPeopleTables) {
    const name = `${table}_sealed`;
    const wanted = emptyWhereSealed(table);
    const covered = await manager.query<{ column: string }[]>(
      `select attname as column from pg_constraint join pg_attribute on attrelid = conrelid and attnum = any (conkey)
       where conrelid = to_regclass($1) and conname = $2`,
      [table, name],
    );
    const known = new Set(covered.map(({ column }) => column));
    if (wanted.every(({ column }) => known.has(column))) continue;
    const nothing = wanted.map(({ column, empty }) => (empty === null ? `${column} is null` : `${column} = '${empty}'`)).join(' and ');
    await manager.query(
      `alter table ${table} drop constraint if exists ${name}, add constraint ${name} check (
         (sealed is null) = (sealed_key is null) and (sealed is null or (${nothing})))`,
    );
  }
}
