import { LegalDay, OfficialWords, SomeOf } from '../../platform/http/fields.js';
import { type ComplexityCriterionId, complexityCriterionIds } from '../../rules/resolution/complexity.js';

export class ComplexityFindingDto {
  @LegalDay({ optional: true, example: '2026-07-20', description: 'Today when left out' })
  foundOn?: string | null;

  /** Which of the seven criteria are met; an empty list where the matter turns out not to be complex. */
  @SomeOf(complexityCriterionIds, { example: ['several_places', 'evidence_in_conflict'] })
  criteria: ComplexityCriterionId[];

  /** What of this matter meets them. */
  @OfficialWords({ min: 10, max: 5000, example: 'Phải xác minh tại hai phường và đối chiếu hai bản đồ địa chính có số liệu khác nhau' })
  reason: string;

  @OfficialWords({ max: 100, optional: true, example: '52/BC-UBND' })
  documentNumber?: string | null;
}
