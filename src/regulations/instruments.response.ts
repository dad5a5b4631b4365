import { ApiProperty } from '@nestjs/swagger';
import { type Instrument, type InstrumentChangeKind, instrumentChangeKinds, type InstrumentType, instrumentTypes } from './instrument.js';

export class InstrumentChangeResponse {
  @ApiProperty({ enum: instrumentChangeKinds })
  kind: InstrumentChangeKind;

  @ApiProperty({ format: 'date' })
  effectiveOn: string;

  @ApiProperty({ format: 'uuid' })
  byInstrumentId: string | null;

  @ApiProperty({ example: '136/2025/QH15' })
  byNumber: string | null;

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

  @ApiProperty({ format: 'date' })
  inForceTo: string | null;

  note: string | null;

  /** False until a person has read the days in the text. */
  verified: boolean;

  changes: InstrumentChangeResponse[];

  /** How many regulations that are in force or to come rest on it. */
  @ApiProperty({ example: 131 })
  basedOnIt: number;

  /** Those of them that are proposed for review. */
  @ApiProperty({ example: '/api/v1/regulations?basisId=0198…&review=proposed' })
  proposedForReview: string;
}

export class InstrumentPageResponse {
  items: InstrumentResponse[];
  nextCursor: string | null;
}

export function toInstrument({ version, ...instrument }: Instrument): InstrumentResponse {
  return { ...instrument, proposedForReview: `/api/v1/regulations?basisId=${instrument.id}&review=proposed` };
}
