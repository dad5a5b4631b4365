import { ApiProperty } from '@nestjs/swagger';
import { type Unit, type UnitKind, unitKinds, type UnitLevel, unitLevels } from '../../rules/structure/unit-structure.js';

export class SuccessorResponse {
  @ApiProperty({ format: 'uuid' })
  unitId: string;

  @ApiProperty({ enum: ['whole', 'part'] })
  portion: 'whole' | 'part';

  @ApiProperty({ format: 'date', example: '2025-07-01' })
  on: string;
}

/** A unit as other answers name it. */
export class UnitReference {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: '00004' })
  code: string;

  @ApiProperty({ example: 'Phường Ba Đình' })
  name: string;

  @ApiProperty({ enum: unitLevels })
  level: UnitLevel;
}

export class UnitResponse extends UnitReference {
  /** Prefix of the numbers of its petitions. */
  @ApiProperty({ example: '00004' })
  symbol: string;

  @ApiProperty({ enum: unitKinds })
  kind: UnitKind;

  @ApiProperty({ format: 'uuid' })
  parentId: string | null;

  @ApiProperty({ format: 'date', example: '2025-07-01' })
  validFrom: string;

  /** Last day; null while the unit exists. */
  @ApiProperty({ format: 'date' })
  validTo: string | null;

  successors: SuccessorResponse[];
}

export class UnitPageResponse {
  items: UnitResponse[];
  nextCursor: string | null;

  @ApiProperty({ required: false })
  total?: number;
}

export class UnitListResponse {
  items: UnitResponse[];
}

export function toUnitResponse(unit: Unit): UnitResponse {
  const { id, code, name, level, symbol, kind, parentId, validFrom, validTo, successors } = unit;
  return { id, code, name, level, symbol, kind, parentId, validFrom, validTo, successors };
}

/** A page of petitions names the same few units over and over. */
const references = new WeakMap<Unit, UnitReference>();

export function toUnitReference(unit: Unit): UnitReference {
  const known = references.get(unit);
  if (known) return known;
  const { id, code, name, level } = unit;
  const reference = { id, code, name, level };
  references.set(unit, reference);
  return reference;
}
