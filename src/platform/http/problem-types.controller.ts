import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../access/access.decorators.js';
import { Problem, type ProblemCode } from '../problems/problem.js';
import { Problems } from './api-problems.js';
import { problemCatalogue, problemType } from './problem-catalogue.js';

class BilingualResponse {
  @ApiProperty()
  vi: string;

  @ApiProperty()
  en: string;
}

class ProblemTypeResponse {
  @ApiProperty({ example: '/api/v1/problems/precondition-failed' })
  type: string;

  @ApiProperty({ example: 412 })
  status: number;

  @ApiProperty({ type: BilingualResponse })
  title: BilingualResponse;
}

@ApiTags('operations')
@Controller('problems')
@Public()
export class ProblemTypesController {
  @Get()
  @ApiOperation({ summary: 'Các loại lỗi – every kind of problem this API answers with' })
  @ApiResponse({ status: 200, type: [ProblemTypeResponse] })
  all(): ProblemTypeResponse[] {
    return (Object.keys(problemCatalogue) as ProblemCode[]).map(toResponse);
  }

  @Get(':code')
  @ApiOperation({ summary: 'Một loại lỗi – what a problem type means' })
  @ApiResponse({ status: 200, type: ProblemTypeResponse })
  @Problems('not-found')
  one(@Param('code') code: string): ProblemTypeResponse {
    if (!Object.hasOwn(problemCatalogue, code)) throw Problem.notFound('loại lỗi này', 'problem type');
    return toResponse(code as ProblemCode);
  }
}

function toResponse(code: ProblemCode): ProblemTypeResponse {
  return { type: problemType(code), ...problemCatalogue[code] };
}
