import { ApiProperty } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import { Id, LegalDay, OfficialWords, OneOf, Part, Parts } from '../../../platform/http/fields.js';
import { overrideReason } from '../../../petitions/dto/actions.dto.js';
import { FieldCode } from '../../../petitions/dto/forms.decorators.js';
import { RespondentDto } from '../../../structure/law-desk/dto/evaluation.dto.js';
import { type ComplaintSubject, complaintSubjects, type PetitionKind, petitionKinds } from '../../../rules/evaluation/filing.js';
import { triageOutcomes, type TriageOutcome } from '../../../rules/triage/eligibility.js';

const day = (example: string) => ({ optional: true, example, description: 'Today when left out' });

export class EligibilityDto {
  /** Answers by question (see GET): true, false, or null to take one back. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'boolean', nullable: true },
    example: { vietnamese_or_translated: true, signed: true, original: true, legible: true },
  })
  @IsObject({ context: { code: 'object', vi: 'Phải là một đối tượng.', en: 'Must be an object.' } })
  answers: Record<string, boolean | null>;

  @LegalDay(day('2026-05-12'))
  checkedOn?: string | null;
}

export class ReferralDto {
  /** An inspectorate. */
  @Id()
  toUnitId: string;

  @OfficialWords({ max: 2000, example: 'Đơn không ghi tên nhưng nêu rõ người vi phạm, kèm bản ghi âm và hoá đơn' })
  reason: string;

  @LegalDay(day('2026-05-14'))
  referredOn?: string | null;

  @OfficialWords({ max: 100, optional: true })
  documentNumber?: string | null;
}

export class OutcomeDetailsDto {
  /** For guidance (the competent unit when left out), transfer and information_referral. */
  @Id({ optional: true })
  toUnitId?: string | null;

  /** For guidance. */
  @OfficialWords({ max: 5000, optional: true, example: 'Đề nghị ông gửi đơn đến Chủ tịch UBND Phường Ba Đình.' })
  content?: string | null;

  /** For transfer, return, notice and information_referral. */
  @OfficialWords({ max: 2000, optional: true })
  reason?: string | null;

  /** For notice and filing_away. */
  @OfficialWords({ max: 64, optional: true })
  ground?: string | null;

  @OfficialWords({ max: 200, optional: true })
  returnedTo?: string | null;

  @LegalDay({ optional: true, example: null })
  replyBy?: string | null;

  @OfficialWords({ max: 100, optional: true })
  documentNumber?: string | null;

  @OfficialWords(overrideReason)
  overrideReason?: string | null;
}

export class ProposalDto {
  @OneOf(triageOutcomes, { example: 'guidance' })
  outcome: TriageOutcome;

  /** The fields that the outcome's step needs. */
  @Part(() => OutcomeDetailsDto)
  details: OutcomeDetailsDto;

  @LegalDay(day('2026-05-13'))
  proposedOn?: string | null;

  @OfficialWords({ max: 5000, optional: true, example: 'Đơn không thuộc thẩm quyền của Thành phố' })
  note?: string | null;
}

export class ApprovalDto {
  /** Instead of what was proposed. */
  @OneOf(triageOutcomes, { optional: true })
  outcome?: TriageOutcome | null;

  /** In place of, or beside, the fields that were proposed. */
  @Part(() => OutcomeDetailsDto, { optional: true })
  details?: OutcomeDetailsDto | null;

  @LegalDay(day('2026-05-14'))
  approvedOn?: string | null;

  @OfficialWords({ max: 5000, optional: true })
  note?: string | null;
}

export class SendBackDto {
  @OfficialWords({ max: 5000, example: 'Cần xác định rõ đơn vị có thẩm quyền' })
  reason: string;

  @LegalDay(day('2026-05-14'))
  sentBackOn?: string | null;
}

export class PartDto {
  @OneOf(petitionKinds, { example: 'complaint' })
  kind: PetitionKind;

  @OneOf(complaintSubjects, { optional: true })
  subject?: ComplaintSubject | null;

  @OfficialWords({ min: 3, max: 1000, example: 'Khiếu nại quyết định thu hồi đất' })
  summary: string;

  /** The passage of this matter; the whole text when left out. */
  @OfficialWords({ max: 100_000, optional: true })
  content?: string | null;

  @FieldCode({ optional: true })
  fieldCode?: string | null;

  /** As in the whole petition when left out; null for none. */
  @Part(() => RespondentDto, { optional: true, clearable: true })
  respondent?: RespondentDto | null;

  /** As in the whole petition when left out; null for none. */
  @Id({ optional: true, clearable: true })
  matterUnitId?: string | null;

  /** States the competent unit against the one that would be found. */
  @Id({ optional: true })
  competentUnitId?: string | null;
}

export class SplitDto {
  @Parts(() => PartDto, { min: 2, max: 20 })
  parts: PartDto[];

  @LegalDay(day('2026-05-12'))
  splitOn?: string | null;
}

export class PartsGuidanceDto {
  @LegalDay(day('2026-05-14'))
  guidedOn?: string | null;

  @OfficialWords({ max: 5000, example: 'Đơn của ông có ba nội dung, đề nghị gửi đến từng cơ quan có thẩm quyền dưới đây.' })
  content: string;

  @OfficialWords({ max: 100, optional: true })
  documentNumber?: string | null;

  @OfficialWords(overrideReason)
  overrideReason?: string | null;
}
