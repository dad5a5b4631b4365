import { applyDecorators, Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../../auth/access.decorators.js';
import type { Official } from '../../auth/official.js';
import { today } from '../../calendar/today.js';
import { Problems } from '../../http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchOptional } from '../../http/entity-tag.js';
import { FileBody } from '../../http/file-body.decorator.js';
import { IdPipe } from '../../http/id.pipe.js';
import { linkHeader, linkNext } from '../../http/link.js';
import { type Upload, Uploaded } from '../../http/upload.js';
import { plusDays } from '../../rules/legal-date.js';
import { formatAsked } from '../../tabular/format.js';
import { tabularFormats } from '../../tabular/row.js';
import { toUnitReference } from '../../units/unit.answer.js';
import { UnitDirectory } from '../../units/unit-directory.js';
import {
  MatterBatchDto,
  MatterImportDto,
  MatterLinkDto,
  MatterNewsDto,
  MattersQuery,
  MatterSummaryQuery,
  NewMatterDto,
  toMatter,
  toNews,
} from './dto/superior-matters.dto.js';
import { matterFields } from './matter-columns.js';
import { MatterImportService } from './matter-import.service.js';
import type { Matter } from './superior-matter.js';
import {
  MatterAnswer,
  MatterImportAnswer,
  MatterPageAnswer,
  MatterSummaryAnswer,
  toMatterAnswer,
  toMatterItem,
  toMatterSummaryRow,
} from './superior-matters.answer.js';
import { SuperiorMattersService } from './superior-matters.service.js';

const headings = Object.values(matterFields)
  .map((field) => ('required' in field ? `**${field.headings[0]}**` : field.headings[0]))
  .join(', ');

/** What every change of a case documents: its answer, and how it can be refused. */
function MatterStep(status: 200 | 201, summary: string): MethodDecorator {
  return applyDecorators(
    ApiHeader(ifMatchOptional),
    ApiOperation({ summary }),
    ApiResponse({ status, type: MatterAnswer, headers: entityTagHeader }),
    Problems('not-found', 'not-responsible', 'precondition-failed', 'validation-failed'),
  );
}

@ApiTags('superior-matters')
@Controller('superior-matters')
@Needs('superior_matters.keep')
export class SuperiorMattersController {
  constructor(
    private readonly matters: SuperiorMattersService,
    private readonly imports: MatterImportService,
    private readonly units: UnitDirectory,
  ) {}

  @Get()
  @Needs('superior_matters.read')
  @ApiOperation({
    summary: "Vụ việc ở cấp trên, Toà án – your citizens' cases at superior agencies, courts and central offices, the latest news first",
  })
  @ApiResponse({ status: 200, type: MatterPageAnswer, headers: linkHeader })
  @Problems('validation-failed')
  async list(
    @Query() query: MattersQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MatterPageAnswer> {
    const found = await this.matters.list(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((row) => toMatterItem(row, this.units.structure)) };
  }

  @Post()
  @ApiOperation({
    summary: 'Ghi vụ việc ở cấp trên, Toà án – enter a case at the unit that it comes from',
    description:
      'Whoever leads, runs reception or inspects above the unit may enter it as well. An outcome stands at the petition of the case, too.',
  })
  @ApiResponse({ status: 201, type: MatterAnswer, headers: { Location: { schema: { type: 'string' } }, ...entityTagHeader } })
  @Problems('not-responsible', 'validation-failed', 'conflict')
  async enter(@Body() dto: NewMatterDto, @Caller() by: Official, @Res({ passthrough: true }) reply: FastifyReply): Promise<MatterAnswer> {
    const matter = await this.matters.enter(dto.unitId, toMatter(dto), by);
    void reply.header('location', `/api/v1/superior-matters/${matter.id}`);
    return this.answer(matter, reply);
  }

  @Get('summary')
  @Needs('superior_matters.read')
  @ApiOperation({ summary: 'Tổng hợp – how many are open, without news, decided and not upheld, by unit directly below' })
  @ApiResponse({ status: 200, type: MatterSummaryAnswer })
  @Problems('not-found', 'validation-failed')
  async summary(@Query() { unitId }: MatterSummaryQuery, @Caller() by: Official): Promise<MatterSummaryAnswer> {
    const { unit, total, rows } = await this.matters.summary(unitId, by);
    const decidedFrom = plusDays(today(), -364);
    return { unit: toUnitReference(unit), total, rows: rows.map((row) => toMatterSummaryRow(row, decidedFrom)) };
  }

  @Post('batches')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Nhận từ hệ thống khác – take over what another system says of cases',
    description: 'A case that is not known is entered, newer news are added, the same or older ones change nothing. All rows or none.',
  })
  @ApiResponse({ status: 200, type: MatterImportAnswer })
  @Problems('validation-failed')
  batch(@Body() { items, dryRun }: MatterBatchDto, @Caller() by: Official): Promise<MatterImportAnswer> {
    return this.imports.takeRows(items, dryRun, by);
  }

  @Post('imports')
  @HttpCode(200)
  @FileBody('table', MatterImportDto, {
    format: { type: 'string', enum: [...tabularFormats], description: 'By the name of the file when left out' },
    dryRun: { type: 'boolean', description: 'Checks every row and changes nothing' },
  })
  @ApiOperation({
    summary: 'Nhập tệp – take over the cases of a file; dryRun=true first',
    description: `Up to 5,000 rows, all or none; as for \`batches\`. Columns: ${headings}.`,
  })
  @ApiResponse({ status: 200, type: MatterImportAnswer })
  @Problems('import-refused', 'unsupported-media-type', 'payload-too-large', 'validation-failed', 'service-unavailable')
  import(@Uploaded() { file, fields }: Upload<MatterImportDto>, @Caller() by: Official): Promise<MatterImportAnswer> {
    const format = formatAsked(fields.format, file.filename);
    return this.imports.takeFile(file.stream(), format, fields.dryRun ?? false, by);
  }

  @Get(':id')
  @Needs('superior_matters.read')
  @ApiOperation({ summary: 'Một vụ việc – one case with its news' })
  @ApiResponse({ status: 200, type: MatterAnswer, headers: entityTagHeader })
  @Problems('not-found')
  async get(
    @Param('id', IdPipe) id: string,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MatterAnswer> {
    return this.answer(await this.matters.get(id, by), reply);
  }

  @Post(':id/news')
  @MatterStep(201, 'Cập nhật tin mới – what has become of a case: stage, what happened, outcome')
  async addNews(
    @Param('id', IdPipe) id: string,
    @Body() news: MatterNewsDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MatterAnswer> {
    return this.answer(await this.matters.addNews(id, toNews(news), expected, by), reply);
  }

  @Put(':id/petition')
  @MatterStep(200, 'Gắn với đơn – which petition the case is about')
  async link(
    @Param('id', IdPipe) id: string,
    @Body() { petitionId }: MatterLinkDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MatterAnswer> {
    return this.answer(await this.matters.link(id, petitionId, expected, by), reply);
  }

  @Post(':id/document')
  @FileBody('attachment')
  @ApiOperation({ summary: 'Bản án, quyết định – keep the judgment or decision; a better scan replaces it' })
  @ApiResponse({ status: 201, type: MatterAnswer, headers: entityTagHeader })
  @Problems(
    'not-found',
    'not-responsible',
    'unsupported-media-type',
    'payload-too-large',
    'validation-failed',
    'infected-file',
    'service-unavailable',
  )
  async attach(
    @Param('id', IdPipe) id: string,
    @Uploaded() { file }: Upload,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MatterAnswer> {
    return this.answer(await this.matters.attach(id, file, by), reply);
  }

  private answer(matter: Matter, reply: FastifyReply): MatterAnswer {
    void reply.header('etag', entityTag(matter.version));
    return toMatterAnswer(matter, this.units.structure);
  }
}
