import { asWritten } from '../../platform/text/legal-date.js';
import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendar/calendar.service.js';
import { type Bilingual, Problem } from '../../platform/problems/problem.js';
import { UnitDirectory } from '../units/unit-directory.js';
import { competenceRules } from '../../rules/competence/competence-rules.js';
import { evaluate, type Evaluation } from '../../rules/evaluation/evaluation.js';
import type { Filing } from '../../rules/evaluation/filing.js';
import { flagRules } from '../../rules/evaluation/flag-rules.js';
import { type Limit, type LimitFault, limitFor, type LimitQuestion, limitRules } from '../../rules/limits/limit.js';
import { allowanceRates } from '../../rules/reception/allowances.js';
import { headDayRules } from '../../rules/reception/head-days.js';
import { receptionGrounds, receptionRules } from '../../rules/reception/reception-rules.js';
import { onlineRules } from '../../rules/reception/online.js';
import { refusals } from '../../rules/reception/refusals.js';
import { complexityRules } from '../../rules/resolution/complexity.js';
import { endingRules } from '../../rules/resolution/ending-grounds.js';
import { presiderRules } from '../../rules/resolution/dialogue-presider.js';
import { dialogueRules } from '../../rules/resolution/dialogue-duty.js';
import { requiredRegulationRules } from '../../rules/regulations/required-regulations.js';
import type { VersionedRule } from '../../rules/source.js';

export const listedRuleKinds = ['limit', 'competence', 'flag', 'reception', 'resolution', 'regulation'] as const;

/** A rule with its versions in time, as data to read. */
export interface ListedRule {
  id: string;
  kind: (typeof listedRuleKinds)[number];
  title: Bilingual;
  versions: (Omit<VersionedRule, 'id' | 'to'> & { to: string | null; content: Record<string, unknown> })[];
}

/** The law as a service: the pure functions of this folder over today's units and calendars. */
@Injectable()
export class RulesService {
  constructor(
    private readonly units: UnitDirectory,
    private readonly calendars: CalendarService,
  ) {}

  /** Competence, flags, outcome and first limits of a filing; stores nothing. See {@link evaluate}. */
  evaluate(filing: Filing): Evaluation {
    return evaluate(filing, this.units.structure, this.calendars.calendar);
  }

  /** @throws Problem `rule-not-applicable` or `validation-failed` naming the field */
  limit(question: LimitQuestion): Limit {
    const limit = limitFor(question, this.calendars.calendar);
    if ('fault' in limit) throw toProblem(limit);
    return limit;
  }

  /** Every rule held here with its versions. */
  list(): ListedRule[] {
    return [
      ...group('limit', limitRules),
      ...group('competence', competenceRules),
      ...group('flag', flagRules),
      ...group('reception', [...headDayRules, ...receptionRules, ...receptionGrounds, ...refusals, ...onlineRules, ...allowanceRates]),
      ...group('resolution', [...dialogueRules, ...presiderRules, ...complexityRules, ...endingRules]),
      ...group('regulation', requiredRegulationRules),
    ];
  }
}

function group(kind: ListedRule['kind'], rules: readonly (VersionedRule & { title: Bilingual })[]): ListedRule[] {
  const listed = new Map<string, ListedRule>();
  for (const { id, title, version, from, to, sources, verified, ...content } of rules) {
    const rule = listed.get(id) ?? { id, kind, title, versions: [] };
    rule.versions.push({ version, from, to: to ?? null, sources, verified, content });
    listed.set(id, rule);
  }
  return [...listed.values()];
}

function toProblem(fault: LimitFault): Problem {
  switch (fault.fault) {
    case 'unknown_rule':
      return Problem.field('validation-failed', '/ruleId', 'unknown_rule', {
        vi: `Không có thời hạn này. Cho phép: ${fault.known.join(', ')}.`,
        en: `There is no such limit. Allowed: ${fault.known.join(', ')}.`,
      });
    case 'not_in_force':
      return Problem.field('rule-not-applicable', '/startsOn', 'not_in_force', {
        vi: `Quy định không có hiệu lực vào ngày này. Các giai đoạn: ${fault.periods.map(({ from, to }) => `${asWritten(from)}–${to ? asWritten(to) : ''}`).join(', ')}.`,
        en: `The rule is not in force on this day. Periods: ${fault.periods.map(({ from, to }) => `${from}–${to ?? ''}`).join(', ')}.`,
      });
    case 'too_many_extensions':
      return Problem.field('validation-failed', '/extensionsDays', 'too_many_extensions', {
        vi: `Luật cho gia hạn nhiều nhất ${fault.allowed} lần với mức độ phức tạp này.`,
        en: `The law allows at most ${fault.allowed} extension(s) at this complexity.`,
      });
    case 'extension_too_long':
      return Problem.field('validation-failed', `/extensionsDays/${fault.index}`, 'extension_too_long', {
        vi: `Lần gia hạn này nhiều nhất ${fault.longest} ngày.`,
        en: `This extension may have at most ${fault.longest} days.`,
      });
  }
}
