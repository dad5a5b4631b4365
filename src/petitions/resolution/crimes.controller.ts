import { Body, Controller, Post } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { Needs } from '../../platform/access/access.decorators.js';
import type { PetitionResponse } from '../petition.response.js';
import { PetitionView } from '../petition.view.js';
import { type StepCall, StepCaller, StepDocs } from '../step.decorators.js';
import { CrimesService } from './crimes.service.js';
import { CrimeTransferDto, SignsOfCrimeDto } from './dto/crimes.dto.js';
import { DispatchResponse } from './resolution.response.js';

@ApiTags('resolution')
@ApiParam({ name: 'id', schema: { type: 'string' } })
@Controller('petitions/:id')
@Needs('petitions.act')
export class CrimesController {
  constructor(
    private readonly crimes: CrimesService,
    private readonly view: PetitionView,
  ) {}

  @Post('crime-signs')
  @StepDocs(
    'Dấu hiệu tội phạm – record that what is denounced shows signs of a crime; it is then owed to the investigating body at once',
    201,
  )
  async find(@StepCaller() { id, expected, by, reply }: StepCall, @Body() order: SignsOfCrimeDto): Promise<PetitionResponse> {
    return this.view.answer(await this.crimes.find(id, order, expected, by), reply);
  }

  @Post('crime-transfers')
  @StepDocs('Chuyển Cơ quan điều tra – record that it was handed to the investigating body or the procuracy', 201, DispatchResponse)
  handOver(@StepCaller() { id, expected, by }: StepCall, @Body() order: CrimeTransferDto): Promise<DispatchResponse> {
    return this.crimes.handOver(id, order, expected, by);
  }
}
