import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { countedAs } from '../src/boot/http/rate-limits.js';
import type { Json } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';

/*
 * Limits count the route that answers, however its address is written. Every route of the document with a limit of its own is called in every
 * disguise that a path has by RFC 3986 and RFC 9112, once its limit is used up.
 */
const someId = '0199d3f2-6c7a-7c11-9d1e-2f6f1f6f0a11';
const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
const routes = Object.entries<Json>(document.paths).flatMap(([path, operations]) =>
  Object.keys(operations as object).map((method) => ({
    method: method.toUpperCase(),
    path: path.replaceAll(/\{\w+\}/g, someId),
    counted: countedAs(method.toUpperCase(), path.replaceAll(/\{(\w+)\}/g, ':$1'), 'api/v1'),
  })),
);
const own = routes.filter(({ counted }) => counted === 'secrets' || counted.startsWith('public'));

/** A letter of the path as its code: %61 for a. */
const encoded = (path: string, from: number, count: number): string =>
  path.slice(0, from) +
  [...path.slice(from, from + count)].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('') +
  path.slice(from + count);

const disguises: [name: string, target: (path: string, host: string) => string, reaches: boolean][] = [
  ['one letter encoded', (path) => encoded(path, '/api/v1/'.length, 1), true],
  [
    'every letter but the slashes encoded',
    (path) => path.replaceAll(/[a-z0-9-]/gi, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
    true,
  ],
  ['a letter of the prefix encoded', (path) => encoded(path, 1, 3), true],
  ['the whole URL (absolute form)', (path, host) => `http://${host}${path}`, true],
  ['the URL of another host', (path) => `http://elsewhere.vn${path}`, true],
  ['the URL of https', (path, host) => `https://${host}${path}`, true],
  ['a query', (path) => `${path}?x=${Math.random()}`, true],
  ['a fragment', (path) => `${path}#x`, true],
  ['a double slash', (path) => `/${path}`, false],
  ['a double slash inside', (path) => path.replace('/v1/', '/v1//'), false],
  ['capitals', (path) => path.toUpperCase(), false],
  ['a slash at its end', (path) => `${path}/`, false],
  ['a dot segment', (path) => path.replace('/v1/', '/v1/./'), false],
  ['an encoded slash', (path) => path.replace('/v1/', '/v1%2f'), false],
  ['a parameter of the path', (path) => `${path};x=1`, false],
];

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ env: { TIEPDAN_SIGN_IN_LIMIT: '2', TIEPDAN_PUBLIC_LIMIT: '2' } });
});
afterAll(() => server.stop());

/** The status of a request whose target is sent as it is written here. */
function statusOf(url: string, method: string, target: string): Promise<number> {
  const { hostname, port, host } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString('latin1')));
    socket.on('error', reject);
    socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0)));
    socket.write(`${method} ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });
}

describe('a limit of its own', () => {
  it('is that of every route where something could be guessed, and of every public one', () => {
    expect(own.map(({ method, path }) => `${method} ${path.replace(someId, '{id}')}`)).toEqual(
      expect.arrayContaining([
        'POST /api/v1/auth/token',
        'POST /api/v1/auth/password',
        'POST /api/v1/auth/totp',
        'POST /api/v1/oauth/token',
      ]),
    );
    for (const { method, path, counted } of routes) {
      if (method === 'POST' && /\/(auth|oauth)\//.test(path) && !/(refresh|revocation)$/.test(path))
        expect([path, counted]).toEqual([path, 'secrets']);
    }
  });

  it('is that of every kind of public use', () => {
    const kinds = routes
      .filter(({ path }) => path.includes('/public/'))
      .map(({ path, counted }) => [path.replace(someId, '{id}').slice(15), counted]);
    expect(Object.fromEntries(kinds)).toEqual({
      'reception-calendar': 'public calendar',
      'units/{id}/reception-calendar.ics': 'public calendar',
      'reception-offices/{id}/board': 'public boards',
      'reception-offices/{id}/board/events': 'public boards',
      'reception-sessions/{id}/slots': 'public bookings',
      'reception-sessions/{id}/appointments': 'public bookings',
      'appointments/{id}': 'public codes',
      'appointments/{id}/confirmation': 'public codes',
      'appointments/{id}/cancellation': 'public codes',
      'petitions/{id}': 'public codes',
    });
  });

  it('is used up by calls of its routes alone', async () => {
    const uses = [
      'reception-calendar',
      `reception-offices/${someId}/board`,
      `reception-sessions/${someId}/slots`,
      'petitions/HNI-2026-000001',
    ];
    for (const path of ['/api/v1/auth/token', ...uses.map((use) => `/api/v1/public/${use}`)]) {
      const method = path.endsWith('token') ? 'POST' : 'GET';
      const statuses: number[] = [];
      for (let call = 0; call < 4; call++) statuses.push(await statusOf(server.url, method, path));
      expect(statuses.map((status) => status === 429)).toEqual([false, false, true, true]);
    }
  });

  it.each(disguises)('holds for %s', async (_name, target, reaches) => {
    const { host } = new URL(server.url);
    for (const { method, path } of own) {
      const status = await statusOf(server.url, method, target(path, host));
      // A disguise under which there is no such route reaches nothing that could be guessed at.
      expect(reaches ? [429] : [404, 429]).toContain(status);
    }
  });
});

it('counts paths that lead nowhere, all of them together', async () => {
  const few = await startServer({ env: { TIEPDAN_RATE_LIMIT: '5' } });
  try {
    const statuses: number[] = [];
    for (let call = 0; call < 8; call++) statuses.push(await statusOf(few.url, 'GET', `/api/v1/nothing-${call}`));
    expect(statuses).toEqual([404, 404, 404, 404, 404, 429, 429, 429]);
    expect(await statusOf(few.url, 'GET', '/health/live')).toBe(200);
  } finally {
    await few.stop();
  }
});

it('counts a network of IPv6 as one caller', async () => {
  const few = await startServer({ env: { TIEPDAN_PUBLIC_LIMIT: '2', TIEPDAN_TRUST_PROXY: '127.0.0.1' } });
  try {
    const from = async (address: string): Promise<number> =>
      (await (await few.as()).get(`/public/reception-offices/${someId}/board`, { 'x-forwarded-for': address })).status;
    expect(await from('2001:db8:1:1::1')).toBe(404);
    expect(await from('2001:db8:1:1::2')).toBe(404);
    expect(await from('2001:db8:1:1:ffff::3')).toBe(429);
    expect(await from('2001:db8:1:2::1')).toBe(404);
  } finally {
    await few.stop();
  }
});
