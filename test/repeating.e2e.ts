import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessFixtures } from './support/access-fixtures.js';
import type { Answer, Client, Json } from './support/client.js';
import { exampleOf, type Operation } from './support/openapi-bodies.js';
import { anOffice, must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, file, unitId } from './support/stories.js';

/** A lost answer can be asked for again: every POST takes `Idempotency-Key`, but for those that say why not. */
const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
const posts = Object.entries<{ post?: Operation }>(document.paths).flatMap(([path, { post }]) => (post ? [{ path, operation: post }] : []));
const keyed = '#/components/parameters/IdempotencyKey';
const callers = ['commune.clerk', 'commune.leader', 'commune.admin', 'city.leader', 'city.admin', 'city.inspector', 'commune.handler'];

let server: TestServer;
let fixtures: AccessFixtures;

beforeAll(async () => {
  server = await startServer({ env: { TIEPDAN_WEBHOOK_ALLOW: '127.0.0.1', TIEPDAN_WEBHOOK_ATTEMPTS: '1' } });
  fixtures = await AccessFixtures.at(server);
});
afterAll(() => server.stop());

it('every POST takes a key or says why not, and nothing else takes one', () => {
  expect(posts.length).toBeGreaterThan(150);
  for (const { path, operation } of posts) {
    const takes = (operation.parameters ?? []).some(({ $ref }) => $ref === keyed);
    expect([path, takes]).toEqual([path, operation['x-not-repeatable'] === undefined]);
  }
  // A short list, of sessions, looks and what stores nothing: whoever adds to it sees it grow.
  expect(posts.filter(({ operation }) => operation['x-not-repeatable'])).toHaveLength(21);
});

describe('what was done once', () => {
  const done: string[] = [];

  it.each(posts.filter(({ operation }) => !operation['x-not-repeatable'] && !operation.requestBody?.content['multipart/form-data']))(
    '$path is not done again with the same key',
    async ({ path, operation }) => {
      const address = await fixtures.pathOf(path);
      const body = (await fixtures.bodyOf(`POST ${path}`)) ?? exampleOf(document, operation);
      for (const name of callers) {
        const client = await server.as(name);
        const headers = { 'idempotency-key': randomUUID(), 'if-match': '*' };
        const first = await send(client, address, body, headers);
        if (first.status >= 300) continue;
        const second = await send(client, address, body, headers);
        expect([path, second.status, second.headers.get('idempotent-replayed')]).toEqual([path, first.status, 'true']);
        expect(second.body).toEqual(first.body);
        for (const header of ['etag', 'location']) expect(second.headers.get(header)).toBe(first.headers.get(header));
        done.push(path);
        return;
      }
    },
  );

  it('is most of what there is', () => {
    process.stdout.write(`${done.length} operations repeated with their key\n`);
    expect(done.length).toBeGreaterThan(90);
  });
});

it('a call of the queue that is sent eight times at once with one key calls one citizen', async () => {
  const clerk = await server.as('commune.clerk');
  const office = await anOffice(clerk);
  for (let index = 0; index < 3; index++) await must(201, clerk.post(`/reception-offices/${office.id}/tickets`));
  const headers = { 'idempotency-key': randomUUID() };
  const send = () => clerk.post(`/reception-offices/${office.id}/calls`, { roomId: office.rooms[0].id }, headers);
  const answers = await Promise.all(Array.from({ length: 8 }, send));
  const statuses = answers.map(({ status }) => status);
  // Whoever comes while the first is under way is told so, and whoever comes after it gets its answer.
  expect(statuses.filter((status) => status !== 200 && status !== 409)).toEqual([]);
  expect(statuses).toContain(200);
  const called = await server.sql(`select id from reception_ticket where office_id = '${office.id}' and state = 'called'`);
  expect(called).toHaveLength(1);
  expect((await send()).headers.get('idempotent-replayed')).toBe('true');
});

it('what the database refused at the commit is not answered as done, and its key is free', async () => {
  const clerk = await server.as('commune.clerk');
  await server.sql(
    `create function refuse_commit() returns trigger language plpgsql as $$ begin raise exception using errcode = '23514', constraint = 'too_late'; end $$`,
  );
  await server.sql(
    'create constraint trigger refuse_commit after insert on petition deferrable initially deferred for each row execute function refuse_commit()',
  );
  const body = aComplaintAbout(await unitId(clerk, '00004'));
  const headers = { 'idempotency-key': randomUUID() };
  const refused = await clerk.post('/petitions', body, headers);
  await server.sql('drop trigger refuse_commit on petition');
  expect(refused.status).toBe(409);
  const stored = await clerk.post('/petitions', body, headers);
  expect([stored.status, stored.headers.get('idempotent-replayed')]).toEqual([201, null]);
  const again = await clerk.post('/petitions', body, headers);
  expect([again.body.id, again.headers.get('idempotent-replayed')]).toEqual([stored.body.id, 'true']);
});

it('a key that was used for something else is told', async () => {
  const clerk = await server.as('commune.clerk');
  const petition = await file(clerk, aComplaintAbout(await unitId(clerk, '00004')));
  const headers = { 'idempotency-key': randomUUID() };
  await must(
    200,
    clerk.post(`/petitions/${petition.id}/guidance`, { guidedOn: '2026-05-13', content: 'Hướng dẫn gửi đúng nơi.' }, headers),
  );
  const other = await clerk.post(`/petitions/${petition.id}/guidance`, { guidedOn: '2026-05-14', content: 'Nội dung khác.' }, headers);
  expect([other.status, other.body.type]).toEqual([422, expect.stringContaining('idempotency-key-reused')]);
});

function send(client: Client, path: string, body: Json, headers: Record<string, string>): Promise<Answer> {
  return client.raw('POST', path, body === undefined ? undefined : JSON.stringify(body), {
    ...headers,
    ...(body !== undefined && { 'content-type': 'application/json' }),
  });
}
