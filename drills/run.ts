import { mkdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { drill, tableOf } from './drill.ts';
import { kinds } from './kinds.ts';

/*
 * npm run drills -- [--only kill-api,terminate] [--rounds 20] [--seed 1] [--minutes 60] [--writers 5] [--out DIR]
 * Breaks a product of its own, on this machine, under clients that write, and looks whether anything that was acknowledged is lost, twice or
 * torn. Exit code 1 where anything was found. See docs/drills.md.
 */
const { values: args } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '60' },
    writers: { type: 'string', default: '5' },
    out: { type: 'string', default: '.data/drills' },
  },
});
const only = args.only?.split(',') ?? Object.keys(kinds);
const unknown = only.find((name) => !Object.hasOwn(kinds, name));
if (unknown) throw new Error(`--only: there is no "${unknown}"; there are ${Object.keys(kinds).join(', ')}`);
mkdirSync(args.out, { recursive: true });

const say = (line: string): void => void process.stdout.write(`${line}\n`);
// Whoever stops a long run reads what it found so far, and leaves no server behind.
const ending = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => ending.abort());
const outcomes = await drill({
  only,
  seed: Number(args.seed),
  minutes: Number(args.minutes),
  writers: Math.min(6, Math.max(1, Number(args.writers))),
  out: args.out,
  signal: ending.signal,
  say,
  ...(args.rounds !== undefined && { rounds: Number(args.rounds) }),
});
say(`\nseed ${args.seed}, load ${loadavg()[0]!.toFixed(1)}; what was acknowledged stands in ${args.out}\n`);
say(tableOf(outcomes));
const findings = outcomes.flatMap(({ kind, findings: found }) => found.map((finding) => ({ of: kind, ...finding })));
for (const { of, kind, detail } of findings.slice(0, 100)) say(`\n${of}: ${kind}: ${detail}`);
process.exitCode = findings.length > 0 ? 1 : 0;
