import { ApiProperty } from '@nestjs/swagger';
import { type PetitionKind, petitionKinds } from '../rules/evaluation/filing.js';
import type { UnitStructure } from '../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../structure/units/unit.response.js';
import { type TransferRow, transferStates, type TransferState } from './routing.queries.js';
import type { UrgingRow } from './urging.js';

export class PetitionReference {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'HNI-2026-000123' })
  number: string;

  @ApiProperty({ example: 'Tố cáo công chức địa chính thu tiền ngoài quy định' })
  summary: string;
}

export class TransferredPetition extends PetitionReference {
  @ApiProperty({ enum: petitionKinds })
  kind: PetitionKind;
}

export class ReplyResponse {
  @ApiProperty({ type: String, nullable: true })
  documentNumber: string | null;

  @ApiProperty()
  content: string;
}

export class TransferResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ type: TransferredPetition })
  petition: TransferredPetition;

  @ApiProperty({ type: UnitReference })
  fromUnit: UnitReference;

  @ApiProperty({ type: UnitReference })
  toUnit: UnitReference;

  /** `pending` until the receiver confirms: so long the sender stays responsible. */
  @ApiProperty({ enum: transferStates })
  state: TransferState;

  @ApiProperty()
  reason: string;

  @ApiProperty({ format: 'date' })
  sentOn: string;

  /** Last day for the receiver's reply. */
  @ApiProperty({ format: 'date' })
  replyDueOn: string;

  @ApiProperty({ format: 'date', type: String, nullable: true })
  receivedOn: string | null;

  @ApiProperty({ format: 'date', type: String, nullable: true })
  returnedOn: string | null;

  @ApiProperty({ type: String, nullable: true })
  returnReason: string | null;

  @ApiProperty({ format: 'date', type: String, nullable: true })
  repliedOn: string | null;

  @ApiProperty({ type: ReplyResponse, nullable: true })
  reply: ReplyResponse | null;
}

export class TransferPageResponse {
  @ApiProperty({ type: [TransferResponse] })
  items: TransferResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class UrgingResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ type: PetitionReference })
  petition: PetitionReference;

  @ApiProperty({ type: UnitReference })
  fromUnit: UnitReference;

  @ApiProperty({ type: UnitReference })
  toUnit: UnitReference;

  @ApiProperty()
  content: string;

  @ApiProperty({ format: 'date' })
  urgedOn: string;

  @ApiProperty({ format: 'date' })
  answerBy: string;

  /** The letter that it stands in. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  letterId: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  answeredOn: string | null;

  @ApiProperty({ type: String, nullable: true })
  answer: string | null;

  /** The next level, which is told when there is no answer. */
  @ApiProperty({ type: UnitReference, nullable: true })
  escalatesTo: UnitReference | null;

  /** From which day on it is. */
  @ApiProperty({ type: String, format: 'date', nullable: true })
  escalatesOn: string | null;

  /** That day has come, nobody answered, and the petition is not finished. */
  @ApiProperty()
  escalated: boolean;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  handledOn: string | null;

  /** What the next level did. */
  @ApiProperty({ type: String, nullable: true })
  handling: string | null;

  /** When the most urgent limit that was open on the day of the urging ended. */
  @ApiProperty({ type: String, format: 'date', nullable: true })
  settledOn: string | null;
}

export class UrgingListResponse {
  @ApiProperty({ type: [UrgingResponse] })
  items: UrgingResponse[];
}

export class UrgingPageResponse extends UrgingListResponse {
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export function toTransferResponse(row: TransferRow, structure: UnitStructure): TransferResponse {
  return {
    id: row.id,
    petition: { id: row.petitionId, number: row.petitionNumber, kind: row.petitionKind, summary: row.petitionSummary },
    fromUnit: toUnitReference(structure.get(row.fromUnitId)),
    toUnit: toUnitReference(structure.get(row.toUnitId)),
    state: row.state,
    reason: row.reason,
    sentOn: row.sentOn,
    replyDueOn: row.replyDueOn,
    receivedOn: row.receivedOn,
    returnedOn: row.returnedOn,
    returnReason: row.returnReason,
    repliedOn: row.repliedOn,
    reply: row.reply,
  };
}

export function toUrgingResponse(row: UrgingRow, structure: UnitStructure): UrgingResponse {
  return {
    id: row.id,
    petition: { id: row.petitionId, number: row.petitionNumber, summary: row.petitionSummary },
    fromUnit: toUnitReference(structure.get(row.fromUnitId)),
    toUnit: toUnitReference(structure.get(row.toUnitId)),
    content: row.content,
    urgedOn: row.urgedOn,
    answerBy: row.answerBy,
    letterId: row.letterId,
    answeredOn: row.answeredOn,
    answer: row.answer,
    escalatesTo: row.escalatesToUnitId === null ? null : toUnitReference(structure.get(row.escalatesToUnitId)),
    escalatesOn: row.escalatesOn,
    escalated: row.escalated,
    handledOn: row.handledOn,
    handling: row.handling,
    settledOn: row.settledOn,
  };
}
