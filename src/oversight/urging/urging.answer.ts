import { ApiProperty } from '@nestjs/swagger';
import { UrgingAnswer, toUrgingAnswer } from '../../routing/routing.answer.js';
import { type PetitionKind, petitionKinds } from '../../rules/evaluation/filing.js';
import type { Unit, UnitStructure } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../units/unit.answer.js';
import type { EffectFigures, Letter, LetterRow, ProposalFigures, ProposedRow } from './urging.js';
import type { UrgingEffect } from './urging-effect.service.js';

export class UrgingProposalAnswer {
  @ApiProperty({ type: UnitReference })
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

export class UrgingProposalsAnswer {
  @ApiProperty({ type: [UrgingProposalAnswer] })
  items: UrgingProposalAnswer[];
}

export class ProposedPetitionAnswer {
  @ApiProperty({ format: 'uuid' })
  petitionId: string;

  @ApiProperty({ example: '00004-2026-000012' })
  number: string;

  @ApiProperty({ enum: petitionKinds })
  kind: PetitionKind;

  @ApiProperty()
  summary: string;

  /** Where it lies. */
  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  @ApiProperty({ format: 'date' })
  receivedOn: string;

  @ApiProperty({ format: 'date' })
  dueOn: string;

  @ApiProperty({ example: 45 })
  daysOver: number;

  @ApiProperty({ enum: ['overdue', 'backlog'] })
  alert: 'overdue' | 'backlog';

  @ApiProperty({ type: String, format: 'date', nullable: true })
  lastUrgedOn: string | null;
}

export class ProposedPetitionPageAnswer {
  @ApiProperty({ type: [ProposedPetitionAnswer] })
  items: ProposedPetitionAnswer[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class UrgingLetterItemAnswer {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ type: UnitReference })
  fromUnit: UnitReference;

  @ApiProperty({ type: UnitReference })
  toUnit: UnitReference;

  /** In the register of documents. */
  @ApiProperty({ format: 'uuid' })
  documentId: string;

  @ApiProperty({ example: '41/CV-BTCD' })
  number: string;

  /** Where the paper is read. */
  @ApiProperty({ example: '/api/v1/documents/0198…/file' })
  document: string;

  @ApiProperty()
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

export class UrgingLetterAnswer extends UrgingLetterItemAnswer {
  @ApiProperty({ type: [UrgingAnswer] })
  urgings: UrgingAnswer[];
}

export class UrgingLettersAnswer {
  @ApiProperty({ type: [UrgingLetterAnswer] })
  items: UrgingLetterAnswer[];
}

export class UrgingLetterPageAnswer {
  @ApiProperty({ type: [UrgingLetterItemAnswer] })
  items: UrgingLetterItemAnswer[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class EffectFiguresAnswer implements EffectFigures {
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

export class EffectRowAnswer {
  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  @ApiProperty()
  own: boolean;

  @ApiProperty({ type: EffectFiguresAnswer })
  figures: EffectFiguresAnswer;
}

export class UrgingEffectAnswer {
  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  @ApiProperty({ format: 'date' })
  from: string;

  @ApiProperty({ format: 'date' })
  to: string;

  @ApiProperty({ example: 30 })
  withinDays: number;

  @ApiProperty({ type: EffectFiguresAnswer })
  total: EffectFiguresAnswer;

  /** By the unit that was urged. */
  @ApiProperty({ type: [EffectRowAnswer] })
  rows: EffectRowAnswer[];
}

export function toProposal({ unit, ...figures }: ProposalFigures & { unit: Unit }): UrgingProposalAnswer {
  const petitions = `/api/v1/urging-proposals/petitions?unitId=${unit.id}&includeSubordinates=false`;
  return { unit: toUnitReference(unit), ...figures, petitions };
}

export function toProposedPetition({ unitId, ...row }: ProposedRow, structure: UnitStructure): ProposedPetitionAnswer {
  return { ...row, unit: toUnitReference(structure.get(unitId)) };
}

export function toLetterItem({ fromUnitId, toUnitId, ...row }: LetterRow, structure: UnitStructure): UrgingLetterItemAnswer {
  return {
    ...row,
    fromUnit: toUnitReference(structure.get(fromUnitId)),
    toUnit: toUnitReference(structure.get(toUnitId)),
    document: `/api/v1/documents/${row.documentId}/file`,
  };
}

export function toLetter({ urgings, ...row }: Letter, structure: UnitStructure): UrgingLetterAnswer {
  return { ...toLetterItem(row, structure), urgings: urgings.map((urging) => toUrgingAnswer(urging, structure)) };
}

export function toEffect({ unit, rows, ...effect }: UrgingEffect): UrgingEffectAnswer {
  return { ...effect, unit: toUnitReference(unit), rows: rows.map((row) => ({ ...row, unit: toUnitReference(row.unit) })) };
}
