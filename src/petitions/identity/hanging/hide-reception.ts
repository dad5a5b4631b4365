import type { EntityManager } from 'typeorm';
import type { KeyRing } from '../../../sealing/key-ring.js';
import { placeOf } from '../../../sealing/places.js';
import { fold } from '../../../units/fold.js';
import { Redaction, type Telling } from '../redaction.js';
import type { Hanging } from './hanging-on.js';

/** What is sealed of a visit, an appointment or a gathering: its words as they were said, and people. */
interface Said {
  matter: string;
  content?: string;
  visitors?: Telling[];
}

interface ReceptionRow {
  id: string;
  sealed: Buffer;
  sealedKey: number;
  /** It is secret by its own kind, whatever hangs together. */
  denounces: boolean;
  secret: boolean;
}

/** The tables of the reception, each with who is behind a row sealed in it, and its own words beside that. */
const tables = [
  { table: 'reception_visit', place: placeOf.visit, of: 'visitIds', words: ['matter', 'content'], searched: true },
  { table: 'reception_appointment', place: placeOf.appointment, of: 'appointmentIds', words: ['matter'], searched: false },
  { table: 'reception_incident', place: placeOf.incident, of: 'incidentIds', words: ['matter'], searched: false },
] as const;

/** Nobody is shown any more who came, booked or stood for a crowd; the words name nobody, and nothing is found by a name. */
export async function hideReception(tx: EntityManager, ring: KeyRing, hanging: Hanging, people: readonly Telling[]): Promise<void> {
  const redaction = new Redaction(people);
  await forEachRow(tx, ring, hanging, async ({ table, words, searched }, { id }, said) => {
    const told = words.map((name) => redaction.all(said?.[name] ?? ''));
    const sets = said ? words.map((name, at) => `${name} = $${at + 2}`) : [];
    await tx.query(
      `update ${table} set ${[...sets, 'identity_secret = true', ...(searched ? [`search_names = ''`] : [])].join(', ')} where id = $1`,
      [id, ...(said ? told : [])],
    );
  });
}

/** Shows them again as they were said, but for what is a denunciation by itself. */
export async function showReception(tx: EntityManager, ring: KeyRing, hanging: Hanging): Promise<void> {
  await forEachRow(tx, ring, hanging, async ({ table, words, searched }, { id, denounces, secret }, said) => {
    if (denounces || !secret) return;
    const names = fold((said?.visitors ?? []).map(({ name }) => name).join(' '));
    const values = said ? [...words.map((name) => said[name] ?? ''), ...(searched ? [names] : [])] : [];
    const sets = said ? [...words, ...(searched ? ['search_names'] : [])].map((name, at) => `${name} = $${at + 2}`) : [];
    await tx.query(`update ${table} set ${[...sets, 'identity_secret = false'].join(', ')} where id = $1`, [id, ...values]);
  });
}

/** @param work told what was sealed; null for a row whose personal data is gone */
async function forEachRow(
  tx: EntityManager,
  ring: KeyRing,
  hanging: Hanging,
  work: (of: (typeof tables)[number], row: ReceptionRow, said: Said | null) => Promise<void>,
): Promise<void> {
  for (const of of tables) {
    const rows = await tx.query<ReceptionRow[]>(
      `select id, sealed, sealed_key as "sealedKey", kind = 'denunciation' as denounces, identity_secret as secret
       from ${of.table} where id = any ($1) order by id for update`,
      [hanging[of.of]],
    );
    for (const row of rows) {
      const said = row.sealed ? ring.open<Said>({ sealed: row.sealed, keyVersion: row.sealedKey }, of.place(row.id)) : null;
      await work(of, row, said);
    }
  }
}
