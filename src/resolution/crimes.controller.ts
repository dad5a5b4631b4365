import { Body, Controller, Post } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { Needs } from '../auth/access.decorators.js';
import type { PetitionAnswer } from '../petitions/petition.answer.js';
import { PetitionView } from '../petitions/petition.view.js';
import { type StepCall, StepCaller, StepDocs } from '../petitions/step.decorators.js';
import { CrimesService } from './crimes.service.js';
import { CrimeTransferDto, SignsOfCrimeDto } from './dto/crimes.dto.js';
import { DispatchAnswer } from './resolution.answer.js';

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
  async find(@StepCaller() { id, expected, by, reply }: StepCall, @Body() order: SignsOfCrimeDto): Promise<PetitionAnswer> {
    return this.view.answer(await this.crimes.find(id, order, expected, by), reply);
  }

  @Post('crime-transfers')
  @StepDocs('Chuyển Cơ quan điều tra – record that it was handed to the investigating body or the procuracy', 201, DispatchAnswer)
  handOver(@StepCaller() { id, expected, by }: StepCall, @Body() order: CrimeTransferDto): Promise<DispatchAnswer> {
    return this.crimes.handOver(id, order, expected, by);
  }
}
