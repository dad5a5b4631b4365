import { ApiProperty } from '@nestjs/swagger';
import { UrgingResponse, toUrgingResponse } from '../../routing/routing.response.js';
import { type PetitionKind, petitionKinds } from '../../rules/evaluation/filing.js';
import type { Unit, UnitStructure } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import type { EffectFigures, Letter, LetterRow, ProposalFigures, ProposedRow } from './urging.js';
import type { UrgingEffect } from './urging-effect.service.js';

export class UrgingProposalResponse {
  unit: UnitReference;

  @ApiProperty({ example: 7 })
  overdue: number;

  @ApiProperty({ example: 12 })
  backlog: number;

  @ApiProperty({ format: 'date', example: '2026-02-11' })
  oldestDueOn: string;

  /** The petitions. */
  @ApiProperty({ example: '/api/v1/urging-proposals/petitions?unitId=0198…&includeSubordinates=false' })
  petitions: string;
}

export class UrgingProposalsResponse {
  items: UrgingProposalResponse[];
}

export class ProposedPetitionResponse {
  @ApiProperty({ format: 'uuid' })
  petitionId: string;

  @ApiProperty({ example: '00004-2026-000012' })
  number: string;

  @ApiProperty({ enum: petitionKinds })
  kind: PetitionKind;

  summary: string;

  /** Where it lies. */
  unit: UnitReference;

  @ApiProperty({ format: 'date' })
  receivedOn: string;

  @ApiProperty({ format: 'date' })
  dueOn: string;

  @ApiProperty({ example: 45 })
  daysOver: number;

  @ApiProperty({ enum: ['overdue', 'backlog'] })
  alert: 'overdue' | 'backlog';

  @ApiProperty({ format: 'date' })
  lastUrgedOn: string | null;
}

export class ProposedPetitionPageResponse {
  items: ProposedPetitionResponse[];
  nextCursor: string | null;
}

export class UrgingLetterItemResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  fromUnit: UnitReference;
  toUnit: UnitReference;

  /** In the register of documents. */
  @ApiProperty({ format: 'uuid' })
  documentId: string;

  @ApiProperty({ example: '41/CV-BTCD' })
  number: string;

  /** Where the paper is read. */
  @ApiProperty({ example: '/api/v1/documents/0198…/file' })
  document: string;

  content: string;

  @ApiProperty({ format: 'date' })
  urgedOn: string;

  @ApiProperty({ format: 'date' })
  answerBy: string;

  /** How many it urges. */
  @ApiProperty({ example: 19 })
  petitions: number;

  @ApiProperty({ example: 19 })
  answered: number;

  /** Of how many the most urgent limit has ended since. */
  @ApiProperty({ example: 11 })
  settled: number;

  /** How many went to the next level. */
  @ApiProperty({ example: 0 })
  escalated: number;
}

export class UrgingLetterResponse extends UrgingLetterItemResponse {
  urgings: UrgingResponse[];
}

export class UrgingLettersResponse {
  items: UrgingLetterResponse[];
}

export class UrgingLetterPageResponse {
  items: UrgingLetterItemResponse[];
  nextCursor: string | null;
}

export class EffectFiguresResponse implements EffectFigures {
  @ApiProperty({ example: 60 })
  urgings: number;

  @ApiProperty({ example: 52 })
  answered: number;

  @ApiProperty({ example: 47 })
  answeredInTime: number;

  /** Within the days asked for. */
  @ApiProperty({ example: 31 })
  settled: number;

  @ApiProperty({ example: 9 })
  settledLater: number;

  @ApiProperty({ example: 20 })
  open: number;

  @ApiProperty({ example: 4 })
  escalated: number;
}

export class EffectRowResponse {
  unit: UnitReference;
  own: boolean;
  figures: EffectFiguresResponse;
}

export class UrgingEffectResponse {
  unit: UnitReference;

  @ApiProperty({ format: 'date' })
  from: string;

  @ApiProperty({ format: 'date' })
  to: string;

  @ApiProperty({ example: 30 })
  withinDays: number;

  total: EffectFiguresResponse;

  /** By the unit that was urged. */
  rows: EffectRowResponse[];
}

export function toProposal({ unit, ...figures }: ProposalFigures & { unit: Unit }): UrgingProposalResponse {
  const petitions = `/api/v1/urging-proposals/petitions?unitId=${unit.id}&includeSubordinates=false`;
  return { unit: toUnitReference(unit), ...figures, petitions };
}

export function toProposedPetition({ unitId, ...row }: ProposedRow, structure: UnitStructure): ProposedPetitionResponse {
  return { ...row, unit: toUnitReference(structure.get(unitId)) };
}

export function toLetterItem({ fromUnitId, toUnitId, ...row }: LetterRow, structure: UnitStructure): UrgingLetterItemResponse {
  return {
    ...row,
    fromUnit: toUnitReference(structure.get(fromUnitId)),
    toUnit: toUnitReference(structure.get(toUnitId)),
    document: `/api/v1/documents/${row.documentId}/file`,
  };
}

export function toLetter({ urgings, ...row }: Letter, structure: UnitStructure): UrgingLetterResponse {
  return { ...toLetterItem(row, structure), urgings: urgings.map((urging) => toUrgingResponse(urging, structure)) };
}

export function toEffect({ unit, rows, ...effect }: UrgingEffect): UrgingEffectResponse {
  return { ...effect, unit: toUnitReference(unit), rows: rows.map((row) => ({ ...row, unit: toUnitReference(row.unit) })) };
}
