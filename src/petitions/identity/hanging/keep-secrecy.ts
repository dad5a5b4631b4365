import type { EntityManager } from 'typeorm';
import type { KeyRing } from '../../../platform/sealing/key-ring.js';
import { Redaction } from '../redaction.js';
import { redactText } from '../sealed-people.js';
import { cutLinks } from './cut-links.js';
import { familyOf, type Hanging, hangingOn, peopleOf } from './hanging-on.js';
import { hideReception, showReception } from './hide-reception.js';
import { hideWords, showWords } from './hide-words.js';

/*
 * The one room that knows what hangs on a denunciation: whoever is behind it must be told by nothing around it either (Law on Denunciations
 * arts 8, 56). It is run whenever kind, link or people change, in the transaction that changes them; to run it twice changes nothing.
 */

/** Hides what hangs on a petition whose author is secret; shows it again where nobody is. The people in it are hidden and shown for themselves. */
export async function keepSecrecy(tx: EntityManager, ring: KeyRing, petitionId: string): Promise<void> {
  const [petition] = await tx.query<{ secret: boolean }[]>('select identity_secret as secret from petition where id = $1', [petitionId]);
  await cutLinks(tx, petitionId);
  const hanging = await hangingOn(tx, { petitionId });
  if (petition!.secret) {
    await hide(tx, ring, hanging);
    await tx.query('update petition set hanging_hidden = true where id = $1 and not hanging_hidden', [petitionId]);
    return;
  }
  await showWords(tx, ring, { petitionId });
  await keepSecrecyOfVisits(tx, ring, { ...hanging, incidentIds: [] });
  await keepSecrecyOfGatherings(tx, ring, hanging.incidentIds);
}

/** The same for a visit, and for all that hangs together with it: it is secret where one of them is to denounce, or is about a denunciation. */
export async function keepSecrecyOfVisit(tx: EntityManager, ring: KeyRing, visitId: string): Promise<void> {
  const [visit] = await tx.query<{ matterId: string }[]>('select matter_id as "matterId" from reception_visit where id = $1', [visitId]);
  await keepSecrecyOfVisits(tx, ring, await hangingOn(tx, { visitId: visit!.matterId }));
}

/** The same for a gathering, and for all of the same matter. */
export async function keepSecrecyOfGathering(tx: EntityManager, ring: KeyRing, incidentId: string): Promise<void> {
  await keepSecrecyOfGatherings(tx, ring, [incidentId]);
}

async function keepSecrecyOfVisits(tx: EntityManager, ring: KeyRing, hanging: Hanging): Promise<void> {
  const visits = await tx.query<{ matterId: string; denounces: boolean; secretPetitionId: string | null }[]>(
    `select v.matter_id as "matterId", v.kind = 'denunciation' as denounces, p.id as "secretPetitionId"
     from reception_visit v left join petition p on p.id = v.petition_id and p.identity_secret where v.id = any ($1) order by v.id`,
    [hanging.visitIds],
  );
  const petitionIds = [...new Set(visits.flatMap(({ secretPetitionId }) => secretPetitionId ?? []))];
  const denounced = visits.find(({ denounces }) => denounces);
  for (const petitionId of petitionIds) await hide(tx, ring, await hangingOn(tx, { petitionId }));
  if (petitionIds.length === 0 && denounced) await hide(tx, ring, { ...hanging, owner: { visitId: denounced.matterId }, petitionIds: [] });
  if (petitionIds.length > 0 || denounced) return;
  for (const visitId of new Set(visits.map(({ matterId }) => matterId))) await showWords(tx, ring, { visitId });
  await showReception(tx, ring, hanging);
}

async function keepSecrecyOfGatherings(tx: EntityManager, ring: KeyRing, incidentIds: readonly string[]): Promise<void> {
  const matters = await tx.query<{ matterId: string; denounced: boolean; secretPetitionIds: string[] }[]>(
    `select i.matter_id as "matterId", bool_or(i.kind = 'denunciation') as denounced,
       coalesce(array_agg(distinct p.id) filter (where p.id is not null), '{}') as "secretPetitionIds"
     from reception_incident i left join petition p on p.id = i.petition_id and p.identity_secret
     where i.matter_id in (select matter_id from reception_incident where id = any ($1)) group by 1 order by 1`,
    [incidentIds],
  );
  for (const { matterId, denounced, secretPetitionIds } of matters) {
    for (const petitionId of secretPetitionIds) await hide(tx, ring, await hangingOn(tx, { petitionId }));
    if (secretPetitionIds.length > 0) continue;
    const hanging = await hangingOn(tx, { incidentId: matterId });
    if (denounced) await hide(tx, ring, hanging);
    else await showReception(tx, ring, hanging);
  }
}

async function hide(tx: EntityManager, ring: KeyRing, hanging: Hanging): Promise<void> {
  const [petitionId] = hanging.petitionIds;
  const around = petitionId ? await hangingOn(tx, hanging.owner, await familyOf(tx, petitionId)) : hanging;
  const redaction = await Redaction.of(await peopleOf(tx, ring, around));
  await hideReception(tx, ring, hanging, redaction);
  await hideWords(tx, ring, hanging, redaction);
  for (const petitionId of hanging.petitionIds) await redactText(tx, ring, petitionId, redaction);
}
