import type { Client, Json } from './client.js';

/** The legal day in Viet Nam so many days from today. */
export function daysAhead(days: number): string {
  return new Date(Date.now() + 7 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
}

/** Working days by the official calendar, the first so many calendar days from today. */
export async function workingDays(client: Client, from: number, count: number): Promise<string[]> {
  const { body } = await client.get(`/calendar?from=${daysAhead(from)}&to=${daysAhead(from + count * 2 + 14)}`);
  return (body.items ?? body.days)
    .filter((day: Json) => day.working)
    .map((day: Json) => day.date)
    .slice(0, count);
}

/** Sends and answers the body; fails loudly when the status is another one. */
export async function must(status: number, answer: Promise<{ status: number; body: Json }>): Promise<Json> {
  const { status: got, body } = await answer;
  if (got !== status) throw new Error(`${got} instead of ${status}: ${JSON.stringify(body).slice(0, 600)}`);
  return body;
}

/** An office of the caller's unit with two rooms. */
export async function anOffice(client: Client, more: object = {}): Promise<Json> {
  const office = await must(
    201,
    client.post('/reception-offices', {
      name: `Điểm tiếp công dân ${Math.random().toString(36).slice(2, 8)}`,
      address: 'Số 2 phố Trúc Bạch, phường Ba Đình, Hà Nội',
      openingHours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', to: '11:30' })),
      validFrom: '2025-07-01',
      ...more,
    }),
  );
  for (const name of ['Phòng 1', 'Phòng 2']) await must(201, client.post(`/reception-offices/${office.id}/rooms`, { name }));
  return must(200, client.get(`/reception-offices/${office.id}`));
}

/** A planned day of the head, as a front-end sends it. */
export function aPeriodicSession(office: Json, onDate: string, more: object = {}): Json {
  return {
    officeId: office.id,
    roomIds: [office.rooms[0].id],
    type: 'periodic',
    onDate,
    startsAt: '08:00',
    endsAt: '11:30',
    headName: 'Trần Văn Đức',
    headTitle: 'Chủ tịch UBND phường Ba Đình',
    ...more,
  };
}
