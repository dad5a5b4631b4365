import type { INestApplicationContext } from '@nestjs/common';
import { today } from '../platform/text/today.js';
import { ContactsService } from '../oversight/contacts/contacts.service.js';
import type { MatterFacts, MatterOutcome } from '../oversight/superior-matters/superior-matter.js';
import { SuperiorMattersService } from '../oversight/superior-matters/superior-matters.service.js';
import { plusDays } from '../platform/text/legal-date.js';
import { officialOf } from './accounts.js';
import type { DemoCast } from './petitions.js';

const court = { agencyType: 'court', agency: 'Toà án nhân dân Thành phố Hà Nội' } as const;
const government = { agencyType: 'central', agency: 'Ban Tiếp công dân Trung ương' } as const;

/** A case of the demo: how many days ago it was brought there and news of it came. */
interface DemoMatter extends Pick<MatterFacts, 'agencyType' | 'agency' | 'reference' | 'kind' | 'matter' | 'stage'> {
  unit: string;
  filed: number;
  news: number;
  outcome?: Omit<MatterOutcome, 'issuedOn'>;
}

const matters: DemoMatter[] = [
  {
    ...court,
    unit: 'baDinh',
    reference: '112/2026/TLST-HC',
    kind: 'complaint',
    matter: 'Khởi kiện quyết định bồi thường khu tập thể',
    stage: 'decided',
    filed: 190,
    news: 12,
    outcome: { effect: 'annulled', number: '45/2026/HC-ST', gist: 'Huỷ quyết định, buộc lập lại phương án bồi thường' },
  },
  {
    ...court,
    unit: 'baDinh',
    reference: '140/2026/TLST-HC',
    kind: 'complaint',
    matter: 'Khởi kiện việc không cấp giấy phép xây dựng',
    stage: 'accepted',
    filed: 80,
    news: 65,
  },
  {
    ...government,
    unit: 'hoanKiem',
    reference: 'TW-2026-0771',
    kind: 'recommendation',
    matter: 'Kiến nghị về tái định cư phố Hàng Trống',
    stage: 'in_progress',
    filed: 45,
    news: 9,
  },
];

/** Cases of the demo's citizens at a court and at a central office – one decided against the unit, one without news –, and talks with them. */
export async function storeDemoSuperiorMatters(app: INestApplicationContext, cast: DemoCast): Promise<void> {
  const ago = (days: number) => plusDays(today(), -days);
  for (const { unit, filed, news, outcome, ...facts } of matters) {
    const clerk = officialOf(cast, unit, 'clerk');
    const { id } = await app.get(SuperiorMattersService).enter(
      null,
      {
        ...facts,
        filedOn: ago(filed),
        newsOn: ago(news),
        content: null,
        petitionId: null,
        outcome: outcome ? { ...outcome, issuedOn: ago(news) } : null,
      },
      clerk,
    );
    await app.get(ContactsService).record(
      {
        superiorMatterId: id,
        petitionId: null,
        incidentId: null,
        onDate: ago(Math.min(news, 30)),
        way: 'home_visit',
        officials: 'Lãnh đạo UBND phường',
        togetherWith: 'Uỷ ban Mặt trận Tổ quốc phường',
        content: 'Giải thích kết quả, đề nghị chờ giải quyết tại địa phương',
        result: 'partly_agreed',
        nextOn: plusDays(today(), 15),
      },
      clerk,
    );
  }
}
