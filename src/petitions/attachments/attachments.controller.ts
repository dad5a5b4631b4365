import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { FileBody } from '../../platform/http/file-body.decorator.js';
import { sendFile } from '../../platform/http/file-answer.js';
import { RevealDto } from '../reveals/dto/identity.dto.js';
import { FileRevealResponse, toFileReveal } from '../reveals/identity.response.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { linkHeader, linkNext } from '../../platform/http/link.js';
import { PageQuery } from '../../platform/http/page.dto.js';
import { eachLookCounts, NotRepeatable } from '../../platform/http/not-repeatable.decorator.js';
import { type Upload, Uploaded } from '../../platform/http/upload.js';
import { AttachmentResponse, AttachmentsResponse } from './attachments.response.js';
import type { AttachmentRow } from './attachment.js';
import { attachmentPurposes, AttachmentsService } from './attachments.service.js';
import { Blobs } from './blobs.js';
import { AttachmentDto, FileQuery } from './dto/attachments.dto.js';

@ApiTags('documents')
@Controller()
@Needs('documents.read')
export class AttachmentsController {
  constructor(
    private readonly attachments: AttachmentsService,
    private readonly blobs: Blobs,
  ) {}

  @Post('petitions/:id/attachments')
  @Needs('documents.make')
  @FileBody('attachment', AttachmentDto, {
    purpose: { type: 'string', enum: [...attachmentPurposes], description: 'petition when left out' },
  })
  @ApiOperation({
    summary: 'Đính kèm tệp – attach a file to a petition; the real type is looked at, the same content is stored once',
  })
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
  async attach(
    @Param('id', IdPipe) id: string,
    @Uploaded() { file, fields }: Upload<AttachmentDto>,
    @Caller() by: Official,
  ): Promise<AttachmentResponse> {
    return toResponse(await this.attachments.attach(id, file, fields.purpose ?? 'petition', by));
  }

  @Get('petitions/:id/attachments')
  @ApiOperation({ summary: 'Tệp đính kèm – files of a petition, in the order in which they came' })
  @ApiResponse({ status: 200, type: AttachmentsResponse, headers: linkHeader })
  @Problems('not-found', 'validation-failed')
  async list(
    @Param('id', IdPipe) id: string,
    @Query() query: PageQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AttachmentsResponse> {
    const { items, nextCursor } = await this.attachments.list(id, query, by);
    linkNext(request, reply, nextCursor);
    return { items: items.map(toResponse), nextCursor };
  }

  @Get('attachments/:id')
  @ApiOperation({ summary: 'Một tệp – what is known of a file' })
  @ApiResponse({ status: 200, type: AttachmentResponse })
  @Problems('not-found')
  async get(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<AttachmentResponse> {
    return toResponse(await this.attachments.get(id, by));
  }

  @Post('attachments/:id/reveals')
  @NotRepeatable(eachLookCounts)
  @Needs('identity.reveal')
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Xin xem tệp của đơn tố cáo – open a file of a denunciation, for a reason',
    description:
      'For officials assigned to the denunciation while it is open, the leader who decides it, and whoever attached the file while it lies with his office; never for whom it is directed against. The answer holds the address of the content, for the caller alone, for 15 minutes; the reason and each download are recorded.',
  })
  @ApiResponse({ status: 201, type: FileRevealResponse })
  @Problems('not-found', 'forbidden', 'action-not-allowed', 'validation-failed')
  async reveal(@Param('id', IdPipe) id: string, @Body() { reason }: RevealDto, @Caller() by: Official): Promise<FileRevealResponse> {
    return toFileReveal(await this.attachments.reveal(id, reason, by), `/api/v1/attachments/${id}/content`);
  }

  @Get('attachments/:id/content')
  @ApiHeader({
    name: 'Range',
    required: false,
    description: 'One range of bytes: answered with 206 and Content-Range',
    schema: { type: 'string' },
  })
  @ApiProduces('application/octet-stream')
  @ApiOperation({ summary: 'Tải tệp – download a file, whole or in a range; of a denunciation after a reveal' })
  @ApiResponse({ status: 200, description: 'The content', schema: { type: 'string', format: 'binary' } })
  @Problems('not-found', 'forbidden', 'validation-failed', 'range-not-satisfiable')
  async content(
    @Param('id', IdPipe) id: string,
    @Query() { reveal }: FileQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = await this.attachments.readable(id, reveal, by);
    await sendFile(request, reply, { ...file, read: (range) => this.blobs.read(file.sha256, range) });
  }
}

/** Bytes that sizes of secret files are told in. */
const roughly = 65_536;

export function toResponse(row: AttachmentRow): AttachmentResponse {
  // The same scan stands in the same citizen's complaint: its digest and its very size would say so.
  const isSecret = row.secretPetitionId !== null;
  return {
    id: row.id,
    petitionId: row.petitionId,
    filename: row.filename,
    purpose: row.purpose,
    mediaType: row.mediaType,
    size: isSecret ? Math.ceil(row.size / roughly) * roughly : row.size,
    sha256: isSecret ? null : row.sha256,
    scan: row.scan,
    createdAt: row.createdAt.toISOString(),
    needsReveal: isSecret,
    content: `/api/v1/attachments/${row.id}/content`,
  };
}
