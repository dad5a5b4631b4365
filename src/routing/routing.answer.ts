import { ApiProperty } from '@nestjs/swagger';
import { type PetitionKind, petitionKinds } from '../rules/evaluation/filing.js';
import type { UnitStructure } from '../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../units/unit.answer.js';
import { type TransferRow, transferStates, type TransferState, type UrgingRow } from './routing.queries.js';

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

export class ReplyAnswer {
  @ApiProperty({ type: String, nullable: true })
  documentNumber: string | null;

  @ApiProperty()
  content: string;
}

export class TransferAnswer {
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

  @ApiProperty({ type: ReplyAnswer, nullable: true })
  reply: ReplyAnswer | null;
}

export class TransferPageAnswer {
  @ApiProperty({ type: [TransferAnswer] })
  items: TransferAnswer[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class UrgingAnswer {
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
}

export class UrgingListAnswer {
  @ApiProperty({ type: [UrgingAnswer] })
  items: UrgingAnswer[];
}

export class UrgingPageAnswer extends UrgingListAnswer {
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export function toTransferAnswer(row: TransferRow, structure: UnitStructure): TransferAnswer {
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

export function toUrgingAnswer(row: UrgingRow, structure: UnitStructure): UrgingAnswer {
  return {
    id: row.id,
    petition: { id: row.petitionId, number: row.petitionNumber, summary: row.petitionSummary },
    fromUnit: toUnitReference(structure.get(row.fromUnitId)),
    toUnit: toUnitReference(structure.get(row.toUnitId)),
    content: row.content,
    urgedOn: row.urgedOn,
    answerBy: row.answerBy,
  };
}
