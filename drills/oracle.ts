import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { QueryResultRow } from 'pg';
import type { Answer, Client, Json } from '../test/support/client.js';
import { must } from '../test/support/reception.ts';
import type { Acknowledged, Act, Order } from './acknowledged.ts';

/**
 * `lost`: acknowledged and not there; `twice`: there more often than it was asked for; `gap`: numbers and their counter differ; `history`: a chain
 * of hashes is broken; `incomplete`: what belongs together is not together; `files`: rows and files differ; `audit`: the chain of the audit is
 * broken; `repeat`: the same key answers something else; `answer`: an answer that may not be; `fault`: the fault itself did not pass as it should.
 */
export type FindingKind = 'lost' | 'twice' | 'gap' | 'history' | 'incomplete' | 'files' | 'audit' | 'repeat' | 'answer' | 'fault';

export interface Finding {
  kind: FindingKind;
  detail: string;
}

export type Sql = <Row extends QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>;

/** Where the oracle looks. Nobody writes while it does. */
export interface Evidence {
  sql: Sql;
  acknowledged: readonly Acknowledged[];
  /** Orders of which nobody knows whether they were done. */
  unanswered: readonly Order[];
  /** Office in which all tickets are those of the drill. */
  officeId: string;
  /** Folder of the attachments. */
  files: string;
  as: (username: string) => Promise<Client>;
  /** Sends an order as it was sent, once. */
  send: (order: Order) => Promise<Answer | null>;
  /** As many answers are asked for again; those that were only answered when they were repeated always are. */
  repeats: number;
}

interface Written extends QueryResultRow {
  id: string;
  number: string | null;
  /** Words in which the tag of the order stands. */
  words: string;
}

/** Where an act is found, by the words of its order. Tickets have none: those of an office are all those of the drill. */
export const writtenBy: Record<Exclude<Act, 'call' | 'ticket'>, string> = {
  file: 'select id, number, summary as words from petition',
  step: `select petition_id as id, null as number, facts::text || coalesce(reason, '') as words from petition_event where type = 'guided'`,
  visit: 'select id, number, matter as words from reception_visit',
  attach: 'select id, sha256 as number, filename as words from attachment',
  book: 'select id, number, matter as words from reception_appointment',
  transfer: 'select id, null as number, reason as words from transfer',
  paper: `select id, number, array_to_string(recipients, ' ') as words from document`,
};

/** Rows that stand alone or apart: what no way of stopping may leave behind. Each answers the first of them. */
const incomplete: Record<string, string> = {
  'petitions without an event': 'select number from petition p where not exists (select from petition_event where petition_id = p.id)',
  'petitions without a limit': `select number from petition p where external_reference is null
    and not exists (select from petition_limit where petition_id = p.id)`,
  'petitions without a party': `select number from petition p where external_reference is null and kind in ('complaint', 'denunciation') and not anonymous
    and not exists (select from petition_party where petition_id = p.id)`,
  'petitions without a stay': 'select number from petition p where not exists (select from petition_stay where petition_id = p.id)',
  'petitions without a fingerprint': 'select number from petition p where not exists (select from petition_match where petition_id = p.id)',
  'cases without a petition':
    'select id as number from petition_case c where merged_into_id is null and not exists (select from petition where case_id = c.id)',
  'events that were told to nobody': `select petition_id || '/' || sequence as number from petition_event e where type not like 'protection%'
    and not exists (select from outgoing_event where petition_id = e.petition_id and sequence = e.sequence)`,
  'slots with other bookings than they say': `select s.session_id || ' ' || s.starts_at as number from reception_slot s where s.booked <> (
    select count(*) from reception_appointment a where a.session_id = s.session_id and a.slot_at = s.starts_at and a.state not in ('cancelled', 'lapsed'))`,
  'files that are counted otherwise than they are': `select u.owner_id::text as number from attachment_usage u join petition p on p.id = u.owner_id
    where u.files <> (select count(*) from attachment where petition_id = p.id)`,
  'writes that the audit does not know':
    'select id as number from petition p where not exists (select from audit_record where object_id = p.id::text)',
};

/** Numbers that are given out one after the other: how many there are, the highest, and what the counter says. */
const ledgers: Record<string, string> = {
  petitions: `select unit_id || ' ' || year as ledger, last_number as counter, n.count, n.highest from ledger_counter c
    join lateral (select count(*)::int as count, max(ledger_number) as highest from petition
      where ledger_unit_id = c.unit_id and ledger_year = c.year) n on true`,
  documents: `select unit_id || ' ' || year as ledger, last_number as counter, n.count, n.highest from document_counter c
    join lateral (select count(*)::int as count, max(sequence) as highest from document where unit_id = c.unit_id and year = c.year) n on true`,
  visits: `select owner_id || ' ' || period as ledger, last_number as counter, n.count, n.highest from running_number c
    join lateral (select count(*)::int as count, max(sequence) as highest from reception_visit
      where unit_id = c.owner_id and year = c.period::int) n on true where c.name = 'visit'`,
  appointments: `select owner_id || ' ' || period as ledger, last_number as counter, n.count, n.highest from running_number c
    join lateral (select count(*)::int as count, max(right(a.number, 6)::int) as highest from reception_appointment a
      join reception_session s on s.id = a.session_id
      where s.unit_id = c.owner_id and split_part(right(a.number, 11), '-', 1) = c.period) n on true where c.name = 'appointment'`,
  tickets: `select owner_id || ' ' || period as ledger, last_number as counter, n.count, n.highest from running_number c
    join lateral (select count(*)::int as count, max(number) as highest from reception_ticket
      where office_id = c.owner_id and on_date = c.period::date) n on true where c.name = 'ticket'`,
  'outgoing events': `select '' as ledger, coalesce(max(position), 0)::int as counter, count(*)::int as count, coalesce(max(position), 0)::int as highest from outgoing_event`,
  'audit links': `select '' as ledger, coalesce(max(position), 0)::int as counter, count(*)::int as count, coalesce(max(position), 0)::int as highest from audit_link`,
};

/** Events that do not prove themselves and the one before; hidden words have a hash of their own (they are proven by what they were). */
const brokenHistories = `select petition_id::text as id, sequence from (
    select petition_id, sequence, (redacted or hash = petition_event_hash(e)) as own, row_number() over chain as place,
      previous_hash is not distinct from lag(hash) over chain as linked
    from petition_event e window chain as (partition by petition_id order by sequence)) seen
  where not (own and linked and sequence = place)`;

/**
 * What is wrong with what the database and the store hold, after something broke: everything acknowledged is there exactly once, under its number
 * and with its bytes; nothing is there that nobody asked for; numbers have no gaps; every chain of hashes is whole; what belongs together is
 * together; the same key answers the same. Empty where all is well.
 */
export async function faultsIn(evidence: Evidence): Promise<Finding[]> {
  return [
    ...(await wordsOf(evidence)),
    ...(await ticketsOf(evidence)),
    ...(await gapsIn(evidence)),
    ...(await historiesIn(evidence)),
    ...(await apartIn(evidence)),
    ...(await filesOf(evidence)),
    ...(await auditOf(evidence)),
    ...(await repeatsOf(evidence)),
  ];
}

/** Acknowledged acts, one by one, against the rows in whose words they stand. */
async function wordsOf({ sql, acknowledged, unanswered }: Evidence): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [act, query] of Object.entries(writtenBy)) {
    const rows = Map.groupBy(await sql<Written>(query), ({ words }) => tagIn(words));
    const asked = acknowledged.filter(({ order }) => order.act === act);
    for (const { order, answer } of asked) {
      const found = rows.get(order.tag) ?? [];
      const number = act === 'attach' ? answer.sha256 : answer.number;
      const told = `${act} "${order.tag}" (${answer.number ?? answer.id}, key ${order.key})`;
      if (found.length === 0) findings.push({ kind: 'lost', detail: `${told} is not there` });
      else if (found.length > 1) findings.push({ kind: 'twice', detail: `${told} is there ${found.length} times` });
      else if (found[0]!.id !== answer.id || (found[0]!.number !== null && found[0]!.number !== number))
        findings.push({ kind: 'lost', detail: `${told} is there as ${found[0]!.number ?? found[0]!.id}` });
      rows.delete(order.tag);
    }
    const unknown = new Set(unanswered.map(({ tag }) => tag));
    for (const [tag, found] of rows)
      if (tag !== undefined && (!unknown.has(tag) || found.length > 1))
        findings.push({ kind: 'twice', detail: `${act} "${tag}" is there ${found.length} times and was never acknowledged` });
  }
  return findings;
}

/** Tickets and calls have no words: those of the office are counted against those that were acknowledged. */
async function ticketsOf({ sql, acknowledged, unanswered, officeId }: Evidence): Promise<Finding[]> {
  const findings: Finding[] = [];
  const rows = await sql<{ id: string; number: number; calls: number }>(
    'select id, number, calls from reception_ticket where office_id = $1',
    [officeId],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const act of ['ticket', 'call'] as const) {
    const told = acknowledged.filter(({ order }) => order.act === act).map(({ answer }) => answer);
    const open = unanswered.filter((order) => order.act === act).length;
    const there = act === 'ticket' ? rows.length : rows.filter(({ calls }) => calls > 0).length;
    for (const { id, number } of told) {
      const row = byId.get(id);
      if (row?.number !== number || (act === 'call' && row?.calls === 0))
        findings.push({ kind: 'lost', detail: `${act} ${number} (${id}) is not there` });
    }
    const distinct = new Set(told.map(({ id }) => id as string)).size;
    if (distinct < told.length)
      findings.push({ kind: 'twice', detail: `${told.length - distinct} acknowledged ${act}s are those of others` });
    if (there > distinct + open) findings.push({ kind: 'twice', detail: `${there - distinct - open} ${act}s more than were acknowledged` });
  }
  return findings;
}

async function gapsIn({ sql }: Evidence): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [name, query] of Object.entries(ledgers))
    for (const { ledger, counter, count, highest } of await sql<{ ledger: string; counter: number; count: number; highest: number }>(query))
      if (count !== counter || highest !== counter)
        findings.push({ kind: 'gap', detail: `${name} ${ledger}: ${count} of ${counter}, the highest ${highest}` });
  return findings;
}

async function historiesIn({ sql }: Evidence): Promise<Finding[]> {
  const broken = await sql<{ id: string; sequence: number }>(brokenHistories);
  return broken.map(({ id, sequence }) => ({ kind: 'history', detail: `event ${sequence} of petition ${id} does not prove itself` }));
}

async function apartIn({ sql }: Evidence): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [what, query] of Object.entries(incomplete)) {
    const rows = await sql<{ number: string }>(query);
    if (rows.length > 0) findings.push({ kind: 'incomplete', detail: `${rows.length} ${what}: ${rows[0]!.number}` });
  }
  return findings;
}

/** Every content that has a row is there with its digest, and nothing else lies in the store. */
async function filesOf({ sql, files }: Evidence): Promise<Finding[]> {
  const findings: Finding[] = [];
  const rows = new Set((await sql<{ sha256: string }>('select sha256 from blob')).map(({ sha256 }) => sha256));
  const stored = existsSync(files) ? readdirSync(files, { recursive: true, encoding: 'utf8' }) : [];
  const contents = new Map(stored.map((name) => [path.basename(name), name]));
  for (const sha256 of rows) {
    const name = contents.get(sha256);
    if (name === undefined) findings.push({ kind: 'files', detail: `${sha256} has a row and no file` });
    else if (
      createHash('sha256')
        .update(readFileSync(path.join(files, name)))
        .digest('hex') !== sha256
    )
      findings.push({ kind: 'files', detail: `${sha256} is damaged` });
  }
  for (const name of contents.keys())
    if (/^[0-9a-f]{64}$/.test(name) && !rows.has(name))
      findings.push({ kind: 'files', detail: `${name} has a file and no row after the grace` });
  return findings;
}

/** The product's own proof of the audit, page by page. */
async function auditOf({ as }: Evidence): Promise<Finding[]> {
  const inspector = await as('city.inspector');
  for (let from: number | null = 1; from !== null;) {
    const found: Json = await must(200, inspector.get(`/audit/verification?from=${from}`));
    if (!found.intact) return [{ kind: 'audit', detail: `broken at ${JSON.stringify(found.broken)}` }];
    from = found.nextFrom;
  }
  return [];
}

async function repeatsOf({ acknowledged, send, repeats }: Evidence): Promise<Finding[]> {
  const findings: Finding[] = [];
  const every = Math.max(1, Math.ceil(acknowledged.length / repeats));
  for (const { order, status, answer } of acknowledged.filter(({ sent }, index) => sent > 1 || index % every === 0)) {
    const again = await send(order);
    if (again?.status !== status || !isDeepStrictEqual(again.body, answer) || again.headers.get('idempotent-replayed') !== 'true')
      findings.push({
        kind: 'repeat',
        detail: `${order.act} "${order.tag}" with key ${order.key}: ${again?.status ?? 'no answer'} ${JSON.stringify(again?.body).slice(0, 200)}`,
      });
  }
  return findings;
}

function tagIn(words: string): string | undefined {
  return /lần [a-z]+/.exec(words)?.[0];
}
