import { ApiProperty } from '@nestjs/swagger';
import { triageOutcomes, type TriageOutcome } from '../../rules/triage/eligibility.js';
import { BilingualResponse, SourceResponse } from '../../structure/law-desk/rules.response.js';

export class QuestionResponse {
  @ApiProperty({ example: 'signed' })
  id: string;

  question: BilingualResponse;
  answer: boolean | null;

  /** The answer follows from what is stored, and no clerk said otherwise. */
  derived: boolean;
}

export class TriageReasonResponse {
  @ApiProperty({ example: 'anonymous_checkable' })
  code: string;

  explanation: BilingualResponse;
  sources: SourceResponse[];
}

export class TriageProposalResponse {
  @ApiProperty({ enum: triageOutcomes })
  outcome: TriageOutcome;

  /** What the law lets the unit do instead. */
  @ApiProperty({ enum: triageOutcomes, isArray: true, example: [] })
  alsoAllowed: TriageOutcome[];

  /** For filing_away and notice. */
  @ApiProperty({ example: null })
  ground: string | null;

  reasons: TriageReasonResponse[];

  /** Questions without an answer: the proposal may change with them. */
  @ApiProperty({ example: ['signed'] })
  unanswered: string[];
}

export class EligibilityResponse {
  questions: QuestionResponse[];
  proposal: TriageProposalResponse;
}

export class ProposalResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ enum: triageOutcomes })
  outcome: string;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { content: 'Đề nghị gửi đơn đến …' } })
  details: Record<string, unknown>;

  note: string | null;

  @ApiProperty({ format: 'date' })
  proposedOn: string;

  @ApiProperty({ example: 'city.clerk' })
  proposedBy: string;

  @ApiProperty({ enum: ['proposed', 'approved', 'sent_back'] })
  state: 'proposed' | 'approved' | 'sent_back';

  @ApiProperty({ enum: triageOutcomes })
  approvedOutcome: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true, example: null })
  approvedDetails: Record<string, unknown> | null;

  @ApiProperty({ format: 'date' })
  decidedOn: string | null;

  decidedBy: string | null;
  decisionNote: string | null;
}

export class ProposalsResponse {
  items: ProposalResponse[];
}
