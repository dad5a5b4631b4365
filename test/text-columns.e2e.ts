import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clearColumns, textTypes } from '../src/platform/database/audit-triggers.js';
import { columnsOf, namesIn, textColumns, type TextKind, textKinds } from '../src/platform/database/text-columns.js';
import { startServer, type TestServer } from './support/server.js';

let server: TestServer;
let columns: { name: string; column: string; words: boolean }[];

beforeAll(async () => {
  server = await startServer({ template: 'empty' });
  columns = await server.sql(
    `select relname as name, attname as column, atttypid in (${textTypes.map((type) => `'${type}'::regtype`).join(', ')}) as words
     from pg_class c join pg_attribute on attrelid = c.oid and attnum > 0 and not attisdropped
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by relname, attnum`,
  );
});
afterAll(() => server.stop());

const kinds = Object.keys(textKinds) as TextKind[];
const inDatabase = (words: boolean): string[] =>
  columns.filter((one) => one.words === words).map(({ name, column }) => `${name}.${column}`);
const listed = (which: (table: string) => string[]): string[] =>
  Object.keys(textColumns).flatMap((table) => which(table).map((column) => `${table}.${column}`));

describe('every column that can hold words', () => {
  it('is of one kind in the list, and the list names no other', () => {
    expect(listed((table) => columnsOf(table, ...kinds)).sort()).toEqual(inDatabase(true).sort());
  });

  it('of every table: a new one is named before it is used', () => {
    expect(Object.keys(textColumns).sort()).toEqual([...new Set(columns.map(({ name }) => name))].sort());
  });

  it('that officials fill in about a petition leads to it', () => {
    // They name a petition by its number within their words (`what-hangs.ts`).
    const byNumber = ['unit_request', 'unit_request_entry'];
    for (const [table, { ways }] of Object.entries(textColumns))
      if (columnsOf(table, 'words').length > 0 && !byNumber.includes(table)) expect([table, ways?.length ?? 0]).not.toEqual([table, 0]);
  });

  it('and what is named beside them are columns without words', () => {
    const beside = listed((table) => [...namesIn(textColumns[table]!.digested), ...namesIn(textColumns[table]!.leftOut)]);
    expect(beside.filter((column) => !inDatabase(false).includes(column))).toEqual([]);
  });
});

describe('the audit', () => {
  it('tells of every table as the list says, by the triggers of the database', async () => {
    const triggers = await server.sql<{ name: string; told: string; args: string }>(
      `select relname as name, tgfoid::regproc::text as told, replace(encode(tgargs, 'escape'), '\\000', ' ') as args
       from pg_trigger join pg_class c on c.oid = tgrelid where tgname = 'audit_change' order by 1`,
    );
    const audited = Object.keys(textColumns).filter((table) => !textColumns[table]!.notAudited);
    expect(triggers.map(({ name }) => name)).toEqual(audited.sort());
    for (const { name, told, args } of triggers) {
      expect([name, told]).toEqual([name, 'audit_listed']);
      expect([name, args.split(' ')[1]]).toEqual([name, `{${clearColumns(name).join(',')}}`]);
    }
  });

  it('names rows by ids and codes alone', () => {
    for (const [table, { ids, notAudited }] of Object.entries(textColumns)) {
      if (notAudited) continue;
      const named = namesIn(ids ?? 'id');
      const words = columns
        .filter(({ name, column, words: holds }) => name === table && holds && named.includes(column))
        .map(({ column }) => column);
      expect([table, words.filter((column) => !clearColumns(table).includes(column))]).toEqual([table, []]);
    }
  });

  it('tells a column as a digest that nobody has named yet', async () => {
    await server.sql('alter table retention_rule add column forgotten text');
    await server.sql(`update retention_rule set forgotten = 'Kiều Hoạ Mi', source = 'Luật' where kind = 'complaint'`);
    const [record] = await server.sql<{ after: Record<string, string> }>('select after from audit_record order by id desc limit 1');
    expect(record!.after).toMatchObject({ source: 'Luật', forgotten: expect.stringMatching(/^(?:[0-9a-f]{64}|not told)$/) });
  });
});
