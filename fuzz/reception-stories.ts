import type { Json } from '../test/support/client.js';
import { filed, canary, type World } from './stories.ts';
import { dayFromNow } from './values.ts';

const today = dayFromNow(0);
const clerk = 'commune.clerk';
const leader = 'commune.leader';

/** The day at the counter: offices, sessions of the head, appointments, tickets, visits, gatherings. */
export const receptionStories: Record<string, (world: World) => Promise<void>> = {
  async counter(world) {
    const office = await anOffice(world);
    if (!office) return;
    const at = `/reception-offices/${office.id}`;
    for (let count = 0; count < 4; count++) await world.ask(clerk, 'POST', `${at}/tickets`);
    const call = (): Promise<Json> => world.ask(clerk, 'POST', `${at}/calls`, { roomId: office.roomId });
    const first = await call();
    if (first?.id) {
      await world.ask(clerk, 'POST', `/reception-tickets/${first.id}/recall`, { roomId: office.roomId });
      await world.ask(clerk, 'POST', `/reception-tickets/${first.id}/completion`);
    }
    const second = await call();
    if (second?.id) {
      await world.ask(clerk, 'POST', `/reception-tickets/${second.id}/skip`);
      await world.ask(clerk, 'POST', `/reception-tickets/${second.id}/return`);
    }
    const third = await call();
    if (third?.id) await world.ask(clerk, 'POST', `/reception-tickets/${third.id}/no-show`);
    const waiting = await world.ask(clerk, 'POST', `${at}/tickets`);
    if (waiting?.id) await world.ask(clerk, 'POST', `/reception-tickets/${waiting.id}/cancellation`);
    const receiver = { servesFrom: '2025-07-01' };
    const officer = await world.ask(clerk, 'POST', `${at}/receivers`, receiver);
    if (officer?.id) await world.ask(clerk, 'PUT', `/reception-receivers/${officer.id}`, receiver);
    await world.ask(clerk, 'PUT', `/reception-rooms/${office.roomId}`, { name: `Phòng ${world.next()}` });
    const notice = await world.ask(clerk, 'POST', `${at}/notices`, { postedOn: today });
    if (notice?.id) {
      await world.ask(clerk, 'PUT', `/reception-notices/${notice.id}/photo`, { file: 9 });
      await world.ask(clerk, 'POST', `/reception-notices/${notice.id}/removal`, { removedOn: today });
    }
    const duty = {
      recurrence: 'FREQ=WEEKLY;BYDAY=MO',
      firstOn: dayFromNow(1),
      lastOn: dayFromNow(15),
      shift: 'day',
      agencyUnitId: world.unitOf(clerk),
    };
    await world.ask(clerk, 'POST', `${at}/duties`, duty);
    const { items = [] } = (await world.ask(clerk, 'GET', `${at}/duties?from=${dayFromNow(1)}&to=${dayFromNow(15)}`)) ?? {};
    const [one, other] = items as Json[];
    if (one) await world.ask(clerk, 'POST', `/reception-duties/${one.id}/substitution`, { agencyUnitId: world.unitOf('city.clerk') });
    if (other) await world.ask(clerk, 'POST', `/reception-duties/${other.id}/cancellation`);
  },

  async sessions(world) {
    const office = await anOffice(world);
    if (!office) return;
    const session = async (days: number, more: Json = {}): Promise<string | undefined> => {
      // A regular one, so that its head is in nobody's way; of a few days one is a working day.
      for (const onDate of [days, days + 1, days + 2].map(dayFromNow)) {
        const plan = {
          officeId: office.id,
          type: 'regular',
          onDate,
          startsAt: '08:00',
          endsAt: '11:30',
          slotMinutes: 30,
          placesPerSlot: 4,
          publicBooking: true,
          roomIds: [office.roomId],
        };
        const made = await world.asShown(clerk, 'POST', '/reception-sessions', {
          ...plan,
          unitId: undefined,
          headName: undefined,
          headTitle: undefined,
          title: undefined,
          ...more,
        });
        if (made?.id) return made.id as string;
      }
      return undefined;
    };
    const held = await session(20 + (world.next() % 60));
    if (held) {
      const at = `/reception-sessions/${held}`;
      const booking = (slotAt: string): Promise<Json> => world.ask(clerk, 'POST', `${at}/appointments`, { slotAt, kind: 'complaint' });
      const one = await booking('08:00');
      if (one?.id) {
        await world.ask(clerk, 'POST', `/reception-appointments/${one.id}/confirmation`);
        await world.ask(clerk, 'POST', `/reception-appointments/${one.id}/rescheduling`, { slotAt: '09:00', sessionId: undefined });
        await world.ask(clerk, 'POST', `/reception-appointments/${one.id}/documents`);
        await world.ask(clerk, 'POST', `/reception-appointments/${one.id}/arrival`);
        await world.ask(clerk, 'GET', `/reception-appointments/${one.id}`);
        await world.ask(clerk, 'POST', `/reception-appointments/${one.id}/no-show`);
      }
      const other = await booking('08:30');
      if (other?.id) await world.ask(clerk, 'POST', `/reception-appointments/${other.id}/cancellation`);
      const booked = await world.ask(null, 'POST', `/public/reception-sessions/${held}/appointments`, {
        slotAt: '10:00',
        email: 'hoa@example.vn',
      });
      if (booked?.code) {
        await world.ask(null, 'GET', `/public/appointments/${booked.number}?code=${booked.code}`);
        await world.ask(null, 'POST', `/public/appointments/${booked.number}/confirmation`, {
          code: booked.code,
          confirmationCode: '000000',
        });
        await world.ask(null, 'POST', `/public/appointments/${booked.number}/cancellation`, { code: booked.code });
      }
      await world.ask(clerk, 'PATCH', at, { slotMinutes: 15 });
    }
    const head = { type: 'periodic', headName: `Trần Văn Đức ${world.next()}`, headTitle: 'Chủ tịch' };
    const ofHead = await session(200 + (world.next() % 60), head);
    if (ofHead) {
      await world.ask(clerk, 'POST', `/reception-sessions/${ofHead}/delegation`);
      await world.ask(clerk, 'POST', `/reception-sessions/${ofHead}/delegation-withdrawal`);
    }
    const moved = await session(90 + (world.next() % 60));
    if (moved) await world.ask(clerk, 'POST', `/reception-sessions/${moved}/postponement`, { onDate: dayFromNow(160) });
    const off = await session(170);
    if (off) await world.ask(clerk, 'POST', `/reception-sessions/${off}/cancellation`);
    // On a day off there is one at once, or none.
    const now =
      (await session(0)) ??
      (await session(0, {
        type: 'ad_hoc',
        adHocGround: 'other',
        adHocReason: 'Vụ việc gấp',
        headName: head.headName,
        headTitle: head.headTitle,
        slotMinutes: undefined,
        placesPerSlot: undefined,
        publicBooking: undefined,
      }));
    if (now) {
      const due = await world.ask(clerk, 'POST', `/reception-sessions/${now}/appointments`, { slotAt: '11:00' });
      if (due?.id) await world.ask(clerk, 'POST', `/reception-appointments/${due.id}/arrival`);
      await world.ask(clerk, 'POST', `/reception-sessions/${now}/opening`);
      const task = await world.ask(clerk, 'POST', `/reception-sessions/${now}/tasks`, {
        unitId: world.unitOf(clerk),
        dueOn: dayFromNow(30),
      });
      if (task?.id) await world.ask(clerk, 'POST', `/reception-tasks/${task.id}/completion`);
      await world.ask(clerk, 'POST', `/reception-sessions/${now}/closing`, { noCitizenMinutes: 'Không có công dân' });
      await world.ask(clerk, 'POST', `/reception-sessions/${now}/documents`, { paper: 'no_citizen_minutes' });
    }
    const stretch = {
      headName: `Phạm Quốc Huy ${world.next()}`,
      officeId: office.id,
      roomId: office.roomId,
      recurrence: 'FREQ=MONTHLY;BYDAY=1TU',
      firstOn: dayFromNow(30),
      lastOn: dayFromNow(100),
    };
    const schedule = await world.ask(clerk, 'POST', '/reception-schedules', stretch);
    if (schedule?.id) {
      await world.ask(clerk, 'PUT', `/reception-schedules/${schedule.id}`, stretch);
      await world.ask(clerk, 'POST', `/reception-schedules/${schedule.id}/publication`, { publishedOn: today });
      await world.ask(clerk, 'POST', `/reception-schedules/${schedule.id}/end`, { from: dayFromNow(60) });
    }
  },

  async visits(world) {
    const office = await anOffice(world);
    if (!office) return;
    const visitors = [{ ...canary, birthYear: 1966 }];
    const visit = async (kind: string): Promise<string | undefined> => {
      const who = { visitors: kind === 'denunciation' ? visitors : [{ name: 'Trần Văn Bình' }] };
      const bare = { sessionId: undefined, ticketId: undefined, petitionId: undefined, repeatsVisitId: undefined };
      const made = await world.ask(clerk, 'POST', '/reception-visits', {
        officeId: office.id,
        kind,
        papers: [{ name: 'Đơn', copies: 1 }],
        ...bare,
        ...who,
      });
      return made?.id as string | undefined;
    };
    const explained = await visit('complaint');
    if (explained) {
      await world.ask(clerk, 'PUT', `/reception-visits/${explained}`, {
        visitors: [{ name: 'Trần Văn Bình' }],
        papers: [{ name: 'Đơn', copies: 1 }],
      });
      await world.ask(clerk, 'POST', `/reception-visits/${explained}/documents`, { paper: 'reception_minutes' });
      await world.ask(clerk, 'POST', `/reception-visits/${explained}/conclusion`, { result: 'papers_taken' });
      await world.ask(clerk, 'POST', `/reception-visits/${explained}/answer`, { answeredOn: today });
    }
    const refused = await visit('complaint');
    if (refused) await world.ask(leader, 'POST', `/reception-visits/${refused}/refusal`, { ground: 'threat_or_disorder' });
    const secret = await visit('denunciation');
    if (secret) {
      await world.ask(leader, 'POST', `/reception-visits/${secret}/identity/reveals`);
      const petitionId = await filed(world, 'denunciation');
      if (petitionId) await world.ask(clerk, 'POST', `/reception-visits/${secret}/petition`, { petitionId });
    }
    const incident = await world.ask(clerk, 'POST', '/reception-incidents', { placeType: 'own_office', originUnitId: world.unitOf(clerk) });
    if (!incident?.id) return;
    await world.ask(clerk, 'POST', `/reception-incidents/${incident.id}/entries`, { type: 'progress' });
    await world.ask(leader, 'POST', `/reception-incidents/${incident.id}/acknowledgement`);
    await world.ask(clerk, 'POST', `/reception-incidents/${incident.id}/link`, { originUnitId: world.unitOf(clerk) });
    await world.ask(clerk, 'POST', `/reception-incidents/${incident.id}/end`);
  },
};

async function anOffice(world: World): Promise<{ id: string; roomId: string } | undefined> {
  const openingHours = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', to: '11:30' }));
  const office = { name: `Điểm tiếp ${world.next()}`, openingHours, validFrom: '2025-07-01', validTo: undefined, unitId: undefined };
  const made = await world.ask(clerk, 'POST', '/reception-offices', office);
  if (!made?.id) return undefined;
  await world.ask(clerk, 'PUT', `/reception-offices/${made.id}`, { ...office, name: `${office.name} A` });
  const roomy = await world.ask(clerk, 'POST', `/reception-offices/${made.id}/rooms`, { name: 'Phòng 1' });
  const roomId = roomy?.rooms?.at(-1)?.id ?? roomy?.id;
  return roomId ? { id: made.id, roomId } : undefined;
}
