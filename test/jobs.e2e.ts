import { type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { slowWorkbook } from './support/hostile-files.js';
import { anOffice, must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { until } from './support/until.js';

let server: TestServer;
let clerk: Client;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tiepdan-jobs-'));
  server = await startServer({ env: { TIEPDAN_ATTACHMENT_DIR: folder, TIEPDAN_STOP_SECONDS: '10' } });
  clerk = await server.as('commune.clerk');
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const upload = async (content: Buffer | string, name: string): Promise<string> =>
  (await must(202, clerk.upload('/petitions/imports', content, {}, name))).id;
const stateOf = async (id: string): Promise<string> => (await must(200, clerk.get(`/jobs/${id}`))).state;
const becomes = (id: string, state: string, seconds = 60): Promise<true> =>
  until(async () => (await stateOf(id)) === state && (true as const), seconds);
const small = '{"external_reference":"J-1","received_on":"2025-09-02","kind":"reflection","summary":"Phản ánh đèn đường hỏng"}\n';

describe('a job', () => {
  it('is cancelled at once, also while it reads a file that takes long, and holds up neither tasks nor the next job', async () => {
    const slow = await upload(slowWorkbook(), 'lon.xlsx');
    await becomes(slow, 'running');
    // One worker for jobs of people: it is taken. Tasks have workers of their own.
    await server.sql(`select graphile_worker.add_job('forget_answers')`);
    await until(
      async () => (await server.sql(`select from graphile_worker.jobs where task_identifier = 'forget_answers'`)).length === 0,
      30,
    );
    expect(await stateOf(slow)).toBe('running');
    expect((await must(200, clerk.post(`/jobs/${slow}/cancellation`))).state).toBe('cancelled');
    const next = await upload(small, 'so.ndjson');
    await becomes(next, 'succeeded');
    expect(await stateOf(slow)).toBe('cancelled');
    expect((await clerk.post(`/jobs/${slow}/cancellation`)).status).toBe(409);
  }, 180_000);

  it('that fell silent is taken up by whoever runs, and one that did so twice at one place is given up; what a dead worker holds is given back', async () => {
    const id = await upload(`${small.replace('J-1', 'J-2')}{"broken`, 'so.ndjson');
    await becomes(id, 'failed');
    const silent = `state = 'running', error = null, finished_at = null, started_at = now() - interval '30 days', heartbeat_at = now() - interval '30 days'`;
    const other = await upload(`${small.replace('J-1', 'J-3')}{"broken`, 'so3.ndjson');
    await becomes(other, 'failed');
    await server.sql(`update background_job set ${silent}, silences = 0, attempts = 1 where id = $1`, [id]);
    await server.sql(`update background_job set ${silent}, silences = 1, attempts = 2 where id = $1`, [other]);
    await server.sql(`select graphile_worker.add_job('report_files_tidy', run_at => now() - interval '30 days', job_key => 'dead')`);
    await server.sql(
      `update graphile_worker._private_jobs set locked_by = 'worker-of-a-dead-process', locked_at = now() - interval '30 days' where key = 'dead'`,
    );
    await until(async () => /2 lần/.test((await must(200, clerk.get(`/jobs/${other}`))).error ?? ''), 90);
    await becomes(other, 'failed');
    await until(async () => (await server.sql<Json>('select attempts from background_job where id = $1', [id]))[0].attempts === 2, 30);
    await becomes(id, 'failed');
    await until(async () => (await server.sql(`select from graphile_worker.jobs where key = 'dead'`)).length === 0, 90);
  }, 300_000);
});

it('SIGTERM ends the process, whatever screens come back and whatever is being read', async () => {
  const office = await anOffice(clerk);
  const slow = await upload(slowWorkbook(), 'lon2.xlsx');
  await becomes(slow, 'running');
  const refused = clerk.upload(`/superior-matters/imports`, slowWorkbook(), {}, 'lon.xlsx').catch(() => null);
  const anybody = await server.as();
  let comeBack = true;
  const screens = Array.from({ length: 10 }, async () => {
    while (comeBack) {
      await anybody
        .fetch(`/public/reception-offices/${office.id}/board/events`)
        .then((answer) => answer.text())
        .catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  });
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const gone = exitOf(server.process);
  const start = Date.now();
  server.process.kill('SIGTERM');
  expect(await gone).not.toBeNull();
  comeBack = false;
  await Promise.all([...screens, refused]);
  // Ten seconds for what is under way, and some for the rest.
  expect(Date.now() - start).toBeLessThan(40_000);
  expect(await server.sql<Json>('select state from background_job where id = $1', [slow])).toEqual([{ state: 'queued' }]);
  // Nothing was cut off within a library, where nobody catches it.
  expect(server.output()).not.toMatch(/While stopping|Not everything ended/);
}, 180_000);

async function exitOf(child: ChildProcess): Promise<number | null> {
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}
