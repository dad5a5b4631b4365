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
  documentNumber: string | null;
  content: string;
}

export class TransferResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  petition: TransferredPetition;
  fromUnit: UnitReference;
  toUnit: UnitReference;

  /** `pending` until the receiver confirms: so long the sender stays responsible. */
  @ApiProperty({ enum: transferStates })
  state: TransferState;

  reason: string;

  @ApiProperty({ format: 'date' })
  sentOn: string;

  /** Last day for the receiver's reply. */
  @ApiProperty({ format: 'date' })
  replyDueOn: string;

  @ApiProperty({ format: 'date' })
  receivedOn: string | null;

  @ApiProperty({ format: 'date' })
  returnedOn: string | null;

  returnReason: string | null;

  @ApiProperty({ format: 'date' })
  repliedOn: string | null;

  reply: ReplyResponse | null;
}

export class TransferPageResponse {
  items: TransferResponse[];
  nextCursor: string | null;
}

export class UrgingResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  petition: PetitionReference;
  fromUnit: UnitReference;
  toUnit: UnitReference;
  content: string;

  @ApiProperty({ format: 'date' })
  urgedOn: string;

  @ApiProperty({ format: 'date' })
  answerBy: string;

  /** The letter that it stands in. */
  @ApiProperty({ format: 'uuid' })
  letterId: string | null;

  @ApiProperty({ format: 'date' })
  answeredOn: string | null;

  answer: string | null;

  /** The next level, which is told when there is no answer. */
  escalatesTo: UnitReference | null;

  /** From which day on it is. */
  @ApiProperty({ format: 'date' })
  escalatesOn: string | null;

  /** That day has come, nobody answered, and the petition is not finished. */
  escalated: boolean;

  @ApiProperty({ format: 'date' })
  handledOn: string | null;

  /** What the next level did. */
  handling: string | null;

  /** When the most urgent limit that was open on the day of the urging ended. */
  @ApiProperty({ format: 'date' })
  settledOn: string | null;
}

export class UrgingListResponse {
  items: UrgingResponse[];
}

export class UrgingPageResponse extends UrgingListResponse {
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
