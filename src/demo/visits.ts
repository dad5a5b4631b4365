import type { INestApplicationContext } from '@nestjs/common';
import type { Official } from '../platform/access/official.js';
import { CalendarService } from '../structure/calendar/calendar.service.js';
import { today } from '../platform/text/today.js';
import { examplePlaces } from '../reception/example-places.js';
import { type Office, OfficesService } from '../reception/offices/offices.service.js';
import type { Visitor } from '../reception/visits/visit.js';
import { VisitEntries } from '../reception/visits/visit-entries.service.js';
import type { NewVisit, Outcome, Refusal } from '../reception/visits/visit-order.js';
import { VisitOutcomes } from '../reception/visits/visit-outcomes.service.js';
import type { PetitionKind } from '../rules/evaluation/filing.js';
import { type LegalDate, plusDays } from '../platform/text/legal-date.js';
import { since2026 } from '../rules/source.js';
import { officialOf } from './accounts.js';
import type { DemoCast } from './petitions.js';
import type { Random } from './random.js';
import { personName, places, stories } from './stories.js';
import { demoUnits } from './units.js';

/** What the demo's reception is played on. */
export interface Stage {
  app: INestApplicationContext;
  cast: DemoCast;
  random: Random;
  /** Earlier visits of a unit, which later ones repeat. */
  visited: Map<string, string[]>;
}

const finallySettled: Omit<Refusal, 'endedAt'> = {
  ground: 'finally_settled',
  reason: 'Đã có quyết định giải quyết cuối cùng, đã thông báo và giải thích nhiều lần.',
  basis: null,
  documentNumber: '15/TB-UBND',
};
/** The notice of the head is still to be written. */
const answeredBefore: Omit<Refusal, 'endedAt'> = {
  ground: 'answered_without_new_facts',
  reason: 'Đã được trả lời bằng văn bản, không có nội dung, tình tiết mới.',
  basis: null,
  documentNumber: null,
};

/** One visit, with its end. */
export async function receive(
  stage: Stage,
  unit: string,
  office: Office,
  clerk: Official,
  { on, hour, sessionId = null }: { on: LegalDate; hour: number; sessionId?: string | null },
): Promise<void> {
  const { app, random, visited } = stage;
  const [entries, outcomes] = [app.get(VisitEntries), app.get(VisitOutcomes)];
  const story = random.pick(stories);
  const place = random.pick(places);
  const against = demoUnits.find(({ key }) => key === unit)!.name;
  const earlier = visited.get(unit) ?? [];
  const repeatsVisitId = earlier.length > 4 && random.between(1, 4) === 1 ? random.pick(earlier) : null;
  const persons = random.between(1, 20) === 1 ? random.between(6, 30) : random.between(1, 3);
  const time = (minutes: number) => moment(on, `${String(hour).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`);
  const visit = await entries.enter(
    {
      ...aVisit(office, story.kind, story.summary.replaceAll('{unit}', against).replaceAll('{place}', place)),
      fieldCode: story.fieldCode,
      persons,
      visitors: Array.from({ length: persons > 10 ? 3 : 1 }, () => aVisitor(random, place, persons >= 5)),
      papers: random.between(1, 2) === 1 ? [{ name: 'Đơn', copies: 1, original: false }] : [],
      sessionId,
      repeatsVisitId,
      startedAt: time(random.between(0, 15)),
    },
    clerk,
  );
  visited.set(unit, [...earlier, visit.id]);
  const endedAt = time(random.between(25, 58));
  if (random.between(1, 40) === 1) {
    const refusal: Refusal =
      on >= since2026 && (visit.kind === 'recommendation' || visit.kind === 'reflection')
        ? { ...answeredBefore, endedAt }
        : { ...finallySettled, endedAt };
    await outcomes.refuse(visit.id, refusal, null, clerk);
    return;
  }
  const papers = visit.papers.length > 0;
  await outcomes.conclude(
    visit.id,
    { ...guided, ...(papers && { result: 'papers_taken', note: 'Đã nhận đơn, hẹn trả lời.' }), endedAt },
    null,
    clerk,
  );
  const answeredOn = plusDays(on, random.between(5, 13));
  if (papers && answeredOn <= today() && random.between(1, 8) > 1)
    await outcomes.answer(
      visit.id,
      { answeredOn, documentNumber: `${random.between(10, 400)}/UBND-TCD`, content: 'Đơn đã được xem xét theo quy định.' },
      null,
      clerk,
    );
}

/** A visit in which a petition is opened. */
export async function storeOpenedPetition(stage: Stage): Promise<number> {
  const { app, cast, random } = stage;
  const clerk = officialOf(stage.cast, 'baDinh', 'clerk');
  const office = await app.get(OfficesService).get(examplePlaces.baDinhOffice);
  const on = app.get(CalendarService).calendar.sameOrNextWorkingDay(plusDays(today(), -8));
  if (on >= today()) return 0;
  const unitId = cast.unitIds.get('baDinh')!;
  await app.get(VisitEntries).enter(
    {
      ...aVisit(office, 'complaint', 'Khiếu nại quyết định xử phạt vi phạm hành chính về xây dựng'),
      visitors: [aVisitor(random, 'phố Trấn Vũ', false)],
      papers: [
        { name: 'Đơn khiếu nại', copies: 1, original: false },
        { name: 'Quyết định xử phạt', copies: 1, original: false },
      ],
      startedAt: moment(on, '09:10'),
      outcome: {
        ...guided,
        result: 'petition_opened',
        note: 'Đã nhận đơn, cấp giấy biên nhận.',
        endedAt: moment(on, '09:40'),
        petition: {
          subject: 'administrative',
          respondent: { type: 'agency', unitId },
          matterUnitId: null,
          writtenOn: on,
          content: null,
          remoteArea: false,
          complexity: 'normal',
          multiplePlaces: false,
          decisionKnownOn: null,
          forwardedBy: null,
          alsoSentToUnitIds: [],
          priorHandling: [],
          relatedTo: [],
        },
      },
    },
    clerk,
  );
  return 1;
}

export const guided: Outcome = {
  result: 'guided',
  note: 'Đã giải thích, hướng dẫn công dân gửi đơn đến cơ quan có thẩm quyền.',
  toUnitId: null,
  petition: null,
  petitionId: null,
  appointment: null,
  endedAt: null,
};

export function aVisit(office: Office, kind: PetitionKind, matter: string): NewVisit {
  return {
    officeId: office.id,
    sessionId: null,
    ticketId: null,
    startedAt: null,
    petitionId: null,
    repeatsVisitId: null,
    secrecyNotAsked: false,
    outcome: null,
    refusal: null,
    kind,
    fieldCode: 'land_housing',
    persons: 1,
    visitors: [],
    matter,
    content: '',
    earlierResolver: null,
    papers: [],
    receiverName: 'Nguyễn Thị Hoà',
  };
}

export function aVisitor(random: Random, place: string, represents: boolean): Visitor {
  return {
    capacity: represents ? 'representative' : 'self',
    name: personName(random.pick),
    nationalId: `0010${random.between(50, 99)}${String(random.between(0, 999_999)).padStart(6, '0')}`,
    address: `Số ${random.between(1, 120)} ${place}, Hà Nội`,
    phone: `09${random.between(10_000_000, 99_999_999)}`,
    birthYear: random.between(1945, 2002),
  };
}

/** Of a day in Viet Nam. */
export function moment(on: LegalDate, time: string): string {
  return `${on}T${time}:00+07:00`;
}
