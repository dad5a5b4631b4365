import type { EntityManager } from 'typeorm';
import { Problem } from '../../platform/problems/problem.js';
import { letHoldsGo } from './holds.js';

/** How a session is divided for those who register ahead. */
export interface SlotPlan {
  startsAt: string;
  endsAt: string;
  slotMinutes: number | null;
  placesPerSlot: number | null;
}

export interface Slot {
  startsAt: string;
  places: number;
  booked: number;
}

/** Hours at which the slots of a session begin; one that would end after the session is left out. */
export function slotTimes({ startsAt, endsAt, slotMinutes }: Omit<SlotPlan, 'placesPerSlot'>): string[] {
  if (slotMinutes === null) return [];
  const times: string[] = [];
  for (let at = minutesOf(startsAt); at + slotMinutes <= minutesOf(endsAt); at += slotMinutes) times.push(asTime(at));
  return times;
}

/** @throws Problem when only one half of the plan is given, or no slot fits into the session */
export function mustFit({ startsAt, endsAt, slotMinutes, placesPerSlot }: SlotPlan): void {
  if ((slotMinutes === null) !== (placesPerSlot === null))
    throw Problem.field('validation-failed', '/placesPerSlot', 'required', {
      vi: 'slotMinutes và placesPerSlot đi cùng nhau.',
      en: 'slotMinutes and placesPerSlot go together.',
    });
  if (slotMinutes !== null && slotTimes({ startsAt, endsAt, slotMinutes }).length === 0)
    throw Problem.field('validation-failed', '/slotMinutes', 'too_long', {
      vi: 'Buổi tiếp ngắn hơn một lượt hẹn.',
      en: 'The session is shorter than one slot.',
    });
}

/**
 * Gives a session its slots; places that are booked stay.
 * @throws Problem `conflict` naming a slot that would lose booked places
 */
export async function storeSlots(tx: EntityManager, sessionId: string, plan: SlotPlan): Promise<void> {
  mustFit(plan);
  await letHoldsGo(tx, sessionId);
  const times = slotTimes(plan);
  const places = plan.placesPerSlot ?? 0;
  const [short] = await tx.query<{ startsAt: string; booked: number }[]>(
    `select to_char(starts_at, 'HH24:MI') as "startsAt", booked from (
       select * from reception_slot where session_id = $1 order by starts_at for update
     ) slot where booked > case when starts_at = any ($2::time[]) then $3::int else 0 end limit 1`,
    [sessionId, times, places],
  );
  if (short) throw booked(short.startsAt, short.booked);
  await tx.query(
    `delete from reception_slot slot where session_id = $1 and starts_at <> all ($2::time[])
       and not exists (select from reception_appointment a where a.session_id = slot.session_id and a.slot_at = slot.starts_at)`,
    [sessionId, times],
  );
  // A slot with nothing but ended appointments stays for them, without places.
  await tx.query('update reception_slot set places = 0 where session_id = $1 and starts_at <> all ($2::time[])', [sessionId, times]);
  await tx.query(
    `insert into reception_slot (session_id, starts_at, places) select $1, at, $3 from unnest($2::time[]) as at
     on conflict (session_id, starts_at) do update set places = excluded.places`,
    [sessionId, times, places],
  );
}

function booked(startsAt: string, count: number): Problem {
  const detail = {
    vi: `Lượt hẹn ${startsAt} đã có ${count} người đăng ký; hãy chuyển hoặc huỷ lịch hẹn trước.`,
    en: `${count} place(s) of the slot at ${startsAt} are booked; move or cancel the appointments first.`,
  };
  return new Problem('conflict', detail, [{ pointer: '/placesPerSlot', code: 'booked', detail }], { startsAt, booked: count });
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function asTime(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
