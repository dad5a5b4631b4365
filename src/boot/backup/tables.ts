import type pg from 'pg';
import { reason } from '../../platform/database/reach.js';
import { safeClient } from '../../platform/database/pools.js';
import { asOptions } from '../../platform/database/data-source.js';
import { BackupError } from './backup-error.js';

/** A table as it is written and read: without what the database computes itself. */
export interface TableShape {
  table: string;
  columns: string[];
}

/** How values are told, whatever the server says: the same text on every version. */
const format = {
  client_encoding: 'UTF8',
  datestyle: 'ISO',
  intervalstyle: 'postgres',
  timezone: 'UTC',
  bytea_output: 'hex',
  extra_float_digits: '1',
  xmloption: 'content',
  row_security: 'off',
};

/** A session of the owner of the tables that may take as long as it takes. */
export async function ownerSession(url: string, name: string, settings: Record<string, string> = {}): Promise<pg.Client> {
  const client = safeClient({
    connectionString: url,
    application_name: `tiepdan ${name}`,
    query_timeout: 0,
    options: asOptions({
      ...format,
      statement_timeout: '0',
      idle_in_transaction_session_timeout: '0',
      lock_timeout: '30s',
      ...settings,
    }),
  });
  await client.connect();
  return client;
}

/** The tables of the product, by name. The table of migrations is the schema itself and belongs to whoever runs them. */
export async function tablesOf(client: pg.Client): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape>(
    `select c.relname as "table", array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'migrations'
       and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
     group by c.relname order by c.relname collate "C"`,
  );
  return rows;
}

/** Sequences of the product's tables; that of the migrations counts by itself. */
export async function sequencesOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S' and relname <> 'migrations_id_seq'
     order by relname collate "C"`,
  );
  return rows.map(({ name }) => name);
}

/** Whether a table is there at all. */
export async function isThere(client: pg.Client, table: string): Promise<boolean> {
  const { rows } = await client.query<{ present: boolean }>('select to_regclass($1) is not null as present', [table]);
  return rows[0]!.present;
}

/** `public."petition" ("id", …)`, for COPY. */
export function copied({ table, columns }: TableShape): string {
  return `${named(table)} (${columns.map(quoted).join(', ')})`;
}

export function named(table: string): string {
  return `public.${quoted(table)}`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * Lets what the database, a disk or a bucket refuses be one line.
 * @throws BackupError
 */
export async function toldInOneLine<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, name } = error as { code?: string; name?: string };
    // What is the product's own fault stays as it is, with its place.
    if (code === undefined && name !== 'AggregateError') throw error;
    const advice = code === '42501' ? '; name the account that owns the tables in TIEPDAN_OWNER_DATABASE_URL' : '';
    throw new BackupError(`${what}: ${reason(error)}${advice}`);
  }
}
