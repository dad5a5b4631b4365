import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { personName, places, stories } from '../src/demo/stories.js';
import { toStored } from '../src/petitions/duplicates/duplicates.service.js';
import { type Comparable, fingerprintOf } from '../src/petitions/duplicates/fingerprint.js';
import type { PetitionKind } from '../src/rules/evaluation/filing.js';
import { plusDays } from '../src/platform/text/legal-date.js';

/** What the measured requests choose from. */
export interface Loaded {
  petitionIds: string[];
  seconds: number;
}

interface UnitRow {
  id: string;
  symbol: string;
  level: string;
  name: string;
}

/** Fills the database with so many petitions of ten years by COPY, with their cases, limits and first events. */
export async function loadPetitions(databaseUrl: string, howMany: number): Promise<Loaded> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  // What goes wrong is told by the statement; the server may be gone by then.
  client.on('error', () => undefined);
  const started = performance.now();
  const { rows: units } = await client.query<UnitRow>(
    `select id, symbol, level, name from unit where kind = 'peoples_committee' order by symbol`,
  );
  const ids = Array.from({ length: howMany }, (_, index) => ({ petition: uuid(index, 'a'), case: uuid(index, 'b') }));
  const rows = function* (): Generator<Row> {
    for (const [index, { petition, case: caseId }] of ids.entries()) yield rowOf(index, petition, caseId, units);
  };
  await client.query('set synchronous_commit = off');
  // What is loaded was never written by anybody: it is neither in the audit nor told to other systems.
  await recordWrites(client, 'disable');
  await collectIndexEntries(client, 'on');
  await client.query('begin');
  await copy(client, 'petition_case (id, opened_unit_id, opened_on)', rows, (row) => [row.caseId, row.unit.id, row.receivedOn]);
  await copy(
    client,
    `petition (id, number, ledger_unit_id, ledger_year, ledger_number, case_id, kind, subject, channel, state, stage, received_on, summary, content, field_code,
      signatories, remote_area, complexity, multiple_places, received_unit_id, competent_unit_id, responsible_unit_id, responsible_since, involved_unit_ids,
      within_competence, flags, flag_codes, levels_skipped, recommended_outcome, last_step_on, next_due_on, next_backlog_on, search_names, identity_secret)`,
    rows,
    (row) => [
      row.id,
      `${row.unit.symbol}-${row.year}-${String(row.ledgerNumber).padStart(6, '0')}`,
      row.unit.id,
      row.year,
      row.ledgerNumber,
      row.caseId,
      row.kind,
      row.kind === 'complaint' ? 'administrative' : null,
      'post',
      row.state,
      'first',
      row.receivedOn,
      row.summary,
      row.content,
      row.fieldCode,
      1,
      false,
      'normal',
      false,
      row.unit.id,
      row.unit.id,
      row.unit.id,
      row.receivedOn,
      `{${row.unit.id}}`,
      !row.overLevel,
      row.overLevel ? '[{"code":"over_level"}]' : '[]',
      row.overLevel ? '{over_level}' : '{}',
      row.overLevel ? 1 : null,
      row.overLevel ? 'guidance' : 'propose_acceptance',
      row.receivedOn,
      row.open ? row.dueOn : null,
      row.open ? row.backlogOn : null,
      '',
      row.kind === 'denunciation',
    ],
  );
  await copy(
    client,
    'petition_limit (petition_id, unit_id, rule_id, rule_version, starts_on, due_on, backlog_on, amount, unit, calendar_status, sources, met_on)',
    rows,
    (row) => [
      row.id,
      row.unit.id,
      'complaint.acceptance',
      '2011',
      row.receivedOn,
      row.dueOn,
      row.backlogOn,
      10,
      'calendar_days',
      'official',
      '[]',
      row.open ? null : row.receivedOn,
    ],
  );
  const happened = function* () {
    for (const row of rows()) for (const event of eventsOf(row)) yield { ...event, row };
  };
  await copy(client, 'petition_event (petition_id, type, occurred_on, unit_id, facts)', happened, ({ row, type, on, facts }) => [
    row.id,
    type,
    on,
    row.unit.id,
    JSON.stringify(facts),
  ]);
  await copy(
    client,
    `petition_stay (petition_id, unit_id, case_id, part, channel, arrival, arrived_on, processed_on, outcome, kind, stage, field_code, signatories, within, matter,
      settled_on, settled_by, result, resolution_due_on)`,
    rows,
    stayOf,
  );
  await copyFingerprints(client, rows, howMany);
  await client.query(
    `insert into ledger_counter (unit_id, year, last_number) select ledger_unit_id, ledger_year, max(ledger_number) from petition group by 1, 2
     on conflict (unit_id, year) do update set last_number = excluded.last_number`,
  );
  await client.query('commit');
  await recordWrites(client, 'enable');
  await collectIndexEntries(client, 'off');
  const seconds = (performance.now() - started) / 1000;
  await client.query('vacuum analyze');
  await client.end();
  return { petitionIds: ids.map(({ petition }) => petition), seconds };
}

/**
 * What petitions are compared by, each with an invented petitioner. The keys are collected while the fingerprints go in, and go in
 * themselves without their index, which is built afterwards.
 */
async function copyFingerprints(client: pg.Client, rows: () => Generator<Row>, howMany: number): Promise<void> {
  const keys = new BigInt64Array(howMany * mostKeys);
  const ids: string[] = [];
  const owners = new Uint32Array(howMany * mostKeys);
  let count = 0;
  const stored = function* () {
    for (const row of rows()) {
      const index = ids.push(row.id) - 1;
      const fingerprint = fingerprintOf(
        {
          kind: row.kind as PetitionKind,
          summary: row.summary,
          content: row.content,
          respondent: { type: 'agency', unitId: row.unit.id },
          matterUnitId: null,
          parties: [aPerson(index)],
        },
        '',
      );
      for (const key of fingerprint.keys) {
        keys[count] = key;
        owners[count++] = index;
      }
      yield { id: row.id, ...toStored(fingerprint) };
    }
  };
  await copy(client, 'petition_match (petition_id, signature, person_keys, subject_key, keys)', stored, (row) => [
    row.id,
    `\\x${row.signature.toString('hex')}`,
    `{${row.personKeys.join(',')}}`,
    row.subjectKey,
    `{${row.keys.join(',')}}`,
  ]);
  await client.query('alter table petition_match_key drop constraint petition_match_key_pkey');
  const pairs = function* () {
    for (let at = 0; at < count; at++) yield at;
  };
  await copy(client, 'petition_match_key (key, petition_id)', pairs, (at) => [keys[at]!.toString(), ids[owners[at]!]!]);
  await client.query('alter table petition_match_key add primary key (key, petition_id)');
}

/** Bands, and the ways to know one person again. */
const mostKeys = 20;

function aPerson(index: number): Comparable['parties'][number] {
  const draw = (salt: number, below: number) => Math.abs(Math.imul(index + 1, 2_654_435_761 + salt * 40_503) % below);
  const pick = <T>(from: readonly T[]): T => from[draw(from.length, from.length)]!;
  return {
    role: 'petitioner',
    name: personName(pick),
    nationalId: String(index).padStart(12, '0'),
    address: null,
    birthYear: 1940 + draw(9, 65),
  };
}

/** A bulk load is what the pending list of a GIN index is for; the schema has it off for the day's work. */
async function collectIndexEntries(client: pg.Client, how: 'on' | 'off'): Promise<void> {
  for (const index of ['petition_search', 'petition_involved']) {
    await client.query(`alter index ${index} set (fastupdate = ${how})`);
    if (how === 'off') await client.query('select gin_clean_pending_list($1::regclass)', [index]);
  }
}

interface Row {
  id: string;
  caseId: string;
  unit: UnitRow;
  year: number;
  ledgerNumber: number;
  kind: string;
  state: string;
  open: boolean;
  overLevel: boolean;
  receivedOn: string;
  dueOn: string;
  backlogOn: string;
  summary: string;
  content: string;
  fieldCode: string;
}

/** What happened to a petition up to its state: received, processed after some days, and the end of what was accepted. */
function eventsOf({ state, kind, receivedOn }: Row): { type: string; on: string; facts: object }[] {
  const received = { type: 'received', on: receivedOn, facts: {} };
  const processedOn = plusDays(receivedOn, 6);
  if (state === 'received' || state === 'classified') return [received];
  if (state === 'accepted') return [received, { type: 'accepted', on: processedOn, facts: {} }];
  if (state !== 'closed') return [received, { type: state, on: processedOn, facts: {} }];
  const ending = { complaint: 'decided', denunciation: 'concluded' }[kind] ?? 'answered';
  const ended = { type: ending, on: plusDays(receivedOn, 30), facts: { result: ending === 'answered' ? 'resolved' : 'wrong' } };
  return [received, { type: 'accepted', on: processedOn, facts: {} }, ended];
}

/** The one stay of a petition, as the database makes it from those events. */
function stayOf(row: Row): (string | boolean | null)[] {
  const [, processed, ended] = eventsOf(row);
  const outcome = processed?.type ?? null;
  return [
    ...[
      row.id,
      row.unit.id,
      row.caseId,
      false,
      'post',
      'filed',
      row.receivedOn,
      processed?.on ?? null,
      outcome,
      row.kind,
      'first',
      row.fieldCode,
      'one',
    ],
    !row.overLevel,
    processed ? (outcome === 'accepted' ? 'in_hand' : 'not_begun') : null,
    ended?.on ?? null,
    ended ? 'decision' : null,
    (ended?.facts as { result?: string } | undefined)?.result ?? null,
    ended ? plusDays(row.receivedOn, 36) : null,
  ];
}

/** The same row for the same index, so that it can be made again for every table instead of being held in memory. */
function rowOf(index: number, id: string, caseId: string, units: UnitRow[]): Row {
  const draw = (salt: number, below: number) => Math.imul(index + 1, 2_654_435_761 + salt * 40_503) % below;
  const pick = <T>(from: readonly T[], salt: number): T => from[Math.abs(draw(salt, from.length))]!;
  const receivedOn = plusDays('2016-01-04', Math.abs(draw(1, 3_900)));
  const story = pick(stories, 2);
  const unit = pick(units, 3);
  const place = `${pick(places, 4)} số ${Math.abs(draw(5, 900))}`;
  const fill = (text: string) => text.replaceAll('{unit}', unit.name).replaceAll('{place}', place);
  const open = Math.abs(draw(6, 20)) === 0;
  const dueOn = plusDays(receivedOn, 10);
  return {
    id,
    caseId,
    unit,
    year: Number(receivedOn.slice(0, 4)),
    ledgerNumber: index + 1,
    kind: story.kind,
    state: open ? pick(['received', 'classified', 'accepted'], 7) : pick(['closed', 'closed', 'guided', 'filed_away'], 7),
    open,
    overLevel: Math.abs(draw(8, 12)) === 0,
    receivedOn,
    dueOn,
    backlogOn: plusDays(dueOn, 31),
    summary: fill(story.summary),
    content: fill(story.content),
    fieldCode: story.fieldCode,
  };
}

async function copy<T>(
  client: pg.Client,
  target: string,
  rows: () => Iterable<T>,
  values: (row: T) => (string | number | boolean | null)[],
): Promise<void> {
  const stream = client.query(copyFrom(`copy ${target} from stdin`));
  // Many rows to a chunk: one write to the socket for each row would take longer than the row.
  const chunks = function* (): Generator<string> {
    let chunk = '';
    for (const row of rows()) {
      chunk += `${values(row).map(copyText).join('\t')}\n`;
      if (chunk.length < 65_536) continue;
      yield chunk;
      chunk = '';
    }
    yield chunk;
  };
  await pipeline(Readable.from(chunks(), { objectMode: true }), stream);
  if (!stream.writableFinished) await once(stream, 'finish');
}

function copyText(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return '\\N';
  return String(value).replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n');
}

/** Ids in the order of the index, in the layout of a UUID version 7. */
function uuid(index: number, table: string): string {
  return `0190${String(table.charCodeAt(0)).padStart(4, '0')}-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
}

async function recordWrites(client: pg.Client, how: 'enable' | 'disable'): Promise<void> {
  for (const table of ['petition', 'petition_case', 'petition_limit'])
    await client.query(`alter table ${table} ${how} trigger audit_change`);
  for (const trigger of ['petition_event_out', 'petition_stay']) await client.query(`alter table petition_event ${how} trigger ${trigger}`);
}
