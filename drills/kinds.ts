import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../fuzz/chance.ts';
import type { Json } from '../test/support/client.js';
import { daysAhead, must } from '../test/support/reception.ts';
import { withClient } from '../test/support/server.ts';
import { until } from '../test/support/until.ts';
import type { AcknowledgedLog } from './acknowledged.ts';
import { apiAccount, freeBytes, type Ground, type Shape } from './ground.ts';
import { writtenBy } from './oracle.ts';
import type { Scene } from './scene.ts';
import type { Accounts, Writers } from './writers.ts';

/** Where a round happens; its clients write all the time. */
export interface Round {
  ground: Ground;
  scene: Scene;
  writers: Writers;
  accounts: Accounts;
  /** What was acknowledged so far. */
  log: AcknowledgedLog;
  chance: Chance;
  number: number;
  /** Notes what did not pass as it should. */
  fault: (detail: string) => void;
}

export interface Kind {
  shape: Shape;
  /** As many rounds where nobody says otherwise. */
  rounds: number;
  /** Breaks something, and mends what does not mend itself; the drill then waits until writes are acknowledged again. */
  round: (round: Round) => Promise<void>;
}

/** Seconds after its start in which a job goes on that was killed: half a minute of silence, and a look every quarter of it. */
const goesOnSeconds = 60;

export const kinds: Record<string, Kind> = {
  'kill-api': {
    shape: 'usual',
    rounds: 5,
    async round({ ground: { instances } }) {
      await instances[0]!.kill();
      await instances[0]!.start();
    },
  },

  'kill-postgres': {
    shape: 'usual',
    rounds: 5,
    async round({ ground: { postgres }, chance }) {
      postgres!.kill();
      await pause(chance.int(100, 1_500));
      await postgres!.again();
    },
  },

  'kill-both': {
    shape: 'usual',
    rounds: 3,
    async round({ ground: { instances, postgres } }) {
      postgres!.kill();
      await instances[0]!.kill();
      await postgres!.again();
      await instances[0]!.start();
    },
  },

  terminate: {
    shape: 'usual',
    rounds: 15,
    async round({ ground: { sql } }) {
      await sql('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [apiAccount]);
    },
  },

  silence: {
    shape: 'usual',
    rounds: 3,
    async round({ ground: { relay }, chance }) {
      relay!.fallSilent();
      await pause(chance.int(2_000, 12_000));
      relay!.passNewOnes();
    },
  },

  'disk-full': {
    shape: 'small-disks',
    rounds: 2,
    async round(round) {
      const { disks, postgres, instances, sql } = round.ground;
      // The files first, then the database.
      await filled(disks!.files, 0, () => pause(4_000));
      await filled(disks!.database, 0, async () => {
        await pause(8_000);
        const ready = await fetch(`${instances[0]!.url}/health/live`).then(({ ok }) => ok);
        if (!ready) round.fault('the process does not answer while the disk of its database is full');
      });
      // A server that could not even write its log is gone, and its supervisor starts it.
      await sql('select 1').catch(() => postgres!.again());
    },
  },

  'upload-race': {
    shape: 'usual',
    rounds: 20,
    async round({ scene, writers, chance, fault }) {
      const content = `cuộc đua ${randomUUID()}`;
      const orders = Array.from({ length: 3 }, () => scene.upload(chance, content)).filter((order) => order !== undefined);
      // Whoever does not see the petition, or gives the file a purpose that there is none of, is refused; the bytes stay those of the others.
      const refused = [
        scene.upload(chance, content, 'hoankiem.clerk'),
        scene.upload(chance, content, 'city.clerk'),
        scene.upload(chance, content, 'hoankiem.clerk'),
      ].filter((order) => order !== undefined);
      const sends = [...orders.map((order) => () => writers.carryOut(order)), ...refused.map((order) => () => writers.sendOnce(order))];
      sends.push(...sends.splice(0, chance.int(0, sends.length - 1)));
      for (const answer of await Promise.all(sends.map((send) => send())))
        if (answer && ![201, 404].includes(answer.status)) fault(`an upload among others was answered ${answer.status}`);
    },
  },

  'second-instance': {
    shape: 'shared',
    rounds: 3,
    async round({ ground: { instances, sql }, number, fault }) {
      const [one, other] = number % 2 === 0 ? [instances[0]!, instances[1]!] : [instances[1]!, instances[0]!];
      const [before] = await sql<{ started: string }>('select pg_postmaster_start_time()::text as started');
      const { code, seconds } = await one.stop();
      if (code !== 0) fault(`SIGTERM under load ended with ${code}`);
      if (seconds > 40) fault(`SIGTERM under load took ${Math.round(seconds)} s`);
      await pause(1_500);
      const [after] = await sql<{ started: string }>('select pg_postmaster_start_time()::text as started');
      if (before!.started !== after!.started) fault('the database was stopped under the instance that stayed');
      if (other.isGone) fault('the other instance ended, too');
      await one.start();
    },
  },

  'rotation-killed': {
    shape: 'usual',
    rounds: 2,
    async round({ ground: { instances, postgres, sql }, accounts, fault }) {
      const admin = await accounts.as('city.admin');
      const [held] = await sql<{ id: string }>('select id from petition_party where sealed is not null order by id desc limit 1');
      if (!held) return fault('nothing is sealed yet');
      const before: number = (await must(200, admin.get('/keys'))).versions[0].version;
      // Somebody holds one of the last rows: the rotation stands before it, however fast it is.
      await withClient(postgres!.url(), async (client) => {
        await client.query('begin');
        await client.query('select from petition_party where id = $1 for update', [held.id]);
        await must(202, admin.post('/keys/rotations', {}, { 'idempotency-key': randomUUID() }));
        await until(async () => (await admin.get('/keys')).body.rotation?.state === 'running', 30);
        await pause(1_500);
        await instances[0]!.kill();
        await client.query('rollback');
      });
      await instances[0]!.start();
      await goesOn(fault, 'the rotation', async () => (await (await accounts.as('city.admin')).get('/keys')).body?.rotation, 120);
      const { versions } = await must(200, (await accounts.as('city.admin')).get('/keys'));
      const left = versions.filter(({ version, fields }: Json) => version <= before && fields > 0);
      if (left.length > 0) fault(`${left[0].fields} fields are left under data key ${left[0].version}`);
    },
  },

  'import-killed': {
    shape: 'usual',
    rounds: 1,
    async round({ ground: { instances, sql }, accounts, number, fault }) {
      const rows = 2_500;
      const name = `N${number}`;
      const line = (row: number): string =>
        JSON.stringify({
          external_reference: `${name}-${row}`,
          received_on: daysAhead(-200),
          kind: 'reflection',
          summary: 'Đèn đường hỏng',
        });
      const content = Array.from({ length: rows }, (_, row) => `${line(row)}\n`).join('');
      const clerk = await accounts.as('commune.clerk');
      const job = await must(
        202,
        clerk.upload('/petitions/imports', content, {}, 'so.ndjson', 'POST', { 'idempotency-key': randomUUID() }),
      );
      const state = async (): Promise<Json> => (await (await accounts.as('commune.clerk')).get(`/jobs/${job.id}`)).body;
      await until(async () => (await state()).done >= 200, 120);
      await instances[0]!.kill();
      await instances[0]!.start();
      const ended = await goesOn(fault, 'the import', state, 300);
      if (ended && ended.created + ended.unchanged !== rows)
        fault(`the import counts ${ended.created} + ${ended.unchanged} of ${rows} rows`);
      const [found] = await sql<{ there: number; distinct: number }>(
        `select count(*)::int as there, count(distinct external_reference)::int as "distinct" from petition where external_reference like $1`,
        [`${name}-%`],
      );
      if (found!.there !== rows || found!.distinct !== rows)
        fault(`of ${rows} rows ${found!.there} are there, ${found!.distinct} distinct`);
    },
  },

  'rolling-update': {
    shape: 'balanced',
    rounds: 2,
    async round({ ground: { instances }, log, fault }) {
      const begun = performance.now();
      for (const instance of instances) {
        const { code, seconds } = await instance.stop();
        if (code !== 0) fault(`an instance that was told to stop ended with ${code} after ${seconds} s`);
        await instance.start();
        // nginx leaves alone for five seconds who took no connection.
        await pause(6_000);
      }
      const longest = log.longestPause(begun, performance.now());
      if (longest > 5) fault(`nothing was acknowledged for ${longest} s although one of two instances was there all the time`);
    },
  },

  'fail-over': {
    shape: 'cluster',
    rounds: 2,
    async round({ ground: { cluster } }) {
      const lost = await cluster!.loseThePrimary();
      // Twenty seconds until somebody else takes the place (`ttl`), and some more.
      await pause(30_000);
      await cluster!.comesBack(lost);
    },
  },

  'switch-over': {
    shape: 'cluster',
    rounds: 2,
    async round({ ground: { cluster } }) {
      await cluster!.switchOver();
    },
  },

  'standbys-lost': {
    shape: 'cluster',
    rounds: 1,
    async round({ ground: { cluster }, log, fault }) {
      const lost = await cluster!.loseTheStandbys();
      // What was under way may have been on two machines.
      await pause(3_000);
      const alone = performance.now();
      await pause(20_000);
      const acknowledged = log.since(alone);
      for (const name of lost) await cluster!.comesBack(name, name === lost.at(-1));
      if (acknowledged > 0) fault(`${acknowledged} writes were acknowledged by one machine alone`);
    },
  },

  'etcd-lost': {
    shape: 'cluster',
    rounds: 1,
    async round({ ground: { cluster }, log, fault }) {
      cluster!.loseAStore();
      await pause(20_000);
      if (log.longestPause(performance.now() - 20_000, performance.now()) > 10)
        fault('with one etcd lost nothing is written for ten seconds');
      cluster!.loseAStore();
      // The lock of the primary ends after 20 seconds, and it knows.
      await pause(30_000);
      const alone = performance.now();
      await pause(10_000);
      const acknowledged = log.since(alone);
      if (acknowledged > 0) fault(`${acknowledged} writes were acknowledged although nobody can be the primary`);
      await cluster!.storesComeBack();
    },
  },

  'point-in-time': {
    shape: 'cluster',
    rounds: 1,
    async round({ ground, log, fault }) {
      const { cluster, sql } = ground;
      await cluster!.backUp();
      await pause(5_000);
      const before = performance.now();
      // The clock of the server, and not that of the tests.
      const [{ moment }] = (await sql<{ moment: string }>('select pg_catalog.clock_timestamp()::text as moment')) as [{ moment: string }];
      const after = performance.now();
      await pause(5_000);
      // What was written after the moment lies in the archive as well, and is left out all the same.
      const [{ wal }] = (await sql<{ wal: string }>('select pg_walfile_name(pg_switch_wal()) as wal')) as [{ wal: string }];
      await until(async () => (await sql(`select from pg_stat_archiver where last_archived_wal >= $1`, [wal])).length > 0, 60);
      const later = log.all.filter(({ at }) => at > after + 1_000);
      const url = await cluster!.restoredTo(moment);
      await withClient(url(), async (client) => {
        for (const [act, query] of Object.entries(writtenBy)) {
          const { rows } = await client.query<{ words: string }>(query);
          const words = rows.map((row) => row.words).join('\n');
          const of = (some: typeof log.all): typeof log.all => some.filter(({ order }) => order.act === act);
          const lost = of(log.all.filter(({ at }) => at < before)).filter(({ order }) => !words.includes(order.tag));
          // Asked for a second and more after the moment, whatever the machine was busy with.
          const tooMuch = of(later.filter(({ sent }) => sent === 1)).filter(({ order }) => words.includes(order.tag));
          if (lost.length > 0) fault(`${lost.length} × ${act} of before the moment are not there: ${lost[0]!.order.tag}`);
          if (tooMuch.length > 0) fault(`${tooMuch.length} × ${act} of after the moment are there: ${tooMuch[0]!.order.tag}`);
        }
      });
      if (later.length < 5) fault(`only ${later.length} writes were acknowledged after the moment`);
      const complaint = await ground.afterRecovery(url);
      if (complaint) fault(`--after-recovery: ${complaint}`);
    },
  },
};

/** Waits until a job that was killed goes on by itself and is done; answers it, or undefined where it did not. */
async function goesOn(fault: (detail: string) => void, what: string, look: () => Promise<Json>, seconds: number): Promise<Json> {
  const begun = performance.now();
  const last: Json = await look().catch(() => undefined);
  const moved = await until(async () => {
    const job = await look().catch(() => undefined);
    return job && (job.state === 'succeeded' || job.state === 'failed' || (job.state === 'running' && job.done > (last?.done ?? 0))) && job;
  }, goesOnSeconds + 15).catch(() => undefined);
  if (!moved)
    return void fault(
      `${what} does not go on ${goesOnSeconds} s after its process was killed: ${JSON.stringify(await look()).slice(0, 200)}`,
    );
  const after = Math.round((performance.now() - begun) / 1000);
  if (after > goesOnSeconds) fault(`${what} went on after ${after} s only`);
  const ended = await until(async () => {
    const job = await look().catch(() => undefined);
    return ['succeeded', 'failed', 'cancelled'].includes(job?.state) && job;
  }, seconds).catch(() => undefined);
  if (ended?.state !== 'succeeded') return void fault(`${what} ended as ${ended?.state ?? 'not at all'}: ${ended?.error ?? ''}`);
  return ended;
}

/** Leaves no byte of a disk free while something happens. */
async function filled(folder: string, left: number, work: () => Promise<unknown>): Promise<void> {
  const ballast = path.join(folder, 'ballast');
  try {
    const free = (await freeBytes(folder)) - left;
    // What the disk does not take any more is what it was for.
    await writeFile(ballast, Buffer.alloc(Math.max(0, free))).catch(() => undefined);
    await work();
  } finally {
    await rm(ballast, { force: true });
  }
}
