import type { INestApplicationContext } from '@nestjs/common';
import { today } from '../platform/text/today.js';
import { ReportStatusService } from '../reporting/submissions/report-status.service.js';
import { SubmissionsService } from '../reporting/submissions/submissions.service.js';
import { plusDays } from '../platform/text/legal-date.js';
import { periodOf, type ReportPeriod } from '../rules/reports/periods.js';
import { officialOf } from './accounts.js';
import type { DemoCast } from './petitions.js';

/**
 * The reports of the quarter that closed last: one commune's was handed back and corrected, another's accepted at once; the city has its own as a draft, and urges
 * those that have not handed in.
 */
export async function storeDemoReports(app: INestApplicationContext, cast: DemoCast): Promise<void> {
  const submissions = app.get(SubmissionsService);
  const inspector = officialOf(cast, 'cityInspectorate', 'inspector');
  const period = lastQuarter(today());
  const [handedInOn, decidedOn] = [plusDays(period.to, 1), plusDays(period.to, 2)];
  const signing = { signerTitle: 'Chủ tịch', submittedOn: handedInOn };
  const narrative = {
    situation: 'Đơn thư tập trung vào bồi thường, giải phóng mặt bằng và trật tự xây dựng.',
    results: 'Người đứng đầu tiếp công dân đúng lịch; đơn được phân loại, xử lý trong hạn mười ngày.',
    proposals: 'Đề nghị Thanh tra Thành phố tập huấn nghiệp vụ phân loại đơn.',
  };

  const baDinh = officialOf(cast, 'baDinh', 'leader');
  const first = await submissions.draft({ period, narrative }, baDinh);
  await submissions.submit(first.id, { ...signing, signerName: 'Nguyễn Thị Lan' }, null, baDinh);
  await submissions.return(first.id, 'Phần kết quả chưa nêu số đơn quá hạn; đề nghị bổ sung.', decidedOn, null, inspector);
  const corrected = await submissions.revise(first.id, 'Bổ sung số đơn quá hạn theo yêu cầu của Thanh tra Thành phố.', null, baDinh);
  await submissions.submit(corrected.id, { ...signing, submittedOn: decidedOn, signerName: 'Nguyễn Thị Lan' }, null, baDinh);
  await submissions.accept(corrected.id, decidedOn, null, inspector);

  const hoanKiem = officialOf(cast, 'hoanKiem', 'leader');
  const second = await submissions.draft({ period, narrative: {} }, hoanKiem);
  await submissions.submit(second.id, { ...signing, signerName: 'Trần Quang Minh' }, null, hoanKiem);
  await submissions.accept(second.id, decidedOn, null, inspector);

  await submissions.draft({ period, narrative: {} }, inspector);
  await app
    .get(ReportStatusService)
    .urge({ period, unitIds: [], signerTitle: 'Chánh Thanh tra', signerName: 'Hoàng Minh Tuấn' }, inspector);
}

/** The quarter that closed last before a day, with two days to hand in and decide. */
function lastQuarter(day: string): ReportPeriod {
  const year = Number(day.slice(0, 4));
  const quarters = [year - 1, year].flatMap((of) => (['Q1', 'Q2', 'Q3', 'Q4'] as const).map((kind) => periodOf(of, kind)));
  return quarters.findLast(({ to }) => plusDays(to, 2) <= day)!;
}
