import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { daysAhead, must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { aReflectionOn, file, unitId } from './support/stories.js';

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
