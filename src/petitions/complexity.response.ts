import { ApiProperty } from '@nestjs/swagger';
import { complexities, type Complexity } from '../rules/limits/limit-rule.js';
import { type ComplexityCriterionId, complexityCriterionIds } from '../rules/resolution/complexity.js';
import { BilingualResponse } from '../structure/law-desk/rules.response.js';

export class ComplexityCriterionResponse {
  @ApiProperty({ enum: complexityCriterionIds })
  id: ComplexityCriterionId;

  title: BilingualResponse;
}

export class ComplexityFindingResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'date', example: '2026-07-20' })
  foundOn: string;

  /** Those that are met; none where the matter turned out not to be complex. */
  criteria: ComplexityCriterionResponse[];

  @ApiProperty({ enum: complexities })
  complexity: Complexity;

  reason: string;

  @ApiProperty({ example: '52/BC-UBND' })
  documentNumber: string | null;

  @ApiProperty({ example: 'commune.leader' })
  foundBy: string;
}

export class ComplexityFindingsResponse {
  items: ComplexityFindingResponse[];
}
