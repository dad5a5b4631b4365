import type { EntityManager } from 'typeorm';
import type { BookingConfirmation } from '../../petitions/unit-settings/unit-settings.service.js';

/** Until when a place is held, and what confirms it. */
export interface Hold {
  until: Date;
  by: BookingConfirmation;
  /** Keyed digest of the code that was sent; null where the office confirms. */
  codeDigest: Buffer | null;
  /** Keyed digest of the network that it is held from. */
  from: Buffer;
}

/** One booking of a session after the other: each sees what the one before left, and none waits for two others. */
export async function inTurn(tx: EntityManager, sessionIds: string[]): Promise<void> {
  for (const id of [...new Set(sessionIds)].sort())
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 40))', [`booking ${id}`]);
}

/** Places that were held and not confirmed in time are free again. Called before places are counted or taken, {@link inTurn}. */
export async function letHoldsGo(tx: EntityManager, sessionId: string): Promise<void> {
  await tx.query(
    `with gone as (
       update reception_appointment set state = 'lapsed', held_until = null, held_from = null, confirmation_hash = null, version = version + 1
       where id = any (array(
         select id from reception_appointment where session_id = $1 and held_until <= now() order by id for update skip locked))
       returning slot_at
     ), freed as (select slot_at, count(*)::int as lapsed from gone group by slot_at)
     update reception_slot slot set booked = booked - lapsed from freed where slot.session_id = $1 and slot.starts_at = freed.slot_at`,
    [sessionId],
  );
}
