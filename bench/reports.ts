import { once } from 'node:events';
import pg from 'pg';
import { builtInSets } from '../src/rules/reports/form-sets.js';
import { columnsOf } from '../src/rules/reports/form.js';
import { periodOf } from '../src/rules/reports/periods.js';
import type { FormTable } from '../src/reporting/files/form-table.js';
import { formWorkbook } from '../src/reporting/files/form-workbook.js';

/*
 * The statutory forms of a city: each for a year and for a quarter, over all that the database holds, and all of them in one run; and the memory that
 * a workbook of them takes.
 */

const runs = 5;

export interface ReportsMeasured {
  /** Median milliseconds of each form. */
  forms: { code: string; year: number; quarter: number }[];
  /** All forms of a year in one consistent run, and the units that have a row. */
  whole: { milliseconds: number; units: number };
}

/** One visit for three petitions of the ten years, every second one again about the matter of the one before it; obligations of every tenth decision, partly carried out. */
export async function loadReportRows(databaseUrl: string, howMany: number): Promise<void> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  const audited = ['reception_visit', 'obligation', 'performance'];
  for (const table of audited) await client.query(`alter table ${table} disable trigger user`);
  await client.query(`
    with office as (
      insert into reception_office (unit_id, name, address, valid_from)
      select id, 'Điểm tiếp công dân (bench)', 'Hà Nội', valid_from from unit where kind = 'peoples_committee' and valid_from < '2026-01-01' returning id, unit_id
    ), numbered as (select id, unit_id, row_number() over (order by unit_id) - 1 as n, count(*) over () as offices from office),
    visit as (
      select new_id() as id, n, '2016-01-04'::date + (n / 2 * 7919 % 3900)::int as day, n / 2 as pair, n % 2 = 1 as again from generate_series(0, ${Math.floor(howMany / 3)} - 1) as n
    ), paired as (select *, first_value(id) over (partition by pair order by n) as matter_id from visit)
    insert into reception_visit (id, unit_id, office_id, year, sequence, number, visited_on, arrived_at, started_at, ended_at, receiver_name, kind, persons,
      representatives, large_group, identity_secret, matter, matter_id, state, result)
    select v.id, o.unit_id, o.id, extract(year from day)::int, 1000000 + v.n, 'BENCH-' || v.n, day, day + time '08:00', day + time '08:00' + (case when again then '1 hour' else '0' end)::interval, day + time '09:30',
      'Cán bộ tiếp công dân', 'complaint', case when v.n % 90 = 0 then 7 else 1 end, 0, v.n % 90 = 0, false, 'Khiếu nại về đất đai', matter_id, 'concluded', 'guided'
    from paired v join numbered o on o.n = v.pair % o.offices`);
  await client.query(`
    with decided as (
      select petition_id, settled_on, row_number() over (order by id) as n from petition_stay where settled_by = 'decision' and kind in ('complaint', 'denunciation')
    ), owed as (
      insert into obligation (petition_id, type, description, responsible, due_on, money, land, persons, fulfilled_on)
      select petition_id, (array['recover_for_state', 'restore_person', 'sanction'])[n % 3 + 1], 'Trả lại tiền, đất', 'UBND', settled_on + 60, n * 1000, n % 500, n % 4,
        case when n % 20 = 0 then settled_on + 45 end
      from decided where n % 10 = 0 returning id, due_on, money, fulfilled_on
    )
    insert into performance (obligation_id, performed_on, money) select id, coalesce(fulfilled_on, due_on - 10), money / 2 from owed`);
  for (const table of audited) await client.query(`alter table ${table} enable trigger user`);
  await client.query('analyze reception_visit, obligation, performance');
  await client.end();
}

/** Bytes of heap that a workbook takes at most while it is written, with few and with many rows. */
export async function measureWorkbookMemory(): Promise<{ rows: number; megabytes: number }[]> {
  const measured: { rows: number; megabytes: number }[] = [];
  for (const rows of [200, 5_000]) measured.push({ rows, megabytes: await peakOf(tablesOf(rows)) });
  return measured;
}

/** Every form of the newest set, one after the other, so that none has to be held. */
function* tablesOf(rows: number): Generator<FormTable> {
  const set = builtInSets.at(-1)!;
  for (const form of set.forms) {
    const figures = Object.fromEntries(columnsOf(form).map(({ number }) => [number, number * 1_000]));
    // The same row again and again: what is measured is the workbook, not the figures.
    const row = { label: 'Phường Ba Đình', kind: 'unit' as const, figures };
    yield {
      set,
      form,
      period: periodOf(2025, 'Y'),
      unit: 'UBND Thành phố Hà Nội',
      asOf: new Date(0),
      rows: new Array<typeof row>(rows).fill(row),
      failed: [],
      apart: [],
      signed: null,
    };
  }
}

async function peakOf(tables: Iterable<FormTable>): Promise<number> {
  const collect = (globalThis as { gc?: () => void }).gc;
  collect?.();
  const before = process.memoryUsage().heapUsed;
  let peak = 0;
  let chunks = 0;
  const output = formWorkbook(tables);
  output.on('data', () => {
    if (chunks++ % 20 > 0) return;
    collect?.();
    peak = Math.max(peak, process.memoryUsage().heapUsed - before);
  });
  await once(output, 'end');
  return peak / 1_048_576;
}

export async function measureReports(api: string, token: string): Promise<ReportsMeasured> {
  const read = async (path: string): Promise<unknown> =>
    (await fetch(`${api}/api/v1/reports/${path}`, { headers: { authorization: `Bearer ${token}` } })).json();
  const { items } = (await read('forms?closingOn=2025-12-14')) as { items: { governs: boolean; forms: { code: string }[] }[] };
  const { forms } = items.find(({ governs }) => governs)!;
  const measured: ReportsMeasured['forms'] = [];
  for (const { code } of forms)
    measured.push({
      code,
      year: await median(() => read(`forms/${code}/figures?period=2025-Y`)),
      quarter: await median(() => read(`forms/${code}/figures?period=2025-Q2`)),
    });
  let units = 0;
  const milliseconds = await median(async () => {
    const answer = (await read('figures?period=2025-Y')) as { forms: { rows: unknown[] }[] };
    units = answer.forms[0]!.rows.length;
  });
  return { forms: measured, whole: { milliseconds, units } };
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.sort((one, other) => one - other)[Math.floor(runs / 2)]!;
}
