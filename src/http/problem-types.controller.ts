import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/access.decorators.js';
import { Problem, type ProblemCode } from '../problems/problem.js';
import { Problems } from './api-problems.js';
import { problemCatalogue, problemType } from './problem-catalogue.js';

class BilingualAnswer {
  @ApiProperty()
  vi: string;

  @ApiProperty()
  en: string;
}

class ProblemTypeAnswer {
  @ApiProperty({ example: '/api/v1/problems/precondition-failed' })
  type: string;

  @ApiProperty({ example: 412 })
  status: number;

  @ApiProperty({ type: BilingualAnswer })
  title: BilingualAnswer;
}

@ApiTags('operations')
@Controller('problems')
@Public()
export class ProblemTypesController {
  @Get()
  @ApiOperation({ summary: 'Các loại lỗi – every kind of problem this API answers with' })
  @ApiResponse({ status: 200, type: [ProblemTypeAnswer] })
  all(): ProblemTypeAnswer[] {
    return (Object.keys(problemCatalogue) as ProblemCode[]).map(toAnswer);
  }

  @Get(':code')
  @ApiOperation({ summary: 'Một loại lỗi – what a problem type means' })
  @ApiResponse({ status: 200, type: ProblemTypeAnswer })
  @Problems('not-found')
  one(@Param('code') code: string): ProblemTypeAnswer {
    if (!Object.hasOwn(problemCatalogue, code)) throw Problem.notFound('loại lỗi này', 'problem type');
    return toAnswer(code as ProblemCode);
  }
}

function toAnswer(code: ProblemCode): ProblemTypeAnswer {
  return { type: problemType(code), ...problemCatalogue[code] };
}
