import { CalendarService } from '../structure/calendar/calendar.service.js';
import { today } from '../platform/text/today.js';
import { IncomingFiles } from '../platform/incoming/incoming-files.service.js';
import { examplePlaces } from '../reception/example-places.js';
import { OfficesService } from '../reception/offices/offices.service.js';
import { OnlineSessions } from '../reception/sessions/online/online-sessions.service.js';
import { Recordings } from '../reception/sessions/online/recordings.service.js';
import { PlanningService } from '../reception/sessions/planning.service.js';
import { SessionsService } from '../reception/sessions/sessions.service.js';
import { VisitEntries } from '../reception/visits/visit-entries.service.js';
import { plusDays } from '../platform/text/legal-date.js';
import { lastDayFor } from '../rules/reception/online.js';
import { officialOf } from './accounts.js';
import { randomFrom } from './random.js';
import { aVisit, aVisitor, guided, moment, type Stage } from './visits.js';

/** The chair of the city receives by video what a ward cannot settle by itself (Decree 154/2026/NĐ-CP arts 20–24): told, tested, held and recorded. */
export async function storeOnlineSession({ app, cast }: Stage): Promise<void> {
  const { calendar } = app.get(CalendarService);
  const onDate = calendar.sameOrNextWorkingDay(plusDays(today(), -12));
  const [toldBy, testedBy] = [lastDayFor('notice', onDate, calendar), lastDayFor('test', onDate, calendar)];
  if (!toldBy || !testedBy || onDate >= today()) return;
  const clerk = officialOf(cast, 'city', 'clerk');
  const offices = app.get(OfficesService);
  const [city, ward] = [await offices.get(examplePlaces.cityOffice), await offices.get(examplePlaces.baDinhOffice)];
  const session = await app.get(PlanningService).plan(
    {
      officeId: city.id,
      roomIds: [city.rooms[0]!.id, ward.rooms[0]!.id],
      type: 'ad_hoc',
      online: true,
      title: 'Tiếp công dân trực tuyến về bồi thường khu tập thể Ba Đình',
      onDate,
      startsAt: '14:00',
      endsAt: '16:30',
      headName: 'Phạm Quốc Huy',
      headTitle: 'Chủ tịch UBND Thành phố',
      adHocGround: 'tense_or_complex',
      adHocReason: 'Vụ việc đông người, liên quan nhiều cơ quan',
      slotMinutes: null,
      placesPerSlot: null,
      publicBooking: false,
      publishedOn: null,
      lateReason: null,
    },
    clerk,
  );
  const online = app.get(OnlineSessions);
  await online.prepare(
    session.id,
    {
      ground: 'needs_several_places',
      groundReason: null,
      participants: [
        {
          point: 'central',
          unitId: cast.unitIds.get('city')!,
          name: 'Đỗ Minh Quân',
          role: 'Phó Trưởng Ban Tiếp công dân, tham mưu vụ việc',
        },
        { point: 'component', unitId: cast.unitIds.get('baDinh')!, name: 'Trần Văn Đức', role: 'Chủ tịch UBND phường Ba Đình' },
      ],
      notifiedOn: toldBy,
      lateReason: null,
    },
    clerk,
  );
  await online.test(session.id, { testedOn: testedBy, succeeded: true, note: 'Hai điểm cầu nhìn rõ hình, nghe rõ tiếng' }, clerk);
  const sessions = app.get(SessionsService);
  await sessions.open(session.id, { openedAt: moment(onDate, '14:00') }, null, clerk);
  const endedAt = moment(onDate, '15:10');
  await app.get(VisitEntries).enter(
    {
      ...aVisit(city, 'complaint', 'Khiếu nại phương án bồi thường khu tập thể Ba Đình'),
      sessionId: session.id,
      visitors: [aVisitor(randomFrom(20260701), 'phố Trấn Vũ', false)],
      startedAt: moment(onDate, '14:10'),
      outcome: { ...guided, note: 'Giao UBND phường Ba Đình đối thoại, trả lời công dân trong 15 ngày.', endedAt },
    },
    clerk,
  );
  const incoming = app.get(IncomingFiles);
  const spooled = await incoming.write(aSilence(2));
  try {
    await app.get(Recordings).attach(session.id, await incoming.look(spooled, 'ban-ghi.wav', 'attachment'), clerk);
  } finally {
    await incoming.drop(spooled.path);
  }
  await sessions.close(
    session.id,
    {
      closedAt: moment(onDate, '15:30'),
      minutes: 'Chủ tịch UBND Thành phố nghe công dân trình bày từ điểm cầu phường Ba Đình.',
      conclusion: 'UBND phường Ba Đình đối thoại với các hộ dân, báo cáo kết quả.',
    },
    null,
    clerk,
  );
}

/** So many seconds of nothing as WAV: PCM, 8 kHz, 8 bits, one channel. */
function aSilence(seconds: number): Buffer {
  const rate = 8000;
  const samples = Buffer.alloc(seconds * rate, 0x80);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}
