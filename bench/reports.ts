/*
 * The statutory forms of a city: each for a year and for a quarter, over all that the database holds, and all of them in one run.
 */

const runs = 5;

export interface ReportsMeasured {
  /** Median milliseconds of each form. */
  forms: { code: string; year: number; quarter: number }[];
  /** All forms of a year in one consistent run, and the units that have a row. */
  whole: { milliseconds: number; units: number };
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
