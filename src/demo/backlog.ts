import type { INestApplicationContext } from '@nestjs/common';
import { today } from '../platform/text/today.js';
import type { BacklogCause, BacklogRow } from '../oversight/backlog/backlog.js';
import { BacklogService } from '../oversight/backlog/backlog.service.js';
import { BacklogPlansService } from '../oversight/backlog/backlog-plans.service.js';
import { BacklogReviewsService } from '../oversight/backlog/backlog-reviews.service.js';
import { LongCasesService } from '../oversight/backlog/long-cases.service.js';
import { plusDays } from '../platform/text/legal-date.js';
import { officialOf } from './accounts.js';
import type { DemoCast } from './petitions.js';

const causes: BacklogCause[] = ['evidence', 'complex_matter', 'waiting_for_agency', 'staff'];

/** Of two communes most of the backlog is planned, some is promised, the oldest case is marked as dragging on; the city has been through it. */
export async function storeDemoBacklog(app: INestApplicationContext, cast: DemoCast): Promise<void> {
  const seen: BacklogRow[] = [];
  for (const unit of ['baDinh', 'hoanKiem']) {
    const [clerk, leader] = [officialOf(cast, unit, 'clerk'), officialOf(cast, unit, 'leader')];
    const { items } = await app.get(BacklogService).list({ limit: 8 }, clerk);
    for (const [index, { petitionId }] of items.entries()) {
      if (index % 4 === 3) continue;
      const steps = ['Rà soát hồ sơ, xác minh bổ sung', 'Đối thoại với công dân'].map((action, step) => ({
        action,
        responsible: 'Công chức địa chính – xây dựng',
        dueOn: plusDays(today(), 10 + step * 15 + index),
      }));
      const plan = { cause: causes[index % causes.length]!, causeNote: null, steps };
      const { steps: made } = await app.get(BacklogPlansService).plan(petitionId, plan, null, clerk);
      if (index % 2 === 0) {
        const done = { doneOn: today(), result: 'Đã rà soát, lập biên bản' };
        await app.get(BacklogPlansService).complete(petitionId, made[0]!.id, done, clerk);
        await app.get(BacklogPlansService).commit(petitionId, { settleBy: plusDays(today(), 30 + index * 7), note: null }, leader);
      }
    }
    if (items[0])
      await app.get(LongCasesService).mark(
        items[0].petitionId,
        {
          markedOn: today(),
          grounds: ['years', 'several_units'],
          documentNumber: null,
          dossierSummary: 'Phát sinh trước khi sắp xếp đơn vị; hồ sơ ở hai cấp; cần thống nhất phương án giữa phường và sở.',
        },
        clerk,
      );
    seen.push(...items.slice(0, 3));
  }
  await app.get(BacklogReviewsService).hold(
    {
      heldOn: plusDays(today(), -5),
      chairedBy: 'Phạm Quốc Huy, Chủ tịch UBND Thành phố',
      participants: 'Thanh tra Thành phố, Ban Tiếp công dân, các phường',
      conclusion: 'Giao rõ người, rõ việc, rõ thời hạn; báo cáo hằng tuần.',
      items: seen.map(({ petitionId }) => ({ petitionId, decision: 'Chủ tịch phường trực tiếp đối thoại', dueOn: plusDays(today(), 20) })),
    },
    officialOf(cast, 'city', 'leader'),
  );
}
