import { mkdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { permissionsOf } from './document.ts';
import { faultsOfLog, Fuzzer, type FuzzResult, growsWithoutEnd } from './fuzzer.ts';
import type { FuzzRequest } from './requests.ts';
import { startOwnServer } from './server.ts';
import type { Tally } from './tally.ts';

/*
 * npm run fuzz -- [--requests 2000] [--seed 1] [--concurrency 4] [--minutes 60] [--only 'GET /api/v1/petitions'] [--out DIR] [--strict-time]
 *                 [--url http://127.0.0.1:3000] [--replay DIR/failures.jsonl]
 * Without --url it starts a server of its own on an embedded database with the demo. Exit code 1 where anything failed.
 */
const { values: args } = parseArgs({
  options: {
    url: { type: 'string' },
    requests: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    concurrency: { type: 'string', default: '4' },
    minutes: { type: 'string', default: '240' },
    only: { type: 'string' },
    out: { type: 'string', default: '.data/fuzz' },
    password: { type: 'string', default: 'TiepDan-Demo-2026' },
    replay: { type: 'string' },
    'strict-time': { type: 'boolean', default: false },
  },
});
if (args.url && !/^(127\.|\[::1\]|localhost$)/.test(new URL(args.url).hostname))
  throw new Error('The fuzzer asks servers of this machine alone: what it sends is hostile.');
mkdirSync(args.out, { recursive: true });

const own = args.url ? undefined : await startOwnServer();
const say = (line: string): void => void process.stdout.write(`${line}\n`);
let isFaulty = false;
// Whoever stops a long run reads what it found so far, and leaves no server behind.
const ending = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => ending.abort());
try {
  const fuzzer = new Fuzzer({
    url: args.url?.replace(/\/$/, '') ?? own!.url,
    document: JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as unknown,
    permissions: permissionsOf(readFileSync('docs/access-matrix.md', 'utf8')),
    password: args.password,
    seed: Number(args.seed),
    requests: Number(args.requests),
    concurrency: Number(args.concurrency),
    minutes: Number(args.minutes),
    signal: ending.signal,
    ...(args.only !== undefined && { only: args.only }),
    ...(own && { memory: () => own.memory() }),
    ...(!args.replay && { failuresFile: path.join(args.out, 'failures.jsonl') }),
    progress: (tally) => say(`${tally.sent} requests: ${statusesOf(tally)}; ${tally.failures.size} kinds of failure; load ${load()}`),
  });
  if (args.replay) isFaulty = await replay(fuzzer, args.replay);
  else isFaulty = tell(await fuzzer.run());
  const faults = own ? faultsOfLog(own.log()) : [];
  if (own && !own.isRunning()) faults.push('the server is gone');
  for (const fault of faults) say(fault);
  isFaulty ||= faults.length > 0;
} finally {
  await own?.stop();
}
process.exitCode = isFaulty ? 1 : 0;

/** Says what came of a run; whether it is a fault. */
function tell({ tally, neverReached, seconds, memory }: FuzzResult): boolean {
  const mebibytes = memory.map((bytes) => Math.round(bytes / 1_048_576));
  say(`seed ${args.seed}: ${tally.sent} requests in ${Math.round(seconds)} s, load ${load()}`);
  say(`statuses: ${statusesOf(tally)}`);
  say(`memory in use after each third, MiB: ${mebibytes.join(' → ') || 'not looked at'}`);
  say(`slowest: ${tally.slowest.map(({ operation, milliseconds }) => `${operation} ${milliseconds} ms`).join(' · ')}`);
  say(`never a success (${neverReached.length}): ${neverReached.join(', ')}`);
  const groups = [...tally.failures.values()].sort((one, other) => other.count - one.count);
  const faulty = groups.filter(({ kind }) => kind !== 'slow' || args['strict-time']);
  for (const { kind, operation, detail, count } of groups) say(`${kind}: ${count} × ${operation}: ${detail}`);
  const grows = growsWithoutEnd(memory);
  if (grows) say('memory grows from third to third');
  if (groups.length > 0) say(`Each with its request in ${path.join(args.out, 'failures.jsonl')}`);
  return faulty.length > 0 || grows;
}

async function replay(fuzzer: Fuzzer, file: string): Promise<boolean> {
  const kept = readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { kind: string; request: FuzzRequest });
  const results = await fuzzer.replay(kept);
  for (const { kind, operation, still, status } of results)
    say(`${still ? 'still' : 'gone '} ${kind} ${operation}: now ${status || 'no answer'}`);
  return results.some(({ still }) => still);
}

function statusesOf({ statuses }: Tally): string {
  return [...statuses]
    .sort(([one], [other]) => one - other)
    .map(([status, count]) => `${status} × ${count}`)
    .join(', ');
}

function load(): string {
  return loadavg()[0]!.toFixed(1);
}
