import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, Needs } from '../../platform/access/access.decorators.js';
import type { Official } from '../../platform/access/official.js';
import { Problems } from '../../platform/http/api-problems.js';
import { contentDisposition } from '../../platform/http/file-answer.js';
import { ledgerMediaTypes } from '../../platform/tabular/ledger-file.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { AllowanceListResponse, toAllowanceList } from './allowances.response.js';
import { AllowancesService } from './allowances.service.js';
import { AllowancesQuery } from './dto/allowances.dto.js';

@ApiTags('reception-figures')
@Controller('reception-allowances')
@Needs('reception.read')
export class AllowancesController {
  constructor(
    private readonly allowances: AllowancesService,
    private readonly units: UnitDirectory,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Danh sách hưởng bồi dưỡng tiếp công dân – who is entitled to the daily allowance for receiving citizens in a month',
    description:
      'Person by person (Decree 154/2026/NĐ-CP arts 37–39, Circular 320/2016/TT-BTC as amended by Circular 65/2026/TT-BTC): the working days on which somebody received by the roster after substitutions (art. 38(1)), or held a session as head or delegate that was closed (art. 38(2)), each day once and none after today. Two amounts, because who draws the professional responsibility allowance is not known here. Days before 2026-07-27 have no amount: the earlier rates are not held here. Not in it, because no roster has them: who assists, keeps order or gives medical care (art. 38(3)), who does nothing but process petitions (art. 38(4)), and of art. 38(1) and 38(2) whoever helps, processes petitions or was summoned without standing in roster or session.',
  })
  @ApiResponse({ status: 200, type: AllowanceListResponse })
  @Problems('validation-failed')
  async list(@Query() query: AllowancesQuery, @Caller() by: Official): Promise<AllowanceListResponse> {
    return toAllowanceList(await this.allowances.list(query, by), this.units.structure);
  }

  @Get('exports')
  @ApiProduces(ledgerMediaTypes.xlsx)
  @ApiOperation({
    summary: 'Xuất danh sách hưởng bồi dưỡng tiếp công dân – the list of a month as XLSX',
    description: 'The same rows, with the notes on rates, counting and who is not in the list below them.',
  })
  @ApiResponse({ status: 200, description: 'The file', schema: { type: 'string', format: 'binary' } })
  @Problems('validation-failed')
  async export(@Query() query: AllowancesQuery, @Caller() by: Official, @Res() reply: FastifyReply): Promise<void> {
    const file = await this.allowances.xlsx(query, by);
    await reply
      .headers({
        'content-type': ledgerMediaTypes.xlsx,
        'content-disposition': contentDisposition(`boi-duong-tiep-cong-dan-${query.month}.xlsx`),
        'cache-control': 'private, no-store',
      })
      .send(file);
  }
}
