import { ApiProperty } from '@nestjs/swagger';
import { triageOutcomes, type TriageOutcome } from '../../rules/triage/eligibility.js';
import { BilingualResponse, SourceResponse } from '../../structure/law-desk/rules.response.js';

export class QuestionResponse {
  @ApiProperty({ example: 'signed' })
  id: string;

  @ApiProperty({ type: BilingualResponse })
  question: BilingualResponse;

  @ApiProperty({ type: Boolean, nullable: true })
  answer: boolean | null;

  /** The answer follows from what is stored, and no clerk said otherwise. */
  @ApiProperty()
  derived: boolean;
}

export class TriageReasonResponse {
  @ApiProperty({ example: 'anonymous_checkable' })
  code: string;

  @ApiProperty({ type: BilingualResponse })
  explanation: BilingualResponse;

  @ApiProperty({ type: [SourceResponse] })
  sources: SourceResponse[];
}

export class TriageProposalResponse {
  @ApiProperty({ enum: triageOutcomes })
  outcome: TriageOutcome;

  /** What the law lets the unit do instead. */
  @ApiProperty({ enum: triageOutcomes, isArray: true, example: [] })
  alsoAllowed: TriageOutcome[];

  /** For filing_away and notice. */
  @ApiProperty({ type: String, nullable: true, example: null })
  ground: string | null;

  @ApiProperty({ type: [TriageReasonResponse] })
  reasons: TriageReasonResponse[];

  /** Questions without an answer: the proposal may change with them. */
  @ApiProperty({ type: [String], example: ['signed'] })
  unanswered: string[];
}

export class EligibilityResponse {
  @ApiProperty({ type: [QuestionResponse] })
  questions: QuestionResponse[];

  @ApiProperty({ type: TriageProposalResponse })
  proposal: TriageProposalResponse;
}

export class ProposalResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ enum: triageOutcomes })
  outcome: string;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { content: 'Đề nghị gửi đơn đến …' } })
  details: Record<string, unknown>;

  @ApiProperty({ type: String, nullable: true })
  note: string | null;

  @ApiProperty({ format: 'date' })
  proposedOn: string;

  @ApiProperty({ example: 'city.clerk' })
  proposedBy: string;

  @ApiProperty({ enum: ['proposed', 'approved', 'sent_back'] })
  state: 'proposed' | 'approved' | 'sent_back';

  @ApiProperty({ enum: triageOutcomes, nullable: true })
  approvedOutcome: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, example: null })
  approvedDetails: Record<string, unknown> | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  decidedOn: string | null;

  @ApiProperty({ type: String, nullable: true })
  decidedBy: string | null;

  @ApiProperty({ type: String, nullable: true })
  decisionNote: string | null;
}

export class ProposalsResponse {
  @ApiProperty({ type: [ProposalResponse] })
  items: ProposalResponse[];
}
