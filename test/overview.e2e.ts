import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mammoth from 'mammoth';
import type { Client, Json } from './support/client.js';
import { daysAhead, must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { unitId } from './support/stories.js';

let server: TestServer;
let leader: Client;
let commune: Client;

beforeAll(async () => {
  server = await startServer({ template: 'demo' });
  [leader, commune] = await Promise.all([server.as('city.leader'), server.as('commune.leader')]);
}, 180_000);
afterAll(() => server.stop());

const cellOf = (row: Json, code: string): Json => row.cells.find((cell: Json) => cell.code === code);
/** How many items a list has, all of its pages together. */
async function lengthOf(client: Client, list: string): Promise<number> {
  let [count, cursor] = [0, ''];
  for (;;) {
    const { items, nextCursor } = await must(200, client.get(`${list}${/limit/.test(list) ? '' : paged(list)}${cursor}`));
    count += items.length;
    if (!nextCursor) return count;
    cursor = `&cursor=${nextCursor}`;
  }
}
const paged = (list: string): string => (/reception-head-days|rollout\/units|uninspected/.test(list) ? '' : '&limit=200');

describe("a leader's overview of the demo", () => {
  it('has a row for every unit directly below, with a light for every row of the directive and the rule that made it', async () => {
    const overview = await must(200, leader.get('/overview'));
    expect(overview.period).toEqual({ from: daysAhead(-29), to: daysAhead(0) });
    expect(overview.previous).toEqual({ from: daysAhead(-59), to: daysAhead(-30) });
    expect(new Set(overview.indicators.map(({ row }: Json) => row)).size).toBe(8);
    for (const { rule } of overview.indicators) expect(rule.vi).toMatch(/^Xanh: (từ|đến) \d+ %; vàng: (từ|đến) \d+ %; còn lại: đỏ\.$/);
    const names = overview.rows.map(({ unit }: Json) => unit.name);
    expect(names).toEqual(
      expect.arrayContaining(['Thành phố Hà Nội', 'Phường Ba Đình', 'Phường Hoàn Kiếm', 'Sở Nông nghiệp và Môi trường']),
    );
    const baDinh = overview.rows.find(({ unit }: Json) => unit.name === 'Phường Ba Đình');
    expect(cellOf(baDinh, 'regulations_outdated')).toMatchObject({ part: 1, of: 2, share: 50, light: 'red' });
    expect(cellOf(baDinh, 'superior_stale')).toMatchObject({ part: 1, of: 1, light: 'red' });
    expect(baDinh.light).toBe('red');
    // The parts and wholes of the rows are those of the total.
    for (const { code, part, of } of overview.total.cells) {
      const cells = overview.rows.map((row: Json) => cellOf(row, code)).filter((cell: Json) => cell !== undefined);
      const sum = (name: string) => cells.reduce((total: number, cell: Json) => total + cell[name], 0);
      expect([code, sum('part'), sum('of')]).toEqual([code, part, of]);
    }
    const alerts = await must(200, leader.get('/alerts/summary'));
    expect(cellOf(overview.total, 'backlog')).toMatchObject({ part: alerts.total.backlog, of: alerts.total.open });
  });

  it('opens the list behind every figure, at every unit', async () => {
    const overview = await must(200, leader.get('/overview'));
    let opened = 0;
    for (const { unit, cells } of [overview.total, ...overview.rows])
      for (const { code, part, of, list } of cells) {
        // Of limits kept the list shows those that were not; of the heads' days every unit and period.
        if (code === 'head_days_held') {
          expect((await leader.get(list)).status).toBe(200);
          continue;
        }
        expect([unit.name, code, await lengthOf(leader, list)]).toEqual([unit.name, code, code === 'limits_kept' ? of - part : part]);
        opened++;
      }
    expect(opened).toBeGreaterThan(40);
  });

  it('compares a period with the one before, and says for a state of today that it cannot', async () => {
    const overview = await must(200, leader.get(`/overview?from=${daysAhead(-59)}&to=${daysAhead(-30)}`));
    const now = await must(200, leader.get('/overview'));
    for (const code of ['limits_kept', 'over_level', 'entered_late']) {
      const { part, of, share } = cellOf(overview.total, code);
      expect(cellOf(now.total, code).before).toEqual({ part, of, share });
      expect(['better', 'worse', 'same']).toContain(cellOf(now.total, code).trend);
    }
    expect(cellOf(now.total, 'backlog')).toMatchObject({ before: null, trend: 'unknown' });
  });

  it('is summed up as a paper for the city board', async () => {
    const order = { signerTitle: 'Trưởng ban', signerName: 'Phạm Quốc Huy', opinion: 'Tập trung giải quyết tồn đọng.' };
    const board = await server.as('city.reception_board');
    const made = await must(201, board.post('/overview/summaries', order));
    expect(made.number).toMatch(/^\d+\/BC-BTCD$/);
    const { value: text } = await mammoth.extractRawText({ buffer: await board.download(made.file) });
    const overview = await must(200, board.get('/overview'));
    const backlog = cellOf(overview.total, 'backlog');
    expect(text).toContain(
      `Đơn tồn đọng: ${backlog.part}/${backlog.of} (${String(backlog.share).replace('.', ',')} %); kỳ trước: không so sánh. Mức: đỏ.`,
    );
    for (const { unit } of overview.rows.filter(({ light }: Json) => light === 'red')) expect(text).toContain(`${unit.name}: `);
    expect(text).toContain('Tập trung giải quyết tồn đọng.');
    expect((await commune.get('/overview')).status).toBe(200);
    expect((await (await server.as('city.analyst')).post('/overview/summaries', order)).status).toBe(403);
  });

  it('shows a commune its own state, and refuses what is out of scope or ahead', async () => {
    const own = await must(200, commune.get('/overview'));
    expect(own.rows.map(({ unit }: Json) => unit.name)).toContain('Phường Ba Đình');
    const city = await unitId(leader, '01');
    expect((await commune.get(`/overview?unitId=${city}`)).status).toBe(404);
    expect((await leader.get(`/overview?to=${daysAhead(1)}`)).status).toBe(422);
    expect((await leader.get('/overview?from=2024-01-01&to=2026-01-01')).status).toBe(422);
    expect((await (await server.as('city.admin')).get('/overview')).status).toBe(403);
  });
});

it('the demo has a session by video that was told, tested, held and recorded', async () => {
  const cityClerk = await server.as('city.clerk');
  const { items } = await must(200, cityClerk.get('/reception-sessions?type=ad_hoc&state=closed&from=2026-07-01'));
  const session = items.find(({ online, title }: Json) => online && title?.includes('khu tập thể'));
  const { notifiedOn, testSucceeded, participants, recording } = await must(200, cityClerk.get(`/reception-sessions/${session.id}/online`));
  expect(notifiedOn < session.onDate).toBe(true);
  expect([testSucceeded, participants.length, recording, session.visits]).toEqual([true, 2, null, 1]);
  const [part] = (await must(200, cityClerk.get(`/reception-sessions/${session.id}/online/recordings`))).items;
  expect((await cityClerk.download(part.content.replace('/api/v1', ''))).subarray(0, 4).toString()).toBe('RIFF');
});
