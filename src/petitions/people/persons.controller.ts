import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { PersonMergeDto, PersonsQuery, UndoPersonMergeDto } from './dto/people.dto.js';
import { masked, PersonDetailResponse, PersonMatchesResponse, PersonMergeResponse, PersonsResponse } from './people.response.js';
import { PersonsService } from './persons.service.js';

@ApiTags('people')
@Controller('persons')
@Needs('people.read')
export class PersonsController {
  constructor(private readonly persons: PersonsService) {}

  @Get()
  @ApiOperation({
    summary: 'Tìm người – find a person of earlier petitions by national id, or by name, year of birth and address',
    description: 'Nobody who denounced is found here.',
  })
  @ApiResponse({ status: 200, type: PersonsResponse })
  @Problems('validation-failed')
  async search(@Query() question: PersonsQuery, @Caller() by: Official): Promise<PersonsResponse> {
    return { items: (await this.persons.search(question, by)).map(masked) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Một người – a person with the petitions that you see, and what was merged' })
  @ApiResponse({ status: 200, type: PersonDetailResponse })
  @Problems('not-found')
  async get(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<PersonDetailResponse> {
    return masked(await this.persons.get(id, by));
  }

  @Get(':id/matches')
  @ApiOperation({ summary: 'Có thể cùng một người – others who may be the same, with what agrees' })
  @ApiResponse({ status: 200, type: PersonMatchesResponse })
  @Problems('not-found')
  async matches(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<PersonMatchesResponse> {
    return { items: (await this.persons.matches(id, by)).map(masked) };
  }

  @Post(':id/merges')
  @Needs('people.merge')
  @ApiOperation({ summary: 'Nhập hai mục là một người – say that another entry is the same person' })
  @ApiResponse({ status: 201, type: PersonMergeResponse })
  @Problems('not-found', 'conflict', 'validation-failed')
  merge(
    @Param('id', IdPipe) id: string,
    @Body() { personId, reason }: PersonMergeDto,
    @Caller() by: Official,
  ): Promise<PersonMergeResponse> {
    return this.persons.merge(id, personId, reason, by);
  }

  @Post('merges/:id/undoing')
  @HttpCode(200)
  @Needs('people.merge')
  @ApiOperation({ summary: 'Huỷ nhập người – undo a wrong merge of two people' })
  @ApiResponse({ status: 200, type: PersonMergeResponse })
  @Problems('not-found', 'conflict', 'validation-failed')
  undo(@Param('id', IdPipe) id: string, @Body() { reason }: UndoPersonMergeDto, @Caller() by: Official): Promise<PersonMergeResponse> {
    return this.persons.undo(id, reason, by);
  }
}
