import { open } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pinnedEnvironment } from './support/clock/pin-database.js';
import type { Client } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, file, unitId } from './support/stories.js';
import { until } from './support/until.js';

/*
 * Big bodies, long lists and whole ledgers, many at once, at a process with a heap of so many megabytes: what grows with what is asked would end it.
 */
const heap = 192;
const howMany = 6_000;
const mebibyte = 1_048_576;

let server: TestServer;
let clerk: Client;
let leader: Client;
let unit: string;

beforeAll(async () => {
  server = await startServer({
    env: {
      NODE_OPTIONS: `${pinnedEnvironment()['NODE_OPTIONS']} --max-old-space-size=${heap}`,
    },
  });
  [clerk, leader] = await Promise.all([server.as('commune.clerk'), server.as('city.leader')]);
  unit = await unitId(clerk, '00004');
  const loader: string = '../dist/bench/load.js';
  const { loadPetitions } = (await import(loader)) as typeof import('../bench/load.js');
  await loadPetitions(server.databaseUrl, howMany);
  await server.sql('analyze');
}, 300_000);
afterAll(async () => {
  process.stdout.write(`at most ${await mostResident()} MiB resident with a heap of ${heap} MiB\n`);
  await server.stop();
});

/** The most memory that the process ever had, in MiB (Linux, proc(5)). */
async function mostResident(): Promise<number> {
  const status = await open(`/proc/${server.process.pid}/status`);
  const text = await status.readFile('utf8');
  await status.close();
  return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(text)?.[1]) / 1024);
}

/** It lives, is the same process, and answers. */
async function mustLive(): Promise<void> {
  expect([server.process.exitCode, server.process.signalCode]).toEqual([null, null]);
  expect((await clerk.get('/health/ready')).status).toBe(200);
  expect(server.output()).not.toMatch(/heap out of memory|"level":50/);
}

describe(`a process with a heap of ${heap} MiB`, () => {
  it('answers bodies as large as they may be, many at once, and refuses larger ones', async () => {
    const content = 'Đất. '.repeat(200_000).slice(0, mebibyte - 2_000);
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        clerk.post('/petitions', { ...aComplaintAbout(unit), content: index % 2 ? content : content.repeat(2) }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([413]));
    const letters = 'd'.repeat(mebibyte - 2_000);
    const long = await Promise.all(
      Array.from({ length: 60 }, () => clerk.post('/petitions', { ...aComplaintAbout(unit), content: letters })),
    );
    expect(new Set(long.map(({ status }) => status))).toEqual(new Set([422]));
    await mustLive();
  });

  it('takes files as large as they may be, many at once', async () => {
    const petition = await file(clerk, aComplaintAbout(unit));
    const scan = (name: number) => Buffer.concat([Buffer.from(`%PDF-1.7\n${name}\n`), Buffer.alloc(24 * mebibyte)]);
    const uploads = await Promise.all(
      Array.from({ length: 8 }, (_, index) => clerk.upload(`/petitions/${petition.id}/attachments`, scan(index), {}, `don-${index}.pdf`)),
    );
    expect(uploads.map(({ status }) => status)).toEqual(Array(8).fill(201));
    const sizes = await Promise.all(uploads.map(async ({ body }) => (await clerk.download(`/attachments/${body.id}/content`)).byteLength));
    expect(sizes.every((size) => size > 24 * mebibyte)).toBe(true);
    await mustLive();
  });

  it('writes whole ledgers, and long lists beside them', async () => {
    const query = '?includeSubordinates=true';
    const csv = (): Promise<number> =>
      leader.download(`/petitions/exports${query}&format=csv`).then((text) => text.toString('utf8').split('\r\n').length);
    const xlsx = (): Promise<number> => leader.download(`/petitions/exports${query}&format=xlsx`).then(({ byteLength }) => byteLength);
    const list = (): Promise<number> => leader.get(`/petitions${query}&limit=200&count=exact`).then(({ body }) => body.items.length);
    const [lines, bytes, items] = await Promise.all([
      Promise.all([csv(), csv(), csv()]),
      Promise.all([xlsx(), xlsx()]),
      Promise.all(Array.from({ length: 40 }, list)),
    ]);
    for (const many of lines) expect(many).toBeGreaterThan(howMany);
    for (const size of bytes) expect(size).toBeGreaterThan(howMany * 20);
    expect(items).toEqual(Array(40).fill(200));
    await mustLive();
  });

  it('reads a ledger as large as a file may be, and tells its faults', async () => {
    const row = (reference: number): string =>
      `S-${reference},05/09/2025,Khiếu nại,"${'Khiếu nại việc cấp giấy chứng nhận. '.repeat(60)}",Trần Thị Bình,sai-mã`;
    const rows = Array.from({ length: 5_000 }, (_, index) => row(index));
    const csv = ['Số đơn,Ngày nhận,Loại đơn,Nội dung,Họ tên,respondent_unit', ...rows].join('\n');
    expect(Buffer.byteLength(csv)).toBeGreaterThan(12 * mebibyte);
    const started = await clerk.upload('/petitions/imports', csv, { dryRun: 'true' }, 'so-cu.csv');
    expect(started.status).toBe(202);
    const job = await until(async () => {
      const { body } = await clerk.get(`/jobs/${started.body.id}`);
      return ['succeeded', 'failed'].includes(body.state) && body;
    }, 120);
    expect([job.state, job.done, job.refused]).toEqual(['succeeded', 5_000, 5_000]);
    await mustLive();
  });
});
