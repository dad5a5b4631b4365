import { ApiProperty } from '@nestjs/swagger';
import { BilingualResponse } from '../../structure/law-desk/rules.response.js';
import type { Unit, UnitStructure } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import type { QualityFigures, QualityRow } from './data-quality.service.js';
import { type Checked, type QualityCheckCode, qualityCheckCodes, qualityChecks } from './quality-checks.js';

const checked = ['petition', 'visit', 'session'] as const;

export class QualityFigureResponse {
  @ApiProperty({ enum: qualityCheckCodes })
  check: QualityCheckCode;

  @ApiProperty({ enum: checked })
  about: Checked;

  label: BilingualResponse;

  @ApiProperty({ example: 4 })
  found: number;

  /** What it found. */
  @ApiProperty({ example: '/api/v1/data-quality/petition_without_field?unitId=0198…&includeSubordinates=true' })
  list: string;
}

export class QualitySummaryRowResponse {
  unit: UnitReference;
  own: boolean;
  checks: QualityFigureResponse[];
}

export class QualitySummaryResponse {
  unit: UnitReference;

  @ApiProperty({ format: 'date' })
  from: string;

  @ApiProperty({ format: 'date' })
  to: string;

  rows: QualitySummaryRowResponse[];
}

export class QualityItemResponse {
  @ApiProperty({ enum: checked })
  about: Checked;

  @ApiProperty({ format: 'uuid' })
  id: string;

  /** Of the petition or the visit; the day of a session. */
  @ApiProperty({ example: '00004-2026-000012' })
  number: string;

  unit: UnitReference;

  @ApiProperty({ format: 'date' })
  onDate: string;

  @ApiProperty({ example: '/api/v1/petitions/0198…' })
  link: string;
}

export class QualityPageResponse {
  items: QualityItemResponse[];
  nextCursor: string | null;
}

const paths: Record<Checked, string> = { petition: 'petitions', visit: 'reception-visits', session: 'reception-sessions' };

export function toQualityRow(
  { unit, own, figures }: { unit: Unit; own: boolean; figures: QualityFigures },
  { from, to }: { from: string; to: string },
): QualitySummaryRowResponse {
  return {
    unit: toUnitReference(unit),
    own,
    checks: qualityCheckCodes.map((check) => ({
      check,
      about: qualityChecks[check].about,
      label: qualityChecks[check].label,
      found: figures[check],
      list: `/api/v1/data-quality/${check}?unitId=${unit.id}&includeSubordinates=${!own}&from=${from}&to=${to}`,
    })),
  };
}

export function toQualityItem({ unitId, ...row }: QualityRow, structure: UnitStructure): QualityItemResponse {
  return { ...row, unit: toUnitReference(structure.get(unitId)), link: `/api/v1/${paths[row.about]}/${row.id}` };
}
