import { Body, Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { eachLookCounts, NotRepeatable } from '../../platform/http/not-repeatable.decorator.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { AssignmentsService } from './assignments.service.js';
import { AssignmentDto, AssignmentEndDto, LookUpDto, RevealDto } from './dto/identity.dto.js';
import {
  AssignmentsResponse,
  LookUpResponse,
  RevealedResponse,
  RevealsResponse,
  toAssignments,
  toRevealed,
  toReveals,
} from './identity.response.js';
import { RevealsService } from './reveals.service.js';

@ApiTags('identity')
@Controller()
export class IdentityController {
  constructor(
    private readonly assignments: AssignmentsService,
    private readonly reveals: RevealsService,
    private readonly units: UnitDirectory,
  ) {}

  @Get('petitions/:id/assignments')
  @Needs('petitions.read')
  @ApiOperation({ summary: 'Phân công xử lý – who handles the petition' })
  @ApiResponse({ status: 200, type: AssignmentsResponse })
  @Problems('not-found')
  async listAssignments(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<AssignmentsResponse> {
    return toAssignments(await this.assignments.list(id, by), this.units.structure);
  }

  @Post('petitions/:id/assignments')
  @Needs('petitions.assign')
  @HttpCode(201)
  @ApiOperation({ summary: 'Phân công người xử lý – assign an official of the unit that the petition lies with' })
  @ApiResponse({ status: 201, type: AssignmentsResponse })
  @Problems('not-found', 'not-responsible', 'conflict', 'validation-failed')
  async assign(@Param('id', IdPipe) id: string, @Body() dto: AssignmentDto, @Caller() by: Official): Promise<AssignmentsResponse> {
    return toAssignments(await this.assignments.assign(id, dto, by), this.units.structure);
  }

  @Post('petitions/:id/assignments/:assignmentId/end')
  @Needs('petitions.assign')
  @HttpCode(200)
  @ApiOperation({ summary: 'Kết thúc phân công – end an assignment; the official no longer learns who denounced' })
  @ApiResponse({ status: 200, type: AssignmentsResponse })
  @Problems('not-found', 'not-responsible', 'action-not-allowed', 'validation-failed')
  async end(
    @Param('id', IdPipe) id: string,
    @Param('assignmentId', IdPipe) assignmentId: string,
    @Body() { reason }: AssignmentEndDto,
    @Caller() by: Official,
  ): Promise<AssignmentsResponse> {
    return toAssignments(await this.assignments.end(id, assignmentId, reason, by), this.units.structure);
  }

  @Post('petitions/:id/identity/reveals')
  @NotRepeatable(eachLookCounts)
  @Needs('identity.reveal')
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Xem danh tính người tố cáo – be shown who denounced, for a reason',
    description:
      'For officials assigned to the denunciation while it is open, and for the leader who decides it. Each look is recorded with its reason and shown to the leader; a refused one is recorded, too. Takes no Idempotency-Key: each call is a look.',
  })
  @ApiResponse({ status: 201, type: RevealedResponse })
  @Problems('not-found', 'forbidden', 'action-not-allowed', 'validation-failed')
  async reveal(@Param('id', IdPipe) id: string, @Body() { reason }: RevealDto, @Caller() by: Official): Promise<RevealedResponse> {
    return toRevealed(await this.reveals.reveal(id, reason, by));
  }

  @Get('petitions/:id/identity/reveals')
  @Needs('identity.follow')
  @ApiOperation({ summary: 'Ai đã xem danh tính – who was shown the identity, when and why' })
  @ApiResponse({ status: 200, type: RevealsResponse })
  @Problems('not-found', 'not-responsible')
  async listReveals(@Param('id', IdPipe) id: string, @Caller() by: Official): Promise<RevealsResponse> {
    return toReveals(await this.reveals.reveals(id, by), this.units.structure);
  }

  @Post('identity/look-ups')
  @NotRepeatable(eachLookCounts)
  @Needs('identity.reveal')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Tra theo số định danh – denunciations of somebody by national id, among those whose identity you may know',
    description: 'The national id is compared through a keyed blind index; the look is recorded with its reason.',
  })
  @ApiResponse({ status: 200, type: LookUpResponse })
  @Problems('validation-failed')
  async lookUp(@Body() { nationalId, reason }: LookUpDto, @Caller() by: Official): Promise<LookUpResponse> {
    return { items: await this.reveals.lookUp(nationalId, reason, by) };
  }
}
