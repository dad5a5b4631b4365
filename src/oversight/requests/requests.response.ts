import { ApiProperty } from '@nestjs/swagger';
import type { UnitStructure } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import { type RequestRow, type RequestState, requestStates, type RequestType, requestTypes, type UnitRequest } from './request.js';

export class UnitRequestItemResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'HNI-YC-2026-000007' })
  number: string;

  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  /** Whom it is put to. */
  @ApiProperty({ type: UnitReference })
  toUnit: UnitReference;

  @ApiProperty({ enum: requestTypes })
  type: RequestType;

  @ApiProperty()
  title: string;

  @ApiProperty()
  content: string;

  @ApiProperty({ enum: requestStates })
  state: RequestState;

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  @ApiProperty({ type: String, nullable: true, example: 'commune.clerk' })
  createdBy: string | null;

  @ApiProperty({ format: 'date-time' })
  updatedAt: string;
}

export class UnitRequestEntryResponse {
  @ApiProperty()
  content: string;

  /** As it stood with this entry. */
  @ApiProperty({ enum: requestStates })
  state: RequestState;

  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  @ApiProperty({ type: String, nullable: true, example: 'city.inspector' })
  createdBy: string | null;
}

export class UnitRequestResponse extends UnitRequestItemResponse {
  @ApiProperty({ type: [UnitRequestEntryResponse] })
  entries: UnitRequestEntryResponse[];
}

export class UnitRequestPageResponse {
  @ApiProperty({ type: [UnitRequestItemResponse] })
  items: UnitRequestItemResponse[];

  @ApiProperty({ type: String, nullable: true })
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
