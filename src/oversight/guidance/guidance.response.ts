import { ApiProperty } from '@nestjs/swagger';
import { type Role, roles } from '../../platform/access/official.js';
import type { UnitStructure } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import type { GuidanceItem, GuidanceRow, GuidanceVersionRow } from './guidance.js';

class GuidanceHead {
  @ApiProperty({ format: 'uuid' })
  id: string;

  /** Who wrote it. */
  unit: UnitReference;

  /** Whom it is for; empty for everybody. */
  @ApiProperty({ enum: roles, isArray: true })
  roles: Role[];

  title: string;

  /** Number of the version. */
  @ApiProperty({ example: 2 })
  sequence: number;

  @ApiProperty({ example: 2 })
  versions: number;

  @ApiProperty({ format: 'date' })
  publishedOn: string;

  changeNote: string | null;

  @ApiProperty({ format: 'date' })
  withdrawnOn: string | null;
}

export class GuidanceItemResponse extends GuidanceHead {
  /** Where the words stand, or how it begins. */
  excerpt: string;
}

export class GuidanceResponse extends GuidanceHead {
  /** Markdown. */
  body: string;
}

export class GuidancePageResponse {
  items: GuidanceItemResponse[];
  nextCursor: string | null;
}

export class GuidanceVersionResponse implements GuidanceVersionRow {
  @ApiProperty({ example: 1 })
  sequence: number;

  title: string;

  @ApiProperty({ format: 'date' })
  publishedOn: string;

  changeNote: string | null;

  @ApiProperty({ example: 'city.inspector' })
  createdBy: string | null;
}

export class GuidanceVersionsResponse {
  items: GuidanceVersionResponse[];
}

export function toGuidanceItem({ unitId, version, ...row }: GuidanceItem, structure: UnitStructure): GuidanceItemResponse {
  return { ...row, unit: toUnitReference(structure.get(unitId)) };
}

export function toGuidance({ unitId, version, ...row }: GuidanceRow, structure: UnitStructure): GuidanceResponse {
  return { ...row, unit: toUnitReference(structure.get(unitId)) };
}
