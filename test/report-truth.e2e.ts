import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { figuresStatement } from '../src/reporting/counting.js';
import { type Column, columnsOf } from '../src/rules/reports/form.js';
import { builtInSets } from '../src/rules/reports/form-sets.js';
import { sourceNames } from '../src/rules/reports/vocabulary.js';
import { anOffice } from './support/reception.js';
import { exportTold } from './support/report-export.js';
import { histories, periods, type Place, tell } from './support/report-history.js';
import { reference } from './support/report-reference.js';
import { startServer, type TestServer } from './support/server.js';

/*
 * Every column of every form, as the product counts it, against a slow and obvious count of the same history. Each history is written into the database as the
 * services write it, counted over several periods and units, and undone.
 */

const cases = Number(process.env['REPORT_CASES'] ?? 200);
const periodsOfCase = 4;

let server: TestServer;
let client: pg.Client;
let places: Place[];

/** Every column of every set that is registered under a number of its own: a set that the reference does not know fails. */
const yearOf = ({ circular }: { circular: string }) => circular.slice(3, 7);
const columns = builtInSets.flatMap((set) =>
  set.forms.flatMap((form) => columnsOf(form).map((column) => ({ column, form: `${yearOf(set)} ${form.code}` }))),
);

beforeAll(async () => {
  server = await startServer();
  const clerks = await Promise.all(['city.clerk', 'commune.clerk', 'hoankiem.clerk'].map((name) => server.as(name)));
  places = await Promise.all(
    clerks.map(async (clerk) => {
      const office = await anOffice(clerk);
      return { officeId: office.id as string, unitId: (await clerk.get('/auth/me')).body.unit.id as string };
    }),
  );
  client = new pg.Client(server.databaseUrl);
  await client.connect();
  // What is told to others and to the audit is not what is looked at here.
  for (const [table, trigger] of [
    ['petition', 'audit_change'],
    ['petition_event', 'petition_event_out'],
  ])
    await client.query(`alter table ${table} disable trigger ${trigger}`);
});
afterAll(async () => {
  await client.end();
  await server.stop();
});

/** What the product counts: by circular, form and row. */
async function counted(rowOf: ReadonlyMap<string, string>, from: string, to: string): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>();
  for (const row of new Set(rowOf.values()))
    for (const { form, column } of columns)
      found.set(`${form} ${row}`, Array<number>(Math.max(found.get(`${form} ${row}`)?.length ?? 0, column.number)).fill(0));
  for (const source of sourceNames) {
    const own = columns.map(({ column, form }, index) => ({ column, form, index })).filter(({ column }) => column.count.of === source);
    const numbered = own.map(({ column, index }): Column => ({ ...column, number: index }));
    const statement = figuresStatement(source, numbered, { rowOf, from, to });
    const { rows } = await client.query<{ rowId: string } & Record<string, number>>(statement);
    for (const { rowId, ...figures } of rows)
      for (const { column, form, index } of own) found.get(`${form} ${rowId}`)![column.number - 1] = figures[`c${index}`]!;
  }
  return found;
}

const rounded = (figures: Map<string, number[]>) =>
  Object.fromEntries([...figures].map(([name, values]) => [name, values.map((value) => Number(value.toFixed(6)))]));

describe('every figure of every form', () => {
  it(
    'is what a count row by row over the history finds, whatever happened',
    async () => {
      let compared = 0;
      let counting = 0;
      await fc.assert(
        fc.asyncProperty(
          histories,
          fc.array(periods, { minLength: periodsOfCase, maxLength: periodsOfCase }),
          fc.boolean(),
          async (history, stretches, merged) => {
            const { told, sql } = tell(structuredClone(history), places);
            // Alone, or one of them carried on by another.
            const rowOf = new Map(places.map(({ unitId }, index) => [unitId, places[merged && index === 2 ? 1 : index]!.unitId]));
            await client.query('begin');
            try {
              await client.query(sql);
              for (const { from, to } of stretches) {
                const wanted = rounded(reference(told, rowOf, from, to));
                expect({ from, to, ...rounded(await counted(rowOf, from, to)) }).toEqual({ from, to, ...wanted });
                for (const values of Object.values(wanted)) {
                  compared += values.length;
                  counting += values.filter((value) => value > 0).length;
                }
              }
            } finally {
              await client.query('rollback');
            }
          },
        ),
        { numRuns: cases },
      );
      // Not thousands of nothings.
      expect(compared).toBeGreaterThan(cases * periodsOfCase * columns.length);
      expect(counting).toBeGreaterThan(cases * periodsOfCase * 10);
    },
    cases * 2_000,
  );
});

describe('on the demo city', () => {
  it('is what a count row by row over everything that the database holds finds', async () => {
    const demo = await startServer({ template: 'demo' });
    try {
      const inspector = await demo.as('city.inspector');
      const told = await exportTold(demo);
      const units = await demo.sql<{ id: string }>('select id from unit');
      let counting = 0;
      for (const [period, from, to] of [
        ['2025-Y', '2024-12-15', '2025-12-14'],
        ['2026-Q2', '2026-03-15', '2026-06-14'],
        ['2026-Q4', '2026-09-15', '2026-12-14'],
        ['2026-Y', '2025-12-15', '2026-12-14'],
      ] as const) {
        const rowOf = (id: string): string => {
          const into = told.successions.find(({ predecessorId, on }) => predecessorId === id && on <= to);
          return into ? rowOf(into.successorId) : id;
        };
        const wanted = reference(told, new Map(units.map(({ id }) => [id, rowOf(id)])), from, to);
        for (const set of builtInSets)
          for (const { code } of set.forms) {
            const { body } = await inspector.get(`/reports/forms/${code}/figures?period=${period}&version=${set.circular}`);
            for (const { unit, figures } of body.rows) {
              const name = `${yearOf(set)} ${code} ${unit.id}`;
              const expected = wanted.get(name)!.map((value) => Number(value.toFixed(6)));
              expect([period, name, unit.name, Object.values(figures)]).toEqual([period, name, unit.name, expected]);
              counting += expected.filter((value) => value > 0).length;
            }
          }
      }
      expect(counting).toBeGreaterThan(1_000);
    } finally {
      await demo.stop();
    }
  }, 300_000);
});
