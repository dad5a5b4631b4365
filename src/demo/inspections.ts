import type { INestApplicationContext } from '@nestjs/common';
import { today } from '../calendar/today.js';
import { ChecklistAnswersService } from '../inspections/checklist-answers.service.js';
import { DrawsService } from '../inspections/draws.service.js';
import type { Inspection, InspectionOrder } from '../inspections/inspection.js';
import { InspectionsService } from '../inspections/inspections.service.js';
import { InspectionPlansService } from '../inspections/plans.service.js';
import type { ItemResult } from '../rules/inspections/score.js';
import { plusDays } from '../rules/legal-date.js';
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

/** A plan of regular inspections, a draw by risk, and the surprise inspection of the unit that was drawn: begun, and half answered. */
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
  const inspection = await storeInspection(app, { inspectedUnitId: candidates[0]!.unitId, drawId }, cast);
  await app.get(InspectionsService).start(inspection.id, null, inspector);
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
}

function storeInspection(
  app: INestApplicationContext,
  origin: Pick<InspectionOrder, 'inspectedUnitId' | 'drawId'>,
  cast: DemoCast,
): Promise<Inspection> {
  const inspector = officialOf(cast, 'cityInspectorate', 'inspector');
  return app.get(InspectionsService).order(
    {
      ...origin,
      type: 'surprise',
      planItemId: null,
      decisionNumber: '77/QĐ-TTTP',
      decidedOn: plusDays(today(), -1),
      subject: 'Việc thực hiện Chỉ thị 07/CT-UBND về tiếp công dân, giải quyết khiếu nại, tố cáo',
      periodFrom: plusDays(today(), -182),
      periodTo: plusDays(today(), -1),
      startsOn: today(),
      endsOn: plusDays(today(), 30),
      members: [
        { role: 'head', name: 'Hoàng Minh Tuấn', office: 'Thanh tra Thành phố', accountId: inspector.accountId },
        { role: 'member', name: 'Vũ Thị Lan', office: 'Ban Tiếp công dân Thành phố', accountId: null },
      ],
    },
    inspector,
  );
}
