import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { permissionsOf } from '../fuzz/document.ts';
import { faultsOfLog, Fuzzer } from '../fuzz/fuzzer.ts';
import { demoPassword } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';

/*
 * The short run of the fuzzer: all stories, then some hundred requests of a fixed seed over all operations. The long one is
 * `npm run fuzz -- --requests 100000`; what it found is mended with a test of its own.
 */
/** Each failure with its request and a curl; `npm run fuzz -- --replay` sends them again. */
const failuresFile = path.join(tmpdir(), 'tiepdan-fuzz-failures.jsonl');

let server: TestServer;

beforeAll(async () => {
  server = await startServer({
    env: { TIEPDAN_WEBHOOK_ALLOW: '127.0.0.1', TIEPDAN_WEBHOOK_ATTEMPTS: '1', TIEPDAN_PUBLIC_LIMIT: '1000000', LOG_LEVEL: 'trace' },
  });
});
afterAll(() => server.stop());

it('hostile requests find no failure, no answer that is not documented, nothing that was not theirs', async () => {
  const fuzzer = new Fuzzer({
    url: server.url,
    document: JSON.parse(readFileSync('docs/openapi.json', 'utf8')),
    permissions: permissionsOf(readFileSync('docs/access-matrix.md', 'utf8')),
    password: demoPassword,
    seed: 1,
    requests: 900,
    concurrency: 2,
    minutes: 2,
    failuresFile,
  });
  const { tally } = await fuzzer.run();
  expect([...tally.failures.values()].filter(({ kind }) => kind !== 'slow')).toEqual([]);
  expect(faultsOfLog(server.output())).toEqual([]);
  // It does more than being refused.
  expect(tally.statuses.get(200)).toBeGreaterThan(200);
  expect(tally.statuses.get(201)).toBeGreaterThan(80);
}, 240_000);
