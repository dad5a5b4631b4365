import { ApiProperty } from '@nestjs/swagger';
import { type TriageMode, triageModes } from '../transition.js';
import { type BookingConfirmation, bookingConfirmations, type LatePublication, latePublications } from './unit-settings.service.js';

export class UnitSettingsResponse {
  @ApiProperty({ format: 'uuid' })
  unitId: string;

  @ApiProperty({ enum: triageModes })
  triageMode: TriageMode;

  @ApiProperty({ enum: latePublications })
  latePublication: LatePublication;

  @ApiProperty({ example: 30 })
  superiorNewsDays: number;

  @ApiProperty({ example: 10 })
  escalateAfterDays: number;

  @ApiProperty({ enum: bookingConfirmations })
  bookingConfirmation: BookingConfirmation;

  @ApiProperty({ example: 50 })
  unconfirmedShare: number;

  /** A central body of a vertical chain: its figures are in no report of the units above. */
  reportsApart: boolean;
}
