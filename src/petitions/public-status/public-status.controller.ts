import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../platform/access/access.decorators.js';
import { addressOf } from '../../platform/http/address.js';
import { Problems } from '../../platform/http/api-problems.js';
import { Text } from '../../platform/http/fields.js';
import { stateNames } from '../transition.js';
import { officeName } from '../../rules/structure/unit-structure.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { PublicStatusResponse } from './public-status.response.js';
import { PublicStatusService } from './public-status.service.js';

class PublicStatusQuery {
  /** The code on the receipt, with or without its dashes. */
  @Text({ max: 40, example: 'ABCD-EF12-3456' })
  code: string;
}

@ApiTags('public')
@Controller('public/petitions')
export class PublicStatusController {
  constructor(
    private readonly statuses: PublicStatusService,
    private readonly units: UnitDirectory,
  ) {}

  @Get(':number')
  @Public()
  @ApiParam({ name: 'number', example: 'HNI-2026-000123' })
  @ApiOperation({
    summary: 'Tra cứu tình trạng đơn – where a petition stands, with the number and the code of its receipt',
    description:
      'Nothing of who filed it or what it says. A wrong code and a number that there is not get the same answer; guessing is limited by number and address: five wrong codes in an hour.',
  })
  @ApiResponse({ status: 200, type: PublicStatusResponse })
  @Problems('not-found', 'validation-failed')
  async find(
    @Param('number') number: string,
    @Query() { code }: PublicStatusQuery,
    @Req() request: FastifyRequest,
  ): Promise<PublicStatusResponse> {
    const status = await this.statuses.find({ number, code, address: addressOf(request) });
    return {
      number: status.number,
      kind: status.kind,
      state: status.state,
      stateName: stateNames[status.state],
      stage: status.stage,
      receivedOn: status.receivedOn,
      receivedUnit: this.office(status.receivedUnitId),
      responsibleUnit: this.office(status.responsibleUnitId),
      lastStepOn: status.lastStepOn,
      nextDueOn: status.nextDueOn,
      parts: status.parts.map(({ responsibleUnitId: unitId, ...part }) => ({
        ...part,
        stateName: stateNames[part.state],
        responsibleUnit: this.office(unitId),
      })),
    };
  }

  private office(unitId: string): string {
    return officeName(this.units.structure.get(unitId)).vi;
  }
}
