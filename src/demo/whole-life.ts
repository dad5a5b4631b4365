import type { INestApplicationContext } from '@nestjs/common';
import type { Official } from '../platform/access/official.js';
import { CalendarService } from '../structure/calendar/calendar.service.js';
import { today } from '../platform/text/today.js';
import { LinksService } from '../petitions/cases/links.service.js';
import { ClocksService } from '../petitions/limits/clocks.service.js';
import { AssignmentsService } from '../petitions/reveals/assignments.service.js';
import { RevealsService } from '../petitions/reveals/reveals.service.js';
import { HoldsService } from '../records/personal-data/holds.service.js';
import { SignatoriesService } from '../petitions/people/signatories.service.js';
import { ComplexityService } from '../petitions/complexity.service.js';
import type { Party, PetitionDetailRow } from '../petitions/petition.js';
import { PetitionActionsService } from '../petitions/petition-actions.service.js';
import { type NewPetition, PetitionsService } from '../petitions/petitions.service.js';
import { CrimesService } from '../petitions/resolution/crimes.service.js';
import { DecisionsService } from '../petitions/resolution/decisions.service.js';
import { DialoguesService } from '../petitions/resolution/dialogues.service.js';
import { EndingsService } from '../petitions/resolution/endings.service.js';
import { EnforcementService } from '../petitions/resolution/enforcement.service.js';
import { FollowUpService } from '../petitions/resolution/follow-up.service.js';
import { ProtectionService } from '../petitions/resolution/protection.service.js';
import { VerificationsService } from '../petitions/resolution/verifications.service.js';
import { groundsInForce } from '../rules/resolution/ending-grounds.js';
import { type LegalDate, plusDays } from '../platform/text/legal-date.js';
import { EligibilityService } from '../routing/triage/eligibility.service.js';
import { PartsService } from '../routing/triage/parts.service.js';
import { officialOf } from './accounts.js';
import type { DemoCast } from './petitions.js';

/**
 * A few petitions that show what happens after the ledger: a complaint through both instances with enforcement that is late, a denunciation
 * with an official assigned, looks at who denounced, protection, a legal hold and two extensions, one that is suspended, a petition with three matters, a group with its list, a withdrawal, a duplicate
 * that waits for a clerk. They lie in the last months before the demo starts.
 */
export async function storeDemoLives(app: INestApplicationContext, cast: DemoCast): Promise<number> {
  const day = daysBefore(app.get(CalendarService));
  const stage: Stage = { app, cast, day };
  const lives = [
    bothInstances,
    protectedDenunciation,
    suspended,
    threeMatters,
    groupOfNeighbours,
    suspendedComplaint,
    withdrawn,
    filedTwice,
    guidedTwice,
    anonymous,
  ];
  for (const live of lives) await live(stage);
  return lives.length;
}

interface Stage {
  app: INestApplicationContext;
  cast: DemoCast;
  /** The first working day so many days before today. */
  day: (before: number) => LegalDate;
}

function daysBefore(calendars: CalendarService): Stage['day'] {
  return (before) => {
    const date = calendars.calendar.sameOrNextWorkingDay(plusDays(today(), -before));
    return date > today() ? today() : date;
  };
}

async function bothInstances(stage: Stage): Promise<void> {
  const { app, day } = stage;
  const [clerk, leader] = [officialOf(stage.cast, 'baDinh', 'clerk'), officialOf(stage.cast, 'baDinh', 'leader')];
  const [cityClerk, cityLeader] = [officialOf(stage.cast, 'city', 'clerk'), officialOf(stage.cast, 'city', 'leader')];
  const [verifications, dialogues, decisions] = [app.get(VerificationsService), app.get(DialoguesService), app.get(DecisionsService)];
  const [followUp, enforcement] = [app.get(FollowUpService), app.get(EnforcementService)];

  const first = await accepted(stage, aComplaint(stage, day(200), 'Khiếu nại quyết định thu hồi đất tại phố Trấn Vũ'), clerk, leader, [
    day(198),
    day(195),
  ]);
  const { id: verificationId } = await verifications.assign(
    first.id,
    {
      assignedOn: day(194),
      documentNumber: '88/QĐ-UBND',
      purpose: 'Xác minh diện tích đất thu hồi tại số 5 phố Trấn Vũ',
      dueOn: day(180),
      members: [
        { role: 'head', name: 'Lê Thu Hường', office: 'Công chức địa chính' },
        { role: 'member', name: 'Đỗ Minh Quý', office: 'Công chức tư pháp' },
      ],
    },
    null,
    leader,
  );
  await verifications.enter(
    first.id,
    verificationId,
    { type: 'plan', occurredOn: day(193), content: 'Đo đạc hiện trạng, đối chiếu hồ sơ địa chính.' },
    leader,
  );
  await verifications.enter(
    first.id,
    verificationId,
    { type: 'evidence', occurredOn: day(188), content: 'Diện tích đo được là 17,5 m².', source: 'Biên bản đo đạc 04/BB-UBND' },
    leader,
  );
  await verifications.report(
    first.id,
    verificationId,
    {
      reportedOn: day(182),
      findings: 'Diện tích thu hồi thực tế là 17,5 m².',
      proposal: 'Công nhận một phần nội dung khiếu nại.',
      viewsDiffer: true,
    },
    leader,
  );
  await dialogues.hold(
    first.id,
    {
      heldOn: day(178),
      noticeSentOn: day(186),
      place: 'Phòng họp UBND phường Ba Đình',
      participants: [{ name: 'Nguyễn Văn Hoà', capacity: 'Người khiếu nại' }],
      minutes: 'Người khiếu nại đề nghị trả lại 7,5 m² đất.',
      complainantAttended: true,
    },
    null,
    leader,
  );
  await decisions.decide(
    first.id,
    {
      on: day(172),
      documentNumber: '210/QĐ-UBND',
      result: 'partly_right',
      content: 'Công nhận một phần: điều chỉnh diện tích thu hồi xuống 17,5 m².',
    },
    null,
    leader,
  );
  await followUp.dispatch(first.id, { type: 'sending', dispatchedOn: day(170), recipients: [{ role: 'petitioner' }] }, null, clerk);

  const appeal = aComplaint(stage, day(155), 'Khiếu nại lần hai về thu hồi đất tại phố Trấn Vũ');
  const second = await accepted(stage, { ...appeal, relatedTo: [{ petitionId: first.id, relation: 'appeals' }] }, cityClerk, cityLeader, [
    day(153),
    day(150),
  ]);
  const { id: secondVerificationId } = await verifications.assign(
    second.id,
    {
      assignedOn: day(149),
      documentNumber: '1210/QĐ-UBND',
      purpose: 'Xác minh nội dung khiếu nại lần hai về diện tích đất thu hồi',
      dueOn: day(138),
      members: [
        { role: 'head', name: 'Phạm Đức Sơn', office: 'Thanh tra viên' },
        { role: 'member', name: 'Vũ Ngọc Lý', office: 'Chuyên viên' },
      ],
    },
    null,
    cityLeader,
  );
  await verifications.report(
    second.id,
    secondVerificationId,
    {
      reportedOn: day(139),
      findings: 'Số liệu đo đạc lần đầu đúng; phần 7,5 m² nằm ngoài chỉ giới thu hồi.',
      proposal: 'Sửa quyết định giải quyết lần đầu.',
      viewsDiffer: true,
    },
    cityLeader,
  );
  await dialogues.hold(
    second.id,
    {
      heldOn: day(128),
      noticeSentOn: day(136),
      // One complainant, and nothing that asks for the chair in person.
      presidedBy: 'deputy',
      presiderName: 'Trần Đức Minh, Phó Chủ tịch UBND Thành phố',
      place: 'Trụ sở tiếp công dân Thành phố',
      participants: [{ name: 'Nguyễn Văn Hoà', capacity: 'Người khiếu nại' }],
      minutes: 'Các bên thống nhất số liệu đo đạc; người khiếu nại giữ yêu cầu trả lại đất.',
      complainantAttended: true,
    },
    null,
    cityLeader,
  );
  await decisions.decide(
    second.id,
    {
      on: day(112),
      documentNumber: '1500/QĐ-UBND',
      result: 'changed_or_annulled',
      content: 'Sửa quyết định giải quyết lần đầu; trả lại 7,5 m² đất và hoàn trả tiền đã thu.',
      obligations: [
        {
          type: 'restore_person',
          description: 'Trả lại 7,5 m² đất',
          responsible: 'UBND phường Ba Đình',
          dueOn: day(60),
          land: 7.5,
          persons: 1,
        },
        {
          type: 'restore_person',
          description: 'Hoàn trả tiền đã thu',
          responsible: 'UBND phường Ba Đình',
          dueOn: day(20),
          money: 24_000_000,
          persons: 1,
        },
      ],
    },
    null,
    cityLeader,
  );
  for (const type of ['sending', 'publication'] as const)
    await followUp.dispatch(second.id, { type, dispatchedOn: day(107), recipients: [{ role: 'public' }] }, null, cityClerk);
  await followUp.dispatch(
    second.id,
    { type: 'enforcement_direction', dispatchedOn: day(77), recipients: [{ role: 'respondent' }] },
    null,
    cityClerk,
  );
  const [land, money] = await enforcement.list(second.id, cityLeader);
  await enforcement.perform(
    second.id,
    land!.id,
    { performedOn: day(70), land: 7.5, persons: 1, document: 'Biên bản bàn giao 12/BB-UBND' },
    null,
    cityClerk,
  );
  await enforcement.perform(second.id, money!.id, { performedOn: day(30), money: 10_000_000, document: 'Phiếu chi 31' }, null, cityClerk);
}

async function protectedDenunciation(stage: Stage): Promise<void> {
  const { app, day } = stage;
  const [clerk, leader] = [officialOf(stage.cast, 'baDinh', 'clerk'), officialOf(stage.cast, 'baDinh', 'leader')];
  const petition = await accepted(
    stage,
    { ...aDenunciation(stage, day(88), 'Tố cáo công chức địa chính thu tiền ngoài quy định'), complexity: 'specially_complex' },
    clerk,
    leader,
    [day(86), day(82)],
  );
  await handledBy(stage, petition.id, day(81));
  const protection = app.get(ProtectionService);
  const { id } = await protection.request(
    petition.id,
    { requestedOn: day(81), protectedPerson: 'denouncer', content: 'Bị doạ cho thôi việc sau khi gửi đơn' },
    clerk,
  );
  await protection.decide(
    petition.id,
    id,
    {
      decidedOn: day(80),
      granted: true,
      documentNumber: '90/QĐ-UBND',
      reason: 'Có căn cứ về việc bị đe doạ',
      measures: [{ kind: 'position_and_work', body: 'Sở Nội vụ', from: day(80) }],
    },
    leader,
  );
  await app
    .get(FollowUpService)
    .dispatch(petition.id, { type: 'acceptance_notice', dispatchedOn: day(78), recipients: [{ role: 'petitioner' }] }, null, clerk);
  await app.get(ComplexityService).find(
    petition.id,
    {
      foundOn: day(62),
      criteria: ['several_places', 'evidence_in_conflict'],
      reason: 'Phải xác minh tại ba bộ phận một cửa; lời trình bày của các bên và chứng từ thu tiền mâu thuẫn.',
      documentNumber: '52/BC-UBND',
    },
    null,
    leader,
  );
  const clocks = app.get(ClocksService);
  for (const [before, number] of [
    [60, '91/QĐ-UBND'],
    [35, '99/QĐ-UBND'],
  ] as const)
    await clocks.extend(
      petition.id,
      { decidedOn: day(before), documentNumber: number, reason: 'Phải xác minh ở nhiều nơi', days: 30 },
      null,
      leader,
    );
}

/** Assigned to the handler, who is shown who denounced; held for a court. */
async function handledBy(stage: Stage, petitionId: string, assignedOn: LegalDate): Promise<void> {
  const { app } = stage;
  const [handler, leader] = [officialOf(stage.cast, 'baDinh', 'handler'), officialOf(stage.cast, 'baDinh', 'leader')];
  const note = 'Xác minh nội dung tố cáo';
  await app.get(AssignmentsService).assign(petitionId, { accountId: handler.accountId, assignedOn, note }, leader);
  const reveals = app.get(RevealsService);
  await reveals.reveal(petitionId, 'Xác minh thông tin về người tố cáo trước khi thụ lý', leader);
  await reveals.reveal(petitionId, 'Làm việc với người tố cáo để làm rõ nội dung', handler);
  await app.get(HoldsService).place(petitionId, 'Cơ quan điều tra đang xem xét vụ việc', leader);
}

async function suspended(stage: Stage): Promise<void> {
  const { app, day } = stage;
  const [clerk, leader] = [officialOf(stage.cast, 'hoanKiem', 'clerk'), officialOf(stage.cast, 'hoanKiem', 'leader')];
  const petition = await accepted(stage, aDenunciation(stage, day(40), 'Tố cáo lập khống chứng từ hỗ trợ', 'hoanKiem'), clerk, leader, [
    day(38),
    day(34),
  ]);
  const crimes = app.get(CrimesService);
  await crimes.find(
    petition.id,
    { foundOn: day(27), reason: 'Hành vi lập khống chứng từ hỗ trợ có dấu hiệu tội tham ô tài sản' },
    null,
    leader,
  );
  await crimes.handOver(
    petition.id,
    { sentOn: day(27), body: 'Cơ quan Cảnh sát điều tra Công an thành phố Hà Nội', documentNumber: '61/CV-UBND' },
    null,
    leader,
  );
  await app
    .get(ClocksService)
    .suspend(
      petition.id,
      { suspendedOn: day(20), ground: 'expert_opinion', reason: 'Chờ giám định lại chữ ký', documentNumber: '46/QĐ-UBND' },
      null,
      leader,
    );
}

async function threeMatters(stage: Stage): Promise<void> {
  const { app, day, cast } = stage;
  const clerk = officialOf(stage.cast, 'city', 'clerk');
  const [baDinh, hoanKiem] = [cast.unitIds.get('baDinh')!, cast.unitIds.get('hoanKiem')!];
  const {
    petition: { id },
  } = await app.get(PetitionsService).file(aComplaint(stage, day(25), 'Đơn có nhiều nội dung về đất đai, xây dựng, thoát nước'), clerk);
  const parts = app.get(PartsService);
  await parts.split(
    id,
    {
      splitOn: day(23),
      parts: [
        {
          kind: 'complaint',
          summary: 'Khiếu nại quyết định thu hồi đất',
          fieldCode: 'land_housing',
          respondent: { type: 'agency', unitId: baDinh },
        },
        { kind: 'complaint', summary: 'Khiếu nại quyết định xử phạt xây dựng', respondent: { type: 'agency', unitId: hoanKiem } },
        { kind: 'recommendation', summary: 'Kiến nghị sửa cống thoát nước', respondent: null, matterUnitId: hoanKiem },
      ],
    },
    null,
    clerk,
  );
  await parts.guide(id, { guidedOn: day(21), content: 'Đơn có ba nội dung thuộc thẩm quyền của các cơ quan khác nhau.' }, null, clerk);
}

async function groupOfNeighbours(stage: Stage): Promise<void> {
  const { app, day } = stage;
  const clerk = officialOf(stage.cast, 'baDinh', 'clerk');
  const representatives = ['Trần Thị Bình', 'Lê Quốc Sơn', 'Vũ Ngọc Lý'];
  const { petition } = await app.get(PetitionsService).file(
    {
      ...aComplaint(stage, day(6), 'Khiếu nại phương án bồi thường khu tập thể'),
      parties: representatives.map((name) => ({ ...aPerson(name), role: 'representative' as const })),
      signatories: 24,
    },
    clerk,
  );
  const names = [...representatives, ...Array.from({ length: 21 }, (_, index) => `Hộ dân số ${index + 1}`)];
  await app.get(SignatoriesService).replace(
    petition.id,
    names.map((name, index) => ({
      name,
      birthYear: 1950 + index,
      nationalId: null,
      address: 'Khu tập thể Ba Đình',
      representative: index < representatives.length,
    })),
    null,
    clerk,
  );
  if (groundsInForce('withdrawal', 'complaint', day(3)).some(({ code }) => code === 'some_people'))
    await app.get(EndingsService).withdraw(
      petition.id,
      {
        withdrawnOn: day(3),
        form: 'minutes',
        extent: 'some_people',
        people: [
          { of: 'signatories', position: 7 },
          { of: 'signatories', position: 8 },
        ],
        reason: 'Hai hộ đã nhận bồi thường, không khiếu nại nữa',
      },
      null,
      clerk,
    );
}

/** Suspended for the result of another body, gone on with, and ended because the complainant went to court: since Law 136/2025/QH15. */
async function suspendedComplaint(stage: Stage): Promise<void> {
  const { app, day } = stage;
  if (groundsInForce('suspension', 'complaint', day(30)).length === 0) return;
  const [clerk, leader] = [officialOf(stage.cast, 'hoanKiem', 'clerk'), officialOf(stage.cast, 'hoanKiem', 'leader')];
  const complaint = aComplaint(stage, day(38), 'Khiếu nại quyết định cưỡng chế tháo dỡ tại phố Hàng Bông', 'hoanKiem');
  const { id } = await accepted(stage, complaint, clerk, leader, [day(36), day(33)]);
  const [clocks, followUp, endings] = [app.get(ClocksService), app.get(FollowUpService), app.get(EndingsService)];
  const tell = (type: 'suspension_notice' | 'continuation_notice', dispatchedOn: LegalDate) =>
    followUp.dispatch(id, { type, dispatchedOn, recipients: [{ role: 'petitioner' }, { role: 'respondent' }] }, null, clerk);
  const reason = 'Chờ Sở Xây dựng kết luận về ranh giới công trình';
  await clocks.suspend(id, { suspendedOn: day(30), ground: 'result_of_another_body', reason, documentNumber: '120/QĐ-UBND' }, null, leader);
  await tell('suspension_notice', day(29));
  await clocks.resume(id, { resumedOn: day(15), reason: 'Đã có kết luận của Sở Xây dựng', documentNumber: '131/QĐ-UBND' }, null, leader);
  await tell('continuation_notice', day(14));
  await endings.terminate(
    id,
    {
      terminatedOn: day(5),
      ground: 'court_has_accepted',
      reason: 'Toà án nhân dân khu vực 1 – Hà Nội đã thụ lý vụ án hành chính',
      documentNumber: '140/QĐ-UBND',
    },
    null,
    leader,
  );
}

async function withdrawn(stage: Stage): Promise<void> {
  const { app, day } = stage;
  const [clerk, leader] = [officialOf(stage.cast, 'baDinh', 'clerk'), officialOf(stage.cast, 'baDinh', 'leader')];
  const petition = await accepted(stage, aComplaint(stage, day(70), 'Khiếu nại việc cấp giấy chứng nhận'), clerk, leader, [
    day(68),
    day(64),
  ]);
  await app
    .get(EndingsService)
    .withdraw(petition.id, { withdrawnOn: day(50), reason: 'Hai bên đã thoả thuận xong', documentNumber: '95/QĐ-UBND' }, null, clerk);
  await app
    .get(FollowUpService)
    .dispatch(petition.id, { type: 'termination_notice', dispatchedOn: day(49), recipients: [{ role: 'petitioner' }] }, null, clerk);
}

async function filedTwice(stage: Stage): Promise<void> {
  const { app, day } = stage;
  const clerk = officialOf(stage.cast, 'hoanKiem', 'clerk');
  const petition = aComplaint(stage, day(9), 'Khiếu nại xử phạt trật tự xây dựng tại phố Hàng Bạc', 'hoanKiem');
  const { petition: first } = await app.get(PetitionsService).file(petition, clerk);
  await app.get(PetitionsService).file({ ...petition, receivedOn: day(4), content: petition.content.toUpperCase() }, clerk);
  const { petition: third } = await app.get(PetitionsService).file({ ...petition, receivedOn: day(2), summary: 'Gửi lại đơn' }, clerk);
  await app.get(LinksService).confirm(third.id, first.id, 'Cùng người, cùng nội dung', clerk);
}

/** Guided once: whoever comes again with the same matter is filed away and told. */
async function guidedTwice(stage: Stage): Promise<void> {
  const { app, day } = stage;
  const clerk = officialOf(stage.cast, 'city', 'clerk');
  const [petitions, actions] = [app.get(PetitionsService), app.get(PetitionActionsService)];
  const complaint: NewPetition = { ...aComplaint(stage, day(45), 'Khiếu nại việc từ chối cấp phép sửa nhà'), channel: 'post' };
  const { petition: first } = await petitions.file(complaint, clerk);
  await actions.classify(first.id, { on: day(44) }, null, clerk);
  const content = 'Đề nghị gửi đơn đến Chủ tịch UBND phường Ba Đình để được giải quyết lần đầu theo Điều 7 Luật Khiếu nại.';
  await actions.guide(first.id, { on: day(42), dayField: 'guidedOn', reason: content }, null, clerk);
  const again = {
    ...complaint,
    receivedOn: day(18),
    writtenOn: day(18),
    relatedTo: [{ petitionId: first.id, relation: 'repeats' as const }],
  };
  const { petition: second } = await petitions.file(again, clerk);
  await actions.classify(second.id, { on: day(17) }, null, clerk);
  const facts = { ground: 'already_guided', documentNumber: '31/TB-VP' };
  await actions.take(second.id, 'file_away', { on: day(16), dayField: 'filedAwayOn', facts }, null, clerk);
}

async function anonymous(stage: Stage): Promise<void> {
  const { app, day } = stage;
  const clerk = officialOf(stage.cast, 'baDinh', 'clerk');
  const { petition } = await app
    .get(PetitionsService)
    .file({ ...aDenunciation(stage, day(12), 'Tố cáo nâng khống giá thiết bị, kèm hoá đơn'), parties: [] }, clerk);
  const eligibility = app.get(EligibilityService);
  await eligibility.answer(petition.id, { answers: { checkable_content: true }, checkedOn: day(11) }, null, clerk);
  const order = { toUnitId: stage.cast.unitIds.get('cityInspectorate')!, reason: 'Nêu rõ người vi phạm, kèm hoá đơn', referredOn: day(10) };
  await eligibility.refer(petition.id, order, null, clerk);
}

/** Files, classifies and accepts. */
async function accepted(
  { app }: Stage,
  petition: NewPetition,
  clerk: Official,
  leader: Official,
  [classifiedOn, acceptedOn]: [LegalDate, LegalDate],
): Promise<PetitionDetailRow> {
  const actions = app.get(PetitionActionsService);
  const {
    petition: { id },
  } = await app.get(PetitionsService).file(petition, clerk);
  await actions.classify(id, { on: classifiedOn, reason: 'Phân loại theo nội dung đơn' }, null, clerk);
  return actions.take(id, 'accept', { on: acceptedOn, dayField: 'acceptedOn', dayColumn: 'accepted_on' }, null, leader);
}

function aComplaint({ cast }: Stage, receivedOn: LegalDate, summary: string, unit = 'baDinh'): NewPetition {
  return {
    kind: 'complaint',
    subject: 'administrative',
    channel: 'in_person',
    receivedOn,
    writtenOn: receivedOn,
    summary,
    content: `${summary}. Gia đình tôi sử dụng ổn định từ năm 1993, có giấy tờ kèm theo. Đề nghị xem xét, giải quyết và trả lời bằng văn bản.`,
    fieldCode: 'land_housing',
    respondent: { type: 'agency', unitId: cast.unitIds.get(unit)! },
    matterUnitId: null,
    parties: [aPerson('Nguyễn Văn Hoà')],
    signatories: null,
    remoteArea: false,
    complexity: 'normal',
    multiplePlaces: false,
    decisionKnownOn: null,
    forwardedBy: null,
    alsoSentToUnitIds: [],
    priorHandling: [],
    relatedTo: [],
  };
}

function aDenunciation(stage: Stage, receivedOn: LegalDate, summary: string, unit = 'baDinh'): NewPetition {
  const respondent = { type: 'official' as const, unitId: stage.cast.unitIds.get(unit)!, position: 'official' as const };
  return {
    ...aComplaint(stage, receivedOn, summary, unit),
    kind: 'denunciation',
    channel: 'post',
    fieldCode: 'officials_duty',
    respondent,
  };
}

function aPerson(name: string): Party {
  return {
    role: 'petitioner',
    type: 'person',
    name,
    nationalId: null,
    address: 'Số 5 phố Trấn Vũ, Hà Nội',
    phone: null,
    birthYear: 1970,
    office: null,
    authorisation: null,
    personId: null,
  };
}
