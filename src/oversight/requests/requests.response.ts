import { ApiProperty } from '@nestjs/swagger';
import type { UnitStructure } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import { type RequestRow, type RequestState, requestStates, type RequestType, requestTypes, type UnitRequest } from './request.js';

export class UnitRequestItemResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'HNI-YC-2026-000007' })
  number: string;

  unit: UnitReference;

  /** Whom it is put to. */
  toUnit: UnitReference;

  @ApiProperty({ enum: requestTypes })
  type: RequestType;

  title: string;
  content: string;

  @ApiProperty({ enum: requestStates })
  state: RequestState;

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  @ApiProperty({ example: 'commune.clerk' })
  createdBy: string | null;

  @ApiProperty({ format: 'date-time' })
  updatedAt: string;
}

export class UnitRequestEntryResponse {
  content: string;

  /** As it stood with this entry. */
  @ApiProperty({ enum: requestStates })
  state: RequestState;

  unit: UnitReference;

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  @ApiProperty({ example: 'city.inspector' })
  createdBy: string | null;
}

export class UnitRequestResponse extends UnitRequestItemResponse {
  entries: UnitRequestEntryResponse[];
}

export class UnitRequestPageResponse {
  items: UnitRequestItemResponse[];
  nextCursor: string | null;
}

export function toRequestItem(row: RequestRow, structure: UnitStructure): UnitRequestItemResponse {
  const { unitId, toUnitId, createdAt, updatedAt, version, ...facts } = row;
  return {
    ...facts,
    unit: toUnitReference(structure.get(unitId)),
    toUnit: toUnitReference(structure.get(toUnitId)),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

export function toRequest({ entries, ...row }: UnitRequest, structure: UnitStructure): UnitRequestResponse {
  return {
    ...toRequestItem(row, structure),
    entries: entries.map(({ unitId, createdAt, ...entry }) => ({
      ...entry,
      unit: toUnitReference(structure.get(unitId)),
      createdAt: createdAt.toISOString(),
    })),
  };
}
