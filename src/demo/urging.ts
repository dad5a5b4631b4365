import type { INestApplicationContext } from '@nestjs/common';
import { today } from '../platform/text/today.js';
import { UrgingLettersService } from '../oversight/urging/urging-letters.service.js';
import { UrgingProposalsService } from '../oversight/urging/urging-proposals.service.js';
import { UrgingService } from '../routing/urging.service.js';
import { officialOf } from './accounts.js';
import type { DemoCast } from './petitions.js';

/** The city's reception board urges two communes about everything that is late there; one of them has begun to answer. */
export async function storeDemoUrging(app: INestApplicationContext, cast: DemoCast): Promise<void> {
  const board = officialOf(cast, 'cityBoard', 'reception_board');
  const late = new Set((await app.get(UrgingProposalsService).byUnit({}, board)).map(({ unit }) => unit.id));
  const toUnitIds = ['baDinh', 'hoanKiem'].map((unit) => cast.unitIds.get(unit)!).filter((id) => late.has(id));
  if (toUnitIds.length === 0) return;
  const letters = await app.get(UrgingLettersService).send(
    {
      petitionIds: [],
      toUnitIds,
      content: 'Yêu cầu rà soát từng vụ việc, làm rõ nguyên nhân, trách nhiệm và thời hạn giải quyết dứt điểm.',
      answerBy: null,
      signerTitle: 'Trưởng ban',
      signerName: 'Phạm Quốc Huy',
      place: null,
    },
    board,
  );
  const toBaDinh = letters.find(({ toUnitId }) => toUnitId === cast.unitIds.get('baDinh'));
  const [first] = toBaDinh?.urgings ?? [];
  if (first)
    await app
      .get(UrgingService)
      .answer(
        [first.id],
        { answeredOn: today(), answer: 'Đã giao công chức địa chính xác minh bổ sung.' },
        officialOf(cast, 'baDinh', 'leader'),
      );
}
