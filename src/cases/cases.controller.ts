import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../auth/access.decorators.js';
import type { Official } from '../auth/official.js';
import { Problems } from '../http/api-problems.js';
import { IdPipe } from '../http/id.pipe.js';
import { linkHeader, linkNext } from '../http/link.js';
import { PetitionView, toPetitionItem } from '../petitions/petition.view.js';
import { toUnitReference } from '../units/unit.answer.js';
import { UnitDirectory } from '../units/unit-directory.js';
import { CaseAnswer, type CaseItemAnswer, CasePageAnswer, MergeAnswer } from './cases.answer.js';
import type { CaseRow } from './cases.queries.js';
import { CasesService } from './cases.service.js';
import { CasesQuery, MergeDto, UndoMergeDto } from './dto/cases.dto.js';
import { MergesService } from './merges.service.js';

@ApiTags('cases')
@Controller('cases')
@Needs('petitions.read')
export class CasesController {
  constructor(
    private readonly cases: CasesService,
    private readonly merges: MergesService,
    private readonly view: PetitionView,
    private readonly units: UnitDirectory,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Danh sách vụ việc – cases with the number of their petitions, newest first' })
  @ApiResponse({ status: 200, type: CasePageAnswer, headers: linkHeader })
  @Problems('validation-failed')
  async list(
    @Query() query: CasesQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CasePageAnswer> {
    const { items, nextCursor } = await this.cases.list(query, by);
    linkNext(request, reply, nextCursor);
    return { items: items.map((row) => this.item(row)), nextCursor };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Một vụ việc – a case with its petitions and what was merged' })
  @ApiResponse({ status: 200, type: CaseAnswer })
  @Problems('not-found')
  async get(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<CaseAnswer> {
    const { visible, merges, ...row } = await this.cases.get(id, by);
    const { now } = this.view;
    return { ...this.item(row), items: visible.map((petition) => toPetitionItem(petition, now)), merges };
  }

  @Post(':id/merges')
  @Needs('petitions.link')
  @ApiOperation({ summary: 'Nhập vụ việc – merge another case into this one' })
  @ApiResponse({ status: 201, type: MergeAnswer })
  @Problems('not-found', 'not-responsible', 'conflict', 'validation-failed')
  merge(@Param('id', IdPipe) id: string, @Body() { caseId, reason }: MergeDto, @Caller() by: Official): Promise<MergeAnswer> {
    return this.merges.merge(id, caseId, reason, by);
  }

  @Post('merges/:id/undoing')
  @HttpCode(200)
  @Needs('petitions.link')
  @ApiOperation({ summary: 'Huỷ nhập vụ việc – undo a wrong merge: what moved goes back, links across end' })
  @ApiResponse({ status: 200, type: MergeAnswer })
  @Problems('not-found', 'not-responsible', 'conflict', 'validation-failed')
  undo(@Param('id', IdPipe) id: string, @Body() { reason }: UndoMergeDto, @Caller() by: Official): Promise<MergeAnswer> {
    return this.merges.undo(id, reason, by);
  }

  private item({ id, openedUnitId, openedOn, mergedIntoId, petitions, openPetitions, kinds }: CaseRow): CaseItemAnswer {
    const openedUnit = toUnitReference(this.units.structure.get(openedUnitId));
    return { id, openedUnit, openedOn, mergedIntoId, petitions, openPetitions, kinds };
  }
}
