import type { INestApplicationContext } from '@nestjs/common';
import { today } from '../platform/text/today.js';
import { GuidanceService } from '../oversight/guidance/guidance.service.js';
import { RequestsService } from '../oversight/requests/requests.service.js';
import type { Milestone } from '../oversight/rollout/rollout.js';
import { RolloutService } from '../oversight/rollout/rollout.service.js';
import { plusDays } from '../platform/text/legal-date.js';
import { officialOf } from './accounts.js';
import type { DemoCast } from './petitions.js';

/** How far each commune of the demo is, as so many days ago. */
const done: [unit: string, milestone: Milestone, daysAgo: number][] = [
  ['city', 'training', 300],
  ['city', 'start', 280],
  ['city', 'full_use', 200],
  ['baDinh', 'training', 120],
  ['baDinh', 'accounts', 118],
  ['baDinh', 'opening_figures', 100],
  ['baDinh', 'start', 95],
  ['hoanKiem', 'training', 60],
  ['hoanKiem', 'accounts', 50],
];

/** The software's way into the communes: planned for all, done at some, late at others; what they asked, and guidance. */
export async function storeDemoRollOut(app: INestApplicationContext, cast: DemoCast): Promise<void> {
  const inspector = officialOf(cast, 'cityInspectorate', 'inspector');
  const rollout = app.get(RolloutService);
  const planned: Milestone[] = ['training', 'accounts', 'opening_figures', 'start', 'full_use'];
  const milestones = planned.map((milestone, index) => ({ milestone, plannedOn: plusDays(today(), -60 + index * 40) }));
  await rollout.plan({ levels: ['commune'], unitIds: [], milestones }, inspector);
  for (const [unit, milestone, daysAgo] of done)
    await rollout.record(cast.unitIds.get(unit)!, milestone, { doneOn: plusDays(today(), -daysAgo), note: null }, null, inspector);
  const requests = app.get(RequestsService);
  const asked = await requests.put(
    { type: 'wish', title: 'In sổ tiếp công dân theo quý', content: 'Đề nghị cho in sổ theo quý để lưu trữ.' },
    officialOf(cast, 'baDinh', 'clerk'),
  );
  await requests.enter(asked.id, { content: 'Chọn từ ngày, đến ngày khi xuất sổ.', state: null }, null, inspector);
  await requests.put(
    { type: 'evaluation', title: 'Đánh giá sau ba tháng sử dụng', content: 'Nhập đơn nhanh hơn; cần thêm hướng dẫn về đơn tố cáo.' },
    officialOf(cast, 'hoanKiem', 'leader'),
  );
  for (const article of articles) await app.get(GuidanceService).publish(article.roles, { ...article, changeNote: null }, inspector);
}

const articles = [
  {
    roles: ['clerk' as const],
    title: 'Tiếp nhận đơn gửi qua bưu điện',
    body: '1. Mở **Tiếp nhận đơn**.\n2. Chọn nguồn đơn *Bưu điện*, ghi ngày theo dấu đến.\n3. Quét đơn và đính kèm.\n\nĐơn phải được nhập trong ngày làm việc kế tiếp.',
    publishedOn: plusDays(today(), -90),
  },
  {
    roles: [],
    title: 'Giữ bí mật người tố cáo',
    body: 'Không ghi tên, địa chỉ người tố cáo vào tóm tắt, ghi chú, tên tệp. Mỗi lần xem danh tính phải nêu lý do và được ghi lại.',
    publishedOn: plusDays(today(), -80),
  },
];
