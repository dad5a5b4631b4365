import { ApiProperty } from '@nestjs/swagger';
import {
  type AnsweredBy,
  type ChecklistGroup,
  checklistGroups,
  type ChecklistVersion,
  scoredItems,
} from '../rules/inspections/checklist.js';
import { type ItemResult, itemResults, scoreFormula, scoreOf } from '../rules/inspections/score.js';
import { BilingualResponse, SourceResponse } from '../structure/law-desk/rules.response.js';
import type { UnitStructure } from '../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../structure/units/unit.response.js';
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

export class ChecklistItemResponse {
  @ApiProperty({ example: 'B1' })
  code: string;

  @ApiProperty({ enum: groups })
  group: ChecklistGroup;

  groupLabel: BilingualResponse;
  item: BilingualResponse;
  evidence: BilingualResponse;

  /** Who answers: a person on site, the system from its own data, or both. */
  @ApiProperty({ enum: ['person', 'system', 'both'] })
  by: AnsweredBy;

  @ApiProperty({ example: 2 })
  weight: number;

  sources: SourceResponse[];
}

export class ChecklistResponse {
  @ApiProperty({ example: '2018' })
  version: string;

  @ApiProperty(day)
  from: string;

  @ApiProperty(dayOrNone)
  to: string | null;

  /** False: made from the law and from who reports on the directive; nobody has decided it. */
  verified: boolean;

  items: ChecklistItemResponse[];
}

export class ChecklistsResponse {
  items: ChecklistResponse[];
  scoreFormula: BilingualResponse;
}

export class InspectionPlanItemResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

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

  @ApiProperty({ enum: inspectionStates })
  state: InspectionState | null;
}

export class InspectionPlanResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  unit: UnitReference;
  title: string;

  @ApiProperty(textOrNone)
  number: string | null;

  @ApiProperty({ example: 2027 })
  year: number;

  @ApiProperty({ example: 1 })
  quarter: number | null;

  @ApiProperty(dayOrNone)
  approvedOn: string | null;

  items: InspectionPlanItemResponse[];
}

export class InspectionPlanPageResponse {
  items: InspectionPlanResponse[];
  nextCursor: string | null;
}

export class RiskResponse {
  @ApiProperty({ enum: riskFacts })
  fact: RiskFact;

  label: BilingualResponse;

  @ApiProperty({ example: 3 })
  coefficient: number;
}

export class DrawnUnitResponse {
  unit: UnitReference;

  /** What goes into the draw beside the seed. */
  @ApiProperty({ example: '00004' })
  code: string;

  @ApiProperty({ example: 4.25 })
  weight: number;

  /** ln(u) / weight, where u comes from SHA-256 of seed:code; those with the greatest are drawn. */
  @ApiProperty({ example: -0.041 })
  key: number;

  drawn: boolean;

  /** From 0 to 1. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'number' }, example: { overdue: 0.42, sinceLastInspection: 1 } })
  facts: Record<RiskFact, number>;
}

export class DrawResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  unit: UnitReference;

  @ApiProperty({ example: '9f2c…' })
  seed: string;

  @ApiProperty(day)
  drawnOn: string;

  reason: string;

  @ApiProperty(day)
  periodFrom: string;

  @ApiProperty(day)
  periodTo: string;

  weightFormula: BilingualResponse;
  risks: RiskResponse[];

  /** Everybody who could be drawn, in the order of the draw. */
  candidates: DrawnUnitResponse[];
}

export class DrawPageResponse {
  items: DrawResponse[];
  nextCursor: string | null;
}

export class InspectionMemberResponse implements Member {
  @ApiProperty({ enum: memberRoles })
  role: Member['role'];

  name: string;
  office: string;

  @ApiProperty(idOrNone)
  accountId: string | null;
}

export class InspectionItemResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  /** Who runs it. */
  unit: UnitReference;

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
  @ApiProperty({ example: '2018' })
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
  @ApiProperty({ example: 78.3 })
  score: number | null;

  /** Told by the conclusion; none before. */
  @ApiProperty({ example: 3 })
  findings: number;

  /** Of them, not mended yet. */
  @ApiProperty({ example: 1 })
  findingsOpen: number;
}

export class InspectionPageResponse {
  items: InspectionItemResponse[];
  nextCursor: string | null;
}

export class UninspectedResponse {
  unit: UnitReference;

  /** Day of the last inspection; null where there was none. */
  @ApiProperty(dayOrNone)
  lastOn: string | null;
}

export class UninspectedListResponse {
  items: UninspectedResponse[];
}

export class SystemItemResponse implements SystemAnswer {
  @ApiProperty({ enum: itemResults })
  result: ItemResult;

  @ApiProperty({ example: 61 })
  part: number;

  @ApiProperty({ example: 90 })
  of: number;

  /** What is counted of what. */
  counts: BilingualResponse;

  /** The list behind it. */
  @ApiProperty(textOrNone)
  list: string | null;
}

export class InspectionPhotoResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'phong-tiep.jpg' })
  filename: string;

  @ApiProperty({ example: 'IMG_20261118_0812' })
  clientKey: string;

  @ApiProperty({ example: '/api/v1/attachments/0198…/content' })
  content: string;
}

export class InspectedItemResponse {
  @ApiProperty({ example: 'B1' })
  code: string;

  /** What the system says from its own data, as of the start; null where it cannot. */
  system: SystemItemResponse | null;

  /** What the inspector found: confirms, or differs. */
  @ApiProperty({ enum: itemResults })
  result: ItemResult | null;

  /** The inspector differs from the system. */
  differs: boolean;

  @ApiProperty(textOrNone)
  note: string | null;

  @ApiProperty(dayOrNone)
  mendBy: string | null;

  @ApiProperty({ example: 'city.inspector' })
  answeredBy: string | null;

  @ApiProperty({ format: 'date-time' })
  answeredAt: string | null;

  /** For `baseVersion` of the next answer. */
  @ApiProperty({ example: 1 })
  version: number;

  photos: InspectionPhotoResponse[];
}

export class InspectionResponse extends InspectionItemResponse {
  members: InspectionMemberResponse[];
  checklist: InspectedItemResponse[];

  /** Of what is answered so far, in per cent; null while nothing is. With the conclusion it stays. */
  @ApiProperty({ example: 78.3 })
  override score: number | null;

  /** Of the conclusion. */
  @ApiProperty(textOrNone)
  assessment: string | null;

  /** The conclusion as a paper; the inspected unit reads it, too. */
  @ApiProperty({ example: '/api/v1/documents/0198…/file' })
  document: string | null;

  scoreFormula: BilingualResponse;
}

export class AnswerOutcomeResponse {
  @ApiProperty({ example: 'B1' })
  code: string;

  /** written; unchanged: it was answered so before; conflict: somebody else has answered since. */
  @ApiProperty({ enum: ['written', 'unchanged', 'conflict'] })
  outcome: AnswerOutcome['outcome'];

  /** As it stands now. */
  item: InspectedItemResponse;
}

export class AnswerOutcomesResponse {
  items: AnswerOutcomeResponse[];

  @ApiProperty({ example: 1 })
  conflicts: number;
}

export function toChecklist({ version, from, to, verified, items }: ChecklistVersion): ChecklistResponse {
  return {
    version,
    from,
    to: to ?? null,
    verified,
    items: items.map((item) => ({ ...item, groupLabel: checklistGroups[item.group] })),
  };
}

export function toPlan({ unitId, items, ...plan }: InspectionPlan, structure: UnitStructure): InspectionPlanResponse {
  return {
    ...plan,
    unit: toUnitReference(structure.get(unitId)),
    items: items.map(({ unitId: of, ...item }) => ({ ...item, unit: toUnitReference(structure.get(of)) })),
  };
}

export function toDraw({ unitId, candidates, ...made }: Draw, structure: UnitStructure): DrawResponse {
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
): InspectionItemResponse {
  return { ...row, unit: toUnitReference(structure.get(unitId)), inspectedUnit: toUnitReference(structure.get(inspectedUnitId)) };
}

export function toInspection(
  { members, checklist, assessment, documentId, ...rest }: Inspection,
  structure: UnitStructure,
): InspectionResponse {
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

export function toItem({ answeredAt, photos, ...item }: ItemRow): InspectedItemResponse {
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

export function toOutcomes(outcomes: readonly AnswerOutcome[]): AnswerOutcomesResponse {
  return {
    items: outcomes.map(({ item, ...outcome }) => ({ ...outcome, item: toItem(item) })),
    conflicts: outcomes.filter(({ outcome }) => outcome === 'conflict').length,
  };
}
