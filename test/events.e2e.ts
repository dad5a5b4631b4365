import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import type { Client, Json } from './support/client.js';
import { must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, aReflectionOn, classify, file, unitId } from './support/stories.js';
import { until } from './support/until.js';

/** What came to the receiver. */
interface Call {
  path: string;
  headers: Record<string, string>;
  body: string;
}

let server: TestServer;
let receiver: http.Server;
let base: string;
let clerk: Client;
let admin: Client;
let unit: string;
const calls: Call[] = [];
/** How the receiver answers by path; 204 where nothing is said. */
const answers: Record<string, number> = {};

beforeAll(async () => {
  receiver = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      const path = request.url ?? '';
      calls.push({ path, headers: request.headers as Record<string, string>, body });
      response.writeHead(answers[path] ?? 204).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  server = await startServer({ env: { TIEPDAN_WEBHOOK_ALLOW: '127.0.0.1', TIEPDAN_WEBHOOK_ATTEMPTS: '2' } });
  clerk = await server.as('commune.clerk');
  admin = await server.as('commune.admin');
  unit = await unitId(clerk, '00004');
});
afterAll(async () => {
  await server.stop();
  receiver.close();
});
const subscribe = async (path: string, more: object = {}): Promise<Json> => {
  const { status, body } = await admin.post('/webhooks', { url: `${base}${path}`, ...more });
  expect(status).toBe(201);
  return body;
};
const deliveries = async (id: string, state = ''): Promise<Json[]> =>
  (await admin.get(`/webhooks/${id}/deliveries?state=${state}`)).body.items;

describe('the feed', () => {
  it('tells what happened in order, page by page, and from where to go on', async () => {
    const petition = await classify(clerk, await file(clerk, aComplaintAbout(unit)));
    const first = (await clerk.get('/events?after=0&limit=1')).body;
    expect(first).toMatchObject({ more: true, next: first.items[0].position });
    const rest = (await clerk.get(`/events?after=${first.next}`)).body;
    expect([...first.items, ...rest.items].map(({ type }: Json) => type)).toEqual(['petition.received', 'petition.classified']);
    expect(rest.items[0]).toMatchObject({
      type: 'petition.classified',
      occurredOn: '2026-05-12',
      data: {
        petitionId: petition.id,
        number: petition.number,
        kind: 'complaint',
        state: 'classified',
        responsibleUnitId: petition.responsibleUnit.id,
      },
    });
    expect((await clerk.get(`/events?after=${rest.next}&epoch=${rest.epoch}`)).body).toEqual({
      items: [],
      next: rest.next,
      epoch: first.epoch,
      more: false,
    });
    expect((await clerk.get('/events?types=petition.received,petition.closed')).body.items).toHaveLength(1);
    expect((await clerk.get('/events?after=-1')).body.errors[0].pointer).toBe('?after');
  });

  it('leaves nothing out for a reader who follows forty parallel writers', async () => {
    const start = (await clerk.get('/events?after=0&limit=1000')).body.next;
    const seen: number[] = [];
    let [next, writing] = [start, true];
    const reading = (async () => {
      do {
        const last = !writing;
        const { body } = await clerk.get(`/events?after=${next}&limit=1000`);
        seen.push(...body.items.map(({ position }: Json) => position));
        next = body.next;
        if (last && body.items.length === 0) return;
      } while (true);
    })();
    await Promise.all(Array.from({ length: 40 }, async () => classify(clerk, await file(clerk, aComplaintAbout(unit)))));
    writing = false;
    await reading;
    expect(seen).toEqual(Array.from({ length: 80 }, (_, index) => start + index + 1));
  });

  it('tells units outside of it nothing', async () => {
    expect((await (await server.as('district.clerk')).get('/events')).body.items).toEqual([]);
    expect((await (await server.as('city.inspector')).get('/events?limit=1000')).body.items.length).toBeGreaterThan(80);
  });
});

describe('a webhook', () => {
  it('carries an event, signed by Standard Webhooks, without who filed it', async () => {
    const { id, secret } = await subscribe('/signed', { types: ['petition.received'] });
    const petition = await file(
      clerk,
      aDenunciationOf(unit, 'official', { parties: [{ role: 'petitioner', type: 'person', name: 'Cao Thị Hạnh' }] }),
    );
    await classify(clerk, petition);
    const call = await until(() => calls.find(({ path }) => path === '/signed'));
    const message = new Webhook(secret).verify(call.body, call.headers) as Json;
    expect(message).toMatchObject({ type: 'petition.received', data: { petitionId: petition.id, kind: 'denunciation' } });
    expect(call.body).not.toMatch(/Hạnh|Tố cáo công chức|thu tiền/);
    expect(() => new Webhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw').verify(call.body, call.headers)).toThrow();
    const [delivered] = await until(async () => ((await deliveries(id, 'delivered')).length > 0 ? deliveries(id) : undefined));
    expect(delivered).toMatchObject({
      id: call.headers['webhook-id'],
      state: 'delivered',
      attempts: 1,
      lastStatus: 204,
      eventType: 'petition.received',
    });
    expect(calls.filter(({ path }) => path === '/signed')).toHaveLength(1);
  });

  it('is signed with the secret of before as well, for a day after a new one', async () => {
    const { id, secret } = await subscribe('/changed');
    const renewed = (await admin.post(`/webhooks/${id}/secret`, {})).body.secret;
    expect(renewed).not.toBe(secret);
    expect((await admin.post(`/webhooks/${id}/test`, {})).body).toMatchObject({ delivered: true, status: 204, error: null });
    const call = calls.find(({ path }) => path === '/changed')!;
    for (const key of [secret, renewed]) expect(new Webhook(key).verify(call.body, call.headers)).toMatchObject({ type: 'webhook.test' });
  });

  it('is tried again, laid aside when it fails for good, and sent again under the same id', async () => {
    answers['/failing'] = 503;
    const { id } = await subscribe('/failing', { types: ['petition.received'] });
    await file(clerk, aComplaintAbout(unit));
    const [dead] = await until(async () => ((await deliveries(id, 'dead')).length > 0 ? deliveries(id, 'dead') : undefined));
    expect(dead).toMatchObject({ state: 'dead', attempts: 2, lastStatus: 503 });
    answers['/failing'] = 200;
    expect((await admin.post(`/webhooks/deliveries/${dead!.id}/replay`, {})).status).toBe(202);
    await until(async () => ((await deliveries(id, 'delivered')).length > 0 ? true : undefined));
    const ids = calls.filter(({ path }) => path === '/failing').map(({ headers }) => headers['webhook-id']);
    expect(ids).toEqual([dead!.id, dead!.id, dead!.id]);
    expect((await admin.post(`/webhooks/${id}/replays`, { after: 0 })).body.queued).toBeGreaterThan(40);
  });

  it('and the feed tell of a gathering its petition only where that is seen', async () => {
    const cityClerk = await server.as('city.clerk');
    const hoanKiem = await unitId(cityClerk, '00070');
    const { id: petitionId } = await file(cityClerk, aReflectionOn(hoanKiem));
    await subscribe('/gathering', { types: ['incident.reported'] });
    const gathering = (more: object): Promise<Json> =>
      must(
        201,
        cityClerk.post('/reception-incidents', {
          placeType: 'own_office',
          place: 'Trụ sở tiếp công dân Thành phố',
          startedAt: '2026-09-08T08:00:00+07:00',
          persons: 30,
          kind: 'reflection',
          matter: 'Phản ánh đường ngập',
          originUnitId: unit,
          ...more,
        }),
      );
    const about = await gathering({ petitionId });
    const plain = await gathering({});
    const told = async (by: Client): Promise<Json> =>
      Object.fromEntries(
        (await by.get('/events?types=incident.reported')).body.items.map(({ data }: Json) => [data.incidentId, data.petitionId]),
      );
    expect(await told(clerk)).toEqual({ [about.id]: null, [plain.id]: null });
    expect(await told(cityClerk)).toEqual({ [about.id]: petitionId, [plain.id]: null });
    const { data } = JSON.parse((await until(() => calls.find(({ path, body }) => path === '/gathering' && body.includes(about.id)))).body);
    expect(data).toMatchObject({ originUnitId: unit, petitionId: null });
  });

  it('to a target that is gone stops, and goes on when an administrator says so', async () => {
    answers['/gone'] = 410;
    const { id } = await subscribe('/gone');
    await file(clerk, aComplaintAbout(unit));
    const stopped = await until(async () => {
      const { body, headers } = await admin.get(`/webhooks/${id}`);
      return body.active ? undefined : { body, tag: headers.get('etag')! };
    });
    expect(stopped.body.stoppedBecause).toMatch(/410/);
    const changed = await admin.patch(`/webhooks/${id}`, { active: true }, { 'if-match': stopped.tag });
    expect([changed.status, changed.body.active, changed.body.stoppedBecause]).toEqual([200, true, null]);
  });

  it('is told of events below only where it is asked for', async () => {
    const district = await server.as('district.admin');
    const url = `${base}/district`;
    expect((await district.post('/webhooks', { url, types: ['petition.received'] })).status).toBe(201);
    expect((await district.post('/webhooks', { url: `${url}-and-below`, includeSubordinates: true })).status).toBe(201);
    await file(clerk, aComplaintAbout(unit));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(calls.filter(({ path }) => path === '/district')).toEqual([]);
  });

  it.each([
    ['https://127.0.0.2/', 'not_reachable'],
    ['https://169.254.169.254/latest/meta-data', 'not_reachable'],
    ['http://example.org/', 'scheme'],
    ['https://a:b@example.org/', 'credentials'],
    ['gopher://x', 'url'],
  ])('never goes to %s (%s)', async (url, code) => {
    const { status, body } = await admin.post('/webhooks', { url });
    expect([status, body.errors[0].pointer, body.errors[0].code]).toEqual([422, '/url', code]);
  });

  it('belongs to the administrators of its unit, and its secret is told once', async () => {
    const { id, secret } = await subscribe('/mine');
    const { body } = await admin.get('/webhooks');
    expect(body.items.length).toBeGreaterThan(4);
    expect(JSON.stringify(body)).not.toContain(secret);
    expect((await (await server.as('city.admin')).get(`/webhooks/${id}`)).status).toBe(200);
    const [row] = await server.sql<{ all: string }>('select s::text as all from webhook_subscription s where id = $1', [id]);
    expect(row!.all).not.toContain(Buffer.from(secret).toString('hex'));
    expect((await admin.delete(`/webhooks/${id}`)).status).toBe(204);
    expect((await admin.get(`/webhooks/${id}`)).status).toBe(404);
    expect((await admin.get(`/webhooks/${id}/deliveries`)).status).toBe(404);
  });
});
