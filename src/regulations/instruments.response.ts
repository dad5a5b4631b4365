import { ApiProperty } from '@nestjs/swagger';
import { type Instrument, type InstrumentChangeKind, instrumentChangeKinds, type InstrumentType, instrumentTypes } from './instrument.js';

export class InstrumentChangeResponse {
  @ApiProperty({ enum: instrumentChangeKinds })
  kind: InstrumentChangeKind;

  @ApiProperty({ format: 'date' })
  effectiveOn: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  byInstrumentId: string | null;

  @ApiProperty({ type: String, nullable: true, example: '136/2025/QH15' })
  byNumber: string | null;

  @ApiProperty({ type: String, nullable: true })
  note: string | null;
}

export class InstrumentResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: '42/2013/QH13' })
  number: string;

  @ApiProperty({ example: 'Quốc hội' })
  issuer: string;

  @ApiProperty({ enum: instrumentTypes })
  type: InstrumentType;

  @ApiProperty({ example: 'Luật Tiếp công dân' })
  title: string;

  @ApiProperty({ format: 'date' })
  issuedOn: string;

  @ApiProperty({ format: 'date' })
  inForceFrom: string;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  inForceTo: string | null;

  @ApiProperty({ type: String, nullable: true })
  note: string | null;

  /** False until a person has read the days in the text. */
  @ApiProperty()
  verified: boolean;

  @ApiProperty({ type: [InstrumentChangeResponse] })
  changes: InstrumentChangeResponse[];

  /** How many regulations that are in force or to come rest on it. */
  @ApiProperty({ example: 131 })
  basedOnIt: number;

  /** Those of them that are proposed for review. */
  @ApiProperty({ example: '/api/v1/regulations?basisId=0198…&review=proposed' })
  proposedForReview: string;
}

export class InstrumentPageResponse {
  @ApiProperty({ type: [InstrumentResponse] })
  items: InstrumentResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export function toInstrument({ version, ...instrument }: Instrument): InstrumentResponse {
  return { ...instrument, proposedForReview: `/api/v1/regulations?basisId=${instrument.id}&review=proposed` };
}
