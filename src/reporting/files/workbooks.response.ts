import { ApiProperty } from '@nestjs/swagger';
import { type JobRow, jobStates } from '../../structure/jobs/job.js';
import type { Workbook } from './workbooks.service.js';

export class WorkbookResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ enum: jobStates })
  state: JobRow['state'];

  /** Forms of the set; null until they were counted. */
  @ApiProperty({ example: 9 })
  forms: number | null;

  /** Forms that are filled in. */
  @ApiProperty({ example: 4 })
  done: number;

  error: string | null;

  /** Where the file is, once it is there. */
  @ApiProperty({ format: 'uri-reference' })
  file: string | null;
}

export function toWorkbook({ job: { id, state, total, done, error }, ready }: Workbook): WorkbookResponse {
  return { id, state, forms: total, done, error, file: ready ? `/api/v1/reports/workbooks/${id}/file` : null };
}
