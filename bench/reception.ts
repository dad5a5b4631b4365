import { randomInt } from 'node:crypto';
import pg from 'pg';
import { publishedSessions } from '../src/reception/sessions/sessions.queries.js';
import type { BenchCase } from './cases.js';

/*
 * Reception at the size of Hanoi: 126 communes whose chairs receive every week of a year, and a session in which everybody books at once.
 */
const communes = 126;
const from = '2027-01-01';
const to = '2027-12-31';

export interface ReceptionLoaded {
  cityId: string;
  unitIds: string[];
  sessions: number;
  bookableId: string;
}

/** Communes with an office, a room and a published day in each week, and one session with places for all who book. */
export async function loadReception(databaseUrl: string): Promise<ReceptionLoaded> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  // A city of its own, so that the figures of the other one stay what they are.
  const { rows: cities } = await client.query<{ id: string }>(
    `insert into unit (code, symbol, name, level, kind, valid_from) values ('T', 'TT', 'Thành phố', 'province', 'peoples_committee', '2008-01-01') returning id`,
  );
  const cityId = cities[0]!.id;
  const { rows: units } = await client.query<{ id: string }>(
    `insert into unit (code, symbol, name, level, kind, parent_id, valid_from)
     select 'T' || n, 'TT-' || n, 'Phường ' || n, 'commune', 'peoples_committee', $1, '2025-07-01' from generate_series(1, $2) as n returning id`,
    [cityId, communes],
  );
  const unitIds = units.map(({ id }) => id);
  await client.query(
    `with office as (
       insert into reception_office (unit_id, name, address, valid_from)
       select unit, 'Điểm tiếp công dân', 'Số 2 phố Trúc Bạch, Hà Nội', '2025-07-01' from unnest($1::uuid[]) as unit returning id, unit_id
     ), room as (
       insert into reception_room (office_id, name) select id, 'Phòng 1' from office returning id, office_id
     ), session as (
       insert into reception_session (unit_id, office_id, type, on_date, first_planned_on, starts_at, ends_at, head_name, head_title, presider, published_on)
       select office.unit_id, office.id, 'periodic', day, day, '08:00', '11:30', 'Trần Văn Đức', 'Chủ tịch UBND phường', office.unit_id || ' head', $2
       from office, generate_series($2::date, $3::date, '7 days') as day returning id, office_id, during
     )
     insert into reception_session_room (session_id, room_id, during, active)
     select session.id, room.id, session.during, true from session join room using (office_id)`,
    [unitIds, from, to],
  );
  const { rows: bookable } = await client.query<{ id: string }>(
    `with session as (
       insert into reception_session (unit_id, office_id, type, on_date, first_planned_on, starts_at, ends_at, slot_minutes, public_booking, published_on)
       select unit_id, id, 'regular', $2, $2, '00:00', '23:50', 10, true, $3 from reception_office where unit_id = $1 returning id
     ), slots as (
       insert into reception_slot (session_id, starts_at, places) select id, at::time, 1000000 from session,
         generate_series('2027-01-01 08:00'::timestamp, '2027-01-01 15:50', '10 minutes') as at
     )
     select id from session`,
    [unitIds[0], to, from],
  );
  await client.query('analyze');
  const { rows: counted } = await client.query<{ count: number }>(
    'select count(*)::int as count from reception_session where published_on is not null',
  );
  await client.end();
  return { cityId, unitIds, sessions: counted[0]!.count, bookableId: bookable[0]!.id };
}

export function receptionCases({ cityId, unitIds, bookableId }: ReceptionLoaded): BenchCase[] {
  return [
    {
      name: 'calendar, 200 days',
      aim: 0.4,
      method: 'GET',
      path: () => `/api/v1/public/reception-calendar?unitId=${cityId}&includeSubordinates=true&from=${from}&to=${to}&limit=200`,
      query: () => ({ ...publishedSessions, values: [unitIds, from, to, null, null, null, 201] }),
    },
    {
      name: 'booking',
      aim: 0.4,
      method: 'POST',
      path: () => `/api/v1/public/reception-sessions/${bookableId}/appointments`,
      body: () =>
        JSON.stringify({
          slotAt: `${String(randomInt(8, 16)).padStart(2, '0')}:${randomInt(0, 6)}0`,
          name: 'Nguyễn Văn Hoà',
          phone: `09${randomInt(10 ** 11)}`,
          kind: 'complaint',
          matter: 'Đề nghị xem xét phương án bồi thường tại phố Trấn Vũ',
        }),
      query: () => ({ name: 'bare-booking', text: bareBooking, values: [bookableId, `${String(randomInt(8, 16)).padStart(2, '0')}:00`] }),
    },
  ];
}

/** What a booking writes, in one statement. */
const bareBooking = `with session as (select id, unit_id from reception_session where id = $1 for share),
  place as (update reception_slot set booked = booked + 1 where session_id = $1 and starts_at = $2 and booked < places returning booked),
  number as (
    insert into running_number as counter (owner_id, name, period, last_number) select unit_id, 'bare', '2027', 1 from session, place
    on conflict (owner_id, name, period) do update set last_number = counter.last_number + 1 returning last_number
  )
  insert into reception_appointment (session_id, slot_at, number, code_hash, kind, persons, matter, contact_index, source)
  select $1, $2::time, 'BARE-' || last_number, 'code', 'complaint', 1, 'Đề nghị xem xét phương án bồi thường tại phố Trấn Vũ',
    convert_to(gen_random_uuid()::text, 'UTF8'), 'public' from number returning id, number`;

/** Reads the whole year, page by page, as a city's overview does. Answers pages and seconds. */
export async function readWholeYear(api: string, { cityId }: ReceptionLoaded): Promise<{ days: number; pages: number; seconds: number }> {
  const started = performance.now();
  let [days, pages] = [0, 0];
  for (let cursor: string | null = ''; cursor !== null; pages++) {
    const path = `/api/v1/public/reception-calendar?unitId=${cityId}&includeSubordinates=true&from=${from}&to=${to}&limit=200`;
    const answer = await fetch(`${api}${path}${cursor && `&cursor=${cursor}`}`);
    const { items, nextCursor } = (await answer.json()) as { items: unknown[]; nextCursor: string | null };
    days += items.length;
    cursor = nextCursor;
  }
  return { days, pages, seconds: (performance.now() - started) / 1000 };
}
