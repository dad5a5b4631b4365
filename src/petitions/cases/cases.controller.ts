import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { linkHeader, linkNext } from '../../platform/http/link.js';
import { PetitionView, toPetitionItem } from '../petition.view.js';
import { toUnitReference } from '../../structure/units/unit.response.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { CaseResponse, type CaseItemResponse, CasePageResponse, MergeResponse } from './cases.response.js';
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
  @ApiResponse({ status: 200, type: CasePageResponse, headers: linkHeader })
  @Problems('validation-failed')
  async list(
    @Query() query: CasesQuery,
    @Caller() by: Official,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CasePageResponse> {
    const { items, nextCursor } = await this.cases.list(query, by);
    linkNext(request, reply, nextCursor);
    return { items: items.map((row) => this.item(row)), nextCursor };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Một vụ việc – a case with its petitions and what was merged' })
  @ApiResponse({ status: 200, type: CaseResponse })
  @Problems('not-found')
  async get(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<CaseResponse> {
    const { visible, merges, ...row } = await this.cases.get(id, by);
    const { now } = this.view;
    return { ...this.item(row), items: visible.map((petition) => toPetitionItem(petition, now)), merges };
  }

  @Post(':id/merges')
  @Needs('petitions.link')
  @ApiOperation({ summary: 'Nhập vụ việc – merge another case into this one' })
  @ApiResponse({ status: 201, type: MergeResponse })
  @Problems('not-found', 'not-responsible', 'conflict', 'validation-failed')
  merge(@Param('id', IdPipe) id: string, @Body() { caseId, reason }: MergeDto, @Caller() by: Official): Promise<MergeResponse> {
    return this.merges.merge(id, caseId, reason, by);
  }

  @Post('merges/:id/undoing')
  @HttpCode(200)
  @Needs('petitions.link')
  @ApiOperation({ summary: 'Huỷ nhập vụ việc – undo a wrong merge: what moved goes back, links across end' })
  @ApiResponse({ status: 200, type: MergeResponse })
  @Problems('not-found', 'not-responsible', 'conflict', 'validation-failed')
  undo(@Param('id', IdPipe) id: string, @Body() { reason }: UndoMergeDto, @Caller() by: Official): Promise<MergeResponse> {
    return this.merges.undo(id, reason, by);
  }

  private item({ id, openedUnitId, openedOn, mergedIntoId, petitions, openPetitions, kinds }: CaseRow): CaseItemResponse {
    const openedUnit = toUnitReference(this.units.structure.get(openedUnitId));
    return { id, openedUnit, openedOn, mergedIntoId, petitions, openPetitions, kinds };
  }
}
