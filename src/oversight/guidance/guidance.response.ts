import { ApiProperty } from '@nestjs/swagger';
import { type Role, roles } from '../../platform/access/official.js';
import type { UnitStructure } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import type { GuidanceItem, GuidanceRow, GuidanceVersionRow } from './guidance.js';

class GuidanceHead {
  @ApiProperty({ format: 'uuid' })
  id: string;

  /** Who wrote it. */
  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  /** Whom it is for; empty for everybody. */
  @ApiProperty({ enum: roles, isArray: true })
  roles: Role[];

  @ApiProperty()
  title: string;

  /** Number of the version. */
  @ApiProperty({ example: 2 })
  sequence: number;

  @ApiProperty({ example: 2 })
  versions: number;

  @ApiProperty({ format: 'date' })
  publishedOn: string;

  @ApiProperty({ type: String, nullable: true })
  changeNote: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  withdrawnOn: string | null;
}

export class GuidanceItemResponse extends GuidanceHead {
  /** Where the words stand, or how it begins. */
  @ApiProperty()
  excerpt: string;
}

export class GuidanceResponse extends GuidanceHead {
  /** Markdown. */
  @ApiProperty()
  body: string;
}

export class GuidancePageResponse {
  @ApiProperty({ type: [GuidanceItemResponse] })
  items: GuidanceItemResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class GuidanceVersionResponse implements GuidanceVersionRow {
  @ApiProperty({ example: 1 })
  sequence: number;

  @ApiProperty()
  title: string;

  @ApiProperty({ format: 'date' })
  publishedOn: string;

  @ApiProperty({ type: String, nullable: true })
  changeNote: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'city.inspector' })
  createdBy: string | null;
}

export class GuidanceVersionsResponse {
  @ApiProperty({ type: [GuidanceVersionResponse] })
  items: GuidanceVersionResponse[];
}

export function toGuidanceItem({ unitId, version, ...row }: GuidanceItem, structure: UnitStructure): GuidanceItemResponse {
  return { ...row, unit: toUnitReference(structure.get(unitId)) };
}

export function toGuidance({ unitId, version, ...row }: GuidanceRow, structure: UnitStructure): GuidanceResponse {
  return { ...row, unit: toUnitReference(structure.get(unitId)) };
}
