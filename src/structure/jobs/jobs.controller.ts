import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { stringify } from 'csv-stringify';
import type { FastifyReply } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { contentDisposition } from '../../platform/http/file-answer.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { JobResponse, JobsResponse, toJobResponse } from './jobs.response.js';
import { JobsService } from './jobs.service.js';

@ApiTags('exchange')
@Controller('jobs')
@Needs('jobs.follow')
export class JobsController {
  constructor(private readonly jobs: JobsService) {}

  @Get()
  @ApiOperation({ summary: 'Công việc chạy nền – jobs of your unit, the newest first' })
  @ApiResponse({ status: 200, type: JobsResponse })
  async list(@Caller() by: Official): Promise<JobsResponse> {
    return { items: (await this.jobs.list(by)).map(toJobResponse) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Tiến độ công việc – how far a job is: percent, rows a second, seconds left' })
  @ApiResponse({ status: 200, type: JobResponse })
  @Problems('not-found')
  async get(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<JobResponse> {
    return toJobResponse(await this.jobs.get(id, by));
  }

  @Post(':id/cancellation')
  @HttpCode(200)
  @ApiOperation({ summary: 'Dừng công việc – stop at once; what is done stays done, the batch under way is given up' })
  @ApiResponse({ status: 200, type: JobResponse })
  @Problems('not-found', 'action-not-allowed')
  async cancel(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<JobResponse> {
    return toJobResponse(await this.jobs.cancel(id, by));
  }

  @Post(':id/resumption')
  @HttpCode(200)
  @ApiOperation({ summary: 'Tiếp tục công việc – go on after the last batch that was finished' })
  @ApiResponse({ status: 200, type: JobResponse })
  @Problems('not-found', 'action-not-allowed')
  async resume(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<JobResponse> {
    return toJobResponse(await this.jobs.resume(id, by));
  }

  @Get(':id/faults')
  @ApiProduces('text/csv')
  @ApiOperation({ summary: 'Tệp lỗi – the faults of an import as CSV: line, column, code, reason' })
  @ApiResponse({ status: 200, description: 'CSV, UTF-8 with a byte order mark', schema: { type: 'string' } })
  @Problems('not-found')
  async faults(@Param('id', IdPipe) id: string, @Caller() by: Official, @Res() reply: FastifyReply): Promise<void> {
    await this.jobs.get(id, by);
    const rows = Readable.from(this.jobs.faults(id, by));
    const csv = rows.pipe(stringify({ header: true, bom: true, escape_formulas: true, columns: ['line', 'column', 'code', 'vi', 'en'] }));
    rows.on('error', (error) => csv.destroy(error));
    await reply
      .headers({ 'content-type': 'text/csv; charset=utf-8', 'content-disposition': contentDisposition(`loi-${id}.csv`) })
      .send(csv);
  }
}
