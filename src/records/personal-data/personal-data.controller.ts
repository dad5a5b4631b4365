import { Body, Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { eachLookCounts, NotRepeatable } from '../../platform/http/not-repeatable.decorator.js';
import { ReasonDto } from './dto/personal-data.dto.js';
import { ExportsService } from './exports.service.js';
import { HoldsService } from './holds.service.js';
import {
  HoldsResponse,
  PersonalDataExportResponse,
  PersonNumbersResponse,
  PetitionNumbersResponse,
  toExport,
} from './personal-data.response.js';
import { ReadingsService } from './readings.service.js';

@ApiTags('personal-data')
@Controller()
export class PersonalDataController {
  constructor(
    private readonly readings: ReadingsService,
    private readonly exports: ExportsService,
    private readonly holds: HoldsService,
  ) {}

  @Post('petitions/:id/personal-data/readings')
  @NotRepeatable(eachLookCounts)
  @Needs('people.read_numbers')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Đọc số định danh, điện thoại – whole national ids and telephone numbers of a petition, for a reason',
    description: 'Elsewhere only their last digits are shown. Each reading is recorded. Takes no Idempotency-Key: each call is a reading.',
  })
  @ApiResponse({ status: 200, type: PetitionNumbersResponse })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'validation-failed')
  readPetition(@Param('id', IdPipe) id: string, @Body() { reason }: ReasonDto, @Caller() by: Official): Promise<PetitionNumbersResponse> {
    return this.readings.ofPetition(id, reason, by);
  }

  @Post('persons/:id/readings')
  @NotRepeatable(eachLookCounts)
  @Needs('people.read_numbers')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Đọc số của một người – whole national id and telephone number of a person, for a reason' })
  @ApiResponse({ status: 200, type: PersonNumbersResponse })
  @Problems('not-found', 'not-responsible', 'validation-failed')
  readPerson(@Param('id', IdPipe) id: string, @Body() { reason }: ReasonDto, @Caller() by: Official): Promise<PersonNumbersResponse> {
    return this.readings.ofPerson(id, reason, by);
  }

  @Post('persons/:id/exports')
  @NotRepeatable(eachLookCounts)
  @Needs('people.export')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Xuất dữ liệu về một người – all that is held about a person, for answering his question',
    description: 'With who was shown his numbers. Denunciations of his are not told here: their author is nobody else to know.',
  })
  @ApiResponse({ status: 200, type: PersonalDataExportResponse })
  @Problems('not-found', 'validation-failed')
  async export(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: ReasonDto,
    @Caller() by: Official,
  ): Promise<PersonalDataExportResponse> {
    return toExport(await this.exports.export(id, reason, by));
  }

  @Get('petitions/:id/legal-holds')
  @Needs('petitions.read')
  @ApiOperation({ summary: 'Lệnh giữ hồ sơ – what keeps a petition from being anonymised' })
  @ApiResponse({ status: 200, type: HoldsResponse })
  @Problems('not-found')
  async listHolds(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<HoldsResponse> {
    return { items: await this.holds.list(id, by) };
  }

  @Post('petitions/:id/legal-holds')
  @Needs('holds.keep')
  @HttpCode(201)
  @ApiOperation({ summary: 'Giữ hồ sơ – keep a petition as it is, whatever its age' })
  @ApiResponse({ status: 201, type: HoldsResponse })
  @Problems('not-found', 'conflict', 'action-not-allowed', 'validation-failed')
  async placeHold(@Param('id', IdPipe) id: string, @Body() { reason }: ReasonDto, @Caller() by: Official): Promise<HoldsResponse> {
    return { items: await this.holds.place(id, reason, by) };
  }

  @Post('petitions/:id/legal-holds/:holdId/lifting')
  @Needs('holds.keep')
  @HttpCode(200)
  @ApiOperation({ summary: 'Bỏ giữ hồ sơ – lift a hold' })
  @ApiResponse({ status: 200, type: HoldsResponse })
  @Problems('not-found', 'action-not-allowed', 'validation-failed')
  async liftHold(
    @Param('id', IdPipe) id: string,
    @Param('holdId', IdPipe) holdId: string,
    @Body() { reason }: ReasonDto,
    @Caller() by: Official,
  ): Promise<HoldsResponse> {
    return { items: await this.holds.lift(id, holdId, reason, by) };
  }
}
