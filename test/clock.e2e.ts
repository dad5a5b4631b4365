import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { demoPassword } from './support/client.js';
import { daysAhead, must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { aReflectionOn, file, unitId } from './support/stories.js';
import { until } from './support/until.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

it('the tests, the server and its database have one clock, which is not the machine’s', async () => {
  const [row] = await server.sql<Record<'begun' | 'running' | 'machine', Date>>(
    'select now() as begun, clock_timestamp() as running, pg_catalog.now() as machine',
  );
  const near = (moment: Date) => Math.abs(moment.getTime() - Date.now()) < 30_000;
  expect([near(row!.begun), near(row!.running), near(row!.machine)]).toEqual([true, true, false]);

  const clerk = await server.as('commune.clerk');
  const petition = await file(clerk, { ...aReflectionOn(await unitId(clerk, '00004')), receivedOn: daysAhead(0) });
  const { items } = await must(200, clerk.get(`/petitions/${petition.id}/history`));
  expect(near(new Date(items[0].recordedAt))).toBe(true);
  // Tomorrow by the clock of the tests is refused, whatever the machine thinks.
  const body = { ...aReflectionOn(await unitId(clerk, '00004')), receivedOn: daysAhead(1) };
  expect((await clerk.post('/petitions', body)).status).toBe(422);
});

it('a token ends by the clock, also when the clock jumps and the token was just looked at', async () => {
  const day = 86_400_000;
  const jumping = await startServer({ env: { PINNED_CLOCK_JUMP: String(3 * day) } });
  try {
    const [clerk, fresh] = await Promise.all([jumping.as('commune.clerk'), jumping.as('commune.leader')]);
    const refresh = (await (await jumping.as()).post('/auth/token', { username: 'commune.handler', password: demoPassword })).body
      .refreshToken;
    const looks = await Promise.all(Array.from({ length: 5 }, () => clerk.get('/auth/me')));
    expect(looks.map(({ status }) => status)).toEqual(Array(5).fill(200));
    jumping.process.kill('SIGUSR2');
    const told = async () => Date.parse((await clerk.get('/auth/me')).headers.get('date')!);
    await until(async () => (await told()) > Date.now() + 2 * day);
    // One whose signature was looked at before, one that was not; not even once.
    for (const client of [clerk, fresh]) expect((await client.get('/auth/me')).status).toBe(401);
    expect(jumping.output()).not.toMatch(/"level":50/);
    expect((await (await jumping.as()).post('/auth/refresh', { refreshToken: refresh })).status).toBe(200);
  } finally {
    await jumping.stop();
  }
});

/** Words of SQL that PostgreSQL answers without looking for a function, so that no test can move them: `now()` says the same. */
const immovable = /\b(current_date|current_time|current_timestamp|localtime|localtimestamp)\b|'(now|today|tomorrow|yesterday)'/i;

it('nothing asks the database for the time in a way that cannot be pinned', () => {
  const files = ['src', 'migrations', 'bench'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => path.join(folder, name)),
  );
  expect(files.length).toBeGreaterThan(500);
  const found = files.filter((name) => immovable.test(readFileSync(name, 'utf8')));
  expect(found).toEqual([]);
});
