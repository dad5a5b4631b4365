import type { Official } from '../platform/access/official.js';
import { today } from '../platform/text/today.js';
import type { ComplexityService } from '../petitions/complexity.service.js';
import type { PetitionDetailRow } from '../petitions/petition.js';
import type { PetitionActionsService } from '../petitions/petition-actions.service.js';
import type { NewPetition, PetitionsService } from '../petitions/petitions.service.js';
import type { TransfersService } from '../routing/transfers.service.js';
import type { DecisionResult, DecisionsService, ResolutionOrder } from '../petitions/resolution/decisions.service.js';
import type { VerificationsService } from '../petitions/resolution/verifications.service.js';
import type { FollowUpService } from '../petitions/resolution/follow-up.service.js';
import type { PetitionKind } from '../rules/evaluation/filing.js';
import type { DispatchType } from '../rules/limits/limits-by-event.js';
import { complexityRule } from '../rules/resolution/complexity.js';
import { isOwedTheResult } from '../rules/evaluation/forwarders.js';
import { isWithin, type LegalDate, plusDays, toDayNumber } from '../platform/text/legal-date.js';
import { existsOn } from '../rules/structure/unit-structure.js';
import type { UnitDirectory } from '../structure/units/unit-directory.js';
import { type Random, randomFrom } from './random.js';
import { personName, places, stories } from './stories.js';
import { demoUnits } from './units.js';

/** The services through which the demo lives: the same that serve requests. */
export interface DemoServices {
  petitions: PetitionsService;
  actions: PetitionActionsService;
  units: UnitDirectory;
  transfers: TransfersService;
  complexity: ComplexityService;
  verifications: VerificationsService;
  decisions: DecisionsService;
  followUp: FollowUpService;
}

export interface DemoCast {
  unitIds: Map<string, string>;
  officials: Map<string, Official>;
}

const howMany = 320;
const firstDay: LegalDate = '2018-01-08';
/** A third of the petitions came in lately, so that there is something due soon, overdue and in the backlog whenever the demo starts. */
const lately = 110;

/** Lets a few hundred petitions live through the services, in all states, on believable days. */
export async function storeDemoPetitions(services: DemoServices, cast: DemoCast): Promise<number> {
  const random = randomFrom(20180424);
  const days = Array.from({ length: howMany }, (_, index) => receiptDay(random, index)).sort();
  for (const day of days) {
    const { petition: filed } = await services.petitions.file(
      aPetition(random, cast, day),
      officialAt(cast, receivingUnit(random, day), 'clerk'),
    );
    await live(services, cast, random, filed);
  }
  return howMany;
}

function receiptDay(random: Random, index: number): LegalDate {
  if (index % 3 === 0) return plusDays(today(), -random.between(0, lately));
  return plusDays(firstDay, random.between(0, toDayNumber(today()) - toDayNumber(firstDay) - lately));
}

function aPetition(random: Random, { unitIds }: DemoCast, receivedOn: LegalDate): NewPetition {
  const story = random.pick(stories);
  const against = random.pick(communesOn(receivedOn));
  const fill = (text: string) => text.replaceAll('{unit}', against.name).replaceAll('{place}', place);
  const place = random.pick(places);
  const unitId = unitIds.get(against.key)!;
  const isOther = story.kind === 'recommendation' || story.kind === 'reflection';
  const signatories = random.between(1, 12) === 12 ? random.between(5, 40) : 1;
  return {
    kind: story.kind,
    subject: 'administrative',
    channel: random.pick(['in_person', 'in_person', 'post', 'handed_in', 'online'] as const),
    receivedOn,
    writtenOn: plusDays(receivedOn, -random.between(0, 6)),
    summary: fill(story.summary),
    content: fill(story.content),
    fieldCode: story.fieldCode,
    respondent: isOther
      ? null
      : { type: story.position ? 'official' : 'agency', unitId, ...(story.position && { position: story.position }) },
    matterUnitId: isOther ? unitId : null,
    parties: [
      {
        role: 'petitioner',
        type: 'person',
        name: personName(random.pick),
        nationalId: `0010${random.between(50, 99)}${String(random.between(0, 999_999)).padStart(6, '0')}`,
        address: `Số ${random.between(1, 120)} ${place}, Hà Nội`,
        phone: `09${random.between(10_000_000, 99_999_999)}`,
        birthYear: random.between(1945, 2002),
        office: null,
        authorisation: null,
        personId: null,
      },
    ],
    signatories,
    remoteArea: false,
    complexity: random.between(1, 8) === 8 ? 'complex' : 'normal',
    multiplePlaces: false,
    decisionKnownOn: null,
    forwardedBy: random.between(1, 14) === 14 ? 'Đoàn đại biểu Quốc hội thành phố Hà Nội' : null,
    alsoSentToUnitIds: random.between(1, 16) === 16 ? [unitId] : [],
    priorHandling: [],
    relatedTo: [],
  };
}

function receivingUnit(random: Random, day: LegalDate): string {
  const isOld = isWithin(day, firstDay, '2025-06-30');
  const offices = isOld ? ['city', 'cityBoard', 'baDinhDistrict', 'baDinhBoard', 'hoanKiemDistrict'] : ['city', 'cityBoard', 'city'];
  return random.between(1, 10) <= 4 ? random.pick(offices) : random.pick(communesOn(day)).key;
}

/** One life: triage by what the law recommends, then resolution where it lies; now and then somebody is late or not there yet. */
async function live(
  { units, actions, transfers, complexity, verifications, decisions, followUp }: DemoServices,
  cast: DemoCast,
  random: Random,
  filed: PetitionDetailRow,
): Promise<void> {
  let day = filed.receivedOn;
  let liesWith = filed.responsibleUnitId;
  const isThere = (unitId: string, on: LegalDate): boolean => existsOn(units.structure.get(unitId), on);
  /** Whether so many days later is still past, and the office still there; then time goes on to that day. */
  const later = (from: number, to: number): boolean => {
    const next = plusDays(day, random.between(from, to));
    if (next > today() || !isThere(liesWith, next)) return false;
    day = next;
    return true;
  };
  const at = (unitId: string, role: 'clerk' | 'leader') => officialOf(cast, unitId, role);
  // Old matters are mostly done with; of the late ones some wait at every step.
  const idles = (isRecent = day > plusDays(today(), -200)) => random.between(1, isRecent ? 9 : 40) === 1;

  if (idles() || !later(1, 4)) return;
  const home = filed.responsibleUnitId;
  let petition = await actions.classify(filed.id, { on: day, reason: 'Phân loại theo nội dung đơn' }, null, at(home, 'clerk'));
  let transferId: string | undefined;
  const step = (dayField: string, more: object = {}) => ({ on: day, dayField, ...more });
  switch (petition.recommendedOutcome) {
    case 'guidance':
      if (!idles() && later(1, 5))
        await actions.take(
          petition.id,
          'guide',
          step('guidedOn', { reason: 'Đề nghị gửi đơn đến người có thẩm quyền giải quyết lần đầu theo Luật Khiếu nại.' }),
          null,
          at(home, 'clerk'),
        );
      return;
    case 'return':
      if (later(1, 4))
        await actions.take(
          petition.id,
          'return',
          step('returnedOn', { reason: 'Đơn không thuộc thẩm quyền, trả lại nơi chuyển đơn.' }),
          null,
          at(home, 'clerk'),
        );
      return;
    case 'filing_away':
      if (later(1, 4))
        await actions.take(
          petition.id,
          'file_away',
          step('filedAwayOn', { facts: { ground: 'also_sent_to_competent' } }),
          null,
          at(home, 'clerk'),
        );
      return;
    case 'notice':
      if (later(1, 4))
        await actions.take(
          petition.id,
          'refuse',
          step('refusedOn', { dayColumn: 'refused_on', reason: 'Không đủ điều kiện thụ lý.', facts: { ground: 'other' } }),
          null,
          at(home, 'leader'),
        );
      return;
    case 'transfer': {
      if (idles() || !petition.competentUnitId || petition.competentUnitId === home || !later(1, 3)) return;
      // Filed before the districts ended, sent on after: that is for whoever reorganises.
      if (!isThere(petition.competentUnitId, day)) return;
      const transfer = await transfers.transfer(
        petition.id,
        { toUnitId: petition.competentUnitId, reason: 'Chuyển đến đơn vị có thẩm quyền', sentOn: day },
        null,
        at(home, 'clerk'),
      );
      if (idles() || !later(1, 4)) return;
      transferId = transfer.id;
      if (!isThere(transfer.toUnitId, day)) return;
      liesWith = transfer.toUnitId;
      await transfers.receive(transfer.id, day, null, at(transfer.toUnitId, 'clerk'));
      if (!later(1, 4)) return;
      petition = await actions.classify(petition.id, { on: day }, null, at(transfer.toUnitId, 'clerk'));
      break;
    }
    case 'propose_acceptance':
      break;
  }
  const there = petition.responsibleUnitId;
  if (!petition.withinCompetence || idles()) return;
  if (random.between(1, 10) === 10 && later(1, 5)) {
    await actions.take(
      petition.id,
      'refuse',
      step('refusedOn', {
        dayColumn: 'refused_on',
        reason: 'Không tác động trực tiếp đến quyền lợi của người gửi đơn.',
        facts: { ground: 'rights_not_touched' },
      }),
      null,
      at(there, 'leader'),
    );
    return;
  }
  if (!later(1, 6)) return;
  if (petition.kind === 'complaint' && petition.complexity !== 'normal' && complexityRule('complaint', day))
    await complexity.find(
      petition.id,
      {
        foundOn: day,
        criteria: ['several_matters'],
        reason: 'Đơn có hai nội dung phải xác minh: diện tích sử dụng và phương án bồi thường.',
        documentNumber: '52/BC-UBND',
      },
      null,
      at(there, 'leader'),
    );
  await actions.take(petition.id, 'accept', step('acceptedOn', { dayColumn: 'accepted_on' }), null, at(there, 'leader'));
  if (petition.kind === 'denunciation' && later(1, 4))
    await followUp.dispatch(
      petition.id,
      { type: 'acceptance_notice', dispatchedOn: day, recipients: [{ role: 'petitioner' }] },
      null,
      at(there, 'clerk'),
    );
  if (transferId && later(1, 3)) {
    const reply = { repliedOn: day, documentNumber: `${random.between(1, 200)}/UBND`, content: 'Đã thụ lý và đang giải quyết.' };
    await transfers.reply(transferId, reply, null, at(there, 'clerk'));
  }
  const late = random.between(1, 5) === 5;
  const assignedOn = day;
  if (idles() || !later(15, late ? 70 : 28)) return;
  if (petition.kind === 'complaint' || petition.kind === 'denunciation')
    await verify(verifications, petition.id, { assignedOn, reportedOn: day }, at(there, 'leader'));
  const order = resolutionOrder(petition.kind, random);
  await decisions[resolutionOf[petition.kind]](petition.id, { ...order, on: day }, null, at(there, 'leader'));
  for (const type of dispatchesOf[petition.kind]) {
    if (random.between(1, 8) === 1 || !later(1, 3)) return;
    const recipients = [{ role: type === 'publication' ? ('public' as const) : ('respondent' as const) }];
    await followUp.dispatch(petition.id, { type, dispatchedOn: day, recipients }, null, at(there, 'clerk'));
  }
  if (petition.kind !== 'recommendation' && petition.kind !== 'reflection' && isOwedTheResult(petition.forwardedBy))
    await followUp.dispatch(
      petition.id,
      { type: 'forwarder_result', dispatchedOn: day, recipients: [{ role: 'forwarder' }] },
      null,
      at(there, 'clerk'),
    );
  if (!later(3, 20)) return;
  await decisions.close(petition.id, { closedOn: day }, null, at(there, 'clerk'));
}

/** Nothing is decided or concluded that nobody verified. */
async function verify(
  verifications: VerificationsService,
  petitionId: string,
  { assignedOn, reportedOn }: { assignedOn: LegalDate; reportedOn: LegalDate },
  leader: Official,
): Promise<void> {
  const { id } = await verifications.assign(
    petitionId,
    {
      assignedOn,
      documentNumber: '88/QĐ-UBND',
      purpose: 'Xác minh nội dung đơn',
      dueOn: reportedOn,
      members: [{ role: 'official', name: 'Lê Thu Hường', office: 'Công chức được giao xác minh' }],
    },
    null,
    leader,
  );
  const findings = 'Đã làm việc với các bên và đối chiếu hồ sơ.';
  await verifications.report(
    petitionId,
    id,
    { reportedOn, findings, proposal: 'Giải quyết theo kết quả xác minh.', viewsDiffer: false },
    leader,
  );
}

const resolutionOf = { complaint: 'decide', denunciation: 'conclude', recommendation: 'answer', reflection: 'answer' } as const;

const dispatchesOf: Record<PetitionKind, DispatchType[]> = {
  complaint: ['sending'],
  denunciation: ['sending', 'publication', 'handling'],
  recommendation: [],
  reflection: [],
};

function resolutionOrder(kind: PetitionKind, random: Random): ResolutionOrder<DecisionResult> {
  const isOther = kind === 'recommendation' || kind === 'reflection';
  const result = isOther ? random.pick(['resolved', 'resolved', 'not_resolved']) : random.pick(['right', 'partly_right', 'wrong', 'wrong']);
  const documentNumber = `${random.between(1, 400)}/${kind === 'complaint' ? 'QĐ' : kind === 'denunciation' ? 'KL' : 'CV'}-UBND`;
  return { documentNumber, result: result as DecisionResult, content: 'Đã xác minh và giải quyết theo quy định.' };
}

function communesOn(day: LegalDate): { key: string; name: string }[] {
  return demoUnits.filter(({ level, from, to }) => level === 'commune' && isWithin(day, from, to));
}

function officialAt({ unitIds, ...cast }: DemoCast, key: string, role: 'clerk' | 'leader'): Official {
  return officialOf({ unitIds, ...cast }, unitIds.get(key)!, role);
}

function officialOf({ officials }: DemoCast, unitId: string, role: 'clerk' | 'leader'): Official {
  for (const official of officials.values()) if (official.unitId === unitId && official.roles.includes(role)) return official;
  throw new Error(`No ${role} at the demo unit ${unitId}`);
}
