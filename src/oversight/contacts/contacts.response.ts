import { ApiProperty } from '@nestjs/swagger';
import type { UnitStructure } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import { type ContactResult, contactResults, type ContactRow, type ContactWay, contactWays } from './contact.js';

export class ContactResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  unit: UnitReference;

  @ApiProperty({ format: 'uuid' })
  superiorMatterId: string | null;

  @ApiProperty({ format: 'uuid' })
  petitionId: string | null;

  @ApiProperty({ format: 'uuid' })
  incidentId: string | null;

  @ApiProperty({ format: 'date' })
  onDate: string;

  @ApiProperty({ enum: contactWays })
  way: ContactWay;

  officials: string;
  togetherWith: string | null;
  content: string;

  @ApiProperty({ enum: contactResults })
  result: ContactResult;

  @ApiProperty({ format: 'date' })
  nextOn: string | null;

  @ApiProperty({ example: 'commune.handler' })
  recordedBy: string | null;
}

export class ContactPageResponse {
  items: ContactResponse[];
  nextCursor: string | null;
}

export function toContact({ unitId, ...row }: ContactRow, structure: UnitStructure): ContactResponse {
  return { ...row, unit: toUnitReference(structure.get(unitId)) };
}
