import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import type { KeyRing } from '../../../platform/sealing/key-ring.js';
import type { EventRow } from '../../petition.js';
import { hiddenWords } from './hide-words.js';

/**
 * Events whose words were taken out are intact where their hash is that of the words as they were, which lie sealed: without the key nobody
 * makes words that fit. What is told in their place is what was put there.
 */
export async function verifyRedacted<Event extends EventRow & { redacted: boolean }>(
  tx: EntityManager,
  ring: KeyRing,
  petitionId: string,
  events: Event[],
): Promise<Event[]> {
  if (!events.some(({ redacted }) => redacted)) return events;
  const hidden = await hiddenWords(tx, ring, { petitionId }, 'petition_event');
  const fitting = await tx.query<{ sequence: number }[]>(
    `select event.sequence from petition_event event
     join jsonb_to_recordset($2::jsonb) as original (sequence int, words jsonb) using (sequence)
     where event.petition_id = $1 and event.hash = petition_event_hash(jsonb_populate_record(event, original.words))`,
    [petitionId, JSON.stringify(hidden.map(({ key, before }) => ({ sequence: key['sequence'], words: before })))],
  );
  const fit = new Set(fitting.map(({ sequence }) => sequence));
  const told = new Map(hidden.map(({ key, after }) => [key['sequence'], after]));
  const known = ({ sequence, reason, facts }: Event): boolean =>
    fit.has(sequence) && isDeepStrictEqual(told.get(sequence), { reason, facts });
  // With the end of its personal data the words under the seal are gone; the links between the events stay.
  const anonymised = events.some(({ type }) => type === 'anonymised');
  return events.map((event, index) => {
    const linked = event.previousHash === (events[index - 1]?.hash ?? null);
    return { ...event, intact: event.redacted ? linked && (known(event) || anonymised) : event.intact };
  });
}

/** Events without digests of files where they can show who denounced: the same file may stand elsewhere. */
export function withoutDigests<Event extends EventRow>(events: Event[], secret: boolean): Event[] {
  if (!secret) return events;
  return events.map((event) => ({
    ...event,
    facts: Object.fromEntries(Object.entries(event.facts).filter(([name]) => name !== 'sha256')),
  }));
}

const links = ['petitionId', 'petitionNumber', 'fromCaseId', 'intoCaseId', 'mergeId'];

/** Events without the ids of other petitions that the caller does not see (`visible`: which of some ids he sees). */
export async function withoutUnseen<Event extends EventRow>(
  events: Event[],
  visible: (ids: string[]) => Promise<ReadonlySet<unknown>>,
): Promise<Event[]> {
  const ids = events.flatMap(({ facts: { petitionId } }) => (typeof petitionId === 'string' ? [petitionId] : []));
  if (ids.length === 0) return events;
  const seen = await visible(ids);
  return events.map((event) => {
    const { petitionId, ...facts } = event.facts;
    return petitionId === undefined || seen.has(petitionId) ? event : { ...event, facts };
  });
}

/** Events without what leads from a denunciation to a petition that names who filed it, or back (see `cut-links.ts`). */
export async function withoutLinksAcross<Event extends EventRow>(tx: EntityManager, events: Event[], secret: boolean): Promise<Event[]> {
  const ids = events.flatMap(({ facts }) => [facts['petitionId'], facts['mergeId']]).filter((id) => typeof id === 'string');
  if (ids.length === 0) return events;
  const rows = await tx.query<{ id: string }[]>(
    `select id from petition where id = any ($1::uuid[]) and identity_secret <> $2
     union select id from case_merge where id = any ($1::uuid[]) and withheld`,
    [ids, secret],
  );
  const across = new Set<unknown>(rows.map(({ id }) => id));
  return events.map((event) =>
    across.has(event.facts['petitionId']) || across.has(event.facts['mergeId'])
      ? { ...event, facts: Object.fromEntries(Object.entries(event.facts).filter(([name]) => !links.includes(name))) }
      : event,
  );
}
