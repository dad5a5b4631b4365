import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Chance } from '../fuzz/chance.ts';
import { faultsOfLog } from '../fuzz/fuzzer.ts';
import { AcknowledgedLog } from './acknowledged.ts';
import { type Ground, missingFor, openGround, type Shape } from './ground.ts';
import { kinds } from './kinds.ts';
import { faultsIn, type Finding } from './oracle.ts';
import { Scene } from './scene.ts';
import { Accounts, Writers } from './writers.ts';

export interface DrillOptions {
  only: readonly string[];
  /** In place of those of each kind. */
  rounds?: Record<string, number> | number;
  seed: number;
  /** Clients that write at once. */
  writers?: number;
  /** No round begins later. */
  minutes?: number;
  signal?: AbortSignal;
  /** Where what was acknowledged is written down; nowhere without it. */
  out?: string;
  /** Of the database server of the drill. */
  database?: Record<string, string>;
  say?: (line: string) => void;
}

/** What came of a kind. */
export interface Outcome {
  kind: string;
  rounds: number;
  acknowledged: number;
  /** Sent more than once until they were answered. */
  repeated: number;
  /** Seconds without an acknowledged write, one for each round. */
  pauses: number[];
  findings: Finding[];
  /** Why it was not tried. */
  skipped?: string;
}

/** As many answers before a round, and after it, show that the clients write. */
const writesAround = 8;
/** Seconds in which writes have to be acknowledged again. */
const backSeconds = 90;
const repeats = 150;

/** Breaks things under writing clients, one kind after the other, and looks after each at everything that was acknowledged. */
export async function drill({ only, ...options }: DrillOptions): Promise<Outcome[]> {
  const begun = performance.now();
  const outcomes: Outcome[] = [];
  const isOver = (): boolean => Boolean(options.signal?.aborted) || performance.now() - begun > (options.minutes ?? Infinity) * 60_000;
  // Kinds that break the same things share what they break.
  for (const [shape, names] of Map.groupBy(only, (name) => kinds[name]!.shape)) {
    const missing = await missingFor(shape);
    if (missing) outcomes.push(...names.map((kind) => nothing(kind, missing)));
    else if (isOver()) outcomes.push(...names.map((kind) => nothing(kind, 'no time was left')));
    else
      await onGround(shape, names, options, isOver, outcomes).catch((error: Error) => {
        const left = names.filter((name) => !outcomes.some(({ kind }) => kind === name));
        const detail = `what is broken could not be set up, or taken down: ${error.stack}`;
        outcomes.push(...left.map((kind) => ({ ...nothing(kind), findings: [{ kind: 'fault' as const, detail }] })));
        if (left.length === 0) outcomes.at(-1)!.findings.push({ kind: 'fault', detail });
      });
  }
  return outcomes;
}

async function onGround(
  shape: Shape,
  names: readonly string[],
  options: Omit<DrillOptions, 'only'>,
  isOver: () => boolean,
  outcomes: Outcome[],
): Promise<void> {
  const { seed, out, say = () => undefined, database = {} } = options;
  const begun = performance.now();
  const ground = await openGround(shape, database);
  try {
    const accounts = new Accounts(ground.balancer ? [ground.balancer] : ground.instances.map(({ url }) => url));
    const scene = await Scene.at(await accounts.as('commune.clerk'));
    const log = new AcknowledgedLog(out && path.join(out, `acknowledged-${shape}.jsonl`));
    say(`${shape}: ready after ${Math.round((performance.now() - begun) / 1000)} s`);
    for (const kind of names) {
      if (isOver()) outcomes.push(nothing(kind, 'no time was left'));
      else outcomes.push(await oneKind(kind, { ground, accounts, scene, log, seed, isLast: kind === names.at(-1) }, options, isOver));
      say(lineOf(outcomes.at(-1)!));
    }
  } finally {
    await ground.stop();
  }
}

interface Set {
  ground: Ground;
  accounts: Accounts;
  scene: Scene;
  log: AcknowledgedLog;
  seed: number;
  /** After it nothing else is broken here. */
  isLast: boolean;
}

async function oneKind(
  name: string,
  { ground, accounts, scene, log, seed, isLast }: Set,
  { rounds, writers: count = 5 }: Omit<DrillOptions, 'only'>,
  isOver: () => boolean,
): Promise<Outcome> {
  const kind = kinds[name]!;
  const [first, before] = [log.all.length, performance.now()];
  const outcome: Outcome = { kind: name, rounds: 0, acknowledged: 0, repeated: 0, pauses: [], findings: [] };
  const fault = (detail: string): void => void outcome.findings.push({ kind: 'fault', detail });
  const writers = new Writers(accounts, scene, log);
  const chance = Chance.of(seed, Object.keys(kinds).indexOf(name));
  const wanted = (typeof rounds === 'number' ? rounds : rounds?.[name]) ?? kind.rounds;
  writers.start(count, seed * 1_000 + Object.keys(kinds).indexOf(name));
  try {
    if (!(await areAcknowledged(log, before))) fault('nothing is acknowledged before anything was broken');
    else
      for (let number = 0; number < wanted && !isOver(); number++) {
        // Not always at the same point of what the clients do.
        await pause(chance.int(50, 700));
        const at = performance.now();
        await kind.round({ ground, scene, writers, accounts, log, chance, number, fault });
        outcome.rounds++;
        const isBack = await areAcknowledged(log, performance.now());
        outcome.pauses.push(log.longestPause(at, performance.now()));
        if (isBack) continue;
        fault(`nothing is acknowledged ${backSeconds} s after round ${number + 1}`);
        break;
      }
  } catch (error) {
    fault(`round ${outcome.rounds + 1} could not be carried out: ${(error as Error).stack}`);
  } finally {
    await writers.stop();
  }
  for (const [words, times] of writers.surprises) outcome.findings.push({ kind: 'answer', detail: `${times} × ${words}` });
  for (const instance of ground.instances) {
    if (instance.isGone) fault(`the process ended by itself: ${instance.log().slice(-1_000)}`);
    for (const words of faultsOfLog(instance.log())) fault(words);
  }
  outcome.findings.push(...(await looked(ground, accounts, scene, log, writers, isLast)));
  outcome.acknowledged = log.all.length - first;
  outcome.repeated = log.all.slice(first).filter(({ sent }) => sent > 1).length;
  return outcome;
}

/** Whether clients are answered again. */
async function areAcknowledged(log: AcknowledgedLog, since: number): Promise<boolean> {
  for (const end = performance.now() + backSeconds * 1000; performance.now() < end; await pause(50))
    if (log.since(since) >= writesAround) return true;
  return false;
}

async function looked(
  ground: Ground,
  accounts: Accounts,
  scene: Scene,
  log: AcknowledgedLog,
  writers: Writers,
  isLast: boolean,
): Promise<Finding[]> {
  try {
    await ground.sweep();
    const findings = await faultsIn({
      sql: ground.sql,
      acknowledged: log.all,
      unanswered: log.unanswered,
      officeId: scene.officeId,
      files: ground.files,
      as: (username) => accounts.as(username),
      send: (order) => writers.sendOnce(order),
      repeats,
    });
    // The product's own look at its files reads the same again: once, after the last kind.
    const damaged = isLast ? await ground.verifyFiles() : undefined;
    return damaged ? [...findings, { kind: 'files', detail: `files:verify: ${damaged}` }] : findings;
  } catch (error) {
    return [{ kind: 'fault', detail: `it could not be looked at: ${(error as Error).stack}` }];
  }
}

function nothing(kind: string, skipped?: string): Outcome {
  return { kind, rounds: 0, acknowledged: 0, repeated: 0, pauses: [], findings: [], ...(skipped && { skipped }) };
}

const columns = ['kind', 'rounds', 'acknowledged', 'repeated', 'lost', 'twice', 'gaps', 'other', 'seconds without writes'];

/** The outcomes as a table in Markdown: seconds as median and maximum. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map((outcome) => cellsOf(outcome).join(' | '));
  return [columns.join(' | '), columns.map(() => '---').join(' | '), ...rows].map((row) => `| ${row} |`).join('\n');
}

function cellsOf({ kind, rounds, acknowledged, repeated, pauses, findings, skipped }: Outcome): (string | number)[] {
  if (skipped) return [kind, skipped, ...columns.slice(2).map(() => '–')];
  const count = (...kindsOf: string[]): number => findings.filter((finding) => kindsOf.includes(finding.kind)).length;
  const [lost, twice, gaps] = [count('lost'), count('twice'), count('gap')];
  const seconds = pauses.length > 0 ? `${median(pauses).toFixed(1)} / ${Math.max(...pauses).toFixed(1)}` : '–';
  return [kind, rounds, acknowledged, repeated, lost, twice, gaps, findings.length - lost - twice - gaps, seconds];
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
}

function lineOf(outcome: Outcome): string {
  return outcome.skipped
    ? `${outcome.kind}: ${outcome.skipped}`
    : cellsOf(outcome)
        .map((cell, at) => `${columns[at]} ${cell}`)
        .join(', ');
}
