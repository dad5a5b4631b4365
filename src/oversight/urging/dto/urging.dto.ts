import { Id, Ids, LegalDay, OfficialWords, OneOf, Text, WholeNumber, YesNo } from '../../../platform/http/fields.js';
import { PageQuery } from '../../../platform/http/page.dto.js';

export class ProposalsQuery {
  @Id({ optional: true })
  unitId?: string;

  /** True when left out. */
  @YesNo({ optional: true })
  includeSubordinates?: boolean;

  /** Petitions that were urged in the last so many days are left out; ten when left out. */
  @WholeNumber({ min: 0, max: 365, optional: true, example: 10 })
  quietDays?: number;
}

export class ProposedPetitionsQuery extends PageQuery {
  @Id({ optional: true })
  unitId?: string;

  /** True when left out. */
  @YesNo({ optional: true })
  includeSubordinates?: boolean;

  @WholeNumber({ min: 0, max: 365, optional: true, example: 10 })
  quietDays?: number;
}

export class LetterDto {
  /** Late petitions below you: one letter for each unit that they lie with. */
  @Ids({ max: 500, optional: true, example: [] })
  petitionIds: string[] = [];

  /** Units to be urged about everything that is proposed, instead of petitions. */
  @Ids({ max: 200, optional: true, example: [] })
  toUnitIds: string[] = [];

  @OfficialWords({ min: 3, max: 5000, example: 'Yêu cầu làm rõ nguyên nhân, trách nhiệm và đề xuất biện pháp giải quyết dứt điểm.' })
  content: string;

  /** Ten working days from today when left out. */
  @LegalDay({ optional: true, example: null })
  answerBy: string | null = null;

  @Text({ max: 200, example: 'Trưởng ban' })
  signerTitle: string;

  @Text({ max: 200, example: 'Hoàng Minh Tuấn' })
  signerName: string;

  @Text({ max: 100, optional: true, example: null })
  place: string | null = null;
}

export class LettersQuery extends PageQuery {
  /** `in`: to your office; `out`: from it; all that you see when left out. */
  @OneOf(['in', 'out'], { optional: true })
  direction?: 'in' | 'out';

  /** Another unit in your scope instead of your office; with a direction. */
  @Id({ optional: true })
  unitId?: string;

  /** Whether everything in it is answered. */
  @YesNo({ optional: true })
  answered?: boolean;
}

export class UrgingAnswerDto {
  @LegalDay({ example: '2026-11-20' })
  answeredOn: string;

  @OfficialWords({ min: 3, max: 10_000, example: 'Đã xác minh xong, ban hành quyết định trước ngày 30/11.' })
  answer: string;
}

export class HandlingDto {
  @LegalDay({ example: '2026-11-20' })
  handledOn: string;

  @OfficialWords({ min: 3, max: 10_000, example: 'Chủ tịch Thành phố phê bình, yêu cầu kiểm điểm trách nhiệm người đứng đầu.' })
  handling: string;
}

export class EscalatedQuery extends PageQuery {
  /** Your office when left out. */
  @Id({ optional: true })
  unitId?: string;
}

export class UnansweredQuery extends PageQuery {
  @Id({ optional: true })
  unitId?: string;

  /** True when left out. */
  @YesNo({ optional: true })
  includeSubordinates?: boolean;
}

export class EffectQuery {
  @Id({ optional: true })
  unitId?: string;

  /** First day of urging; a year ago when left out. */
  @LegalDay({ optional: true, example: null })
  from?: string;

  @LegalDay({ optional: true, example: null })
  to?: string;

  /** Settled within so many days of the urging. */
  @WholeNumber({ min: 1, max: 365, optional: true, example: 30 })
  withinDays?: number;
}
