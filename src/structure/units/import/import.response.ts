import { ApiProperty } from '@nestjs/swagger';
import type { ImportChange, ImportReport } from './unit-import.service.js';

export class ImportChangeResponse implements ImportChange {
  @ApiProperty({ enum: ['create', 'change', 'continue'] })
  action: 'create' | 'change' | 'continue';

  /** Line of the file. */
  @ApiProperty({ example: 2 })
  line: number;

  @ApiProperty({ example: '00004' })
  code: string;

  @ApiProperty({ example: 'Phường Ba Đình' })
  name: string;

  /** What differs, for a change. */
  @ApiProperty({ required: false, example: ['name'] })
  fields?: string[];
}

export class ImportResponse implements ImportReport {
  @ApiProperty({ example: true })
  dryRun: boolean;

  @ApiProperty({ example: 3355 })
  rows: number;

  @ApiProperty({ example: 3355 })
  created: number;

  @ApiProperty({ example: 0 })
  changed: number;

  @ApiProperty({ example: 0 })
  unchanged: number;

  /** Provinces that go on under the same code and name after the period before. */
  @ApiProperty({ example: 23 })
  continued: number;

  changes: ImportChangeResponse[];
}
