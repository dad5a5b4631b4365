import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { entityTagHeader, ExpectedVersion, ifMatchOptional } from '../../platform/http/entity-tag.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { PetitionResponse } from '../petition.response.js';
import { PetitionView, toDuplicateCandidate } from '../petition.view.js';
import { DuplicatesResponse } from './cases.response.js';
import { DuplicateReviewDto, LinkDto } from './dto/cases.dto.js';
import { LinksService } from './links.service.js';

@ApiTags('cases')
@Controller('petitions/:id')
export class LinksController {
  constructor(
    private readonly links: LinksService,
    private readonly view: PetitionView,
  ) {}

  @Post('links')
  @Needs('petitions.link')
  @ApiHeader(ifMatchOptional)
  @ApiOperation({
    summary: 'Liên kết đơn – link to an earlier petition; the cases become one, stage and competence are found anew',
  })
  @ApiResponse({ status: 201, type: PetitionResponse, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'conflict', 'precondition-failed', 'validation-failed')
  async link(
    @Param('id', IdPipe) id: string,
    @Body() order: LinkDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PetitionResponse> {
    return this.view.answer(await this.links.link(id, order, expected, by), reply);
  }

  @Get('duplicates')
  @Needs('petitions.read')
  @ApiOperation({ summary: 'Đơn có thể trùng – petitions that may be the same, with score and reasons' })
  @ApiResponse({ status: 200, type: DuplicatesResponse })
  @Problems('not-found')
  async candidates(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<DuplicatesResponse> {
    const candidates = await this.links.candidates(id, by);
    const { structure } = this.view.now;
    return { items: candidates.map((candidate) => toDuplicateCandidate(candidate, structure)) };
  }

  @Post('duplicates/:otherId/confirmation')
  @Needs('petitions.link')
  @ApiOperation({ summary: 'Xác nhận đơn trùng – it joins the case of the other one and is not resolved twice' })
  @ApiResponse({ status: 201, type: PetitionResponse, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'conflict', 'validation-failed')
  async confirm(
    @Param('id', IdPipe) id: string,
    @Param('otherId', IdPipe) otherId: string,
    @Body() { reason = null }: DuplicateReviewDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PetitionResponse> {
    return this.view.answer(await this.links.confirm(id, otherId, reason, by), reply);
  }

  @Post('duplicates/:otherId/dismissal')
  @HttpCode(200)
  @Needs('petitions.link')
  @ApiOperation({ summary: 'Không phải đơn trùng – dismiss the pair; it is not proposed again' })
  @ApiResponse({ status: 200, type: DuplicatesResponse })
  @Problems('not-found', 'not-responsible', 'validation-failed')
  async dismiss(
    @Param('id', IdPipe) id: string,
    @Param('otherId', IdPipe) otherId: string,
    @Body() { reason = null }: DuplicateReviewDto,
    @Caller() by: Official,
  ): Promise<DuplicatesResponse> {
    await this.links.dismiss(id, otherId, reason, by);
    return this.candidates(id, by);
  }
}
