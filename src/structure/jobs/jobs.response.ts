import { ApiProperty } from '@nestjs/swagger';
import { type JobRow, jobStates } from './job.js';
import { isSilent } from './jobs.service.js';

export class JobResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'petition_import' })
  type: string;

  @ApiProperty({ enum: jobStates })
  state: JobRow['state'];

  /** It runs, but gave no sign for a minute: resume it. */
  silent: boolean;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { dryRun: false, format: 'csv' } })
  parameters: Record<string, unknown>;

  /** Rows of the file; null until they were counted. */
  @ApiProperty({ example: 50_000 })
  total: number | null;

  @ApiProperty({ example: 12_400 })
  done: number;

  @ApiProperty({ example: 12_000 })
  created: number;

  /** Rows that were there already, by their external reference. */
  @ApiProperty({ example: 350 })
  unchanged: number;

  /** Rows with faults. */
  @ApiProperty({ example: 50 })
  refused: number;

  @ApiProperty({ example: 24.8 })
  percent: number | null;

  @ApiProperty({ example: 620 })
  rowsPerSecond: number | null;

  @ApiProperty({ example: 61 })
  remainingSeconds: number | null;

  error: string | null;

  /** The faults as a CSV file. */
  @ApiProperty({ format: 'uri-reference' })
  faults: string;

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  @ApiProperty({ format: 'date-time' })
  finishedAt: string | null;
}

export class JobsResponse {
  items: JobResponse[];
}

export function toJobResponse(job: JobRow): JobResponse {
  const { total, done, runningSeconds } = job;
  const speed = done > 0 && runningSeconds > 0 ? done / runningSeconds : null;
  return {
    id: job.id,
    type: job.type,
    state: job.state,
    silent: isSilent(job),
    parameters: job.parameters,
    total,
    done,
    created: job.created,
    unchanged: job.unchanged,
    refused: job.refused,
    percent: total ? Math.round((done / total) * 1000) / 10 : total === 0 ? 100 : null,
    rowsPerSecond: speed && Math.round(speed),
    remainingSeconds: job.state === 'running' && total !== null && speed ? Math.ceil((total - done) / speed) : null,
    error: job.error,
    faults: `/api/v1/jobs/${job.id}/faults`,
    createdAt: job.createdAt.toISOString(),
    finishedAt: job.finishedAt?.toISOString() ?? null,
  };
}
