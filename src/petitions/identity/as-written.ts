import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import type { NamedQuery } from '../../platform/database/transactions.js';
import type { KeyRing } from '../../platform/sealing/key-ring.js';
import { placeOf } from '../../platform/sealing/places.js';
import type { Accusation } from './denounced.js';
import { type HiddenWords, keepHidden } from './hanging/hide-words.js';
import { redacted, withheld } from './redaction.js';

/*
 * Whom a denunciation is against, in the words that were written: what is shown of him may lack a part, because whoever denounced has it in
 * his own name. Kept sealed among the hidden words of the petition, which the room of `hanging/` keeps in step.
 */

/** What of a new denunciation was written otherwise than it is stored: its respondent, and parties by position. */
export interface WrittenOtherwise {
  respondent: HiddenWords | null;
  parties: (HiddenWords & { position: number })[];
}

/** Seals the words that a new denunciation had, for the exclusion and for the day on which it turns out to be none. */
export async function keepAsWritten(
  tx: EntityManager,
  ring: KeyRing,
  petitionId: string,
  { respondent, parties }: WrittenOtherwise,
): Promise<void> {
  const keep = (table: string, id: string, words: HiddenWords): Promise<void> => keepHidden(tx, ring, { petitionId }, table, { id }, words);
  if (respondent) await keep('petition', petitionId, respondent);
  for (const { position, before, after } of parties) {
    const [party] = await tx.query<{ id: string }[]>('select id from petition_party where petition_id = $1 and position = $2', [
      petitionId,
      position,
    ]);
    await keep('petition_party', party!.id, { before, after });
  }
}

/** Values: petition ids. Words that were taken out of whom they are against. */
export const hiddenRespondents: NamedQuery = {
  name: 'hidden-respondents',
  text: `select id, petition_id as "petitionId", object_table as "table", sealed, sealed_key as "keyVersion" from hidden_words
    where petition_id = any ($1::uuid[]) and object_table in ('petition', 'petition_party')`,
};

export interface HiddenRespondentRow {
  id: string;
  petitionId: string;
  table: 'petition' | 'petition_party';
  sealed: Buffer;
  keyVersion: number;
}

/** An accusation with the names that were written, beside those that are shown. A respondent who was entered anew since is that one alone. */
export function asWritten(accusation: Accusation, hidden: readonly HiddenRespondentRow[], ring: KeyRing): Accusation {
  const written = hidden.flatMap(({ id, table, sealed, keyVersion }) => {
    const { before, after } = ring.open<HiddenWords>({ sealed, keyVersion }, placeOf.hiddenWords(id));
    if (table === 'petition_party') return [before['name']];
    const { respondent } = accusation;
    const stands = isDeepStrictEqual(after['respondent'], respondent) || lacksSomebody(respondent?.name);
    return stands ? [(before['respondent'] as { name?: unknown } | null | undefined)?.name] : [];
  });
  return { ...accusation, named: [...accusation.named, ...written.filter((name) => typeof name === 'string')] };
}

/** Whether somebody was taken out of a name. */
export function lacksSomebody(name: string | null | undefined): boolean {
  return name?.includes(withheld) || name?.includes(redacted) || false;
}

/** The names that one may have been from which one of the people was taken out, by the whole name or by what stands for it. */
export function possibleNames(name: string, people: readonly { name: string }[]): string[] {
  if (!lacksSomebody(name)) return [];
  const forms = people.flatMap((person) => {
    const words = person.name.trim().split(/\s+/);
    return [words, words.slice(-2), [words[0], words.at(-1)]].map((form) => form.join(' '));
  });
  return [...new Set(forms)].map((form) => name.replaceAll(withheld, form).replaceAll(redacted, form));
}
