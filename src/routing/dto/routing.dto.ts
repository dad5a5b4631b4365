import { Id, LegalDay, OfficialWords, OneOf, Text, WholeNumber } from '../../platform/http/fields.js';
import { defaultLimit, largestLimit } from '../../platform/http/page.js';
import { overrideReason } from '../../petitions/dto/actions.dto.js';
import { exampleUnits } from '../../structure/units/example-units.js';
import { transferStates, type TransferState } from '../routing.queries.js';

const directions = ['in', 'out'] as const;
const todayWhenLeftOut = { optional: true, example: '2026-05-15', description: 'Today when left out' };

export class TransferDto {
  @Id({ example: exampleUnits.baDinh })
  toUnitId: string;

  @OfficialWords({ max: 2000, example: 'Tố cáo công chức do UBND phường quản lý; chuyển theo Điều 24 Luật Tố cáo' })
  reason: string;

  @LegalDay(todayWhenLeftOut)
  sentOn?: string | null;

  /** Day by which the reply is wanted; ten working days from receipt when left out. */
  @LegalDay({ optional: true, example: null })
  replyBy?: string | null;

  @OfficialWords({ max: 100, optional: true, example: '88/PC-TCD' })
  documentNumber?: string | null;

  @OfficialWords(overrideReason)
  overrideReason?: string | null;
}

export class ReceiptDto {
  @LegalDay(todayWhenLeftOut)
  receivedOn?: string | null;
}

export class TransferReturnDto {
  @LegalDay(todayWhenLeftOut)
  returnedOn?: string | null;

  @OfficialWords({ max: 2000, example: 'Công chức bị tố cáo không thuộc phường quản lý' })
  reason: string;
}

export class ReplyDto {
  @LegalDay(todayWhenLeftOut)
  repliedOn?: string | null;

  @OfficialWords({ max: 100, optional: true, example: '41/UBND-VP' })
  documentNumber?: string | null;

  /** Without anything that gives a denouncer away. */
  @OfficialWords({ max: 5000, example: 'UBND phường đã thụ lý ngày 18/05/2026 và đang xác minh.' })
  content: string;
}

export class UrgingDto {
  /** The unit that the petition lies with, when left out. */
  @Id({ optional: true })
  toUnitId?: string | null;

  @OfficialWords({ max: 5000, example: 'Đã quá hạn giải quyết; đề nghị báo cáo kết quả và lý do chậm.' })
  content: string;

  /** Ten working days from today when left out. */
  @LegalDay({ optional: true, example: null })
  answerBy?: string | null;
}

export class InOutQuery {
  /** `in`: to your office; `out`: from it. */
  @OneOf(directions, { example: 'in' })
  direction: 'in' | 'out';

  /** Another unit in your scope instead of your own office. */
  @Id({ optional: true })
  unitId?: string;

  @WholeNumber({ min: 1, max: largestLimit, optional: true, example: defaultLimit })
  limit?: number;

  /** `nextCursor` of the page before. */
  @Text({ max: 500, optional: true })
  cursor?: string;
}

export class TransfersQuery extends InOutQuery {
  @OneOf(transferStates, { optional: true })
  state?: TransferState;

  @Id({ optional: true })
  petitionId?: string;
}
