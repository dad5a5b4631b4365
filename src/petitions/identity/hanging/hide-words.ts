import { randomUUIDv7 } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import { own } from '../../../platform/text/own.js';
import type { KeyRing } from '../../../platform/sealing/key-ring.js';
import { placeOf } from '../../../platform/sealing/places.js';
import type { Redaction } from '../redaction.js';
import type { Hanging, Owner } from './hanging-on.js';
import { type HangingTable, hangingTables } from './what-hangs.js';

type Words = Record<string, unknown>;

/** Words as they were written, with what stands in their place. */
export interface HiddenWords {
  before: Words;
  after: Words;
}

interface HangingRow {
  key: Words;
  words: Words;
}

interface HiddenRow {
  id: string;
  table: string;
  key: Words;
  sealed: Buffer;
  sealedKey: number;
}

/**
 * Takes people out of the words of everything that hangs together; as they were written they are kept sealed. The kind of a gathering is never
 * corrected: out of the words about a matter that a crowd denounces they go for good.
 */
export async function hideWords(tx: EntityManager, ring: KeyRing, hanging: Hanging, redaction: Redaction): Promise<void> {
  // Nobody can be asked what is meant: what is doubtful goes as well, and comes back with the rest.
  for (const table of hangingTables)
    for (const { key, words } of await rowsOf(tx, table, hanging)) {
      await redaction.read(textsIn(words));
      const after = without(words, table, redaction);
      if (isDeepStrictEqual(after, words)) continue;
      if (!('incidentId' in hanging.owner)) await keepHidden(tx, ring, hanging.owner, table.table, key, { before: words, after });
      await store(tx, table, key, after);
    }
}

function without(words: Words, { instead, others = [] }: HangingTable, redaction: Redaction): Words {
  const all = instead ?? ((text: string) => redaction.all(text));
  const ofAnother = (text: string) => redaction.ofAnother(text);
  return Object.fromEntries(
    Object.entries(words).map(([column, value]) => [column, mapTexts(value, others.includes(column) ? ofAnother : all)]),
  );
}

/** Whoever words are kept for. */
type Keeper = Exclude<Owner, { incidentId: string }>;

/** Puts the words back that were hidden; what was written anew since stays as it is. */
export async function showWords(tx: EntityManager, ring: KeyRing, owner: Keeper): Promise<void> {
  for (const hidden of await hiddenOf(tx, owner)) {
    const table = hangingTables.find((candidate) => candidate.table === hidden.table)!;
    const { before, after } = open(ring, hidden);
    const words = await wordsOf(tx, table, hidden.key);
    if (words) await store(tx, table, hidden.key, restored(words, before, after));
    await tx.query('delete from hidden_words where id = $1', [hidden.id]);
  }
}

/** The words of the rows of a table as they were before they were hidden, with what stands in their place, by their keys; for whoever checks what was made from them. */
export async function hiddenWords(
  tx: EntityManager,
  ring: KeyRing,
  owner: Keeper,
  tableName: string,
): Promise<({ key: Words } & HiddenWords)[]> {
  return (await hiddenOf(tx, owner, tableName)).map((hidden) => ({ key: hidden.key, ...open(ring, hidden) }));
}

/** Keeps the words of a row as they were written, sealed, beside what stands in their place. */
export async function keepHidden(
  tx: EntityManager,
  ring: KeyRing,
  owner: Keeper,
  table: string,
  key: Words,
  { before, after }: HiddenWords,
): Promise<void> {
  const [known] = await hiddenOf(tx, owner, table, key);
  const first = known && open(ring, known);
  const id = known?.id ?? randomUUIDv7();
  const hidden: HiddenWords = { before: first ? restored(before, first.before, first.after) : before, after };
  const { sealed, keyVersion } = ring.seal(hidden, placeOf.hiddenWords(id));
  await tx.query(
    `insert into hidden_words (id, petition_id, visit_id, object_table, object_key, sealed, sealed_key) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (id) do update set sealed = excluded.sealed, sealed_key = excluded.sealed_key`,
    [id, ...ownerValues(owner), table, JSON.stringify(key), sealed, keyVersion],
  );
}

function rowsOf(
  tx: EntityManager,
  table: HangingTable,
  { petitionIds, visitIds, appointmentIds, incidentIds }: Hanging,
): Promise<HangingRow[]> {
  return tx.query<HangingRow[]>(
    `select ${asObject(keyOf(table))} as key, ${asObject(table.words)} as words from ${table.table} t
     where ${table.hangs} and num_nulls($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) = 0`,
    [petitionIds, visitIds, appointmentIds, incidentIds],
  );
}

async function wordsOf(tx: EntityManager, table: HangingTable, key: Words): Promise<Words | undefined> {
  const [row] = await tx.query<{ words: Words }[]>(
    `select ${asObject(table.words)} as words from ${table.table} t where ${hasKey(table, '$1')}`,
    [JSON.stringify(key)],
  );
  return row?.words;
}

async function store(tx: EntityManager, table: HangingTable, key: Words, words: Words): Promise<void> {
  if (table.appendOnly) {
    await tx.query('select take_words_out($1, $2::jsonb, $3::jsonb)', [table.table, JSON.stringify(key), JSON.stringify(words)]);
    return;
  }
  const columns = table.words.join(', ');
  await tx.query(
    `update ${table.table} t set (${columns}) = (select ${columns} from jsonb_populate_record(null::${table.table}, $2::jsonb)) where ${hasKey(table, '$1')}`,
    [JSON.stringify(key), JSON.stringify(words)],
  );
}

function hiddenOf(tx: EntityManager, owner: Keeper, table: string | null = null, key: Words | null = null): Promise<HiddenRow[]> {
  const [column, id] = 'petitionId' in owner ? ['petition_id', owner.petitionId] : ['visit_id', owner.visitId];
  return tx.query<HiddenRow[]>(
    `select id, object_table as "table", object_key as key, sealed, sealed_key as "sealedKey" from hidden_words
     where ${column} = $1 and ($2::text is null or object_table = $2) and ($3::jsonb is null or object_key = $3) order by id`,
    [id, table, key && JSON.stringify(key)],
  );
}

function open(ring: KeyRing, { id, sealed, sealedKey }: HiddenRow): HiddenWords {
  return ring.open<HiddenWords>({ sealed, keyVersion: sealedKey }, placeOf.hiddenWords(id));
}

function ownerValues(owner: Keeper): [string | null, string | null] {
  return 'petitionId' in owner ? [owner.petitionId, null] : [null, owner.visitId];
}

/** The words now, with what was written before wherever nobody has changed what was put in its place. */
function restored(now: Words, before: Words, after: Words): Words {
  return Object.fromEntries(
    Object.entries(now).map(([name, value]) => [name, isDeepStrictEqual(value, own(after, name)) ? own(before, name) : value]),
  );
}

function keyOf({ key = ['id'] }: HangingTable): readonly string[] {
  return key;
}

function asObject(columns: readonly string[]): string {
  return `jsonb_build_object(${columns.map((name) => `'${name}', t.${name}`).join(', ')})`;
}

function hasKey(table: HangingTable, parameter: string): string {
  const columns = keyOf(table);
  return `(${columns.map((name) => `t.${name}`).join(', ')}) = (select ${columns.join(', ')} from jsonb_populate_record(null::${table.table}, ${parameter}::jsonb))`;
}

/** Every text in a value. */
function textsIn(value: unknown): string[] {
  const texts: string[] = [];
  mapTexts(value, (text) => {
    texts.push(text);
    return text;
  });
  return texts;
}

/** The same value with each text in it mapped; names of fields stay. */
export function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, map));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapTexts(item, map)]));
}
