import type { EntityManager } from 'typeorm';
import type { KeyRing } from '../../../platform/sealing/key-ring.js';
import { redact } from '../redaction.js';
import { familyOf, hangingOn, peopleOf } from './hanging-on.js';
import { peopleIn, type SecretRow, secretRows } from './reception-rows.js';

/** Ids as values of their own: what stands within somebody's words is no id that an answer is about. */
const uuid = /(?<=")[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=")/g;

/** Whether a text that was kept from before names somebody who is secret now in one of the petitions, visits, appointments or gatherings that it tells of. */
export async function namesSomebodySecret(tx: EntityManager, ring: KeyRing, text: string): Promise<boolean> {
  const ids = [...new Set(text.match(uuid))];
  if (ids.length === 0) return false;
  const petitions = await tx.query<{ id: string }[]>(
    `select id from petition where id = any ($1::uuid[]) and identity_secret
     union select petition_id from reception_incident where id = any ($1::uuid[]) and identity_secret and petition_id is not null`,
    [ids],
  );
  const matters = await tx.query<{ id: string }[]>(
    `select matter_id as id from reception_visit v where identity_secret and (v.id = any ($1::uuid[]) or v.appointment_id = any ($1::uuid[])
       or v.ticket_id in (select id from reception_ticket where appointment_id = any ($1::uuid[])))`,
    [ids],
  );
  for (const { id: petitionId } of petitions) {
    const hanging = await hangingOn(tx, { petitionId }, await familyOf(tx, petitionId));
    if ((await redact(text, await peopleOf(tx, ring, hanging))) !== text.normalize('NFC')) return true;
  }
  for (const { id: visitId } of matters)
    if ((await redact(text, await peopleOf(tx, ring, await hangingOn(tx, { visitId })))) !== text.normalize('NFC')) return true;
  const rows = await tx.query<SecretRow[]>(secretRows.text, [ids, [], null, null]);
  return (await redact(text, peopleIn(ring, rows))) !== text.normalize('NFC');
}
