import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import autocannon from 'autocannon';
import pg from 'pg';
import { AppModule } from '../src/boot/app.module.js';
import { CalendarService } from '../src/structure/calendar/calendar.service.js';
import { today } from '../src/platform/text/today.js';
import { readConfig } from '../src/platform/config/config.js';
import { EmbeddedServer, temporaryDataFolder } from '../src/platform/database/embedded-server.js';
import { prepareDatabase } from '../src/boot/database/prepare.js';
import { demoPassword } from '../src/demo/accounts.js';
import { storeDemoCast } from '../src/demo/demo.js';
import { evaluate } from '../src/rules/evaluation/evaluation.js';
import type { Filing } from '../src/rules/evaluation/filing.js';
import { alertDays } from '../src/rules/limits/alert.js';
import { toStored } from '../src/petitions/duplicates/duplicates.service.js';
import { readOrMakeMasterKeys } from '../src/platform/sealing/master-keys.js';
import { fingerprintOf } from '../src/petitions/duplicates/fingerprint.js';
import { filePetition } from '../src/petitions/petition.queries.js';
import { UnitDirectory } from '../src/structure/units/unit-directory.js';
import { type BenchCase, type Query, readCases } from './cases.js';
import { type DuplicatesMeasured, measureDuplicates } from './duplicates.js';
import { loadPetitions } from './load.js';
import { measureOverview, type OverviewMeasured } from './overview.js';
import { loadReportRows, measureReports, measureWorkbookMemory, type ReportsMeasured } from './reports.js';
import { loadReception, readWholeYear, receptionCases } from './reception.js';

/*
 * `npm run bench`: this API against a bare handler with the same SQL, and against the SQL alone, in one run on one data set.
 * Machines are shared and noisy, so what counts are the ratios. Options: --petitions 100000 --seconds 4.
 */
const { values: options } = parseArgs({
  options: { petitions: { type: 'string', default: '100000' }, seconds: { type: 'string', default: '4' } },
});
const howMany = Number(options.petitions);
const seconds = Number(options.seconds);
const connections = 10;
/** Sides take turns, so that a slow moment of the machine hits both. */
const rounds = 2;

interface Measured {
  name: string;
  api: number;
  bare: number;
  sql: number;
  apiOfBare: number;
  aim: number;
}

const folder = await temporaryDataFolder();
const database = await EmbeddedServer.start(folder, 0, { shared_buffers: '512MB', max_wal_size: '4GB' });
const keys = mkdtempSync(path.join(tmpdir(), 'tiepdan-bench-'));
const children: ChildProcess[] = [];
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void tidyUp().finally(() => process.exit(130)));
try {
  await run();
} finally {
  await tidyUp();
}

async function tidyUp(): Promise<void> {
  for (const child of children) child.kill('SIGTERM');
  await Promise.all(children.filter(({ exitCode }) => exitCode === null).map((child) => once(child, 'exit')));
  await database.stop();
  rmSync(path.dirname(folder), { recursive: true, force: true });
  rmSync(keys, { recursive: true, force: true });
}

async function run(): Promise<void> {
  const admin = new pg.Client(database.url());
  await admin.connect();
  await admin.query('create database bench');
  await admin.end();
  const databaseUrl = database.url('bench');
  const config = readConfig({ DATABASE_URL: databaseUrl, LOG_LEVEL: 'silent', TIEPDAN_DATA_DIR: keys, TIEPDAN_WORKERS: '0' }, '');
  await prepareDatabase(databaseUrl, await readOrMakeMasterKeys(config, () => Promise.resolve(null)));
  const context = await NestFactory.createApplicationContext(AppModule.forRoot(config), { logger: false });
  const cast = await storeDemoCast(context);
  const loaded = await loadPetitions(databaseUrl, howMany);
  print(
    `${howMany.toLocaleString('en')} petitions loaded by COPY in ${loaded.seconds.toFixed(1)} s (${((loaded.seconds * 100_000) / howMany).toFixed(1)} s per 100,000)`,
  );

  await loadReportRows(databaseUrl, howMany);

  const { structure } = context.get(UnitDirectory);
  const { calendar } = context.get(CalendarService);
  const filing = anOverLevelFiling(cast.unitIds);
  const evaluationsPerSecond = measureEvaluation(() => evaluate(filing, structure, calendar));
  const facts = {
    petitionIds: loaded.petitionIds,
    cityId: cast.unitIds.get('city')!,
    unitIds: [...cast.unitIds.values()],
    today: today(),
    dueSoonUntil: alertDays(today(), calendar).dueSoonUntil,
  };
  const duplicates = await measureDuplicates(context, cast);
  await context.close();
  const reception = await loadReception(databaseUrl);

  const api = await startApi(databaseUrl);
  const bare = await startBareHandler(databaseUrl);
  const leader = await signIn(api, 'city.leader');
  const clerk = await signIn(api, 'city.clerk');
  const cases: [BenchCase, string][] = [
    ...readCases(facts).map((one): [BenchCase, string] => [one, leader]),
    [creation(facts.cityId, cast.unitIds.get('baDinh')!), clerk],
    ...receptionCases(reception).map((one): [BenchCase, string] => [one, clerk]),
  ];
  const measured: Measured[] = [];
  printHeader();
  for (const [one, token] of cases) {
    const row = await measure(one, token, { api, bare, databaseUrl });
    measured.push(row);
    printRow(row);
  }
  const year = await readWholeYear(api, reception);
  print(
    `the calendar of 126 communes and a year: ${year.days} days in ${year.pages} pages, ${year.seconds.toFixed(2)} s; the database holds ${reception.sessions} published days`,
  );
  const overview = await measureOverview(api, leader, databaseUrl, facts.cityId);
  const told = ({ units, milliseconds }: OverviewMeasured['few']) => `${units} units ${milliseconds.toFixed(0)} ms`;
  print(
    `the leader's overview, all indicators over all petitions: ${told(overview.few)}, ${told(overview.many)}, over a year ${told(overview.year)}`,
  );
  const reports = await measureReports(api, leader);
  print(
    `statutory forms of the city, a year / a quarter: ${reports.forms.map(({ code, year, quarter }) => `${code} ${year.toFixed(0)}/${quarter.toFixed(0)} ms`).join(', ')}; ` +
      `all of a year in one run over ${reports.whole.units} units ${reports.whole.milliseconds.toFixed(0)} ms`,
  );
  const workbooks = await measureWorkbookMemory();
  print(
    `heap that a workbook of all forms takes at most: ${workbooks.map(({ rows, megabytes }) => `${rows.toLocaleString('en')} rows a sheet ${megabytes.toFixed(1)} MiB`).join(', ')}`,
  );
  const sealing = await measureSealing(api, { clerk, leader }, creation(facts.cityId, cast.unitIds.get('baDinh')!));
  const evaluation = await load(
    api,
    {
      name: 'evaluate',
      aim: 0,
      method: 'POST',
      path: () => '/api/v1/rules/evaluations',
      body: JSON.stringify(toRequest(filing)),
      query: () => ({ name: '', text: '', values: [] }),
    },
    clerk,
  );

  report(measured, evaluationsPerSecond, evaluation, loaded.seconds, duplicates, sealing, overview, reports);
}

/** What the seal of a denunciation costs: its requests a second as a share of those of a complaint with the same words and people. */
interface Sealing {
  create: number;
  get: number;
}

async function measureSealing(api: string, { clerk, leader }: { clerk: string; leader: string }, open: BenchCase): Promise<Sealing> {
  const complaint = JSON.parse(bodyOf(open)) as { respondent: object };
  const sealed = {
    ...open,
    name: 'create sealed',
    body: JSON.stringify({
      ...complaint,
      kind: 'denunciation',
      respondent: { ...complaint.respondent, type: 'official', position: 'official' },
    }),
  };
  const [complaintId, denunciationId] = [await file(api, clerk, bodyOf(open)), await file(api, clerk, bodyOf(sealed))];
  const getting = (id: string): BenchCase => ({
    name: 'get',
    aim: 0,
    method: 'GET',
    path: () => `/api/v1/petitions/${id}`,
    query: open.query,
  });
  return {
    create: await share(api, clerk, sealed, open),
    get: await share(api, leader, getting(denunciationId), getting(complaintId)),
  };
}

/** Throughput of one kind of request as a share of another's, in turns. */
async function share(api: string, token: string, one: BenchCase, other: BenchCase): Promise<number> {
  let [ones, others] = [0, 0];
  for (let round = 0; round < rounds; round++) {
    others += await load(api, other, token);
    ones += await load(api, one, token);
  }
  return ones / others;
}

async function file(api: string, token: string, body: string): Promise<string> {
  const answer = await fetch(`${api}/api/v1/petitions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body,
  });
  return ((await answer.json()) as { id: string }).id;
}

async function measure(
  one: BenchCase,
  token: string,
  { api, bare, databaseUrl }: { api: string; bare: BareHandler; databaseUrl: string },
): Promise<Measured> {
  const queries = Array.from({ length: 1000 }, (_, turn) => one.query(turn));
  await bare.answerWith(queries);
  await load(api, one, token, 1);
  await load(bare.url, one, token, 1);
  const results = { api: 0, bare: 0, sql: 0 };
  for (let round = 0; round < rounds; round++) {
    results.api += await load(api, one, token);
    results.bare += await load(bare.url, one, token);
    results.sql += await sqlAlone(databaseUrl, queries);
  }
  return {
    name: one.name,
    ...results,
    api: results.api / rounds,
    bare: results.bare / rounds,
    sql: results.sql / rounds,
    apiOfBare: results.api / results.bare,
    aim: one.aim,
  };
}

function bodyOf({ body = '' }: BenchCase): string {
  return typeof body === 'string' ? body : body();
}

/** Requests a second of one kind, all of them answered with success. */
async function load(url: string, one: BenchCase, token: string, duration = seconds): Promise<number> {
  let turn = 0;
  const result = await autocannon({
    url,
    connections,
    duration,
    requests: [
      {
        method: one.method,
        headers: { authorization: `Bearer ${token}`, ...(one.body && { 'content-type': 'application/json' }) },
        setupRequest: (request) => ({ ...request, path: one.path(turn++), ...(one.body && { body: bodyOf(one) }) }),
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${one.name} at ${url}: ${result.errors} errors, answers ${JSON.stringify(result.statusCodeStats)}`);
  return result.requests.total / result.duration;
}

/** Statements a second over as many connections, without HTTP. */
async function sqlAlone(databaseUrl: string, queries: Query[]): Promise<number> {
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client(databaseUrl);
      await client.connect();
      return client;
    }),
  );
  const started = performance.now();
  const end = started + seconds * 1000;
  let turn = 0;
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < end) await client.query(queries[turn++ % queries.length]!);
    }),
  );
  const perSecond = turn / ((performance.now() - started) / 1000);
  await Promise.all(clients.map((client) => client.end()));
  return perSecond;
}

/** Evaluations a second of one core: the rules alone. */
function measureEvaluation(work: () => unknown): number {
  for (let warm = 0; warm < 2000; warm++) work();
  const started = performance.now();
  let count = 0;
  for (; performance.now() - started < 1000; count++) work();
  return Math.round(count / ((performance.now() - started) / 1000));
}

function creation(cityId: string, communeId: string): BenchCase {
  const body = {
    kind: 'complaint',
    channel: 'in_person',
    receivedOn: '2026-05-11',
    summary: 'Khiếu nại quyết định thu hồi đất tại phố Trấn Vũ',
    content: 'Tôi không đồng ý với quyết định thu hồi 25 m² đất của gia đình tôi.',
    respondent: { type: 'agency', unitId: communeId },
    parties: [{ role: 'petitioner', type: 'person', name: 'Nguyễn Văn Hoà', nationalId: '001082012345' }],
  };
  const row = {
    unit_id: cityId,
    symbol: 'BARE',
    case_id: null,
    kind: 'complaint',
    subject: 'administrative',
    channel: 'in_person',
    stage: 'first',
    received_on: '2026-05-11',
    summary: body.summary,
    content: body.content,
    respondent: body.respondent,
    signatories: 1,
    remote_area: false,
    complexity: 'normal',
    multiple_places: false,
    also_sent_to_unit_ids: [],
    prior_handling: [],
    competent_unit_id: communeId,
    within_competence: false,
    flags: [],
    flag_codes: ['over_level'],
    levels_skipped: 1,
    recommended_outcome: 'guidance',
    next_due_on: '2026-05-21',
    next_backlog_on: '2026-06-21',
    search_names: 'nguyen van hoa',
    anonymous: false,
    identity_secret: false,
    state: 'received',
    last_step_on: '2026-05-11',
  };
  const limit = {
    ruleId: 'petition.processing',
    ruleVersion: '2011',
    startsOn: '2026-05-11',
    dueOn: '2026-05-21',
    backlogOn: '2026-06-21',
    amount: 10,
    unit: 'calendar_days',
    calendarStatus: 'official',
    sources: [],
  };
  const stored = toStored(
    fingerprintOf(
      {
        kind: 'complaint',
        summary: body.summary,
        content: body.content,
        respondent: { type: 'agency', unitId: communeId },
        matterUnitId: null,
        parties: [{ role: 'petitioner', name: 'Nguyễn Văn Hoà', nationalId: '001082012345', address: null, birthYear: null }],
      },
      '',
    ),
  );
  const fingerprint = JSON.stringify({ ...stored, signature: stored.signature.toString('hex') });
  const values = [JSON.stringify(row), JSON.stringify(body.parties), '[]', JSON.stringify([limit]), '{}', fingerprint, null];
  return {
    name: 'create',
    aim: 0.4,
    method: 'POST',
    path: () => '/api/v1/petitions',
    body: JSON.stringify(body),
    query: () => ({ ...filePetition, values }),
  };
}

function anOverLevelFiling(unitIds: Map<string, string>): Filing {
  return {
    kind: 'complaint',
    subject: 'administrative',
    filedOn: '2018-06-20',
    filedAtUnitId: unitIds.get('cityBoard')!,
    respondent: { type: 'agency', unitId: unitIds.get('trucBach')! },
    matterUnitId: null,
    stage: null,
    priorHandling: [{ unitId: unitIds.get('trucBach')!, stage: 'first', receivedOn: '2018-03-01' }],
    forwardedBy: null,
    alsoSentToUnitIds: [],
    remoteArea: false,
    complexity: 'normal',
    multiplePlaces: false,
    decisionKnownOn: null,
  };
}

function toRequest({ kind, subject, filedOn, filedAtUnitId, respondent, priorHandling }: Filing): object {
  return { kind, subject, filedOn, filedAtUnitId, respondent, priorHandling };
}

async function startApi(databaseUrl: string): Promise<string> {
  const env = {
    PATH: process.env['PATH'],
    DATABASE_URL: databaseUrl,
    PORT: '0',
    TIEPDAN_DATA_DIR: keys,
    LOG_LEVEL: 'warn',
    TIEPDAN_RATE_LIMIT: '10000000',
    TIEPDAN_PUBLIC_LIMIT: '10000000',
  };
  const child = spawn(process.execPath, ['dist/src/boot/main.js'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  let written = '';
  for await (const chunk of child.stdout) {
    written += String(chunk);
    const port = /Swagger UI\s+http:\/\/localhost:(\d+)/.exec(written)?.[1];
    if (port) return `http://127.0.0.1:${port}`;
  }
  throw new Error(`The API does not start: ${written}`);
}

interface BareHandler {
  url: string;
  answerWith(queries: Query[]): Promise<void>;
}

async function startBareHandler(databaseUrl: string): Promise<BareHandler> {
  const child = fork('dist/bench/bare-handler.js', { env: { PATH: process.env['PATH'], DATABASE_URL: databaseUrl } });
  children.push(child);
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return {
    url: `http://127.0.0.1:${port}`,
    answerWith: async (queries) => {
      child.send(queries);
      await once(child, 'message');
    },
  };
}

async function signIn(api: string, username: string): Promise<string> {
  const answer = await fetch(`${api}/api/v1/auth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: demoPassword }),
  });
  return ((await answer.json()) as { accessToken: string }).accessToken;
}

function printHeader(): void {
  print('');
  print(
    `${'requests a second'.padEnd(22)}${['API', 'bare', 'SQL'].map((side) => side.padStart(9)).join('')}${'API/bare'.padStart(10)}${'aim'.padStart(7)}${'bare/SQL'.padStart(10)}`,
  );
}

function printRow({ name, api, bare, sql, apiOfBare, aim }: Measured): void {
  const sides = [api, bare, sql].map((perSecond) => perSecond.toFixed(0).padStart(9)).join('');
  const ratios = `${apiOfBare.toFixed(2).padStart(10)}${aim.toFixed(2).padStart(7)}${(bare / sql).toFixed(2).padStart(10)}`;
  print(`${name.padEnd(22)}${sides}${ratios}${apiOfBare < aim ? '  below the aim' : ''}`);
}

function report(
  measured: Measured[],
  evaluationsPerSecond: number,
  evaluationRequests: number,
  loadSeconds: number,
  duplicates: DuplicatesMeasured,
  sealing: Sealing,
  overview: OverviewMeasured,
  reports: ReportsMeasured,
): void {
  print('');
  print(
    `duplicates: ${duplicates.checks} checks, median ${duplicates.medianMilliseconds.toFixed(1)} ms, 95% within ${duplicates.p95Milliseconds.toFixed(1)} ms (aim 50); ` +
      `recall ${duplicates.recall.toFixed(3)}, precision ${duplicates.precision.toFixed(3)}`,
  );
  print(`sealed against open, share of throughput: create ${sealing.create.toFixed(2)}, get ${sealing.get.toFixed(2)} (aim 0.85)`);
  print(
    `evaluations a second of one core: ${evaluationsPerSecond.toLocaleString('en')} (rules alone), ${evaluationRequests.toFixed(0)} (over HTTP)`,
  );
  writeFileSync(
    'bench/results.json',
    `${JSON.stringify({ petitions: howMany, seconds, connections, cores: availableParallelism(), loadSeconds, evaluationsPerSecond, evaluationRequests, duplicates, sealing, overview, reports, measured }, null, 2)}\n`,
  );
}

function print(line: string): void {
  console.log(line);
}
