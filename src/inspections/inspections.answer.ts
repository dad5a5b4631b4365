import { ApiProperty } from '@nestjs/swagger';
import {
  type AnsweredBy,
  type ChecklistGroup,
  checklistGroups,
  type ChecklistVersion,
  scoredItems,
} from '../rules/inspections/checklist.js';
import { type ItemResult, itemResults, scoreFormula, scoreOf } from '../rules/inspections/score.js';
import { BilingualAnswer, SourceAnswer } from '../rules/rules.answer.js';
import type { UnitStructure } from '../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../units/unit.answer.js';
import {
  type AnswerOutcome,
  type Draw,
  type Inspection,
  type InspectionPlan,
  type InspectionRow,
  type InspectionState,
  inspectionStates,
  type InspectionType,
  inspectionTypes,
  type ItemRow,
  type Member,
  memberRoles,
  type RiskFact,
  riskFacts,
  type SystemAnswer,
} from './inspection.js';
import { riskCoefficients, weightFormula } from './risk.js';

const day = { format: 'date' };
const dayOrNone = { type: String, format: 'date', nullable: true };
const textOrNone = { type: String, nullable: true };
const idOrNone = { type: String, format: 'uuid', nullable: true };
const groups = Object.keys(checklistGroups);

export class ChecklistItemAnswer {
  @ApiProperty({ example: 'B1' })
  code: string;

  @ApiProperty({ enum: groups })
  group: ChecklistGroup;

  @ApiProperty({ type: BilingualAnswer })
  groupLabel: BilingualAnswer;

  @ApiProperty({ type: BilingualAnswer })
  item: BilingualAnswer;

  @ApiProperty({ type: BilingualAnswer })
  evidence: BilingualAnswer;

  /** Who answers: a person on site, the system from its own data, or both. */
  @ApiProperty({ enum: ['person', 'system', 'both'] })
  by: AnsweredBy;

  @ApiProperty({ example: 2 })
  weight: number;

  @ApiProperty({ type: [SourceAnswer] })
  sources: SourceAnswer[];
}

export class ChecklistAnswer {
  @ApiProperty({ example: '2018' })
  version: string;

  @ApiProperty(day)
  from: string;

  @ApiProperty(dayOrNone)
  to: string | null;

  /** False: made from the law and from who reports on the directive; nobody has decided it. */
  @ApiProperty()
  verified: boolean;

  @ApiProperty({ type: [ChecklistItemAnswer] })
  items: ChecklistItemAnswer[];
}

export class ChecklistsAnswer {
  @ApiProperty({ type: [ChecklistAnswer] })
  items: ChecklistAnswer[];

  @ApiProperty({ type: BilingualAnswer })
  scoreFormula: BilingualAnswer;
}

export class InspectionPlanItemAnswer {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  @ApiProperty(day)
  fromOn: string;

  @ApiProperty(day)
  toOn: string;

  @ApiProperty(textOrNone)
  subject: string | null;

  /** The inspection that carries it out. */
  @ApiProperty(idOrNone)
  inspectionId: string | null;

  @ApiProperty({ enum: inspectionStates, nullable: true })
  state: InspectionState | null;
}

export class InspectionPlanAnswer {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  @ApiProperty()
  title: string;

  @ApiProperty(textOrNone)
  number: string | null;

  @ApiProperty({ example: 2027 })
  year: number;

  @ApiProperty({ type: Number, nullable: true, example: 1 })
  quarter: number | null;

  @ApiProperty(dayOrNone)
  approvedOn: string | null;

  @ApiProperty({ type: [InspectionPlanItemAnswer] })
  items: InspectionPlanItemAnswer[];
}

export class InspectionPlanPageAnswer {
  @ApiProperty({ type: [InspectionPlanAnswer] })
  items: InspectionPlanAnswer[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class RiskAnswer {
  @ApiProperty({ enum: riskFacts })
  fact: RiskFact;

  @ApiProperty({ type: BilingualAnswer })
  label: BilingualAnswer;

  @ApiProperty({ example: 3 })
  coefficient: number;
}

export class DrawnUnitAnswer {
  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  /** What goes into the draw beside the seed. */
  @ApiProperty({ example: '00004' })
  code: string;

  @ApiProperty({ example: 4.25 })
  weight: number;

  /** ln(u) / weight, where u comes from SHA-256 of seed:code; those with the greatest are drawn. */
  @ApiProperty({ example: -0.041 })
  key: number;

  @ApiProperty()
  drawn: boolean;

  /** From 0 to 1. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'number' }, example: { overdue: 0.42, sinceLastInspection: 1 } })
  facts: Record<RiskFact, number>;
}

export class DrawAnswer {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  @ApiProperty({ example: '9f2c…' })
  seed: string;

  @ApiProperty(day)
  drawnOn: string;

  @ApiProperty()
  reason: string;

  @ApiProperty(day)
  periodFrom: string;

  @ApiProperty(day)
  periodTo: string;

  @ApiProperty({ type: BilingualAnswer })
  weightFormula: BilingualAnswer;

  @ApiProperty({ type: [RiskAnswer] })
  risks: RiskAnswer[];

  /** Everybody who could be drawn, in the order of the draw. */
  @ApiProperty({ type: [DrawnUnitAnswer] })
  candidates: DrawnUnitAnswer[];
}

export class DrawPageAnswer {
  @ApiProperty({ type: [DrawAnswer] })
  items: DrawAnswer[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class InspectionMemberAnswer implements Member {
  @ApiProperty({ enum: memberRoles })
  role: Member['role'];

  @ApiProperty()
  name: string;

  @ApiProperty()
  office: string;

  @ApiProperty(idOrNone)
  accountId: string | null;
}

export class InspectionItemAnswer {
  @ApiProperty({ format: 'uuid' })
  id: string;

  /** Who runs it. */
  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  @ApiProperty({ type: UnitReference })
  inspectedUnit: UnitReference;

  @ApiProperty({ enum: inspectionTypes })
  type: InspectionType;

  @ApiProperty({ enum: inspectionStates })
  state: InspectionState;

  @ApiProperty(idOrNone)
  planItemId: string | null;

  @ApiProperty(idOrNone)
  drawId: string | null;

  @ApiProperty({ example: '77/QĐ-TTTP' })
  decisionNumber: string;

  @ApiProperty(day)
  decidedOn: string;

  @ApiProperty()
  subject: string;

  @ApiProperty(day)
  periodFrom: string;

  @ApiProperty(day)
  periodTo: string;

  @ApiProperty(day)
  startsOn: string;

  @ApiProperty(day)
  endsOn: string;

  @ApiProperty(dayOrNone)
  startedOn: string | null;

  /** None for an inspection of responsibility: it reviews a sample of petitions. */
  @ApiProperty({ type: String, nullable: true, example: '2018' })
  checklistVersion: string | null;

  /** The head whose responsibility is inspected. */
  @ApiProperty(textOrNone)
  inspectedHead: string | null;

  @ApiProperty(textOrNone)
  cancelReason: string | null;

  /** Items of the checklist, and those answered. */
  @ApiProperty({ example: 37 })
  items: number;

  @ApiProperty({ example: 12 })
  answered: number;

  @ApiProperty(dayOrNone)
  concludedOn: string | null;

  /** In per cent, once it is concluded; see `score` of the whole for what is answered so far. */
  @ApiProperty({ type: Number, nullable: true, example: 78.3 })
  score: number | null;

  /** Told by the conclusion; none before. */
  @ApiProperty({ example: 3 })
  findings: number;

  /** Of them, not mended yet. */
  @ApiProperty({ example: 1 })
  findingsOpen: number;
}

export class InspectionPageAnswer {
  @ApiProperty({ type: [InspectionItemAnswer] })
  items: InspectionItemAnswer[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class UninspectedAnswer {
  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  /** Day of the last inspection; null where there was none. */
  @ApiProperty(dayOrNone)
  lastOn: string | null;
}

export class UninspectedListAnswer {
  @ApiProperty({ type: [UninspectedAnswer] })
  items: UninspectedAnswer[];
}

export class SystemItemAnswer implements SystemAnswer {
  @ApiProperty({ enum: itemResults })
  result: ItemResult;

  @ApiProperty({ example: 61 })
  part: number;

  @ApiProperty({ example: 90 })
  of: number;

  /** What is counted of what. */
  @ApiProperty({ type: BilingualAnswer })
  counts: BilingualAnswer;

  /** The list behind it. */
  @ApiProperty(textOrNone)
  list: string | null;
}

export class InspectionPhotoAnswer {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'phong-tiep.jpg' })
  filename: string;

  @ApiProperty({ example: 'IMG_20261118_0812' })
  clientKey: string;

  @ApiProperty({ example: '/api/v1/attachments/0198…/content' })
  content: string;
}

export class InspectedItemAnswer {
  @ApiProperty({ example: 'B1' })
  code: string;

  /** What the system says from its own data, as of the start; null where it cannot. */
  @ApiProperty({ type: SystemItemAnswer, nullable: true })
  system: SystemItemAnswer | null;

  /** What the inspector found: confirms, or differs. */
  @ApiProperty({ enum: itemResults, nullable: true })
  result: ItemResult | null;

  /** The inspector differs from the system. */
  @ApiProperty()
  differs: boolean;

  @ApiProperty(textOrNone)
  note: string | null;

  @ApiProperty(dayOrNone)
  mendBy: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'city.inspector' })
  answeredBy: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  answeredAt: string | null;

  /** For `baseVersion` of the next answer. */
  @ApiProperty({ example: 1 })
  version: number;

  @ApiProperty({ type: [InspectionPhotoAnswer] })
  photos: InspectionPhotoAnswer[];
}

export class InspectionAnswer extends InspectionItemAnswer {
  @ApiProperty({ type: [InspectionMemberAnswer] })
  members: InspectionMemberAnswer[];

  @ApiProperty({ type: [InspectedItemAnswer] })
  checklist: InspectedItemAnswer[];

  /** Of what is answered so far, in per cent; null while nothing is. With the conclusion it stays. */
  @ApiProperty({ type: Number, nullable: true, example: 78.3 })
  override score: number | null;

  /** Of the conclusion. */
  @ApiProperty(textOrNone)
  assessment: string | null;

  /** The conclusion as a paper; the inspected unit reads it, too. */
  @ApiProperty({ type: String, nullable: true, example: '/api/v1/documents/0198…/file' })
  document: string | null;

  @ApiProperty({ type: BilingualAnswer })
  scoreFormula: BilingualAnswer;
}

export class AnswerOutcomeAnswer {
  @ApiProperty({ example: 'B1' })
  code: string;

  /** written; unchanged: it was answered so before; conflict: somebody else has answered since. */
  @ApiProperty({ enum: ['written', 'unchanged', 'conflict'] })
  outcome: AnswerOutcome['outcome'];

  /** As it stands now. */
  @ApiProperty({ type: InspectedItemAnswer })
  item: InspectedItemAnswer;
}

export class AnswerOutcomesAnswer {
  @ApiProperty({ type: [AnswerOutcomeAnswer] })
  items: AnswerOutcomeAnswer[];

  @ApiProperty({ example: 1 })
  conflicts: number;
}

export function toChecklist({ version, from, to, verified, items }: ChecklistVersion): ChecklistAnswer {
  return {
    version,
    from,
    to: to ?? null,
    verified,
    items: items.map((item) => ({ ...item, groupLabel: checklistGroups[item.group] })),
  };
}

export function toPlan({ unitId, items, ...plan }: InspectionPlan, structure: UnitStructure): InspectionPlanAnswer {
  return {
    ...plan,
    unit: toUnitReference(structure.get(unitId)),
    items: items.map(({ unitId: of, ...item }) => ({ ...item, unit: toUnitReference(structure.get(of)) })),
  };
}

export function toDraw({ unitId, candidates, ...made }: Draw, structure: UnitStructure): DrawAnswer {
  return {
    ...made,
    unit: toUnitReference(structure.get(unitId)),
    weightFormula,
    risks: riskFacts.map((fact) => ({ fact, ...riskCoefficients[fact] })),
    candidates: candidates.map(({ unitId: of, ...candidate }) => ({ ...candidate, unit: toUnitReference(structure.get(of)) })),
  };
}

export function toInspectionItem(
  { unitId, inspectedUnitId, version, assessment, documentId, ...row }: InspectionRow,
  structure: UnitStructure,
): InspectionItemAnswer {
  return { ...row, unit: toUnitReference(structure.get(unitId)), inspectedUnit: toUnitReference(structure.get(inspectedUnitId)) };
}

export function toInspection(
  { members, checklist, assessment, documentId, ...rest }: Inspection,
  structure: UnitStructure,
): InspectionAnswer {
  const row = { ...rest, assessment, documentId };
  const answered = scoredItems(row.checklistVersion, checklist);
  return {
    ...toInspectionItem(row, structure),
    members,
    checklist: checklist.map(toItem),
    assessment,
    document: documentId && `/api/v1/documents/${documentId}/file`,
    score: row.score ?? scoreOf(answered),
    scoreFormula,
  };
}

export function toItem({ answeredAt, photos, ...item }: ItemRow): InspectedItemAnswer {
  return {
    ...item,
    differs: item.result !== null && item.system !== null && item.result !== item.system.result,
    answeredAt: answeredAt?.toISOString() ?? null,
    photos: photos.map(({ id, attachmentId, filename, clientKey }) => ({
      id,
      filename,
      clientKey,
      content: `/api/v1/attachments/${attachmentId}/content`,
    })),
  };
}

export function toOutcomes(outcomes: readonly AnswerOutcome[]): AnswerOutcomesAnswer {
  return {
    items: outcomes.map(({ item, ...outcome }) => ({ ...outcome, item: toItem(item) })),
    conflicts: outcomes.filter(({ outcome }) => outcome === 'conflict').length,
  };
}
