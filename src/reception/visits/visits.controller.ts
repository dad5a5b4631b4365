import { applyDecorators, Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { DocumentResponse, toDocument } from '../../petitions/documents/documents.response.js';
import { docxType } from '../../petitions/documents/templates.service.js';
import { Problems } from '../../platform/http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchOptional, ifMatchRequired } from '../../platform/http/entity-tag.js';
import { contentDisposition } from '../../platform/http/file-answer.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { linkHeader, linkNext } from '../../platform/http/link.js';
import { eachLookCounts, NotRepeatable } from '../../platform/http/not-repeatable.decorator.js';
import { RevealDto } from '../../petitions/reveals/dto/identity.dto.js';
import { ledgerMediaTypes } from '../../platform/tabular/ledger-file.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { toNewVisit, toOutcome, toVisitCorrection } from './dto/to-visit.js';
import {
  OutcomeDto,
  VisitRefusalDto,
  VisitAnswerDto,
  VisitCorrectionDto,
  VisitDto,
  VisitLedgerQuery,
  VisitLinkDto,
  VisitPaperDto,
  VisitsQuery,
} from './dto/visits.dto.js';
import { visitExamples } from './dto/visits.examples.js';
import type { Visit } from './visit.js';
import { VisitEntries } from './visit-entries.service.js';
import { VisitIdentityService } from './visit-identity.service.js';
import { VisitLedgerService } from './visit-ledger.service.js';
import { VisitOutcomes } from './visit-outcomes.service.js';
import { VisitPapersService } from './visit-papers.service.js';
import {
  RevealedVisitResponse,
  toRevealedVisit,
  toRevision,
  toVisit,
  toVisitItem,
  VisitResponse,
  VisitPageResponse,
  VisitRevisionsResponse,
} from './visits.response.js';
import { VisitsService } from './visits.service.js';

/** What every step of a visit documents: its answer, and how it can be refused. */
function VisitStep(summary: string, description?: string): MethodDecorator {
  return applyDecorators(
    ApiHeader(ifMatchOptional),
    ApiOperation({ summary, ...(description && { description }) }),
    ApiResponse({ status: 200, type: VisitResponse, headers: entityTagHeader }),
    Problems('not-found', 'not-responsible', 'forbidden', 'action-not-allowed', 'conflict', 'precondition-failed', 'validation-failed'),
  );
}

@ApiTags('reception-ledger')
@Controller('reception-visits')
@Needs('reception.receive')
export class VisitsController {
  constructor(
    private readonly visits: VisitsService,
    private readonly entries: VisitEntries,
    private readonly outcomes: VisitOutcomes,
    private readonly identity: VisitIdentityService,
    private readonly ledger: VisitLedgerService,
    private readonly papers: VisitPapersService,
    private readonly units: UnitDirectory,
  ) {}

  @Get()
  @Needs('reception.read')
  @ApiOperation({ summary: 'Sổ tiếp công dân – visits in your scope, newest first' })
  @ApiResponse({ status: 200, type: VisitPageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async list(
    @Query() query: VisitsQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VisitPageResponse> {
    const found = await this.visits.list(query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((row) => toVisitItem(row, this.units.structure)) };
  }

  @Post()
  @ApiBody({ type: VisitDto, examples: visitExamples })
  @ApiOperation({
    summary: 'Ghi lượt tiếp – enter a visit into the ledger',
    description:
      'With its outcome where it is over, and with the petition that it opens, in one go. Numbers have no gaps. First or repeated follows from the case.',
  })
  @ApiResponse({ status: 201, type: VisitResponse, headers: { Location: { schema: { type: 'string' } }, ...entityTagHeader } })
  @Problems('not-responsible', 'forbidden', 'validation-failed', 'unit-not-valid', 'rule-not-applicable', 'action-not-allowed', 'conflict')
  async enter(@Body() visit: VisitDto, @Caller() by: Official, @Res({ passthrough: true }) reply: FastifyReply): Promise<VisitResponse> {
    const entered = await this.entries.enter(toNewVisit(visit), by);
    void reply.header('location', `/api/v1/reception-visits/${entered.id}`);
    return this.answer(entered, reply);
  }

  @Get('exports')
  @Needs('reception.read')
  @ApiProduces(ledgerMediaTypes.xlsx, 'text/csv', docxType)
  @ApiOperation({ summary: 'In sổ tiếp công dân – the ledger in the usual columns, as XLSX, CSV or a document' })
  @ApiResponse({ status: 200, description: 'The file', schema: { type: 'string', format: 'binary' } })
  @Problems('validation-failed')
  async export(@Query() { format, ...order }: VisitLedgerQuery, @Caller() by: Official, @Res() reply: FastifyReply): Promise<void> {
    const file = await this.ledger[format](order, by);
    await reply
      .headers({
        'content-type': format === 'docx' ? docxType : ledgerMediaTypes[format],
        'content-disposition': contentDisposition(`so-tiep-cong-dan.${format}`),
        'cache-control': 'private, no-store',
      })
      .send(file);
  }

  @Get(':id')
  @Needs('reception.read')
  @ApiOperation({ summary: 'Một lượt tiếp – one visit' })
  @ApiResponse({ status: 200, type: VisitResponse, headers: entityTagHeader })
  @Problems('not-found')
  async get(
    @Param('id', IdPipe) id: string,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VisitResponse> {
    return this.answer(await this.visits.get(id, by), reply);
  }

  @Put(':id')
  @ApiHeader(ifMatchRequired)
  @ApiOperation({
    summary: 'Sửa lượt tiếp – a correction is a new revision; what was there before is kept with the reason',
    description:
      'Of a secret visit, who came stays where `visitors` is empty, and words stay that come back as they were shown. Only who received a visit to denounce, or may know who came, makes it another kind; that is on the record.',
  })
  @ApiResponse({ status: 200, type: VisitResponse, headers: entityTagHeader })
  @Problems('forbidden', 'not-found', 'not-responsible', 'precondition-required', 'precondition-failed', 'validation-failed')
  async correct(
    @Param('id', IdPipe) id: string,
    @Body() dto: VisitCorrectionDto,
    @ExpectedVersion('required') expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VisitResponse> {
    return this.answer(await this.entries.correct(id, toVisitCorrection(dto), dto.reason, expected, by), reply);
  }

  @Get(':id/revisions')
  @Needs('reception.read')
  @ApiOperation({ summary: 'Các lần sửa – what a visit was before its corrections' })
  @ApiResponse({ status: 200, type: VisitRevisionsResponse })
  @Problems('not-found')
  async revisions(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<VisitRevisionsResponse> {
    return { items: (await this.visits.revisions(id, by)).map(toRevision) };
  }

  @Post(':id/conclusion')
  @HttpCode(200)
  @VisitStep(
    'Kết thúc lượt tiếp – with its result, and the petition or appointment that comes of it',
    'Unless it was told on the spot what becomes of the matter (`guided`, `explained`), an answer is owed within ten working days.',
  )
  async conclude(
    @Param('id', IdPipe) id: string,
    @Body() outcome: OutcomeDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VisitResponse> {
    const { kind } = await this.visits.get(id, by);
    return this.answer(await this.outcomes.conclude(id, toOutcome(outcome, kind), expected, by), reply);
  }

  @Post(':id/refusal')
  @HttpCode(200)
  @VisitStep('Từ chối tiếp – on a ground in law (Law on Citizen Reception art. 9)')
  async refuse(
    @Param('id', IdPipe) id: string,
    @Body() refusal: VisitRefusalDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VisitResponse> {
    return this.answer(await this.outcomes.refuse(id, refusal, expected, by), reply);
  }

  @Post(':id/answer')
  @HttpCode(200)
  @VisitStep('Trả lời công dân – what became of the matter (Law on Citizen Reception art. 28)')
  async tell(
    @Param('id', IdPipe) id: string,
    @Body() answer: VisitAnswerDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VisitResponse> {
    return this.answer(await this.outcomes.answer(id, answer, expected, by), reply);
  }

  @Post(':id/petition')
  @HttpCode(200)
  @VisitStep('Gắn lượt tiếp với đơn – which petition the visit, and all others about the matter, are about')
  async link(
    @Param('id', IdPipe) id: string,
    @Body() { petitionId }: VisitLinkDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VisitResponse> {
    return this.answer(await this.outcomes.link(id, petitionId, expected, by), reply);
  }

  @Post(':id/identity/reveals')
  @NotRepeatable(eachLookCounts)
  @ApiOperation({
    summary: 'Xem danh tính – whole numbers of those who came, and of a denunciation who they are; each look is kept with its reason',
    description: 'Of a denunciation for whoever received it and the leader of the unit alone (Law on Denunciations art. 56).',
  })
  @ApiResponse({ status: 201, type: RevealedVisitResponse })
  @Problems('not-found', 'forbidden', 'validation-failed')
  async reveal(@Param('id', IdPipe) id: string, @Body() { reason }: RevealDto, @Caller() by: Official): Promise<RevealedVisitResponse> {
    return toRevealedVisit(await this.identity.reveal(id, reason, by));
  }

  @Post(':id/documents')
  @ApiOperation({ summary: 'Lập văn bản của lượt tiếp – receipt, minutes, appointment slip or refusal, filled in from the ledger' })
  @ApiResponse({ status: 201, type: DocumentResponse })
  @Problems('not-found', 'not-responsible', 'validation-failed', 'template-refused', 'insufficient-storage')
  async make(@Param('id', IdPipe) id: string, @Body() order: VisitPaperDto, @Caller() by: Official): Promise<DocumentResponse> {
    return toDocument(await this.papers.make(id, order, by), this.units.structure);
  }

  private answer(visit: Visit, reply: FastifyReply): VisitResponse {
    void reply.header('etag', entityTag(visit.version));
    return toVisit(visit, this.units.structure);
  }
}
