import { Body, Controller, Get, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { entityTag, entityTagHeader, ExpectedVersion, ifMatchRequired } from '../../platform/http/entity-tag.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { linkHeader, linkNext } from '../../platform/http/link.js';
import { reviewSheets } from '../../rules/inspections/review-sheet.js';
import { rateFormula } from '../../rules/inspections/sampling.js';
import { PetitionReviewDto, ReviewsQuery, SampleDto } from './dto/reviews.dto.js';
import { ErrorRatesService } from './error-rates.service.js';
import type { ReviewRow } from './review.js';
import {
  ErrorRatesResponse,
  PetitionReviewResponse,
  PetitionReviewPageResponse,
  ReviewSheetsResponse,
  SampleResponse,
  toErrorRates,
  toReview,
  toReviewSheet,
  toSample,
} from './reviews.response.js';
import { ReviewsService } from './reviews.service.js';
import { SamplesService } from './samples.service.js';

@ApiTags('inspections')
@Controller()
@Needs('inspections.read')
export class ReviewsController {
  constructor(
    private readonly samples: SamplesService,
    private readonly reviews: ReviewsService,
    private readonly rates: ErrorRatesService,
  ) {}

  @Get('inspection-review-sheets')
  @Needs('reference.read')
  @ApiOperation({
    summary: 'Phiếu xem xét – every version of the sheet that is filled in for a sampled petition, with the law behind each question',
  })
  @ApiResponse({ status: 200, type: ReviewSheetsResponse })
  sheets(): ReviewSheetsResponse {
    return { items: reviewSheets.map(toReviewSheet), rateFormula };
  }

  @Post('inspections/:id/sample')
  @Needs('inspections.answer')
  @ApiOperation({
    summary: 'Chọn mẫu – draw the petitions that are reviewed, stratified by kind and state',
    description:
      'Of the petitions that came to the unit, or lie with it, received in the inspected period. Of each stratum at least one, the rest in proportion. The seed and the numbers are kept: anybody can repeat the sample. It is drawn once.',
  })
  @ApiResponse({ status: 201, type: SampleResponse })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'validation-failed')
  async draw(@Param('id', IdPipe) id: string, @Body() { size }: SampleDto, @Caller() by: Official): Promise<SampleResponse> {
    return toSample(await this.samples.draw(id, size, by));
  }

  @Get('inspections/:id/sample')
  @ApiOperation({ summary: 'Mẫu – the sample with its seed, and every petition that could be drawn' })
  @ApiResponse({ status: 200, type: SampleResponse })
  @Problems('not-found')
  async sample(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<SampleResponse> {
    return toSample(await this.samples.get(id, by));
  }

  @Get('inspections/:id/reviews')
  @ApiOperation({ summary: 'Phiếu xem xét các đơn – the sheets of the sampled petitions: what the system says, what the inspector found' })
  @ApiResponse({ status: 200, type: PetitionReviewPageResponse, headers: linkHeader })
  @Problems('not-found', 'validation-failed')
  async list(
    @Param('id', IdPipe) id: string,
    @Query() query: ReviewsQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PetitionReviewPageResponse> {
    const { sheetVersion } = await this.samples.get(id, by);
    const found = await this.reviews.list(id, query, by);
    linkNext(request, reply, found.nextCursor);
    return { ...found, items: found.items.map((row) => toReview(row, sheetVersion)) };
  }

  @Get('inspections/:id/error-rates')
  @ApiOperation({
    summary: 'Tỷ lệ sai sót – how often the office errs, whole and by question, with 95 % confidence intervals',
    description: 'Estimated for all petitions of the period from those that are reviewed so far.',
  })
  @ApiResponse({ status: 200, type: ErrorRatesResponse })
  @Problems('not-found')
  async errorRates(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<ErrorRatesResponse> {
    return toErrorRates(await this.rates.of(id, by));
  }

  @Get('inspection-reviews/:id')
  @ApiOperation({ summary: 'Một phiếu – the sheet of one sampled petition' })
  @ApiResponse({ status: 200, type: PetitionReviewResponse, headers: entityTagHeader })
  @Problems('not-found')
  async get(
    @Param('id', IdPipe) id: string,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PetitionReviewResponse> {
    return this.answer(await this.reviews.get(id, by), by, reply);
  }

  @Put('inspection-reviews/:id')
  @ApiHeader(ifMatchRequired)
  @Needs('inspections.answer')
  @ApiOperation({ summary: 'Ghi phiếu – fill in the sheet of a petition, or correct it, before the conclusion' })
  @ApiResponse({ status: 200, type: PetitionReviewResponse, headers: entityTagHeader })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'validation-failed')
  async review(
    @Param('id', IdPipe) id: string,
    @Body() sheet: PetitionReviewDto,
    @ExpectedVersion('required') expected: number,
    @Caller() by: Official,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PetitionReviewResponse> {
    return this.answer(await this.reviews.review(id, sheet, expected, by), by, reply);
  }

  private async answer(review: ReviewRow, by: Official, reply: FastifyReply): Promise<PetitionReviewResponse> {
    void reply.header('etag', entityTag(review.version));
    const { sheetVersion } = await this.samples.get(review.inspectionId, by);
    return toReview(review, sheetVersion);
  }
}
