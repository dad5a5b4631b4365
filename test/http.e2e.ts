import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, Client, Json } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, unitId } from './support/stories.js';
import { until } from './support/until.js';

let server: TestServer;
let clerk: Client;
let nobody: Client;
let baDinh: string;

beforeAll(async () => {
  server = await startServer();
  [clerk, nobody] = await Promise.all([server.as('commune.clerk'), server.as()]);
  baDinh = await unitId(clerk, '00004');
});
afterAll(() => server.stop());

const json = { 'content-type': 'application/json' };

/** A body that is only announced: the answer comes before it, and nothing breaks while it is written. */
function announced(bytes: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${clerk.token}`, 'content-type': 'application/json', 'content-length': bytes };
    const call = request(`${server.url}/api/v1/petitions`, { method: 'POST', headers }, (response) => {
      void text(response).then((body) => {
        call.destroy();
        resolve({
          status: response.statusCode ?? 0,
          headers: new Headers(response.headers as Record<string, string>),
          body: JSON.parse(body),
        });
      }, reject);
    });
    call.on('error', reject);
    call.flushHeaders();
  });
}

describe('problems', () => {
  it.each([
    ['an unknown route', () => clerk.get('/nothing'), 404, 'not-found'],
    ['an id that is none', () => clerk.get('/petitions/1'), 404, 'not-found'],
    ['JSON that is broken', () => clerk.raw('POST', '/petitions', '{"kind":', json), 400, 'malformed-request'],
    ['an empty JSON body', () => clerk.raw('POST', '/petitions', '', json), 400, 'malformed-request'],
    ['a list for an object', () => clerk.raw('POST', '/petitions', '[]', json), 422, 'validation-failed'],
    [
      'a prototype that is smuggled in',
      () => clerk.raw('POST', '/petitions', '{"__proto__":{"admin":true}}', json),
      400,
      'malformed-request',
    ],
    ['XML', () => clerk.raw('POST', '/petitions', '<a/>', { 'content-type': 'application/xml' }), 415, 'unsupported-media-type'],
    [
      'JSON nested too deep',
      () => clerk.raw('POST', '/petitions', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, json),
      400,
      'malformed-request',
    ],
    [
      'JSON nested too deep under a key to repeat it with',
      () => clerk.raw('POST', '/petitions', `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`, { ...json, 'idempotency-key': 'deep' }),
      400,
      'malformed-request',
    ],
    ['a body over the limit', () => announced(2_000_000), 413, 'payload-too-large'],
    [
      'a text over its length',
      () => clerk.post('/petitions', aComplaintAbout(baDinh, { content: 'a'.repeat(200_000) })),
      422,
      'validation-failed',
    ],
    ['a NUL character', () => clerk.post('/petitions', aComplaintAbout(baDinh, { summary: 'Khiếu\0nại' })), 422, 'validation-failed'],
    [
      'an unpaired surrogate',
      () => clerk.raw('POST', '/petitions', JSON.stringify(aComplaintAbout(baDinh)).replace('Trấn', '\\ud800'), json),
      422,
      'validation-failed',
    ],
    ['a method that the address does not have', () => clerk.delete('/petitions'), 405, 'method-not-allowed'],
    ['an address with an encoding that is none', () => clerk.raw('GET', '/petitions/%ff', undefined, {}), 400, 'malformed-request'],
    ['an address that is too long', () => clerk.get(`/petitions/${'a'.repeat(201)}`), 414, 'uri-too-long'],
    ['header fields over 16 KiB', () => clerk.get('/problems', { 'x-large': 'a'.repeat(20_000) }), 431, 'header-fields-too-large'],
    ['a broken surrogate in a query', () => clerk.get('/petitions?q=%ED%A0%80'), 200, undefined],
  ])('%s', async (_what, request, status, code) => {
    const answer = await request();
    expect(answer.status).toBe(status);
    if (!code) return;
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({
      type: `/api/v1/problems/${code}`,
      status,
      title: expect.any(String),
      detail: expect.any(String),
      instance: expect.stringMatching(/^\//),
      requestId: expect.any(String),
    });
  });

  it('speak the language that is asked for, Vietnamese by default', async () => {
    const title = async (language?: string): Promise<string> =>
      (await nobody.get('/auth/me', language ? { 'accept-language': language } : {})).body.title;
    expect(await title()).toBe('Chưa đăng nhập');
    expect(await title('en-GB,en;q=0.9,vi;q=0.8')).toBe('Not signed in');
    expect(await title('fr,vi;q=0.9,en;q=0.5')).toBe('Chưa đăng nhập');
  });

  it('have a page each', async () => {
    const all = (await nobody.get('/problems')).body as Json[];
    for (const { type, status } of all)
      expect((await nobody.get(type as string)).body).toMatchObject({
        type,
        status,
        title: { vi: expect.any(String), en: expect.any(String) },
      });
    expect((await nobody.get('/problems/toString')).status).toBe(404);
  });

  it('do not repeat personal data that was sent', async () => {
    const { body } = await clerk.post(
      '/petitions',
      aComplaintAbout(baDinh, { parties: [{ role: 'petitioner', type: 'person', name: 'Tên Bí Mật', nationalId: '12345' }] }),
    );
    expect(JSON.stringify(body)).not.toMatch(/Tên Bí Mật|12345/);
    expect(server.output()).not.toMatch(/Tên Bí Mật|12345/);
  });
});

describe('an address with another method', () => {
  it('is told which methods it has', async () => {
    const { headers } = await clerk.delete('/petitions');
    expect(headers.get('allow')).toBe('GET, HEAD, POST');
    expect((await clerk.raw('PATCH', '/reception-offices/0199d3f2-6c7a-7c11-9d1e-2f6f1f6f0a11', '{}', json)).headers.get('allow')).toBe(
      'GET, HEAD, PUT',
    );
    expect((await clerk.delete('/nothing')).status).toBe(404);
  });
});

describe('the document', () => {
  it('has every problem answer once, and names it wherever it can come', () => {
    const { paths, components } = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
    expect(Object.keys(components.responses).length).toBeLessThan(90);
    for (const [path, item] of Object.entries<Json>(paths))
      for (const [method, { responses }] of Object.entries<Json>(item))
        for (const [status, response] of Object.entries<Json>(responses))
          if (Number(status) >= 400) expect([method, path, status, Object.keys(response)]).toEqual([method, path, status, ['$ref']]);
  });
});

describe('text', () => {
  it('is brought into NFC on the way in', async () => {
    const decomposed = 'Khiếu nại về đất đai tại phường'.normalize('NFD');
    const { body } = await clerk.post('/petitions', aComplaintAbout(baDinh, { summary: decomposed }));
    expect(body.summary).toBe(decomposed.normalize('NFC'));
    expect(body.summary).not.toBe(decomposed);
  });

  it('keeps every character that Vietnamese has', async () => {
    const letters = 'ăâđêôơư ĂÂĐÊÔƠƯ áàảãạ ắằẳẵặ ấầẩẫậ éèẻẽẹ ếềểễệ íìỉĩị óòỏõọ ốồổỗộ ớờởỡợ úùủũụ ứừửữự ýỳỷỹỵ 😀';
    const { body } = await clerk.post('/petitions', aComplaintAbout(baDinh, { content: letters }));
    expect((await clerk.get(`/petitions/${body.id}`)).body.content).toBe(letters);
  });
});

describe('headers', () => {
  it('open nothing to other origins unless the settings name them', async () => {
    const { headers } = await nobody.get('/problems', { origin: 'https://elsewhere.vn' });
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('protect the browser and name the request', async () => {
    const { headers } = await nobody.get('/problems', { 'x-request-id': 'quay-3.42' });
    expect(headers.get('content-security-policy')).toContain(`default-src 'self'`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-request-id')).toBe('quay-3.42');
    expect((await nobody.get('/problems', { 'x-request-id': 'a b' })).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('carry the trace to the log, and the log no query', async () => {
    const trace = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    await clerk.get('/petitions?q=timkiembimat', { traceparent: trace, 'x-request-id': 'trace-me' });
    const line = await until(() =>
      server
        .output()
        .split('\n')
        .find((text) => text.includes('trace-me')),
    );
    expect(JSON.parse(line)).toMatchObject({ requestId: 'trace-me', trace, method: 'GET', route: '/api/v1/petitions', status: 200 });
    expect(server.output()).not.toContain('timkiembimat');
  });

  it('tell how many requests are left, and stop who sends too many', async () => {
    const busy = await startServer({ env: { TIEPDAN_RATE_LIMIT: '5', TIEPDAN_SIGN_IN_LIMIT: '3' } });
    try {
      const caller = await busy.as('city.clerk');
      // The request that shows a token for the first time counts for the address.
      await caller.get('/auth/me');
      const first = await caller.get('/auth/me');
      expect([first.headers.get('ratelimit-limit'), first.headers.get('ratelimit-remaining')]).toEqual(['5', '4']);
      const answers = await Promise.all(Array.from({ length: 8 }, () => caller.get('/auth/me')));
      const refused = answers.find(({ status }) => status === 429);
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(4);
      expect(refused?.headers.get('content-type')).toContain('application/problem+json');
      expect(refused?.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(refused?.body.type).toBe('/api/v1/problems/too-many-requests');
      const guesses = await Promise.all(
        Array.from({ length: 4 }, async () => (await busy.as()).post('/auth/token', { username: 'city.clerk', password: 'x' })),
      );
      expect(guesses.filter(({ status }) => status === 429)).toHaveLength(2);
      expect((await (await busy.as()).get('/health/live')).status).toBe(200);
    } finally {
      await busy.stop();
    }
  });
});

describe('operations', () => {
  it('is alive and ready', async () => {
    expect((await nobody.get('/health/live')).body).toEqual({ status: 'ok' });
    expect((await nobody.get('/health/ready')).body).toEqual({ status: 'ok' });
  });

  it('tells no figures where no token is set for them', async () => {
    expect((await nobody.get('/metrics')).status).toBe(404);
  });

  it('serves the document that is committed, and Swagger UI with all it needs', async () => {
    const { body } = await nobody.get('/openapi.json');
    expect(body).toEqual(JSON.parse(readFileSync('docs/openapi.json', 'utf8')));
    const page = (await nobody.get('/docs')).body as string;
    expect(page).toContain('Tiếp Dân API');
    const files = [...page.matchAll(/(?:src|href)="(\.\/docs\/[^"]+|\.\/[^"]+)"/g)].map(
      ([, path]) => new URL(path!, 'http://localhost/docs').pathname,
    );
    expect(files.length).toBeGreaterThan(2);
    for (const path of files)
      expect([path, (await nobody.raw('GET', `/docs/../..${path}`.replace('/docs/../..', ''), undefined, {})).status]).toEqual([path, 200]);
  });

  it.each(['/docs/%2e%2e', '/docs/%2e%2e/%2e%2e/package.json', '/docs/..%2f..%2fpackage.json', '/docs/%2e%2e%5cpackage.json'])(
    'serves nothing beside Swagger UI: %s',
    async (path) => {
      const status = await new Promise<number | undefined>((resolve, reject) => {
        const { hostname, port } = new URL(server.url);
        // As it stands: fetch would resolve the dots before it sends them.
        request({ hostname, port, path }, (response) => resolve(response.resume().statusCode))
          .on('error', reject)
          .end();
      });
      expect([400, 404]).toContain(status);
    },
  );

  it('has examples that work as they stand in the demo', async () => {
    const { body: document } = await nobody.get('/openapi.json');
    const caller = await server.as('city.clerk');
    for (const path of ['/api/v1/petitions', '/api/v1/rules/evaluations', '/api/v1/rules/limits']) {
      const { examples } = document.paths[path].post.requestBody.content['application/json'];
      for (const [name, { value }] of Object.entries<Json>(examples)) {
        const { status } = await caller.post(path, value);
        expect([path, name, status]).toEqual([path, name, path.endsWith('petitions') ? 201 : 200]);
      }
    }
  });

  it('refuses a request that never ends', async () => {
    const { port } = new URL(server.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write('GET /health/live HTTP/1.1\r\nHost: localhost\r\nX: ' + 'a'.repeat(100_000));
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('close', () => resolve(text));
      socket.on('error', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1.1 4\d\d|^$/);
  });
});
