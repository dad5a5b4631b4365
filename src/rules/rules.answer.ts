import { ApiProperty } from '@nestjs/swagger';
import { UnitReference } from '../units/unit.answer.js';
import { stageBases, type StageBasis } from './competence/stage.js';
import { outcomes, type Outcome } from './evaluation/evaluation.js';
import { type Stage, stages } from './evaluation/filing.js';
import { flagCodes, type FlagCode } from './evaluation/flag-rules.js';
import { listedRuleKinds, type ListedRule } from './rules.service.js';

export class BilingualAnswer {
  @ApiProperty()
  vi: string;

  @ApiProperty()
  en: string;
}

export class SourceAnswer {
  @ApiProperty({ example: '02/2011/QH13' })
  instrument: string;

  @ApiProperty({ required: false, example: '7' })
  article?: string;
}

export class FlagAnswer {
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

  @ApiProperty({ type: [SourceAnswer] })
  sources: SourceAnswer[];

  @ApiProperty({ type: BilingualAnswer })
  explanation: BilingualAnswer;
}

export class ComputedLimitAnswer {
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

  @ApiProperty({ type: [SourceAnswer] })
  sources: SourceAnswer[];

  /** Where texts of the law differ: which one was followed, and why; else null. */
  @ApiProperty({ type: BilingualAnswer, nullable: true })
  reading: BilingualAnswer | null;
}

export class CompetenceRuleReference {
  @ApiProperty({ example: 'competence.complaint.first' })
  id: string;

  @ApiProperty({ example: '2011' })
  version: string;

  @ApiProperty({ type: BilingualAnswer })
  title: BilingualAnswer;

  @ApiProperty({ type: [SourceAnswer] })
  sources: SourceAnswer[];

  /** False where the row was not read in the text of the law. */
  @ApiProperty()
  verified: boolean;
}

export class EvaluationAnswer {
  @ApiProperty({ enum: stages })
  stage: Stage;

  /** Why the petition is at this stage. */
  @ApiProperty({ enum: stageBases })
  stageBasis: StageBasis;

  /** Null where the authority stands above all units, e.g. a minister; see `competentAuthority`. */
  @ApiProperty({ type: UnitReference, nullable: true })
  competentUnit: UnitReference | null;

  @ApiProperty({
    type: BilingualAnswer,
    example: { vi: 'Chủ tịch UBND Phường Trúc Bạch (lần đầu)', en: "the chair of the People's Committee of Phường Trúc Bạch (first)" },
  })
  competentAuthority: BilingualAnswer;

  /** The rule that says who is competent at first instance. */
  @ApiProperty({ type: CompetenceRuleReference })
  competenceRule: CompetenceRuleReference;

  @ApiProperty({ example: false })
  withinCompetence: boolean;

  @ApiProperty({ type: [FlagAnswer] })
  flags: FlagAnswer[];

  @ApiProperty({ enum: outcomes })
  recommendedOutcome: Outcome;

  /** What the law lets the unit do instead. */
  @ApiProperty({ enum: outcomes, isArray: true, example: [] })
  alsoAllowed: Outcome[];

  @ApiProperty({ type: [ComputedLimitAnswer] })
  limits: ComputedLimitAnswer[];
}

export class RuleVersionAnswer {
  @ApiProperty({ example: '2018' })
  version: string;

  @ApiProperty({ format: 'date', example: '2019-01-01' })
  from: string;

  /** Last day in force; null while it is in force. */
  @ApiProperty({ format: 'date', nullable: true })
  to: string | null;

  @ApiProperty({ type: [SourceAnswer] })
  sources: SourceAnswer[];

  /** False where the row was not read in the text of the law: to be checked by a person. */
  @ApiProperty()
  verified: boolean;

  /** What the version says, e.g. the days of a limit. */
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { startsAt: 'acceptance', unit: 'calendar_days', days: { normal: 30 } },
  })
  content: Record<string, unknown>;
}

export class RuleAnswer {
  @ApiProperty({ example: 'denunciation.resolution' })
  id: string;

  @ApiProperty({ enum: listedRuleKinds })
  kind: ListedRule['kind'];

  @ApiProperty({ type: BilingualAnswer })
  title: BilingualAnswer;

  @ApiProperty({ type: [RuleVersionAnswer] })
  versions: RuleVersionAnswer[];
}

export class ReadingAnswer {
  @ApiProperty({ example: 'complaint.acceptance.days' })
  id: string;

  @ApiProperty({ type: BilingualAnswer })
  reading: BilingualAnswer;

  @ApiProperty({ type: [SourceAnswer] })
  sources: SourceAnswer[];

  /** Who should confirm it. */
  @ApiProperty({ type: BilingualAnswer })
  confirmedBy: BilingualAnswer;
}

export class RuleListAnswer {
  @ApiProperty({ type: [RuleAnswer] })
  items: RuleAnswer[];

  /** How the law is read where its texts leave a choice, differ or say nothing: for a lawyer to confirm. */
  @ApiProperty({ type: [ReadingAnswer] })
  readings: ReadingAnswer[];
}
