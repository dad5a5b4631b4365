import type { EntityManager } from 'typeorm';
import type { KeyRing } from '../../../platform/sealing/key-ring.js';
import { fold } from '../../../platform/text/fold.js';
import type { Redaction } from '../redaction.js';
import type { Hanging } from './hanging-on.js';
import { type ReceptionTable, receptionTables, type Said, saidIn, type SealedRow } from './reception-rows.js';

interface ReceptionRow extends Omit<SealedRow, 'sealed'> {
  sealed: Buffer | null;
  /** It is secret by its own kind, whatever hangs together. */
  denounces: boolean;
  secret: boolean;
}

/** Nobody is shown any more who came, booked or stood for a crowd; the words name nobody, and nothing is found by a name. */
export async function hideReception(tx: EntityManager, ring: KeyRing, hanging: Hanging, redaction: Redaction): Promise<void> {
  await forEachRow(tx, ring, hanging, async ({ table, words, searched }, { id }, said) => {
    await redaction.read(words.map((name) => said?.[name] ?? ''));
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
  work: (of: ReceptionTable, row: ReceptionRow, said: Said | null) => Promise<void>,
): Promise<void> {
  for (const of of receptionTables) {
    const rows = await tx.query<ReceptionRow[]>(
      `select id, sealed, sealed_key as "sealedKey", kind = 'denunciation' as denounces, identity_secret as secret
       from ${of.table} where id = any ($1) order by id for update`,
      [hanging[of.of]],
    );
    for (const row of rows) {
      await work(of, row, row.sealed && saidIn(ring, of, { ...row, sealed: row.sealed }));
    }
  }
}
