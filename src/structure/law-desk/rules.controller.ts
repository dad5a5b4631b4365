import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Needs } from '../../platform/access/access.decorators.js';
import { Problems } from '../../platform/http/api-problems.js';
import { NotRepeatable, storesNothing } from '../../platform/http/not-repeatable.decorator.js';
import { toUnitReference } from '../units/unit.response.js';
import { EvaluationDto, LimitDto } from './dto/evaluation.dto.js';
import { evaluationExamples, limitExamples } from './dto/evaluation.examples.js';
import { toFiling } from './dto/to-filing.js';
import { ordinary } from '../../rules/limits/limit-rule.js';
import { ComputedLimitResponse, EvaluationResponse, RuleListResponse } from './rules.response.js';
import { readings } from '../../rules/readings.js';
import { RulesService } from './rules.service.js';

@ApiTags('rules')
@Controller('rules')
export class RulesController {
  constructor(private readonly rules: RulesService) {}

  @Get()
  @Needs('reference.read')
  @ApiOperation({
    summary: 'Các quy định – every limit, competence and flag rule with versions, periods and sources, and how the law is read',
  })
  @ApiResponse({ status: 200, type: RuleListResponse })
  list(): RuleListResponse {
    return { items: this.rules.list(), readings: [...readings] };
  }

  @Post('evaluations')
  @NotRepeatable(storesNothing)
  @Needs('reference.read')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Đánh giá việc nộp đơn – who is competent, whether it is over-level, what to do and what is due',
    description: 'Stores nothing. Units are those valid on `filedOn`; every flag and limit carries its legal source.',
  })
  @ApiResponse({ status: 200, type: EvaluationResponse })
  @Problems('validation-failed', 'unit-not-valid', 'rule-not-applicable')
  @ApiBody({ type: EvaluationDto, examples: evaluationExamples })
  evaluate(@Body() dto: EvaluationDto): EvaluationResponse {
    const { competentUnit, competenceRule, ...evaluation } = this.rules.evaluate(
      toFiling(dto, {
        filedOn: dto.filedOn,
        filedAtUnitId: dto.filedAtUnitId,
        stage: dto.stage ?? null,
        channel: dto.channel ?? null,
        guidedBeforeOn: dto.guidedBeforeOn ?? null,
      }),
    );
    const { id, version, title, sources, verified } = competenceRule;
    return {
      ...evaluation,
      competentUnit: competentUnit && toUnitReference(competentUnit),
      competenceRule: { id, version, title, sources, verified },
    };
  }

  @Post('limits')
  @NotRepeatable(storesNothing)
  @Needs('reference.read')
  @HttpCode(200)
  @ApiOperation({ summary: 'Tính thời hạn – the last legal day of one limit' })
  @ApiResponse({ status: 200, type: ComputedLimitResponse })
  @Problems('validation-failed', 'rule-not-applicable')
  @ApiBody({ type: LimitDto, examples: limitExamples })
  limit(@Body() { ruleId, startsOn, extensionsDays, suspendedDays, ...circumstances }: LimitDto): ComputedLimitResponse {
    return this.rules.limit({
      ruleId,
      startsOn,
      complexity: circumstances.complexity ?? ordinary.complexity,
      remoteArea: circumstances.remoteArea ?? false,
      multiplePlaces: circumstances.multiplePlaces ?? false,
      dismissal: circumstances.dismissal ?? false,
      kind: circumstances.kind ?? null,
      extensionsDays: extensionsDays ?? [],
      suspendedDays: suspendedDays ?? 0,
    });
  }
}
