import { ApiProperty } from '@nestjs/swagger';
import { JobResponse, toJobResponse } from '../jobs/jobs.response.js';
import type { JobRow } from '../jobs/job.js';
import type { DataKeyUse } from './key-rotation.service.js';

export class DataKeyResponse {
  @ApiProperty({ example: 2 })
  version: number;

  /** Tells master keys apart; nothing of the key follows from it. */
  @ApiProperty({ example: '9f2c4d6e8a0b1c3d' })
  masterKeyId: string;

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  /** Fields that lie under it. */
  @ApiProperty({ example: 412 })
  fields: number;
}

export class KeysResponse {
  /** The newest first; the first one seals. */
  versions: DataKeyResponse[];

  /** The rotation that was asked for last, with how far it is. */
  rotation: JobResponse | null;
}

export function toKeys(uses: DataKeyUse[], rotation: JobRow | undefined): KeysResponse {
  return {
    versions: uses.map(({ createdAt, ...use }) => ({ ...use, createdAt: createdAt.toISOString() })),
    rotation: rotation ? toJobResponse(rotation) : null,
  };
}
