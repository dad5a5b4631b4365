import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, Needs } from '../auth/access.decorators.js';
import type { Official } from '../auth/official.js';
import { Problems } from '../http/api-problems.js';
import { entityTagHeader, ExpectedVersion, ifMatchOptional } from '../http/entity-tag.js';
import { IdPipe } from '../http/id.pipe.js';
import { PetitionAnswer } from '../petitions/petition.answer.js';
import { PetitionView, toDuplicateCandidate } from '../petitions/petition.view.js';
import { DuplicatesAnswer } from './cases.answer.js';
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
  @ApiResponse({ status: 201, type: PetitionAnswer, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'conflict', 'precondition-failed', 'validation-failed')
  async link(
    @Param('id', IdPipe) id: string,
    @Body() order: LinkDto,
    @ExpectedVersion() expected: number | null,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PetitionAnswer> {
    return this.view.answer(await this.links.link(id, order, expected, by), reply);
  }

  @Get('duplicates')
  @Needs('petitions.read')
  @ApiOperation({ summary: 'Đơn có thể trùng – petitions that may be the same, with score and reasons' })
  @ApiResponse({ status: 200, type: DuplicatesAnswer })
  @Problems('not-found')
  async candidates(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<DuplicatesAnswer> {
    const candidates = await this.links.candidates(id, by);
    const { structure } = this.view.now;
    return { items: candidates.map((candidate) => toDuplicateCandidate(candidate, structure)) };
  }

  @Post('duplicates/:otherId/confirmation')
  @Needs('petitions.link')
  @ApiOperation({ summary: 'Xác nhận đơn trùng – it joins the case of the other one and is not resolved twice' })
  @ApiResponse({ status: 201, type: PetitionAnswer, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'conflict', 'validation-failed')
  async confirm(
    @Param('id', IdPipe) id: string,
    @Param('otherId', IdPipe) otherId: string,
    @Body() { reason = null }: DuplicateReviewDto,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PetitionAnswer> {
    return this.view.answer(await this.links.confirm(id, otherId, reason, by), reply);
  }

  @Post('duplicates/:otherId/dismissal')
  @HttpCode(200)
  @Needs('petitions.link')
  @ApiOperation({ summary: 'Không phải đơn trùng – dismiss the pair; it is not proposed again' })
  @ApiResponse({ status: 200, type: DuplicatesAnswer })
  @Problems('not-found', 'not-responsible', 'validation-failed')
  async dismiss(
    @Param('id', IdPipe) id: string,
    @Param('otherId', IdPipe) otherId: string,
    @Body() { reason = null }: DuplicateReviewDto,
    @Caller() by: Official,
  ): Promise<DuplicatesAnswer> {
    await this.links.dismiss(id, otherId, reason, by);
    return this.candidates(id, by);
  }
}
