import type { INestApplicationContext } from '@nestjs/common';
import { today } from '../platform/text/today.js';
import { ChecklistAnswersService } from '../inspections/checklist-answers.service.js';
import { DrawsService } from '../inspections/draws.service.js';
import { ConclusionService } from '../inspections/findings/conclusion.service.js';
import { FindingFollowUpService } from '../inspections/findings/finding-follow-up.service.js';
import { FindingsService } from '../inspections/findings/findings.service.js';
import type { Inspection, InspectionOrder } from '../inspections/inspection.js';
import { InspectionsService } from '../inspections/inspections.service.js';
import { ReviewsService } from '../inspections/responsibility/reviews.service.js';
import { SamplesService } from '../inspections/responsibility/samples.service.js';
import { questionsFor } from '../rules/inspections/review-sheet.js';
import { InspectionPlansService } from '../inspections/plans.service.js';
import type { ItemResult } from '../rules/inspections/score.js';
import { type LegalDate, plusDays } from '../platform/text/legal-date.js';
import { officialOf } from './accounts.js';
import type { DemoCast } from './petitions.js';

/** What the inspector found on site at the drawn commune. */
const found: [code: string, result: ItemResult, note: string | null][] = [
  ['A1', 'met', null],
  ['A2', 'partly', 'Thiếu lối đi cho người khuyết tật'],
  ['A3', 'met', null],
  ['B1', 'not_met', 'Nội quy niêm yết ban hành trước khi sắp xếp đơn vị'],
  ['E1', 'met', 'Kiểm tra 20 hồ sơ'],
  ['H2', 'partly', 'Chưa gửi đánh giá'],
];

/** What an earlier inspection of Ba Đình found: one mended, one whose limit has passed. */
const earlier = [
  { code: 'A2', severity: 'minor', description: 'Thiếu ghế chờ và nước uống', recommendation: 'Bổ sung ghế chờ, nước uống' },
  { code: 'E2', severity: 'serious', description: 'Nhiều đơn thụ lý quá hạn', recommendation: 'Phân công lại, thụ lý đúng hạn' },
] as const;

/** A plan of regular inspections, a draw by risk, the surprise inspection of the unit that was drawn, half answered, one that is concluded, one of a head's responsibility. */
export async function storeDemoInspections(app: INestApplicationContext, cast: DemoCast): Promise<void> {
  const inspector = officialOf(cast, 'cityInspectorate', 'inspector');
  const year = Number(today().slice(0, 4)) + 1;
  const planned = ['baDinh', 'hoanKiem'].map((unit, index) => ({
    unitId: cast.unitIds.get(unit)!,
    fromOn: `${year}-0${3 + index}-08`,
    toOn: `${year}-0${3 + index}-12`,
    subject: null,
  }));
  await app
    .get(InspectionPlansService)
    .make(
      { title: `Kế hoạch kiểm tra năm ${year}`, number: '300/KH-UBND', year, quarter: null, approvedOn: today(), items: planned },
      inspector,
    );
  const { id: drawId, candidates } = await app
    .get(DrawsService)
    .draw({ count: 1, levels: ['commune'], exceptUnitIds: [], reason: 'Kiểm tra đột xuất theo Chỉ thị 07/CT-UBND' }, inspector);
  const inspection = await storeInspection(app, { inspectedUnitId: candidates[0]!.unitId, drawId }, today(), cast);
  await app.get(InspectionsService).start(inspection.id, today(), null, inspector);
  await app.get(ChecklistAnswersService).answer(
    inspection.id,
    found.map(([code, result, note]) => ({
      code,
      result,
      note,
      mendBy: result === 'partly' || result === 'not_met' ? plusDays(today(), 30) : null,
      baseVersion: null,
    })),
    inspector,
  );
  await storeConcluded(app, cast);
  await storeResponsibility(app, cast);
}

/** Half a year ago at Ba Đình, concluded a month later. */
async function storeConcluded(app: INestApplicationContext, cast: DemoCast): Promise<void> {
  const inspector = officialOf(cast, 'cityInspectorate', 'inspector');
  const leader = officialOf(cast, 'baDinh', 'leader');
  const startedOn = plusDays(today(), -150);
  const { id } = await storeInspection(app, { inspectedUnitId: cast.unitIds.get('baDinh')!, drawId: null }, startedOn, cast);
  const { checklist } = await app.get(InspectionsService).start(id, startedOn, null, inspector);
  const wanting = new Set<string>(earlier.map(({ code }) => code));
  const answers = checklist.map(({ code, system }) => {
    const result: ItemResult = wanting.has(code) ? 'not_met' : system && system.result !== 'not_met' ? system.result : 'met';
    return { code, result, note: null, mendBy: null, baseVersion: null };
  });
  await app.get(ChecklistAnswersService).answer(id, answers, inspector);
  const findings = await app.get(FindingsService).record(
    id,
    earlier.map(({ code, ...facts }, index) => ({ ...facts, itemCode: code, dueOn: plusDays(today(), index === 0 ? -60 : -20) })),
    inspector,
  );
  const conclusion = {
    assessment: 'Đơn vị cơ bản thực hiện đúng quy định về tiếp công dân; còn để đơn thụ lý quá hạn.',
    signerTitle: 'Chánh Thanh tra',
    signerName: 'Hoàng Minh Tuấn',
    place: 'Hà Nội',
    concludedOn: plusDays(startedOn, 30),
  };
  await app.get(ConclusionService).conclude(id, conclusion, null, inspector);
  const followUp = app.get(FindingFollowUpService);
  const mended = { text: 'Đã bổ sung 20 ghế chờ và bình nước', doneOn: plusDays(today(), -70) };
  await followUp.answer(findings[0]!.id, mended, null, leader);
  await followUp.accept(findings[0]!.id, 'Đã khắc phục, có ảnh', null, inspector);
}

/** Responsibility at Ba Đình: a sample of its petitions, half of them reviewed; what the system knows of the limits makes the errors. */
async function storeResponsibility(app: INestApplicationContext, cast: DemoCast): Promise<void> {
  const inspector = officialOf(cast, 'cityInspectorate', 'inspector');
  const origin = {
    inspectedUnitId: cast.unitIds.get('baDinh')!,
    drawId: null,
    type: 'responsibility' as const,
    inspectedHead: 'Trần Văn Đức, Chủ tịch UBND phường Ba Đình',
    subject: 'Trách nhiệm trong tiếp công dân, giải quyết khiếu nại, tố cáo',
    decisionNumber: '91/QĐ-TTTP',
  };
  const startedOn = plusDays(today(), -10);
  const { id } = await storeInspection(app, { ...origin, periodFrom: plusDays(startedOn, -1461) }, startedOn, cast);
  await app.get(InspectionsService).start(id, startedOn, null, inspector);
  const { sheetVersion } = await app.get(SamplesService).draw(id, 20, inspector);
  const reviews = app.get(ReviewsService);
  const sampled = await reviews.ofInspection(id);
  for (const { id: reviewId, kind, system } of sampled.slice(0, sampled.length / 2)) {
    const answers = questionsFor(sheetVersion, kind).map(({ code }) =>
      system[code]?.notKept ? { code, result: 'wrong' as const, note: 'Quá hạn' } : { code, result: 'right' as const, note: null },
    );
    await reviews.review(reviewId, { answers, note: null }, null, inspector);
  }
}

function storeInspection(
  app: INestApplicationContext,
  origin: Pick<InspectionOrder, 'inspectedUnitId' | 'drawId'> & Partial<InspectionOrder>,
  startsOn: LegalDate,
  cast: DemoCast,
): Promise<Inspection> {
  const inspector = officialOf(cast, 'cityInspectorate', 'inspector');
  return app.get(InspectionsService).order(
    {
      type: 'surprise',
      planItemId: null,
      inspectedHead: null,
      decisionNumber: origin.drawId ? '77/QĐ-TTTP' : '31/QĐ-TTTP',
      decidedOn: plusDays(startsOn, -1),
      subject: 'Việc thực hiện Chỉ thị 07/CT-UBND về tiếp công dân, giải quyết khiếu nại, tố cáo',
      periodFrom: plusDays(startsOn, -182),
      periodTo: plusDays(startsOn, -1),
      startsOn,
      endsOn: plusDays(startsOn, 30),
      members: [
        { role: 'head', name: 'Hoàng Minh Tuấn', office: 'Thanh tra Thành phố', accountId: inspector.accountId },
        { role: 'member', name: 'Vũ Thị Lan', office: 'Ban Tiếp công dân Thành phố', accountId: null },
      ],
      ...origin,
    },
    inspector,
  );
}
