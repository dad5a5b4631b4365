import { ApiProperty } from '@nestjs/swagger';
import { type Role, roles } from '../../auth/official.js';
import type { UnitStructure } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../units/unit.answer.js';
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

export class GuidanceItemAnswer extends GuidanceHead {
  /** Where the words stand, or how it begins. */
  @ApiProperty()
  excerpt: string;
}

export class GuidanceAnswer extends GuidanceHead {
  /** Markdown. */
  @ApiProperty()
  body: string;
}

export class GuidancePageAnswer {
  @ApiProperty({ type: [GuidanceItemAnswer] })
  items: GuidanceItemAnswer[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class GuidanceVersionAnswer implements GuidanceVersionRow {
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

export class GuidanceVersionsAnswer {
  @ApiProperty({ type: [GuidanceVersionAnswer] })
  items: GuidanceVersionAnswer[];
}

export function toGuidanceItem({ unitId, version, ...row }: GuidanceItem, structure: UnitStructure): GuidanceItemAnswer {
  return { ...row, unit: toUnitReference(structure.get(unitId)) };
}

export function toGuidance({ unitId, version, ...row }: GuidanceRow, structure: UnitStructure): GuidanceAnswer {
  return { ...row, unit: toUnitReference(structure.get(unitId)) };
}
