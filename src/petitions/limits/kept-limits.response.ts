import { ApiProperty } from '@nestjs/swagger';
import { UnitReference } from '../../structure/units/unit.response.js';
import { limitResults } from './dto/limits.dto.js';

export class KeptLimitResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'uuid' })
  petitionId: string;

  @ApiProperty({ example: 'HNI-2026-000123' })
  petitionNumber: string;

  unit: UnitReference;

  @ApiProperty({ example: 'complaint.resolution.first' })
  ruleId: string;

  @ApiProperty({ format: 'date' })
  startsOn: string;

  @ApiProperty({ format: 'date' })
  dueOn: string;

  @ApiProperty({ format: 'date' })
  metOn: string | null;

  @ApiProperty({ enum: limitResults })
  result: (typeof limitResults)[number];

  @ApiProperty({ example: 0 })
  daysLate: number;
}

export class KeptLimitsPageResponse {
  items: KeptLimitResponse[];
  nextCursor: string | null;
}

export class KeptFiguresResponse {
  unit: UnitReference;

  @ApiProperty({ example: 'complaint.resolution.first' })
  ruleId: string;

  @ApiProperty({ example: 12 })
  kept: number;

  @ApiProperty({ example: 3 })
  notKept: number;

  @ApiProperty({ example: 1 })
  open: number;

  /** Mean of the calendar days over, of those not kept. */
  @ApiProperty({ example: 8.5 })
  meanDaysLate: number | null;

  /** The limits not kept, one by one. */
  @ApiProperty({ format: 'uri-reference' })
  link: string;
}

export class KeptTotalResponse {
  @ApiProperty({ example: 120 })
  kept: number;

  @ApiProperty({ example: 14 })
  notKept: number;

  @ApiProperty({ example: 9 })
  open: number;
}

export class KeptSummaryResponse {
  total: KeptTotalResponse;
  items: KeptFiguresResponse[];
}
