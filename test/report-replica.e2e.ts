import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chown, cp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { EmbeddedServer as Server } from '../src/platform/database/embedded-server.js';
import { built, migrate, storeCast } from './support/cast.js';
import { Client, type Json } from './support/client.js';
import { pinDatabase, pinnedSearchPath } from './support/clock/pin-database.js';
import { must } from './support/reception.js';
import { endProcess, launch, withClient } from './support/server.js';
import { aComplaintAbout, file, unitId } from './support/stories.js';
import { until } from './support/until.js';

let folder: string;
let primary: Server;
let standby: Server | null;
let standbyPort: string;
let settings: Record<string, string>;
let api: ReturnType<typeof launch>;
let clerk: Client;
let leader: Client;
let inspector: Client;
let baDinh: string;

const throwAway = { fsync: 'off', synchronous_commit: 'off', ...pinnedSearchPath };
const standbyFolder = () => `${folder}-standby`;
const { EmbeddedServer, temporaryDataFolder } = await built<typeof import('../src/platform/database/embedded-server.js')>(
  'platform/database/embedded-server.js',
);

beforeAll(async () => {
  folder = await temporaryDataFolder();
  primary = await EmbeddedServer.start(folder, 0, throwAway);
  const masterKey = randomBytes(32).toString('base64');
  await withClient(primary.url(), pinDatabase);
  await migrate(primary.url(), masterKey);
  await storeCast(primary.url(), masterKey, `${folder}-keys`);
  // A server that was shut down cleanly is a base backup as it lies.
  await primary.stop();
  await cp(folder, standbyFolder(), { recursive: true, preserveTimestamps: true });
  const { uid, gid } = await stat(folder);
  await writeFile(path.join(standbyFolder(), 'standby.signal'), '');
  await giveTo(standbyFolder(), uid, gid);
  primary = await EmbeddedServer.start(folder, 0, throwAway);
  standby = await follow();
  standbyPort = new URL(standby.url()).port;
  settings = {
    NODE_ENV: 'test',
    PORT: '0',
    DATABASE_URL: primary.url(),
    DATABASE_REPLICA_URL: standby.url(),
    TIEPDAN_REPLICA_MAXIMUM_LAG: '60',
    TIEPDAN_DATA_DIR: `${folder}-keys`,
    TIEPDAN_MASTER_KEY: masterKey,
    TIEPDAN_SIGN_IN_LIMIT: '1000',
  };
  api = launch(settings);
  const url = await api.ready;
  [clerk, leader, inspector] = (await Promise.all(
    ['commune.clerk', 'commune.leader', 'city.inspector'].map((name) => Client.signIn(url, name)),
  )) as [Client, Client, Client];
  baDinh = await unitId(clerk, '00004');
});
afterAll(async () => {
  await endProcess(api.process, 'SIGTERM');
  await standby?.stop();
  await primary.stop();
  await rm(path.dirname(folder), { recursive: true, force: true });
});

/** Starts the standby on its copy; it goes on from where it was. */
function follow(port = 0): Promise<Server> {
  const { hostname, port: upstream } = new URL(primary.url());
  return EmbeddedServer.start(standbyFolder(), port, {
    ...throwAway,
    primary_conninfo: `host=${hostname} port=${upstream} user=postgres`,
  });
}

async function giveTo(place: string, uid: number, gid: number): Promise<void> {
  const inside = await readdir(place, { recursive: true });
  await Promise.all([place, ...inside.map((one) => path.join(place, one))].map((one) => chown(one, uid, gid)));
}

async function onStandby(statement: string): Promise<object[]> {
  const client = new pg.Client(standby!.url());
  await client.connect();
  const { rows } = await client.query<object>(statement);
  await client.end();
  return rows;
}

/** Stops or wakes the server of the standby and all its processes, as a machine that hangs does. */
function freeze(signal: 'STOP' | 'CONT'): void {
  const [postmaster = ''] = readFileSync(path.join(standbyFolder(), 'postmaster.pid'), 'utf8').split('\n');
  const children = execFileSync('pgrep', ['-P', postmaster], { encoding: 'utf8' }).split('\n').filter(Boolean);
  for (const id of [postmaster, ...children]) process.kill(Number(id), `SIG${signal}`);
}

const period = '2026-Q3';
const report = (): Promise<Json> => must(200, inspector.get(`/reports/forms/02-XLD/figures?period=${period}&unitId=${baDinh}`));
const received = async (): Promise<number> => (await report()).total[1];
const fileOne = (receivedOn: string): Promise<Json> => file(clerk, aComplaintAbout(baDinh, { receivedOn, writtenOn: '2026-08-01' }));

describe('reports on a replica', () => {
  it('are counted there, and say up to which moment', async () => {
    await fileOne('2026-08-03');
    await until(async () => (await received()) === 1);
    await onStandby('select pg_wal_replay_pause()');
    const before = await report();
    const filing = Date.now();
    await fileOne('2026-08-10');
    const behind = await report();
    expect(behind.total[1]).toBe(1);
    expect(Date.parse(behind.asOf)).toBeLessThan(filing);
    expect(behind.asOf).toBe(before.asOf);
    const query = `period=${period}&unitId=${baDinh}`;
    const pivot = await must(200, inspector.get(`/reports/pivot?of=petitions&measures=petitions&${query}`));
    expect(pivot).toMatchObject({ asOf: behind.asOf, lines: [{ values: [1] }] });
    const cell = await must(200, inspector.get(`/reports/forms/02-XLD/cells/1?${query}`));
    expect(cell).toMatchObject({ asOf: behind.asOf, figure: 1, count: 1 });
  });

  it('are signed with what stands in the primary', async () => {
    const { id } = await must(201, leader.post('/reports/submissions', { period }));
    const signing = { signerTitle: 'Chủ tịch', signerName: 'Nguyễn Thị Lan', submittedOn: '2026-09-16' };
    const signed = await must(200, leader.post(`/reports/submissions/${id}/submission`, signing));
    const { forms } = await must(200, leader.get(`/reports/submissions/${id}/figures`));
    expect(forms.find(({ code }: Json) => code === '02-XLD').total[1]).toBe(2);
    expect(Date.parse(signed.asOf)).toBeGreaterThan(Date.parse((await report()).asOf));
  });

  it('are read from the primary when the replica is further behind than allowed', async () => {
    expect(await received()).toBe(1);
    const cautious = launch({ ...settings, TIEPDAN_REPLICA_MAXIMUM_LAG: '1' });
    const by = await Client.signIn(await cautious.ready, 'city.inspector');
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect((await must(200, by.get(`/reports/forms/02-XLD/figures?period=${period}&unitId=${baDinh}`))).total[1]).toBe(2);
    await endProcess(cautious.process, 'SIGTERM');
    await onStandby('select pg_wal_replay_resume()');
    await until(async () => (await received()) === 2);
  });

  it('are read from the primary while the replica is away, and from the replica again after it', async () => {
    await standby!.stop();
    standby = null;
    expect(await received()).toBe(2);
    await fileOne('2026-08-17');
    expect(await received()).toBe(3);
    expect(api.output()).toContain('The replica does not answer');
    standby = await follow(Number(standbyPort));
    await fileOne('2026-08-24');
    await until(async () => (await onStandby('select from petition')).length === 4);
    await onStandby('select pg_wal_replay_pause()');
    await fileOne('2026-08-31');
    // A replica that failed is left alone for ten seconds.
    await until(async () => (await received()) === 4);
    await onStandby('select pg_wal_replay_resume()');
    await until(async () => (await received()) === 5);
  });

  it('cost five seconds at most while the replica is frozen, before a report and within one', async () => {
    const before = api.output().length;
    freeze('STOP');
    const begun = performance.now();
    expect(await received()).toBe(5);
    expect(performance.now() - begun).toBeLessThan(6_000);
    expect(api.output().slice(before)).toMatch(/The replica does not answer \((?:it is silent|Query read timeout)\)/);
    // Then it is left alone, and costs nothing.
    const again = performance.now();
    expect(await received()).toBe(5);
    expect(performance.now() - again).toBeLessThan(2_000);
    freeze('CONT');
  });

  it('are read from the primary when the replica follows another system, or was promoted', async () => {
    const other = await EmbeddedServer.start(`${folder}-other`, 0, throwAway);
    const strange = launch({ ...settings, DATABASE_REPLICA_URL: other.url() });
    const by = await Client.signIn(await strange.ready, 'city.inspector');
    await must(200, by.get(`/reports/forms/02-XLD/figures?period=${period}&unitId=${baDinh}`));
    expect(strange.output()).toContain('The replica does not answer');
    await endProcess(strange.process, 'SIGTERM');
    await other.stop();

    await onStandby('select pg_promote()');
    await until(async () => ((await onStandby('select pg_is_in_recovery() as standby')) as { standby: boolean }[])[0]?.standby === false);
    await fileOne('2026-09-07');
    const split = launch(settings);
    const after = await Client.signIn(await split.ready, 'city.inspector');
    expect((await must(200, after.get(`/reports/forms/02-XLD/figures?period=${period}&unitId=${baDinh}`))).total[1]).toBe(6);
    expect(split.output()).toContain('The replica does not answer (it is no standby); reports are read from the primary');
    await endProcess(split.process, 'SIGTERM');
  });
});
