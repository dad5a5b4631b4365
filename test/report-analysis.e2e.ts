import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aReflectionOn, file, unitId } from './support/stories.js';

let server: TestServer;
let clerk: Client;
let analyst: Client;
let inspector: Client;
let baDinh: string;

/** The legal day of this moment, by the clock that the server has, too. */
const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
const daysBefore = (day: string, days: number): string => new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
/** Everything that is filed here. */
const stretch = `from=${daysBefore(today, 200)}&to=${today}`;
const receivedOn = (day: string) => ({ receivedOn: day, writtenOn: daysBefore(day, 1) });

beforeAll(async () => {
  server = await startServer();
  [clerk, analyst, inspector] = (await Promise.all(['commune.clerk', 'city.analyst', 'city.inspector'].map((name) => server.as(name)))) as [
    Client,
    Client,
    Client,
  ];
  baDinh = await unitId(clerk, '00004');
  for (let count = 0; count < 3; count++) await file(clerk, aComplaintAbout(baDinh, receivedOn(today)));
  await file(clerk, aReflectionOn(baDinh, receivedOn(daysBefore(today, 2))));
  await file(clerk, aReflectionOn(baDinh, receivedOn(daysBefore(today, 150))));
});
afterAll(() => server.stop());

const forecast = async (query = '', by = analyst): Promise<Json> => must(200, by.get(`/reports/forecast?${query}`));
const listed = async (list: string): Promise<Json[]> => (await must(200, inspector.get(`${list.replace('/api/v1', '')}&limit=200`))).items;

describe('a forecast', () => {
  it('counts what runs out by day and unit, with the list of exactly these', async () => {
    const { total, days, items, from, to, before } = await forecast('days=60');
    expect([from, days.length, days.at(-1).dueOn]).toEqual([today, 60, to]);
    expect(total).toEqual({ overdueNow: 1, runningOut: 4, expectedLate: null });
    expect(before.rules.reduce((sum: number, { notKept }: Json) => sum + notKept, 0)).toBeGreaterThan(0);
    expect(items).toHaveLength(1);
    const [row] = items;
    expect(row).toMatchObject({ unit: { id: baDinh }, ...total });
    const running = await listed(row.list);
    expect(running).toHaveLength(4);
    for (const { dueOn, runningOut } of days)
      expect([dueOn, runningOut]).toEqual([dueOn, running.filter(({ nextDueOn }) => nextDueOn === dueOn).length]);
    expect(days.at(-1).sum).toBe(4);
    expect((await listed(row.overdueList)).map(({ alert }) => alert)).toEqual([expect.stringMatching(/^(overdue|backlog)$/)]);
    // A limit that ends today is not overdue before tomorrow, and so stands in the shortest forecast.
    const soonest = running[0]!.nextDueOn;
    const span = (Date.parse(soonest) - Date.parse(today)) / 86_400_000 + 1;
    expect((await forecast(`days=${span}`)).total.runningOut).toBe(running.filter(({ nextDueOn }) => nextDueOn === soonest).length);
    if (span > 1) expect((await forecast(`days=${span - 1}`)).total.runningOut).toBe(0);
  });

  it('says what will probably be late when enough ran out before', async () => {
    for (let count = 0; count < 20; count++) await file(clerk, aReflectionOn(baDinh, receivedOn(daysBefore(today, 100))));
    const { total, rule } = await forecast('days=60');
    // Nothing was kept: all is expected to be late.
    expect(total).toEqual({ overdueNow: 21, runningOut: 4, expectedLate: 4 });
    expect(rule.en).toContain('For planning only');
  });

  it('stays within the view, and refuses what it cannot answer', async () => {
    expect((await forecast('', await server.as('hoankiem.leader'))).items).toEqual([]);
    expect((await (await server.as('hoankiem.leader')).get(`/reports/forecast?unitId=${baDinh}`)).status).toBe(404);
    for (const days of ['0', '367', 'x']) expect((await analyst.get(`/reports/forecast?days=${days}`)).status).toBe(422);
    expect((await inspector.get('/petitions?dueFrom=2026-13-01')).status).toBe(422);
  });
});

describe('a ranking', () => {
  const ranked = (query: string) =>
    must(200, analyst.get(`/reports/pivot?of=petitions&measures=petitions,daysToProcess&by=kind&${stretch}&${query}`));

  it('puts the greatest first, equal ones in one place, and only so many', async () => {
    const { lines } = await must(200, analyst.get(`/reports/pivot?of=petitions&measures=petitions&by=kind&sort=-petitions&${stretch}`));
    expect(lines.map(({ keys, values, rank }: Json) => [keys[0].code, ...values, rank])).toEqual([
      ['reflection', 22, 1],
      ['complaint', 3, 2],
    ]);
    const least = await must(200, analyst.get(`/reports/pivot?of=petitions&measures=petitions&by=kind&sort=petitions&limit=1&${stretch}`));
    expect(least.lines).toMatchObject([{ keys: [{ code: 'complaint' }], rank: 1 }]);
    const days = await must(200, analyst.get(`/reports/pivot?of=petitions&measures=petitions&by=channel,kind&sort=petitions&${stretch}`));
    const ranks = days.lines.map(({ rank }: Json) => rank);
    expect(ranks).toEqual([...ranks].sort((one, other) => one - other));
  });

  it('is among the units of a level', async () => {
    const by = `of=petitions&measures=petitions&by=unit&${stretch}`;
    expect((await must(200, analyst.get(`/reports/pivot?${by}&where=level:commune`))).lines).toHaveLength(1);
    expect((await must(200, analyst.get(`/reports/pivot?${by}&where=level:province`))).lines).toEqual([]);
    expect((await analyst.get(`/reports/pivot?${by}&where=level:hamlet`)).body.errors).toMatchObject([{ pointer: '?where' }]);
  });

  it('names the measures that it can go by', async () => {
    expect((await ranked('sort=-daysToProcess')).lines.every(({ rank }: Json) => rank === null)).toBe(true);
    const { status, body } = await analyst.get(`/reports/pivot?of=petitions&measures=petitions&by=kind&sort=-cases&${stretch}`);
    expect([status, body.errors[0].pointer, JSON.stringify(body.errors[0])]).toEqual([422, '?sort', expect.stringContaining('-petitions')]);
  });
});

describe('charts', () => {
  const picture = async (path: string): Promise<string> => {
    const answer = await analyst.fetch(path);
    expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 200, 'image/svg+xml; charset=utf-8']);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    return answer.text();
  };

  it.each([
    [`/reports/pivot/chart?of=petitions&measures=petitions&by=month,kind&${stretch}`, 'Số đơn theo tháng và loại đơn'],
    [`/reports/pivot/chart?of=petitions&measures=petitions&by=unit&sort=-petitions&limit=10&${stretch}`, 'Phường Ba Đình: 25'],
    [`/reports/durations/chart?of=processing&${stretch}`, 'Số ngày từ khi nhận đến khi xử lý đơn'],
    [`/reports/durations/chart?of=resolution&${stretch}`, 'chưa có số liệu'],
    [`/reports/flows/chart?${stretch}`, 'Không có số liệu'],
    ['/reports/forecast/chart?days=60', 'đến hạn 4'],
  ])('%s has a title and says in words what it shows', async (path, words) => {
    const svg = await picture(path);
    expect(svg).toMatch(/^<svg [^>]*role="img"><title>[^<]+<\/title><desc>[^<]+<\/desc>/);
    expect(svg).toContain(words);
    expect(svg).not.toMatch(/<script|href=|url\(http/);
  });

  it('refuses what a picture cannot show', async () => {
    const of = `/reports/pivot/chart?of=petitions&${stretch}`;
    const refused: [string, string][] = [
      ['&measures=petitions', '?by'],
      ['&measures=petitions&by=month,kind,unit', '?by'],
      ['&measures=petitions,cases&by=month', '?measures'],
      ['&measures=petitions,petitions&by=month,kind', '?measures'],
    ];
    for (const [query, pointer] of refused) {
      const { status, body } = await analyst.get(of + query);
      expect([query, status, body.errors?.[0].pointer]).toEqual([query, 422, pointer]);
    }
  });
});
