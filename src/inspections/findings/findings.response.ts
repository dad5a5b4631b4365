import { ApiProperty } from '@nestjs/swagger';
import { type ChecklistGroup, checklistGroups } from '../../rules/inspections/checklist.js';
import { scoreFormula } from '../../rules/inspections/score.js';
import { type Alert, alertStates } from '../../rules/limits/alert.js';
import { BilingualResponse } from '../../structure/law-desk/rules.response.js';
import type { UnitStructure } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import type { ComparedUnit, Comparison } from './comparison.service.js';
import {
  type EntryType,
  entryTypes,
  type Finding,
  type FindingState,
  findingStates,
  type RepeatedFinding,
  severities,
  type Severity,
} from './finding.js';

const day = { format: 'date' };
const dayOrNone = { type: String, format: 'date', nullable: true };
const textOrNone = { type: String, nullable: true };

export class FindingEntryResponse {
  @ApiProperty({ example: 1 })
  number: number;

  /** answer: of the unit; acceptance, return: of whoever ran the inspection. */
  @ApiProperty({ enum: entryTypes })
  type: EntryType;

  @ApiProperty({ example: 'Đã ban hành Nội quy số 15/NQ-UBND và niêm yết' })
  text: string;

  /** Of an answer: when it was mended. */
  @ApiProperty(dayOrNone)
  doneOn: string | null;

  /** Of a return: the new limit. */
  @ApiProperty(dayOrNone)
  dueOn: string | null;

  @ApiProperty({ example: 'commune.leader' })
  by: string | null;

  @ApiProperty({ format: 'date-time' })
  at: string;
}

export class FindingEvidenceResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'noi-quy-moi.pdf' })
  filename: string;

  @ApiProperty({ example: '/api/v1/attachments/0198…/content' })
  content: string;
}

export class EarlierFindingsResponse {
  /** Earlier inspections of the unit, and of those that it carries on, that found the same item wanting. */
  @ApiProperty({ example: 1 })
  times: number;

  @ApiProperty(dayOrNone)
  lastOn: string | null;
}

export class FindingResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'uuid' })
  inspectionId: string;

  /** Who ran the inspection. */
  unit: UnitReference;

  inspectedUnit: UnitReference;

  /** Within the inspection. */
  @ApiProperty({ example: 1 })
  number: number;

  @ApiProperty({ example: 'B1' })
  itemCode: string | null;

  @ApiProperty({ example: 'Nội quy tiếp công dân niêm yết ban hành trước khi sắp xếp đơn vị hành chính' })
  description: string;

  @ApiProperty({ enum: severities })
  severity: Severity;

  @ApiProperty({ example: 'Ban hành nội quy mới và niêm yết tại nơi tiếp công dân' })
  recommendation: string;

  @ApiProperty(day)
  dueOn: string;

  /** open and returned wait for the unit, answered for whoever ran the inspection. */
  @ApiProperty({ enum: findingStates })
  state: FindingState;

  @ApiProperty(textOrNone)
  withdrawnReason: string | null;

  @ApiProperty(day)
  startedOn: string;

  /** None before the conclusion: the inspected unit does not see it yet. */
  @ApiProperty(dayOrNone)
  concludedOn: string | null;

  /** How the limit of the unit stands; none where the unit is not waited for. */
  @ApiProperty({ enum: [...alertStates, 'none'] })
  alert: Alert;

  earlier: EarlierFindingsResponse;
  entries: FindingEntryResponse[];
  evidence: FindingEvidenceResponse[];
}

export class FindingsResponse {
  items: FindingResponse[];
}

export class FindingPageResponse extends FindingsResponse {
  nextCursor: string | null;
}

export class RepeatedFindingResponse {
  unit: UnitReference;

  @ApiProperty({ example: 'E2' })
  itemCode: string;

  /** Inspections that found it wanting. */
  @ApiProperty({ example: 3 })
  times: number;

  @ApiProperty(day)
  firstOn: string;

  @ApiProperty(day)
  lastOn: string;

  /** Findings of them that are not mended. */
  @ApiProperty({ example: 1 })
  notMended: number;

  @ApiProperty({ example: '/api/v1/inspection-findings?unitId=…&itemCode=E2' })
  list: string;
}

export class RepeatedFindingsResponse {
  items: RepeatedFindingResponse[];
}

export class GroupScoreResponse {
  @ApiProperty({ enum: Object.keys(checklistGroups) })
  group: ChecklistGroup;

  label: BilingualResponse;

  @ApiProperty({ example: 66.7 })
  score: number | null;
}

export class SeverityCountsResponse {
  @ApiProperty({ example: 2 })
  minor: number;

  @ApiProperty({ example: 1 })
  serious: number;

  @ApiProperty({ example: 0 })
  critical: number;
}

export class FormerScoreResponse {
  @ApiProperty({ format: 'uuid' })
  inspectionId: string;

  @ApiProperty(day)
  concludedOn: string;

  @ApiProperty({ example: 61.2 })
  score: number;
}

export class ComparedUnitResponse {
  /** 1 is the best; units with the same score share a rank. */
  @ApiProperty({ example: 1 })
  rank: number;

  unit: UnitReference;

  @ApiProperty({ format: 'uuid' })
  inspectionId: string;

  @ApiProperty(day)
  concludedOn: string;

  @ApiProperty({ example: 78.3 })
  score: number;

  groups: GroupScoreResponse[];
  findings: SeverityCountsResponse;

  @ApiProperty({ example: 1 })
  notMended: number;

  /** The checklist before the last one. */
  before: FormerScoreResponse | null;
}

export class ComparisonResponse {
  @ApiProperty(day)
  from: string;

  @ApiProperty(day)
  to: string;

  /** The best first. */
  units: ComparedUnitResponse[];

  @ApiProperty({ example: 71.4 })
  mean: number | null;

  scoreFormula: BilingualResponse;
}

export function toFinding(
  { unitId, inspectedUnitId, version: _version, entries, evidence, ...row }: Finding,
  structure: UnitStructure,
): FindingResponse {
  return {
    ...row,
    unit: toUnitReference(structure.get(unitId)),
    inspectedUnit: toUnitReference(structure.get(inspectedUnitId)),
    entries: entries.map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() })),
    evidence: evidence.map(({ attachmentId, ...file }) => ({ ...file, content: `/api/v1/attachments/${attachmentId}/content` })),
  };
}

export function toRepeated({ unitId, ...row }: RepeatedFinding, structure: UnitStructure): RepeatedFindingResponse {
  return {
    ...row,
    unit: toUnitReference(structure.get(unitId)),
    list: `/api/v1/inspection-findings?unitId=${unitId}&includeSubordinates=false&itemCode=${row.itemCode}`,
  };
}

export function toComparison({ units, ...comparison }: Comparison): ComparisonResponse {
  return { ...comparison, units: units.map(toCompared), scoreFormula };
}

function toCompared({ unit, groups, ...row }: ComparedUnit): ComparedUnitResponse {
  return { ...row, unit: toUnitReference(unit), groups: groups.map((one) => ({ ...one, label: checklistGroups[one.group] })) };
}
