import { ApiProperty } from '@nestjs/swagger';
import { complexities, type Complexity } from '../rules/limits/limit-rule.js';
import { type ComplexityCriterionId, complexityCriterionIds } from '../rules/resolution/complexity.js';
import { BilingualAnswer } from '../rules/rules.answer.js';

export class ComplexityCriterionAnswer {
  @ApiProperty({ enum: complexityCriterionIds })
  id: ComplexityCriterionId;

  @ApiProperty({ type: BilingualAnswer })
  title: BilingualAnswer;
}

export class ComplexityFindingAnswer {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'date', example: '2026-07-20' })
  foundOn: string;

  /** Those that are met; none where the matter turned out not to be complex. */
  @ApiProperty({ type: [ComplexityCriterionAnswer] })
  criteria: ComplexityCriterionAnswer[];

  @ApiProperty({ enum: complexities })
  complexity: Complexity;

  @ApiProperty()
  reason: string;

  @ApiProperty({ type: String, nullable: true, example: '52/BC-UBND' })
  documentNumber: string | null;

  @ApiProperty({ example: 'commune.leader' })
  foundBy: string;
}

export class ComplexityFindingsAnswer {
  @ApiProperty({ type: [ComplexityFindingAnswer] })
  items: ComplexityFindingAnswer[];
}
