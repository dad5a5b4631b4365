import { ApiProperty } from '@nestjs/swagger';
import type { UnitStructure } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import { type ContactResult, contactResults, type ContactRow, type ContactWay, contactWays } from './contact.js';

export class ContactResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ type: UnitReference })
  unit: UnitReference;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  superiorMatterId: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  petitionId: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  incidentId: string | null;

  @ApiProperty({ format: 'date' })
  onDate: string;

  @ApiProperty({ enum: contactWays })
  way: ContactWay;

  @ApiProperty()
  officials: string;

  @ApiProperty({ type: String, nullable: true })
  togetherWith: string | null;

  @ApiProperty()
  content: string;

  @ApiProperty({ enum: contactResults })
  result: ContactResult;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  nextOn: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'commune.handler' })
  recordedBy: string | null;
}

export class ContactPageResponse {
  @ApiProperty({ type: [ContactResponse] })
  items: ContactResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export function toContact({ unitId, ...row }: ContactRow, structure: UnitStructure): ContactResponse {
  return { ...row, unit: toUnitReference(structure.get(unitId)) };
}
