import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AcknowledgedLog } from '../drills/acknowledged.ts';
import { drill, type Outcome, tableOf } from '../drills/drill.ts';
import { type Evidence, faultsIn, type Finding } from '../drills/oracle.ts';
import { Scene } from '../drills/scene.ts';
import { Accounts, Writers } from '../drills/writers.ts';
import { startServer, type TestServer } from './support/server.js';

/*
 * The short form of the drills: a round or two of what breaks most often, on a server of their own. The long one is `npm run drills`
 * (docs/drills.md).
 */
describe('what was acknowledged', () => {
  const rounds = { 'kill-api': 1, 'kill-postgres': 2, terminate: 4, silence: 1, 'upload-race': 5 };
  let outcomes: Outcome[];

  beforeAll(async () => {
    // A process is killed here, not the machine: what the server wrote is with the system.
    outcomes = await drill({ only: Object.keys(rounds), rounds, seed: 1, writers: 4, minutes: 4, database: { fsync: 'off' } });
    process.stdout.write(`${tableOf(outcomes)}\n`);
  }, 300_000);

  it.each(Object.entries(rounds))('is there once after %s', (kind, count) => {
    const outcome = outcomes.find((one) => one.kind === kind)!;
    expect(outcome.findings).toEqual([]);
    expect([outcome.rounds, outcome.skipped]).toEqual([count, undefined]);
    expect(outcome.acknowledged).toBeGreaterThan(15);
  });

  it('was also asked for more than once', () => {
    expect(outcomes.reduce((sum, { repeated }) => sum + repeated, 0)).toBeGreaterThan(3);
  });
});

/** What the oracle would say if the product lost something: each damage is done past the API, and found. */
describe('the oracle', () => {
  let server: TestServer;
  let folder: string;
  let evidence: Evidence;
  let log: AcknowledgedLog;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tiepdan-oracle-'));
    server = await startServer({ env: { TIEPDAN_ATTACHMENT_DIR: folder, TIEPDAN_PETITION_FILES: '10000' } });
    const accounts = new Accounts([server.url]);
    const scene = await Scene.at(await server.as('commune.clerk'));
    log = new AcknowledgedLog();
    const writers = new Writers(accounts, scene, log);
    writers.start(3, 1);
    const wanted = new Set(['file', 'step', 'visit', 'attach', 'book', 'transfer', 'paper', 'ticket', 'call']);
    for (const end = Date.now() + 60_000; wanted.size > 0 && Date.now() < end;) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      for (const { order } of log.all) wanted.delete(order.act);
    }
    await writers.stop();
    expect([...wanted]).toEqual([]);
    expect([...writers.surprises]).toEqual([]);
    evidence = {
      sql: (text, values) => server.sql(text, values),
      acknowledged: log.all,
      unanswered: [],
      officeId: scene.officeId,
      files: folder,
      as: (username) => server.as(username),
      send: (order) => writers.sendOnce(order),
      repeats: 40,
    };
  }, 120_000);
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('finds nothing where nothing is wrong', async () => {
    expect(await faultsIn(evidence)).toEqual([]);
  });

  /** Past what keeps rows from being changed, and with nothing that follows. */
  const damage = (statement: string): Promise<unknown> =>
    server.sql(`begin; set local session_replication_role = replica; ${statement}; commit`);
  const firstOf = (act: string) => log.all.find(({ order }) => order.act === act)!;

  it('finds what an answer promised and no row has, and what nobody asked for', async () => {
    const { order, ...answered } = firstOf('visit');
    const never = { ...answered, order: { ...order, tag: 'lần zzzz' } };
    expect(await kindsIn({ ...evidence, acknowledged: [...log.all, never] })).toContain('lost');
    const forgotten = log.all.filter((one) => one.order !== order);
    expect(await kindsIn({ ...evidence, acknowledged: forgotten })).toEqual(['twice']);
    // An order that got no answer may have been done, once.
    expect(await kindsIn({ ...evidence, acknowledged: forgotten, unanswered: [order] })).toEqual([]);
    const other = log.all.map((one) => (one.order === order ? { ...one, answer: { ...one.answer, number: 'TCD-1' } } : one));
    expect(await kindsIn({ ...evidence, acknowledged: other, repeats: 1 })).toContain('lost');
  });

  it('finds tickets and calls that are too many or too few', async () => {
    for (const act of ['ticket', 'call']) {
      const fewer = log.all.filter((one) => one !== firstOf(act));
      expect(await kindsIn({ ...evidence, acknowledged: fewer })).toEqual(['twice']);
      const again = [...log.all, { ...firstOf(act), order: { ...firstOf(act).order, key: randomUUID() } }];
      expect(await kindsIn({ ...evidence, acknowledged: again, repeats: 1 })).toContain('twice');
    }
  });

  it('finds an answer that is another one the second time', async () => {
    const other = log.all.map((one) => (one === firstOf('transfer') ? { ...one, answer: { ...one.answer, state: 'received' } } : one));
    expect(await kindsIn({ ...evidence, acknowledged: other, repeats: 10_000 })).toEqual(['repeat']);
  });

  it('finds files that are missing, damaged, or nobody’s', async () => {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /[0-9a-f]{64}$/.test(name));
    writeFileSync(path.join(folder, names[0]!), 'x');
    rmSync(path.join(folder, names[1]!));
    writeFileSync(path.join(folder, 'ab'.repeat(32)), 'x');
    const details = (await faultsIn(evidence)).map(({ kind, detail }) => `${kind} ${detail}`);
    expect(details).toHaveLength(3);
    for (const words of [/^files .* is damaged$/, /^files .* has a row and no file$/, /^files (ab){32} has a file and no row/])
      expect(details).toContainEqual(expect.stringMatching(words));
    rmSync(path.join(folder, 'ab'.repeat(32)));
  });

  it('finds gaps, broken chains and what stands alone', async () => {
    const before = (await faultsIn(evidence)).map(({ detail }) => detail);
    const fresh = async (): Promise<Finding[]> => (await faultsIn(evidence)).filter(({ detail }) => !before.includes(detail));
    await damage('update ledger_counter set last_number = last_number + 1');
    await damage(`update running_number set last_number = last_number + 1 where name in ('visit', 'appointment', 'ticket')`);
    await damage('update document_counter set last_number = last_number + 1');
    await damage('delete from outgoing_event where position = 2');
    expect((await fresh()).filter(({ kind }) => kind === 'gap').map(({ detail }) => detail.split(' ')[0])).toEqual(
      expect.arrayContaining(['petitions', 'documents', 'visits', 'appointments', 'tickets', 'outgoing']),
    );
    const { id } = firstOf('file').answer;
    await damage(`update petition_event set reason = 'x' where petition_id = '${id}'`);
    await damage(`delete from petition_match where petition_id = '${id}'`);
    await damage('update reception_slot set booked = booked + 1');
    await damage(`update audit_record set action = 'x' where id = 20`);
    const kinds = new Set((await fresh()).map(({ kind }) => kind));
    for (const kind of ['gap', 'history', 'incomplete', 'audit'] as const) expect(kinds).toContain(kind);
    expect((await fresh()).filter(({ kind }) => kind === 'incomplete').map(({ detail }) => detail)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('events that were told to nobody'),
        expect.stringContaining('petitions without a fingerprint'),
        expect.stringContaining('slots with other bookings'),
      ]),
    );
  });
});

async function kindsIn(evidence: Evidence): Promise<string[]> {
  return [...new Set((await faultsIn(evidence)).map(({ kind }) => kind))];
}
