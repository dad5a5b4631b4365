import pg from 'pg';

/*
 * The leader's overview: all indicators of the directive over all petitions, at the units of the demo and at as many communes as Hanoi has.
 */

const communes = 126;
const runs = 7;

export interface OverviewMeasured {
  /** Units whose figures it adds up, and the median of its answer in milliseconds, before and after the city has all its communes. */
  few: { units: number; milliseconds: number };
  many: { units: number; milliseconds: number };
  /** The same over a whole year instead of a month. */
  year: { units: number; milliseconds: number };
}

export async function measureOverview(api: string, token: string, databaseUrl: string, cityId: string): Promise<OverviewMeasured> {
  const few = await measure(api, token);
  const client = new pg.Client(databaseUrl);
  await client.connect();
  await client.query(
    `insert into unit (code, symbol, name, level, kind, parent_id, valid_from)
     select 'O' || n, 'OV-' || n, 'Phường mới ' || n, 'commune', 'peoples_committee', $1, '2025-07-01' from generate_series(1, $2::int) as n`,
    [cityId, communes - few.units],
  );
  await client.query('analyze unit_closure');
  await client.end();
  // Other instances see a change of the units within a second.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const aYearAgo = new Date(Date.now() - 364 * 86_400_000).toISOString().slice(0, 10);
  return { few, many: await measure(api, token), year: await measure(api, token, `?from=${aYearAgo}`) };
}

async function measure(api: string, token: string, search = ''): Promise<OverviewMeasured['few']> {
  const times: number[] = [];
  let units = 0;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    const answer = await fetch(`${api}/api/v1/overview${search}`, { headers: { authorization: `Bearer ${token}` } });
    const { rows } = (await answer.json()) as { rows: unknown[] };
    times.push(performance.now() - start);
    units = rows.length;
  }
  return { units, milliseconds: times.sort((one, other) => one - other)[Math.floor(runs / 2)]! };
}
