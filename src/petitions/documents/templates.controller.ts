import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Controller, Delete, Get, HttpCode, Param, Put, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { FileBody } from '../../platform/http/file-body.decorator.js';
import { sendFile } from '../../platform/http/file-answer.js';
import { type Upload, Uploaded } from '../../platform/http/upload.js';
import { type PaperCode, paperCodes, papers } from '../papers.js';
import { Problem } from '../../platform/problems/problem.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { TemplatesResponse, UploadedTemplateResponse } from './documents.response.js';
import { paperNeeds, placeholders } from './placeholders.js';
import { docxType, TemplatesService } from './templates.service.js';

const paperParam = { name: 'paper', enum: paperCodes, example: 'guidance_slip' };

@ApiTags('documents')
@Controller('document-templates')
@Needs('templates.read')
export class TemplatesController {
  constructor(
    private readonly templates: TemplatesService,
    private readonly scope: AccessScope,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Mẫu văn bản – papers with the fields they need, and the placeholders a template can have' })
  @ApiResponse({ status: 200, type: TemplatesResponse })
  async list(@Caller() by: Official): Promise<TemplatesResponse> {
    const own = (await this.templates.own(this.scope.home(by).id)).map(({ paper }) => paper);
    return {
      items: paperCodes.map((paper) => {
        const { petition, kinds = null, fields, optional = [] } = paperNeeds[paper];
        const file = `/api/v1/document-templates/${paper}/file`;
        return { paper, title: papers[paper].title, own: own.includes(paper), petition, kinds, fields, optional, file };
      }),
      placeholders: Object.entries(placeholders).map(([name, { label, from, of = null }]) => ({ name, label, from, of })),
    };
  }

  @Get(':paper/file')
  @ApiParam(paperParam)
  @ApiProduces(docxType)
  @ApiOperation({ summary: 'Tải mẫu – the template that your unit uses, as .docx' })
  @ApiResponse({ status: 200, description: 'The template', schema: { type: 'string', format: 'binary' } })
  @Problems('not-found', 'range-not-satisfiable')
  async file(
    @Param('paper') paper: string,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { content, filename } = await this.templates.of(this.scope.home(by).id, mustBePaper(paper));
    const sha256 = createHash('sha256').update(content).digest('hex');
    await sendFile(request, reply, {
      filename,
      mediaType: docxType,
      size: content.length,
      sha256,
      read: async (range) => Promise.resolve(Readable.from([range ? content.subarray(range.first, range.last + 1) : content])),
    });
  }

  @Put(':paper')
  @Needs('templates.keep')
  @ApiParam(paperParam)
  @FileBody('table')
  @ApiOperation({
    summary: 'Đặt mẫu riêng – use a template of your own for your unit; a placeholder that there is not is named with its place',
  })
  @ApiResponse({ status: 200, type: UploadedTemplateResponse })
  @Problems('not-found', 'unsupported-media-type', 'payload-too-large', 'validation-failed', 'template-refused', 'service-unavailable')
  async upload(@Param('paper') paper: string, @Uploaded() { file }: Upload, @Caller() by: Official): Promise<UploadedTemplateResponse> {
    const code = mustBePaper(paper);
    return { paper: code, placeholders: await this.templates.upload(code, `${code}.docx`, file, by) };
  }

  @Delete(':paper')
  @HttpCode(204)
  @Needs('templates.keep')
  @ApiParam(paperParam)
  @ApiOperation({ summary: 'Bỏ mẫu riêng – go back to the template that is shipped' })
  @ApiResponse({ status: 204, description: 'The shipped template is used again' })
  @Problems('not-found')
  async withdraw(@Param('paper') paper: string, @Caller() by: Official): Promise<void> {
    await this.templates.withdraw(mustBePaper(paper), by);
  }
}

function mustBePaper(paper: string): PaperCode {
  const code = paperCodes.find((candidate) => candidate === paper);
  if (!code) throw Problem.notFound('mẫu văn bản này', 'paper');
  return code;
}
