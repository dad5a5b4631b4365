import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';
import { aReflectionOn, file, unitId } from './support/stories.js';

const metricsToken = 'a-token-of-the-tests-alone';
const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
const reads = Object.entries<Json>(document.paths).flatMap(([path, operations]) =>
  operations.get ? [{ path, operation: operations.get }] : [],
);

let server: TestServer;
let leader: Client;
let clerk: Client;
let city: string;

beforeAll(async () => {
  server = await startServer({
    env: { TIEPDAN_BODY_STALL_SECONDS: '2', TIEPDAN_BODY_MINIMUM_RATE: '20000', TIEPDAN_METRICS_TOKEN: metricsToken },
  });
  [leader, clerk] = await Promise.all([server.as('city.leader'), server.as('commune.clerk')]);
  city = (await leader.get('/auth/me')).body.unit.id;
});
afterAll(() => server.stop());

describe('a file that is streamed', () => {
  const id = '0199d3f2-6c7a-7c11-9d1e-2f6f1f6f0a11';
  const files = reads.filter(({ operation }) => !Object.keys(operation.responses['200']?.content ?? {}).every((type) => /json/.test(type)));

  /** Values that the parameter cannot have. */
  function wrong({ name, schema }: Json): string[] {
    const type = [schema.type].flat()[0];
    // A case that there is not has no petitions, which is no mistake.
    if (schema.format === 'uuid') return name === 'caseId' ? ['x'] : ['x', id];
    if (schema.format === 'date') return ['2026-02-30', 'yesterday'];
    if (schema.enum || type === 'boolean' || type === 'integer') return ['perhaps'];
    return ['%00'];
  }

  const cases = files.flatMap(({ path, operation }) =>
    (operation.parameters ?? [])
      .filter(({ in: where }: Json) => where === 'query')
      .flatMap((parameter: Json) => wrong(parameter).map((value) => ({ path, operation, name: parameter.name as string, value }))),
  );

  it('there are some', () => {
    expect(new Set(cases.map(({ path }) => path)).size).toBeGreaterThanOrEqual(5);
    expect(cases.length).toBeGreaterThan(30);
  });

  it.each(cases)('$path is refused with $name=$value before it begins', async ({ path, operation, name, value }) => {
    const parameters = (operation.parameters as Json[]).filter((parameter) => parameter.in === 'query' && parameter.name !== name);
    const others = parameters.filter((parameter) => parameter.required || parameter.name === 'format');
    const formats: string[] = others.find((parameter) => parameter.name === 'format')?.schema.enum ?? [''];
    for (const format of formats) {
      const given = others.map((parameter) => `${parameter.name}=${parameter.name === 'format' ? format : valid(parameter)}`);
      const answer = await leader.get(
        `${path.replace('{code}', '02-XLD').replaceAll(/\{\w+\}/g, id)}?${[...given, `${name}=${value}`].join('&')}`,
      );
      expect([404, 422]).toContain(answer.status);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.headers.get('content-disposition')).toBeNull();
      if (answer.status === 422) expect(JSON.stringify(answer.body.errors)).toMatch(/"pointer":"\?/);
    }
  });

  /** A value of a parameter without which there is no answer. */
  function valid({ name, schema, example }: Json): string {
    const values: Record<string, string> = { from: '2026-01-01', to: '2026-01-31', period: '2026-Y', measures: 'petitions' };
    return values[name] ?? schema.enum?.[0] ?? schema.example ?? example ?? 'x';
  }

  it.each(['csv', 'xlsx'])('comes whole as %s, also without a row', async (format) => {
    const address = `/petitions/exports?format=${format}&receivedFrom=2019-01-01&receivedTo=2019-01-02`;
    const content = await leader.download(address);
    expect(content.subarray(0, format === 'csv' ? 3 : 2).toString('hex')).toBe(format === 'csv' ? 'efbbbf' : '504b');
    await file(clerk, aReflectionOn(await unitId(clerk, '00004')));
    expect((await clerk.download(`/petitions/exports?format=csv`)).toString('utf8').trim().split('\n').length).toBeGreaterThan(1);
  });
});

describe('an answer', () => {
  it('under a token is never kept, whatever its route says', async () => {
    for (const { path } of reads) {
      const { status, headers } = await leader.get(path.replaceAll(/\{\w+\}/g, 'x'));
      expect([path, status < 500, headers.get('cache-control')]).toEqual([path, true, expect.stringContaining('no-store')]);
    }
    expect((await leader.get('/nothing')).headers.get('cache-control')).toBe('no-store');
  });

  it('without one is kept only where its route says so', async () => {
    const nobody = await server.as();
    const kept: string[] = [];
    for (const { path } of reads) {
      const { headers } = await nobody.get(`${path.replaceAll(/\{\w+\}/g, city)}${path.endsWith('calendar') ? `?unitId=${city}` : ''}`);
      if (!headers.get('cache-control')?.includes('no-store')) kept.push(path);
    }
    expect(kept.sort()).toEqual(['/api/v1/public/reception-calendar', '/api/v1/public/units/{id}/reception-calendar.ics']);
  });
});

describe('operation', () => {
  it('tells its figures to whoever has the token', async () => {
    const nobody = await server.as();
    expect((await nobody.get('/metrics')).status).toBe(401);
    expect((await nobody.get('/metrics', { authorization: `Bearer ${metricsToken}x` })).status).toBe(401);
    expect((await clerk.get('/metrics')).status).toBe(401);
    await clerk.get('/petitions?q=abcxyz');
    const { status, body } = await nobody.get('/metrics', { authorization: `Bearer ${metricsToken}` });
    expect(status).toBe(200);
    expect(body).toContain('http_request_duration_seconds_count{method="GET",route="/api/v1/petitions",status="200"}');
    expect(body).toContain('database_connections{state="busy"}');
    expect(body).not.toContain('abcxyz');
  });

  it('asks the database once a second whether it is ready, however many ask', async () => {
    const nobody = await server.as();
    const before = await lookedUp();
    const answers = await Promise.all(Array.from({ length: 200 }, () => nobody.get('/health/ready')));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect((await lookedUp()) - before).toBeLessThan(60);
  });

  /** How often the table of migrations was read. */
  async function lookedUp(): Promise<number> {
    await server.sql('select pg_stat_force_next_flush()');
    const [row] = await server.sql<{ reads: string }>(
      `select coalesce(seq_scan, 0) + coalesce(idx_scan, 0) as reads from pg_stat_user_tables where relname = 'migrations'`,
    );
    return Number(row?.reads ?? 0);
  }
});

describe('a body', () => {
  /** Sends the head of an upload and lets the test send its bytes; what comes back is collected. */
  async function open(length: number): Promise<{ socket: Socket; answer: Promise<string>; send: (bytes: number) => void }> {
    const petition = await file(clerk, aReflectionOn(await unitId(clerk, '00004')));
    const { hostname, port, host } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString('utf8')));
    socket.on('error', () => undefined);
    const answer = new Promise<string>((resolve) => socket.on('close', () => resolve(text)));
    const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4\n';
    const tail = '\r\n--b--\r\n';
    socket.write(
      `POST /api/v1/petitions/${petition.id}/attachments HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n` +
        `Authorization: Bearer ${clerk.token}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: ${head.length + length + tail.length}\r\n\r\n${head}`,
    );
    let sent = 0;
    const send = (bytes: number): void => {
      if (socket.destroyed || sent >= length) return;
      sent += bytes;
      socket.write('a'.repeat(bytes));
      if (sent >= length) socket.write(tail);
    };
    return { socket, answer, send };
  }

  it('may take as long as its line needs', async () => {
    // At 40,000 bytes a second, twice of what has to be kept up, for longer than a body may stand still.
    const { answer, send } = await open(200_000);
    for (let at = 0; at < 50; at++) {
      send(4000);
      await pause(100);
    }
    expect(await answer).toMatch(/^HTTP\/1\.1 201 /);
  });

  it('that stands still ends with its connection', async () => {
    const { answer, send } = await open(5_000_000);
    send(1_000_000);
    const began = Date.now();
    expect(await answer).toMatch(/^HTTP\/1\.1 408 [^]*request-timeout/);
    expect(Date.now() - began).toBeLessThan(6_000);
  });

  it('of which a byte comes now and then ends, too', async () => {
    const { socket, answer, send } = await open(1_000_000);
    const began = Date.now();
    const drip = setInterval(() => send(100), 100);
    socket.on('close', () => clearInterval(drip));
    expect(await answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(Date.now() - began).toBeLessThan(8_000);
  });

  it('of JSON ends the same way, before anybody signed in', async () => {
    const { hostname, port, host } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /api/v1/auth/token HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"username":`,
    );
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString('utf8')));
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 408 [^]*request-timeout/);
  });

  it('that was broken off left nothing behind', async () => {
    const { count } = (await server.sql<{ count: number }>('select count(*)::int as count from attachment'))[0]!;
    expect(count).toBe(1);
  });
});
