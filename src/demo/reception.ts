import type { INestApplicationContext } from '@nestjs/common';
import type { Official } from '../platform/access/official.js';
import { CalendarService } from '../structure/calendar/calendar.service.js';
import { today } from '../platform/text/today.js';
import { Transactions } from '../platform/database/transactions.js';
import type { AppointmentOrder } from '../reception/appointments/appointment.js';
import { AppointmentsService } from '../reception/appointments/appointments.service.js';
import { PublicBookings } from '../reception/appointments/public-bookings.service.js';
import { examplePlaces } from '../reception/example-places.js';
import { IncidentsService } from '../reception/incidents/incidents.service.js';
import { DutiesService } from '../reception/offices/duties.service.js';
import { NoticesService } from '../reception/offices/notices.service.js';
import { type Office, OfficesService } from '../reception/offices/offices.service.js';
import { QueueService } from '../reception/queue/queue.service.js';
import { longestPlan } from '../reception/recurrence.js';
import { SchedulesService } from '../reception/schedules/schedules.service.js';
import { PlanningService } from '../reception/sessions/planning.service.js';
import type { SessionRow } from '../reception/sessions/session.js';
import { SessionsService } from '../reception/sessions/sessions.service.js';
import { TasksService } from '../reception/sessions/tasks.service.js';
import { type LegalDate, plusDays, toDayNumber } from '../platform/text/legal-date.js';
import { publishBy } from '../rules/reception/reception-rules.js';
import { officialOf } from './accounts.js';
import { storeOnlineSession } from './online-session.js';
import type { DemoCast } from './petitions.js';
import { randomFrom } from './random.js';
import { personName } from './stories.js';
import { aVisitor, moment, receive, type Stage, storeOpenedPetition } from './visits.js';

/**
 * Two years of reception: offices with roster and notices, the days of four heads – held, delegated, postponed, missed, without visitors –, visits
 * on ordinary days, a large group that comes again, a session by video, and what lies ahead: published days with slots, appointments, the queue of today.
 * Answers how many petitions it opened.
 */
export async function storeDemoReception(app: INestApplicationContext, cast: DemoCast): Promise<number> {
  const stage: Stage = { app, cast, random: randomFrom(20180507), visited: new Map() };
  for (const plan of headPlans()) await storeHead(stage, plan);
  await storeGatherings(stage);
  await storeOnlineSession(stage);
  await storeToday(stage);
  return storeOpenedPetition(stage);
}

/** How the head of a unit receives over a stretch of time. */
interface HeadPlan {
  unit: string;
  place: { office?: string; room?: string; name: string; address: string; validFrom: LegalDate };
  head: { name: string; title: string };
  stretches: { from: LegalDate; to: LegalDate; recurrence: string }[];
  /** Visits on ordinary days, a month. */
  regularVisits: number;
}

const lastDayOfDistricts = '2025-06-30';
const firstDayOfTwoTiers = '2025-07-01';
const lastDayOfWeeks = '2026-06-30';

function headPlans(): HeadPlan[] {
  const [start, end] = [plusDays(today(), -730), plusDays(today(), 200)];
  const commune = [
    { from: firstDayOfTwoTiers, to: lastDayOfWeeks, recurrence: 'FREQ=WEEKLY;BYDAY=WE' },
    { from: '2026-07-01', to: end, recurrence: 'FREQ=MONTHLY;BYDAY=1WE,3WE' },
  ];
  const plans: HeadPlan[] = [
    {
      unit: 'city',
      place: {
        office: examplePlaces.cityOffice,
        room: examplePlaces.cityRoom,
        name: 'Trụ sở tiếp công dân Thành phố Hà Nội',
        address: 'Số 34 phố Lý Thái Tổ, phường Hoàn Kiếm, Hà Nội',
        validFrom: '2014-07-01',
      },
      head: { name: 'Phạm Quốc Huy', title: 'Chủ tịch UBND Thành phố' },
      stretches: years(start, end).map((year) => ({ ...year, recurrence: 'FREQ=MONTHLY;BYDAY=3TU' })),
      regularVisits: 5,
    },
    {
      unit: 'baDinh',
      place: {
        office: examplePlaces.baDinhOffice,
        room: examplePlaces.baDinhRoom,
        name: 'Điểm tiếp công dân UBND phường Ba Đình',
        address: 'Số 2 phố Trúc Bạch, phường Ba Đình, Hà Nội',
        validFrom: firstDayOfTwoTiers,
      },
      head: { name: 'Trần Văn Đức', title: 'Chủ tịch UBND phường Ba Đình' },
      stretches: commune,
      regularVisits: 6,
    },
    {
      unit: 'hoanKiem',
      place: {
        name: 'Điểm tiếp công dân UBND phường Hoàn Kiếm',
        address: 'Số 126 phố Hàng Trống, phường Hoàn Kiếm, Hà Nội',
        validFrom: firstDayOfTwoTiers,
      },
      head: { name: 'Vũ Ngọc Lý', title: 'Chủ tịch UBND phường Hoàn Kiếm' },
      stretches: commune.slice(1),
      regularVisits: 3,
    },
    {
      unit: 'baDinhDistrict',
      place: {
        name: 'Trụ sở tiếp công dân quận Ba Đình',
        address: 'Số 25 phố Liễu Giai, quận Ba Đình, Hà Nội',
        validFrom: '2014-07-01',
      },
      head: { name: 'Lê Quốc Sơn', title: 'Chủ tịch UBND quận Ba Đình' },
      stretches: [{ from: start, to: lastDayOfDistricts, recurrence: 'FREQ=MONTHLY;BYDAY=1TH,3TH' }],
      regularVisits: 3,
    },
    {
      unit: 'trucBach',
      place: {
        name: 'Điểm tiếp công dân UBND phường Trúc Bạch',
        address: 'Số 2 phố Trúc Bạch, quận Ba Đình, Hà Nội',
        validFrom: '2014-07-01',
      },
      head: { name: 'Đỗ Minh Quý', title: 'Chủ tịch UBND phường Trúc Bạch' },
      stretches: [{ from: start, to: lastDayOfDistricts, recurrence: 'FREQ=WEEKLY;BYDAY=WE' }],
      regularVisits: 2,
    },
  ];
  return plans
    .map((plan) => ({
      ...plan,
      stretches: plan.stretches
        .map((one) => ({ ...one, from: one.from > start ? one.from : start }))
        .filter(({ from, to }) => from < to)
        .flatMap(inPlans),
    }))
    .filter(({ stretches }) => stretches.length > 0);
}

/** What is longer than one schedule may be is one for each year. */
function inPlans(stretch: HeadPlan['stretches'][number]): HeadPlan['stretches'] {
  const { from, to } = stretch;
  if (toDayNumber(to) - toDayNumber(from) <= longestPlan) return [stretch];
  return years(from, to).map((year) => ({ ...stretch, ...year }));
}

/** A stretch of time cut at the ends of its years: a schedule is made for a year. */
function years(from: LegalDate, to: LegalDate): { from: LegalDate; to: LegalDate }[] {
  const last = `${from.slice(0, 4)}-12-31`;
  return last >= to ? [{ from, to }] : [{ from, to: last }, ...years(plusDays(last, 1), to)];
}

async function storeHead(stage: Stage, plan: HeadPlan): Promise<void> {
  const { app } = stage;
  const clerk = officialOf(stage.cast, plan.unit, 'clerk');
  const office = await storeOffice(stage, plan, clerk);
  for (const { from, to, recurrence } of plan.stretches) {
    const lies = to > today();
    const schedules = app.get(SchedulesService);
    const { id } = await schedules.draft(
      {
        officeId: office.id,
        roomId: office.rooms[0]!.id,
        title: `Lịch tiếp công dân của ${plan.head.title}`,
        headName: plan.head.name,
        headTitle: plan.head.title,
        recurrence,
        firstOn: from,
        lastOn: to,
        startsAt: '08:00',
        endsAt: '11:30',
        onDayOff: 'next_working_day',
        omitted: [],
        added: [],
        slotMinutes: lies ? 30 : null,
        placesPerSlot: lies ? 2 : null,
        publicBooking: lies,
      },
      clerk,
    );
    const { days } = await schedules.preview(id, clerk);
    const inTime = publishBy(days[0]!.on, app.get(CalendarService).calendar) ?? from;
    await schedules.publish(id, { publishedOn: inTime < today() ? inTime : today() }, null, clerk);
  }
  await holdSessions(stage, plan, office, clerk);
  await receiveOnOrdinaryDays(stage, plan, office, clerk);
}

async function storeOffice({ app, cast }: Stage, { unit, place }: HeadPlan, clerk: Official): Promise<Office> {
  const offices = app.get(OfficesService);
  const unitId = cast.unitIds.get(unit)!;
  const openingHours = [1, 2, 3, 4, 5].flatMap((weekday) => [
    { weekday, from: '08:00', to: '11:30' },
    { weekday, from: '13:30', to: '16:30' },
  ]);
  const { manager } = app.get(Transactions);
  const [office] = await manager.query<{ id: string }[]>(
    `insert into reception_office (id, unit_id, name, address, phone, opening_hours, valid_from)
     values (coalesce($1, new_id()), $2, $3, $4, '024 3825 3536', $5, $6) returning id`,
    [place.office ?? null, unitId, place.name, place.address, JSON.stringify(openingHours), place.validFrom],
  );
  const equipment = ['table', 'chairs', 'computer', 'network', 'scanner', 'camera'].map((item) => ({ item, quantity: 1, working: true }));
  for (const [index, name] of ['Phòng 1', 'Phòng 2'].entries())
    await manager.query(
      `insert into reception_room (id, office_id, name, seats, equipment) values (coalesce($1, new_id()), $2, $3, 12, $4)`,
      [index === 0 ? (place.room ?? null) : null, office!.id, name, JSON.stringify(equipment)],
    );
  const notices = app.get(NoticesService);
  const posted = {
    house_rules: 'Nội quy tiếp công dân',
    hours: 'Thời gian tiếp công dân',
    head_schedule: 'Lịch tiếp công dân',
    receivers: 'Danh sách người tiếp công dân',
  };
  for (const [type, title] of Object.entries(posted))
    await notices.post(office!.id, { type: type as keyof typeof posted, title, postedOn: place.validFrom }, clerk);
  const receiver = await offices.addReceiver(
    office!.id,
    {
      name: 'Nguyễn Thị Hoà',
      title: 'Công chức tiếp công dân',
      phone: '024 3825 3536',
      accountId: clerk.accountId,
      appointedBy: '12/QĐ-UBND',
      servesFrom: place.validFrom,
      servesTo: null,
    },
    clerk,
  );
  const roster = {
    firstOn: plusDays(today(), -30),
    lastOn: plusDays(today(), 60),
    recurrence: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
  } as const;
  if (place.office) {
    const duties = app.get(DutiesService);
    await duties.plan(office!.id, { ...roster, shift: 'morning', receiverId: receiver.id }, clerk);
    const agency = { agencyUnitId: cast.unitIds.get('department')!, official: 'Lê Thu Hằng, Phó Chánh Thanh tra Sở' };
    await duties.plan(office!.id, { ...roster, recurrence: 'FREQ=WEEKLY;BYDAY=TU', shift: 'day', ...agency }, clerk);
  }
  return offices.get(office!.id);
}

/** Lets the days of a head that lie behind be held as days are: mostly in person, now and then by somebody else, later, or not at all. */
async function holdSessions(stage: Stage, { unit, head }: HeadPlan, office: Office, clerk: Official): Promise<void> {
  const { app, cast, random } = stage;
  const [sessions, planning] = [app.get(SessionsService), app.get(PlanningService)];
  const unitId = cast.unitIds.get(unit)!;
  for (let cursor: string | undefined; ;) {
    const { items, nextCursor } = await sessions.list({ unitId, to: plusDays(today(), -1), limit: 200, ...(cursor && { cursor }) }, clerk);
    for (const planned of items) {
      const fate = random.between(1, 25);
      // Missed: nobody came to hold it, and nobody moved it.
      if (fate === 1) continue;
      const session = fate === 2 ? await postponed(stage, planning, planned, clerk) : planned;
      const absent =
        fate <= 4
          ? {
              heldBy: 'delegate' as const,
              delegateName: 'Lê Thu Hường',
              delegateTitle: 'Phó Chủ tịch',
              reason: `${head.title} đi công tác`,
            }
          : {};
      await sessions.open(session.id, { openedAt: moment(session.onDate, '08:00'), ...(fate > 2 && absent) }, null, clerk);
      const count = fate === 5 ? 0 : random.between(1, 3);
      for (let turn = 0; turn < count; turn++)
        await receive(stage, unit, office, clerk, { on: session.onDate, hour: 8 + turn, sessionId: session.id });
      await sessions.close(
        session.id,
        count === 0
          ? { closedAt: moment(session.onDate, '11:30'), noCitizenMinutes: 'Trong thời gian tiếp không có công dân nào đến.' }
          : {
              closedAt: moment(session.onDate, '11:30'),
              minutes: `${head.title} nghe ${count} lượt công dân trình bày.`,
              conclusion: 'Giao bộ phận chuyên môn rà soát, báo cáo kết quả và trả lời công dân đúng hạn.',
            },
        null,
        clerk,
      );
      if (random.between(1, 5) === 1) await assignTask(stage, session, clerk);
    }
    if (!nextCursor) return;
    cursor = nextCursor;
  }
}

async function postponed({ app }: Stage, planning: PlanningService, session: SessionRow, clerk: Official): Promise<SessionRow> {
  const onDate = app.get(CalendarService).calendar.sameOrNextWorkingDay(plusDays(session.onDate, 1));
  return onDate < today() ? planning.postpone(session.id, { onDate, reason: 'Dự họp Hội đồng nhân dân Thành phố' }, null, clerk) : session;
}

async function assignTask({ app, random }: Stage, session: SessionRow, clerk: Official): Promise<void> {
  const tasks = app.get(TasksService);
  const dueOn = plusDays(session.onDate, 15);
  const task = await tasks.assign(
    session.id,
    { unitId: session.unitId, description: 'Rà soát phương án bồi thường, báo cáo Chủ tịch', dueOn },
    clerk,
  );
  if (task.dueOn < today() && random.between(1, 6) > 1)
    await tasks.complete(task.id, { doneOn: task.dueOn, result: 'Đã báo cáo bằng văn bản' }, null, clerk);
}

async function receiveOnOrdinaryDays(
  stage: Stage,
  { unit, stretches, regularVisits }: HeadPlan,
  office: Office,
  clerk: Official,
): Promise<void> {
  const { app, random } = stage;
  const { calendar } = app.get(CalendarService);
  const last = stretches.at(-1)!.to < today() ? stretches.at(-1)!.to : today();
  for (let month = stretches[0]!.from; plusDays(month, 27) < last; month = plusDays(month, 30))
    for (let turn = 0; turn < regularVisits; turn++) {
      const on = calendar.sameOrNextWorkingDay(plusDays(month, random.between(0, 24)));
      if (on < last) await receive(stage, unit, office, clerk, { on, hour: random.pick([8, 8, 9, 9, 9, 10, 10, 13, 14, 14, 15]) });
    }
}

/** A group that comes again over one matter: twice at home, once at the city. The unit of origin has not said yet that it knows of the last time. */
async function storeGatherings(stage: Stage): Promise<void> {
  const { app, cast, random } = stage;
  const incidents = app.get(IncidentsService);
  const origin = cast.unitIds.get('baDinh')!;
  let repeatsIncidentId: string | null = null;
  for (const [before, unit, persons] of [
    [60, 'baDinh', 14],
    [33, 'baDinh', 22],
    [5, 'city', 31],
  ] as const) {
    const clerk = officialOf(stage.cast, unit, 'clerk');
    const on = app.get(CalendarService).calendar.sameOrNextWorkingDay(plusDays(today(), -before));
    if (on >= today()) continue;
    const incident = await incidents.report(
      {
        officeId: unit === 'city' ? examplePlaces.cityOffice : examplePlaces.baDinhOffice,
        placeType: unit === 'city' ? 'city_office' : 'own_office',
        place: unit === 'city' ? 'Trụ sở tiếp công dân Thành phố' : 'UBND phường Ba Đình',
        startedAt: moment(on, '08:10'),
        persons,
        kind: 'complaint',
        matter: 'Khiếu nại phương án bồi thường khu tập thể Ba Đình',
        representatives: [aVisitor(random, 'phố Trấn Vũ', true), aVisitor(random, 'phố Châu Long', true)],
        petitionId: null,
        repeatsIncidentId,
        originUnitId: origin,
        informed: [
          { party: 'head', who: 'Chánh Văn phòng', at: moment(on, '08:15'), content: 'Báo cáo Chủ tịch' },
          { party: 'police', who: 'Trực ban Công an phường', at: moment(on, '08:20'), content: 'Đề nghị giữ trật tự' },
        ],
      },
      clerk,
    );
    repeatsIncidentId = incident.id;
    const measure = { type: 'measure', at: moment(on, '09:30'), informed: null, who: null, persons: null } as const;
    await incidents.add(incident.id, { ...measure, content: 'Mời người đại diện vào làm việc, vận động công dân ra về.' }, clerk);
    if (unit === 'baDinh') await incidents.acknowledge(incident.id, null, clerk);
    await incidents.end(incident.id, { endedAt: moment(on, '11:00'), outcome: 'Công dân ra về sau khi được hẹn đối thoại.' }, null, clerk);
  }
}

/** What lies ahead and what is now: appointments with the head, and a queue that somebody is called from. */
async function storeToday(stage: Stage): Promise<void> {
  const { app, cast, random } = stage;
  const clerk = officialOf(stage.cast, 'baDinh', 'clerk');
  const { items } = await app
    .get(SessionsService)
    .list({ unitId: cast.unitIds.get('baDinh')!, from: plusDays(today(), 1), type: 'periodic', limit: 1 }, clerk);
  for (const [session] of [items].filter(({ length }) => length > 0))
    for (const [index, slotAt] of ['08:00', '08:30', '09:00'].entries()) {
      const order: AppointmentOrder = {
        name: personName(random.pick),
        phone: `09${random.between(10_000_000, 99_999_999)}`,
        nationalId: null,
        address: null,
        slotAt,
        kind: index === 2 ? 'denunciation' : 'complaint',
        persons: 1,
        matter: 'Đề nghị xem xét phương án bồi thường tại phố Trấn Vũ',
      };
      // One at the counter; two from home, whose places wait until the office has called back.
      if (index === 0) await app.get(AppointmentsService).book(session!.id, order, clerk);
      else await app.get(PublicBookings).book(session!.id, { ...order, email: null }, `203.0.113.${index}`);
    }
  const queue = app.get(QueueService);
  const office = await app.get(OfficesService).get(examplePlaces.baDinhOffice);
  for (let turn = 0; turn < 5; turn++) await queue.issue(office.id, { priority: turn === 3 }, clerk);
  await queue.callNext(office.id, { roomId: office.rooms[0]!.id }, clerk);
}
