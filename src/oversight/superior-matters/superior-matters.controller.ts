import { applyDecorators, Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Problems } from '../../platform/http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchOptional } from '../../platform/http/entity-tag.js';
import { FileBody } from '../../platform/http/file-body.decorator.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { linkHeader, linkNext } from '../../platform/http/link.js';
import { type Upload, Uploaded } from '../../platform/http/upload.js';
import { plusDays } from '../../platform/text/legal-date.js';
import { formatAsked } from '../../platform/tabular/format.js';
import { tabularFormats } from '../../platform/tabular/row.js';
import { toUnitReference } from '../../structure/units/unit.response.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
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
  MatterResponse,
  MatterImportResponse,
  MatterPageResponse,
  MatterSummaryResponse,
  toMatterResponse,
  toMatterItem,
  toMatterSummaryRow,
} from './superior-matters.response.js';
import { SuperiorMattersService } from './superior-matters.service.js';

const headings = Object.values(matterFields)
  .map((field) => ('required' in field ? `**${field.headings[0]}**` : field.headings[0]))
  .join(', ');

/** What every change of a case documents: its answer, and how it can be refused. */
function MatterStep(status: 200 | 201, summary: string): MethodDecorator {
  return applyDecorators(
    ApiHeader(ifMatchOptional),
    ApiOperation({ summary }),
    ApiResponse({ status, type: MatterResponse, headers: entityTagHeader }),
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
  @ApiResponse({ status: 200, type: MatterPageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async list(
    @Query() query: MattersQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MatterPageResponse> {
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
  @ApiResponse({ status: 201, type: MatterResponse, headers: { Location: { schema: { type: 'string' } }, ...entityTagHeader } })
  @Problems('not-responsible', 'validation-failed', 'conflict')
  async enter(@Body() dto: NewMatterDto, @Caller() by: Official, @Res({ passthrough: true }) reply: FastifyReply): Promise<MatterResponse> {
    const matter = await this.matters.enter(dto.unitId, toMatter(dto), by);
    void reply.header('location', `/api/v1/superior-matters/${matter.id}`);
    return this.answer(matter, reply);
  }

  @Get('summary')
  @Needs('superior_matters.read')
  @ApiOperation({ summary: 'Tổng hợp – how many are open, without news, decided and not upheld, by unit directly below' })
  @ApiResponse({ status: 200, type: MatterSummaryResponse })
  @Problems('not-found', 'validation-failed')
  async summary(@Query() { unitId }: MatterSummaryQuery, @Caller() by: Official): Promise<MatterSummaryResponse> {
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
  @ApiResponse({ status: 200, type: MatterImportResponse })
  @Problems('validation-failed')
  batch(@Body() { items, dryRun }: MatterBatchDto, @Caller() by: Official): Promise<MatterImportResponse> {
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
  @ApiResponse({ status: 200, type: MatterImportResponse })
  @Problems('import-refused', 'unsupported-media-type', 'payload-too-large', 'validation-failed', 'service-unavailable')
  import(@Uploaded() { file, fields }: Upload<MatterImportDto>, @Caller() by: Official): Promise<MatterImportResponse> {
    const format = formatAsked(fields.format, file.filename);
    return this.imports.takeFile(file.stream(), format, fields.dryRun ?? false, by);
  }

  @Get(':id')
  @Needs('superior_matters.read')
  @ApiOperation({ summary: 'Một vụ việc – one case with its news' })
  @ApiResponse({ status: 200, type: MatterResponse, headers: entityTagHeader })
  @Problems('not-found')
  async get(
    @Param('id', IdPipe) id: string,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MatterResponse> {
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
  ): Promise<MatterResponse> {
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
  ): Promise<MatterResponse> {
    return this.answer(await this.matters.link(id, petitionId, expected, by), reply);
  }

  @Post(':id/document')
  @FileBody('attachment')
  @ApiOperation({ summary: 'Bản án, quyết định – keep the judgment or decision; a better scan replaces it' })
  @ApiResponse({ status: 201, type: MatterResponse, headers: entityTagHeader })
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
  ): Promise<MatterResponse> {
    return this.answer(await this.matters.attach(id, file, by), reply);
  }

  private answer(matter: Matter, reply: FastifyReply): MatterResponse {
    void reply.header('etag', entityTag(matter.version));
    return toMatterResponse(matter, this.units.structure);
  }
}
