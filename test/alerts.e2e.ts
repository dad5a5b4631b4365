import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { daysAhead } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';

const names = ['open', 'dueSoon', 'overdue', 'backlog', 'overLevel', 'unprocessed'];

describe('the alerts of the demo', () => {
  let server: TestServer;
  let leader: Client;

  beforeAll(async () => {
    server = await startServer({ template: 'demo' });
    leader = await server.as('city.leader');
  }, 180_000);
  afterAll(() => server.stop());

  it('the demo has petitions in all states, some over-level, some late', async () => {
    const count = async (query: string): Promise<number> => (await leader.get(`/petitions?limit=1&count=exact&${query}`)).body.total;
    expect(await count('')).toBeGreaterThan(300);
    const states = [
      'received',
      'classified',
      'transferred',
      'accepted',
      'decided',
      'concluded',
      'answered',
      'guided',
      'returned',
      'filed_away',
      'refused',
      'referred',
      'split',
      'suspended',
      'terminated',
      'closed',
    ];
    const counts = await Promise.all(states.map((state) => count(`state=${state}`)));
    expect(states.filter((_state, index) => counts[index] === 0)).toEqual([]);
    for (const filter of [
      'flag=over_level',
      'flag=forwarded',
      'alert=overdue',
      'alert=backlog',
      'alert=due_soon',
      'alert=on_time',
      'unprocessed=true',
      'receivedTo=2018-12-31',
    ])
      expect([filter, await count(filter)]).toEqual([filter, expect.any(Number)]);
    expect(Math.min(await count('flag=over_level'), await count('alert=overdue'), await count('receivedTo=2018-12-31'))).toBeGreaterThan(0);
  });

  it('the burn-down ends at the backlog of today, at every unit', async () => {
    const { body } = await leader.get('/alerts/summary');
    for (const { unit, own, backlog } of body.items) {
      const { points } = (await leader.get(`/backlog/burn-down?unitId=${unit.id}&includeSubordinates=${!own}&to=${daysAhead(0)}`)).body;
      expect([unit.name, points.at(-1).backlog]).toEqual([unit.name, backlog]);
    }
  });

  it('each figure is the number of petitions in the list that it links to, all the way down', async () => {
    const check = async (by: Client, unit?: string): Promise<void> => {
      const { body } = await by.get(`/alerts/summary${unit ? `?unitId=${unit}` : ''}`);
      for (const name of names) expect(body.total[name]).toBe(sum(body.items.map((item: Json) => item[name])));
      for (const item of body.items)
        for (const name of names) {
          const list = await by.get(`${item.links[name]}&limit=1&count=exact`);
          expect([item.unit.name, name, list.body.total]).toEqual([item.unit.name, name, item[name]]);
        }
    };
    await check(leader);
    const district = (await leader.get('/units?code=001')).body.items[0].id;
    await check(leader, district);
    await check(await server.as('commune.clerk'));
  }, 30_000);

  it('counts every open petition once', async () => {
    const { body } = await leader.get('/alerts/summary');
    expect(body.total.open).toBe((await leader.get('/petitions?open=true&limit=1&count=exact')).body.total);
  });

  it('the reception board and the analyst of the city see what the leader sees', async () => {
    const [own, board, analyst] = await Promise.all(
      ['city.leader', 'city.reception_board', 'city.analyst'].map(
        async (name) => (await (await server.as(name)).get('/alerts/summary')).body,
      ),
    );
    expect(board.total).toEqual(own.total);
    expect(analyst.total).toEqual(own.total);
  });

  it('tells the head and the inspectorate what has lain unprocessed for more than 45 days', async () => {
    const commune = await server.as('commune.leader');
    const unit = (await commune.get('/auth/me')).body.unit.id;
    const count = async (by: Client, query = ''): Promise<number> =>
      (await by.get(`/alerts/summary?unitId=${unit}${query}`)).body.total.unprocessed;
    const before = await count(commune);
    const [petition] = await server.sql<{ id: string }>(
      `select id from petition where responsible_unit_id = $1 and state = 'received' and responsible_since > $2::date - 45 limit 1`,
      [unit, daysAhead(0)],
    );
    const since = (days: number) =>
      server.sql('update petition set responsible_since = $2 where id = $1', [petition!.id, daysAhead(-days)]);
    await since(45);
    expect(await count(commune)).toBe(before);
    await since(46);
    for (const by of [commune, await server.as('city.inspector')]) expect(await count(by)).toBe(before + 1);
    expect((await commune.get(`/petitions?unprocessed=true&unitId=${unit}&limit=200`)).body.items.map(({ id }: Json) => id)).toContain(
      petition!.id,
    );
    expect((await commune.get(`/petitions?unprocessed=false&q=${petition!.id}&limit=200`)).body.items).toEqual([]);
  });

  it('hides units out of scope', async () => {
    const other = (await leader.get('/units?code=00070&asOf=2026-01-05')).body.items[0].id;
    expect((await (await server.as('commune.leader')).get(`/alerts/summary?unitId=${other}`)).status).toBe(404);
    expect((await (await server.as('commune.admin')).get('/alerts/summary')).status).toBe(403);
  });

  it('shows how things stood, and how they will stand if nothing is done', async () => {
    const ahead = (await leader.get(`/alerts/summary?asOf=${daysAhead(400)}`)).body;
    const now = (await leader.get('/alerts/summary')).body;
    expect(ahead.total).toMatchObject({ open: now.total.open, dueSoon: 0, overdue: 0 });
    expect(ahead.items[0].links).toBeNull();
    const before = (await leader.get('/alerts/summary?asOf=2018-01-07')).body;
    expect(before.total).toEqual({ open: 0, dueSoon: 0, overdue: 0, backlog: 0, overLevel: 0, unprocessed: 0 });
    expect((await leader.get('/alerts/summary?asOf=2024-06-03')).body.total.open).toBeGreaterThan(0);
  });
});

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
