import { ApiProperty } from '@nestjs/swagger';
import { UnitReference } from '../units/unit.response.js';
import { stageBases, type StageBasis } from '../../rules/competence/stage.js';
import { outcomes, type Outcome } from '../../rules/evaluation/evaluation.js';
import { type Stage, stages } from '../../rules/evaluation/filing.js';
import { flagCodes, type FlagCode } from '../../rules/evaluation/flag-rules.js';
import { listedRuleKinds, type ListedRule } from './rules.service.js';

export class BilingualResponse {
  vi: string;
  en: string;
}

export class SourceResponse {
  @ApiProperty({ example: '02/2011/QH13' })
  instrument: string;

  @ApiProperty({ required: false, example: '7' })
  article?: string;
}

export class FlagResponse {
  @ApiProperty({ enum: flagCodes })
  code: FlagCode;

  @ApiProperty({ example: 'over_level.complaint' })
  ruleId: string;

  @ApiProperty({ example: '2014' })
  ruleVersion: string;

  /** Steps from the competent authority up to where the petition was filed; for `over_level` alone. */
  @ApiProperty({ required: false, example: 2 })
  levelsSkipped?: number;

  /** The facts that the rule used. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: { filedOn: '2018-05-10', competent: 'Phường Trúc Bạch' } })
  facts: Record<string, unknown>;

  sources: SourceResponse[];
  explanation: BilingualResponse;
}

export class ComputedLimitResponse {
  @ApiProperty({ example: 'denunciation.transfer' })
  ruleId: string;

  @ApiProperty({ example: '2018' })
  ruleVersion: string;

  @ApiProperty({ format: 'date', example: '2025-04-24' })
  startsOn: string;

  /** Last legal day. */
  @ApiProperty({ format: 'date', example: '2025-05-05' })
  dueOn: string;

  @ApiProperty({ example: 5 })
  amount: number;

  @ApiProperty({ enum: ['calendar_days', 'working_days'] })
  unit: 'calendar_days' | 'working_days';

  /** `provisional` where a day of the period may still change. */
  @ApiProperty({ enum: ['official', 'provisional'] })
  calendarStatus: 'official' | 'provisional';

  /** First day on which the open limit counts as backlog. */
  @ApiProperty({ format: 'date', example: '2025-06-05' })
  backlogOn: string;

  sources: SourceResponse[];

  /** Where texts of the law differ: which one was followed, and why; else null. */
  reading: BilingualResponse | null;
}

export class CompetenceRuleReference {
  @ApiProperty({ example: 'competence.complaint.first' })
  id: string;

  @ApiProperty({ example: '2011' })
  version: string;

  title: BilingualResponse;
  sources: SourceResponse[];

  /** False where the row was not read in the text of the law. */
  verified: boolean;
}

export class EvaluationResponse {
  @ApiProperty({ enum: stages })
  stage: Stage;

  /** Why the petition is at this stage. */
  @ApiProperty({ enum: stageBases })
  stageBasis: StageBasis;

  /** Null where the authority stands above all units, e.g. a minister; see `competentAuthority`. */
  competentUnit: UnitReference | null;

  @ApiProperty({
    type: BilingualResponse,
    example: { vi: 'Chủ tịch UBND Phường Trúc Bạch (lần đầu)', en: "the chair of the People's Committee of Phường Trúc Bạch (first)" },
  })
  competentAuthority: BilingualResponse;

  /** The rule that says who is competent at first instance. */
  competenceRule: CompetenceRuleReference;

  @ApiProperty({ example: false })
  withinCompetence: boolean;

  flags: FlagResponse[];

  @ApiProperty({ enum: outcomes })
  recommendedOutcome: Outcome;

  /** What the law lets the unit do instead. */
  @ApiProperty({ enum: outcomes, isArray: true, example: [] })
  alsoAllowed: Outcome[];

  limits: ComputedLimitResponse[];
}

export class RuleVersionResponse {
  @ApiProperty({ example: '2018' })
  version: string;

  @ApiProperty({ format: 'date', example: '2019-01-01' })
  from: string;

  /** Last day in force; null while it is in force. */
  @ApiProperty({ format: 'date' })
  to: string | null;

  sources: SourceResponse[];

  /** False where the row was not read in the text of the law: to be checked by a person. */
  verified: boolean;

  /** What the version says, e.g. the days of a limit. */
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { startsAt: 'acceptance', unit: 'calendar_days', days: { normal: 30 } },
  })
  content: Record<string, unknown>;
}

export class RuleResponse {
  @ApiProperty({ example: 'denunciation.resolution' })
  id: string;

  @ApiProperty({ enum: listedRuleKinds })
  kind: ListedRule['kind'];

  title: BilingualResponse;
  versions: RuleVersionResponse[];
}

export class ReadingResponse {
  @ApiProperty({ example: 'complaint.acceptance.days' })
  id: string;

  reading: BilingualResponse;
  sources: SourceResponse[];

  /** Who should confirm it. */
  confirmedBy: BilingualResponse;
}

export class RuleListResponse {
  items: RuleResponse[];

  /** How the law is read where its texts leave a choice, differ or say nothing: for a lawyer to confirm. */
  readings: ReadingResponse[];
}
