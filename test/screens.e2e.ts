import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Client } from './support/client.js';
import { anOffice } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { until } from './support/until.js';

let server: TestServer;
let anybody: Client;
let address: string;
const open: AbortController[] = [];

beforeAll(async () => {
  server = await startServer({
    env: {
      TIEPDAN_SCREENS: '12',
      TIEPDAN_SCREENS_PER_ADDRESS: '4',
      TIEPDAN_OFFICE_NETWORKS: '10.20.0.0/16',
      TIEPDAN_TRUST_PROXY: '127.0.0.1',
      TIEPDAN_PUBLIC_LIMIT: '100000',
    },
  });
  const office = await anOffice(await server.as('commune.clerk'));
  anybody = await server.as();
  address = `/public/reception-offices/${office.id}/board/events`;
});
afterAll(async () => {
  for (const screen of open) screen.abort();
  await server.stop();
});

/** A screen at an address, which stays open. */
async function screen(from: string): Promise<{ status: number; retryAfter: string | null; close: () => void }> {
  const control = new AbortController();
  open.push(control);
  const { status, headers } = await anybody.fetch(address, { 'x-forwarded-for': from }, control.signal);
  return { status, retryAfter: headers.get('retry-after'), close: () => control.abort() };
}

const statuses = async (addresses: string[]): Promise<number[]> =>
  (await Promise.all(addresses.map(screen))).map(({ status }) => status).sort((one, other) => one - other);

it('screens of strangers are few for an address and half of all, and the waiting rooms keep theirs', async () => {
  expect(await statuses(Array.from({ length: 10 }, () => '198.51.100.1'))).toEqual([200, 200, 200, 200, 429, 429, 429, 429, 429, 429]);
  expect((await screen('198.51.100.1')).retryAfter).toBe('60');
  expect(await statuses(Array.from({ length: 10 }, (_, index) => `198.51.101.${index}`))).toEqual([
    200,
    200,
    ...Array.from({ length: 8 }, () => 503),
  ]);
  expect((await screen('198.51.102.1')).retryAfter).toBe('30');
  expect(await statuses(Array.from({ length: 6 }, () => '10.20.3.4'))).toEqual([200, 200, 200, 200, 200, 200]);
  expect((await screen('10.20.3.5')).status).toBe(503);
});

it('places come back when a screen is closed', async () => {
  for (const one of open.splice(0)) one.abort();
  await until(async () => {
    const one = await screen('198.51.100.1');
    return one.status === 200;
  });
  for (const one of open.splice(0)) one.abort();
  await until(async () => (await statuses(Array.from({ length: 4 }, () => '10.20.3.4'))).every((status) => status === 200));
});
