import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FileQuery } from '../attachments/dto/attachments.dto.js';
import { AttachmentResponse } from '../attachments/attachments.response.js';
import { toResponse as toAttachment } from '../attachments/attachments.controller.js';
import { Blobs } from '../attachments/blobs.js';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { FileBody } from '../../platform/http/file-body.decorator.js';
import { sendFile } from '../../platform/http/file-answer.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { linkHeader, linkNext } from '../../platform/http/link.js';
import { eachLookCounts, NotRepeatable } from '../../platform/http/not-repeatable.decorator.js';
import { type Upload, Uploaded } from '../../platform/http/upload.js';
import { RevealDto } from '../reveals/dto/identity.dto.js';
import { FileRevealResponse, toFileReveal } from '../reveals/identity.response.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { DocumentResponse, DocumentPageResponse, toDocument } from './documents.response.js';
import { DocumentsService } from './documents.service.js';
import { DocumentDto, DocumentsQuery } from './dto/documents.dto.js';
import { docxType } from './templates.service.js';

@ApiTags('documents')
@Controller('documents')
@Needs('documents.read')
export class DocumentsController {
  constructor(
    private readonly documents: DocumentsService,
    private readonly blobs: Blobs,
    private readonly units: UnitDirectory,
  ) {}

  @Post()
  @Needs('documents.make')
  @ApiOperation({ summary: 'Lập văn bản – make a paper from its template and enter it into the register' })
  @ApiResponse({ status: 201, type: DocumentResponse })
  @Problems('not-found', 'not-responsible', 'validation-failed', 'template-refused', 'insufficient-storage')
  async make(@Body() order: DocumentDto, @Caller() by: Official): Promise<DocumentResponse> {
    return toDocument(await this.documents.make(order, by), this.units.structure);
  }

  @Get()
  @ApiOperation({ summary: 'Sổ văn bản – the register of documents, newest first' })
  @ApiResponse({ status: 200, type: DocumentPageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async list(
    @Query() query: DocumentsQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DocumentPageResponse> {
    const { items, nextCursor } = await this.documents.list(query, by);
    linkNext(request, reply, nextCursor);
    return { items: items.map((row) => toDocument(row, this.units.structure)), nextCursor };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Một văn bản – an entry of the register' })
  @ApiResponse({ status: 200, type: DocumentResponse })
  @Problems('not-found')
  async get(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<DocumentResponse> {
    return toDocument(await this.documents.get(id, by), this.units.structure);
  }

  @Post(':id/reveals')
  @NotRepeatable(eachLookCounts)
  @Needs('identity.reveal')
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Xin xem văn bản có tên người tố cáo – open a paper that names who denounced, for a reason',
    description:
      'For papers that were made before their petition turned out to be a denunciation. As with files: for officials assigned to it while it is open, the leader who decides it, and whoever made the paper; the reason and each download are recorded.',
  })
  @ApiResponse({ status: 201, type: FileRevealResponse })
  @Problems('not-found', 'forbidden', 'action-not-allowed', 'validation-failed')
  async reveal(@Param('id', IdPipe) id: string, @Body() { reason }: RevealDto, @Caller() by: Official): Promise<FileRevealResponse> {
    return toFileReveal(await this.documents.reveal(id, reason, by), `/api/v1/documents/${id}/file`);
  }

  @Get(':id/file')
  @ApiProduces(docxType)
  @ApiOperation({ summary: 'Tải văn bản – the paper as .docx; one that names who denounced after a reveal' })
  @ApiResponse({ status: 200, description: 'The paper', schema: { type: 'string', format: 'binary' } })
  @Problems('not-found', 'forbidden', 'validation-failed', 'range-not-satisfiable')
  async file(
    @Param('id', IdPipe) id: string,
    @Query() { reveal }: FileQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { number, paper, sha256, size } = await this.documents.readable(id, reveal, by);
    const filename = `${paper}-${number.replaceAll('/', '-')}.docx`;
    await sendFile(request, reply, { filename, mediaType: docxType, size, sha256, read: (range) => this.blobs.read(sha256, range) });
  }

  @Post(':id/signed-copy')
  @Needs('documents.make')
  @FileBody('attachment')
  @ApiOperation({ summary: 'Bản ký – attach the scan of the signed paper' })
  @ApiResponse({ status: 201, type: AttachmentResponse })
  @Problems(
    'not-found',
    'not-responsible',
    'unsupported-media-type',
    'payload-too-large',
    'validation-failed',
    'infected-file',
    'service-unavailable',
  )
  async sign(@Param('id', IdPipe) id: string, @Uploaded() { file }: Upload, @Caller() by: Official): Promise<AttachmentResponse> {
    return toAttachment(await this.documents.attachSignedCopy(id, file, by));
  }
}
