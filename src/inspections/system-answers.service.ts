import { Injectable } from '@nestjs/common';
import type { Official } from '../platform/access/official.js';
import { today } from '../platform/text/today.js';
import { Transactions } from '../platform/database/transactions.js';
import { KeptLimitsService } from '../petitions/limits/kept-limits.service.js';
import { type IndicatorCode, indicators, lightOf, type Part } from '../oversight/overview/indicators.js';
import { IndicatorsService, type UnitIndicators } from '../oversight/overview/indicators.service.js';
import { fullUse } from '../oversight/rollout/rollout.js';
import { UsageService } from '../oversight/rollout/usage.service.js';
import type { Bilingual } from '../platform/problems/problem.js';
import { RegulationOverviewService } from '../regulations/regulation-overview.service.js';
import { type RegulationType, requiredRegulations } from '../rules/regulations/required-regulations.js';
import { type LimitTopic, limitTopics } from '../rules/inspections/limit-topics.js';
import type { ItemResult } from '../rules/inspections/score.js';
import type { LegalDate } from '../platform/text/legal-date.js';
import type { Unit, UnitStructure } from '../rules/structure/unit-structure.js';
import { AccessScope } from '../structure/units/access-scope.js';
import { UnitDirectory } from '../structure/units/unit-directory.js';
import type { SystemAnswer } from './inspection.js';
import { receptionFacts, recordFacts } from './inspections.queries.js';

interface ReceptionFacts {
  posted: string[];
  sessions: number;
  sessionsWithMinutes: number;
  answers: number;
  answersInTime: number;
  gatherings: number;
  gatheringsAcknowledged: number;
  findingsDue: number;
  findingsMended: number;
}

interface RecordFacts {
  visits: number;
  visitsComplete: number;
  visitGaps: number;
  petitions: number;
  petitionsComplete: number;
  petitionGaps: number;
  grounds: number;
  groundsHeard: number;
  dialogues: number;
  dialoguesHeld: number;
}

/** Items that say how limits were kept. */
const limitItems: Record<string, { topic: LimitTopic; counts: Bilingual }> = {
  E2: { topic: 'acceptance', counts: { vi: 'thụ lý đúng hạn / đến hạn', en: 'acceptances in time of those due' } },
  E3: { topic: 'processing', counts: { vi: 'xử lý, chuyển đúng hạn / đến hạn', en: 'processed and transferred in time of those due' } },
  F1: { topic: 'resolution', counts: { vi: 'giải quyết đúng hạn / đến hạn', en: 'settled in time of those due' } },
  F3: { topic: 'sending', counts: { vi: 'gửi, công khai đúng hạn / đến hạn', en: 'sent and published in time of those due' } },
  F4: { topic: 'enforcement', counts: { vi: 'thi hành đúng hạn / đến hạn', en: 'carried out in time of those due' } },
};

/** Items that an indicator of the overview answers. */
const indicatorItems: Record<string, IndicatorCode> = {
  D1: 'head_days_held',
  E4: 'over_level',
  F5: 'backlog_without_plan',
  J1: 'superior_stale',
};

/** What must hang at the wall for an item. */
const noticeItems: Record<string, string[]> = {
  B1: ['house_rules'],
  B2: ['head_schedule'],
  B3: ['receivers'],
  B4: ['process_chart', 'rights_and_duties', 'where_to_file'],
};

/** Answers items of a checklist from the data of the inspected unit: the result, the figure that made it, and the list behind that. */
@Injectable()
export class SystemAnswersService {
  constructor(
    private readonly transactions: Transactions,
    private readonly scope: AccessScope,
    private readonly units: UnitDirectory,
    private readonly indicators: IndicatorsService,
    private readonly limits: KeptLimitsService,
    private readonly regulations: RegulationOverviewService,
    private readonly usage: UsageService,
  ) {}

  /** By code; an item that is not in it is for a person alone. */
  async of(unit: Unit, { from, to }: { from: LegalDate; to: LegalDate }, by: Official): Promise<Map<string, SystemAnswer>> {
    const covered = this.scope.covered(by, unit, false);
    const ids = covered.map(({ id }) => id);
    const answers = new Map<string, SystemAnswer>();
    const place = { unitId: unit.id, below: false, from, to };
    const figures = added(await this.indicators.indicatorsOf(covered, { from, to: to < today() ? to : today() }, by));
    for (const [code, indicator] of Object.entries(indicatorItems)) {
      const figure = figures.get(indicator) ?? { part: 0, of: 0 };
      const { counts, list } = indicators[indicator];
      answers.set(code, { result: fromLight[lightOf(indicator, figure)], ...figure, counts, list: list(place) });
    }
    const rules = await this.limits.byRule(ids, from, to);
    for (const [code, { topic, counts }] of Object.entries(limitItems)) {
      const found = rules.filter(({ ruleId }) => limitTopics[topic].test(ruleId));
      const kept = found.reduce((total, row) => total + row.kept, 0);
      const of = found.reduce((total, row) => total + row.kept + row.notKept, 0);
      answers.set(code, { ...byShare({ part: kept, of }, counts), list: indicators.limits_kept.list(place) });
    }
    await this.answerReception(answers, ids, { from, to });
    await this.answerRecords(answers, ids, place);
    await this.answerRegulations(answers, unit, this.units.structure);
    await this.answerSoftware(answers, ids, place);
    return answers;
  }

  private async answerReception(
    answers: Map<string, SystemAnswer>,
    ids: readonly string[],
    { from, to }: { from: LegalDate; to: LegalDate },
  ): Promise<void> {
    const [facts] = await this.transactions.rows<ReceptionFacts & Record<string, unknown>>(receptionFacts, [ids, from, to]);
    const { posted, sessions, sessionsWithMinutes, answers: due, answersInTime, gatherings, gatheringsAcknowledged } = facts!;
    const { findingsDue, findingsMended } = facts!;
    for (const [code, types] of Object.entries(noticeItems)) {
      const part = types.filter((type) => posted.includes(type)).length;
      answers.set(code, {
        result: part === types.length ? 'met' : part > 0 ? 'partly' : 'not_met',
        part,
        of: types.length,
        counts: { vi: 'đã niêm yết / phải niêm yết', en: 'posted of those that must be' },
        list: null,
      });
    }
    answers.set('C4', {
      ...byShare(
        { part: sessionsWithMinutes, of: sessions },
        { vi: 'kỳ có biên bản / kỳ đã tiếp', en: 'sessions with minutes of those held' },
      ),
      list: null,
    });
    answers.set('D3', {
      ...byShare({ part: answersInTime, of: due }, { vi: 'trả lời đúng hạn / đến hạn', en: 'answered in time of those due' }),
      list: null,
    });
    answers.set('J2', {
      ...byShare(
        { part: gatheringsAcknowledged, of: gatherings },
        { vi: 'đã xác nhận / lần tập trung', en: 'acknowledged of the gatherings' },
      ),
      list: `/api/v1/reception-incidents?unitId=${ids[0]}&as=origin&from=${from}&to=${to}`,
    });
    answers.set('K2', {
      ...byShare(
        { part: findingsMended, of: findingsDue },
        { vi: 'đã khắc phục / kết luận trước, đến hạn', en: 'mended of earlier findings that are due' },
      ),
      list: `/api/v1/inspection-findings?unitId=${ids[0]}&includeSubordinates=false`,
    });
  }

  private async answerRecords(
    answers: Map<string, SystemAnswer>,
    ids: readonly string[],
    { unitId, from, to }: { unitId: string; from: LegalDate; to: LegalDate },
  ): Promise<void> {
    const [facts] = await this.transactions.rows<RecordFacts & Record<string, unknown>>(recordFacts, [ids, from, to]);
    const {
      visits,
      visitsComplete,
      visitGaps,
      petitions,
      petitionsComplete,
      petitionGaps,
      grounds,
      groundsHeard,
      dialogues,
      dialoguesHeld,
    } = facts!;
    const below = `unitId=${unitId}&includeSubordinates=false`;
    const ledger = (figure: Part, gaps: number) => {
      const counts = {
        vi: `dòng đủ cột / dòng trong sổ; ${gaps} số bị khuyết`,
        en: `rows with every column of those in the ledger; ${gaps} numbers missing`,
      };
      const answer = byShare(figure, counts);
      return gaps > 0 ? { ...answer, result: 'not_met' as const } : answer;
    };
    answers.set('C1', {
      ...ledger({ part: visitsComplete, of: visits }, visitGaps),
      list: `/api/v1/data-quality/visit_without_result?${below}`,
    });
    answers.set('C2', {
      ...ledger({ part: petitionsComplete, of: petitions }, petitionGaps),
      list: `/api/v1/data-quality/petition_without_field?${below}`,
    });
    answers.set('D2', {
      ...byShare(
        { part: groundsHeard, of: grounds },
        {
          vi: 'được tiếp đột xuất trong ngày hoặc hôm sau / đoàn đông người tại trụ sở',
          en: 'received at once of the gatherings at the own office',
        },
      ),
      list: `/api/v1/reception-incidents?${below}&as=recorded&from=${from}&to=${to}`,
    });
    answers.set('F2', {
      ...byShare(
        { part: dialoguesHeld, of: dialogues },
        { vi: 'đã đối thoại / khiếu nại đã quyết định phải đối thoại', en: 'with a dialogue of complaints decided that called for one' },
      ),
      list: null,
    });
  }

  private async answerRegulations(answers: Map<string, SystemAnswer>, unit: Unit, structure: UnitStructure): Promise<void> {
    const required = requiredRegulations(structure.get(unit.id), today());
    const gaps = await this.regulations.ofUnit(unit);
    const list = `/api/v1/regulations/gaps?unitId=${unit.id}&includeSubordinates=false`;
    const of = (types: readonly RegulationType[], gap: string) =>
      types.filter((type) => gaps.some((one) => one.type === type && one.gap === gap)).length;
    const about = (code: string, types: RegulationType[]): void => {
      const asked = types.filter((type) => required.includes(type));
      const [missing, outdated] = [of(asked, 'missing'), of(asked, 'outdated')];
      answers.set(code, {
        result: asked.length === 0 ? 'not_applicable' : missing > 0 ? 'not_met' : outdated > 0 ? 'partly' : 'met',
        part: asked.length - missing - outdated,
        of: asked.length,
        counts: { vi: 'có hiệu lực, còn phù hợp / phải có', en: 'in force and up to date of those required' },
        list,
      });
    };
    about('G1', ['house_rules', 'reception_regulation']);
    about('G2', ['safety_coordination', 'agency_coordination']);
    const inForce = required.length - of(required, 'missing');
    const outdated = of(required, 'outdated');
    answers.set('G3', {
      result: inForce === 0 ? 'not_applicable' : outdated > 0 ? 'not_met' : 'met',
      part: inForce - outdated,
      of: inForce,
      counts: { vi: 'căn cứ còn hiệu lực / đang có hiệu lực', en: 'resting on law in force of those in force' },
      list,
    });
  }

  private async answerSoftware(
    answers: Map<string, SystemAnswer>,
    ids: readonly string[],
    place: { unitId: string; below: boolean; from: LegalDate; to: LegalDate },
  ): Promise<void> {
    const usage = [...(await this.usage.byUnit(ids, place.from, place.to)).values()];
    const sum = (count: (one: (typeof usage)[number]) => number) => usage.reduce((total, one) => total + count(one), 0);
    const figure = { part: sum((one) => one.petitionsInTime + one.visitsInTime), of: sum((one) => one.petitions + one.visits) };
    const counts = { vi: 'nhập trong ngày làm việc kế tiếp / đã nhập', en: 'entered by the next working day of all entries' };
    answers.set('H1', { ...byShare(figure, counts, fullUse.inTime), list: indicators.entered_late.list(place) });
  }
}

const fromLight: Record<ReturnType<typeof lightOf>, ItemResult> = { green: 'met', amber: 'partly', red: 'not_met', none: 'not_applicable' };

/** Nearly all is met, most is partly met; nothing to have a share of does not apply. */
function byShare({ part, of }: Part, counts: Bilingual, enough = 95): Omit<SystemAnswer, 'list'> {
  const share = of === 0 ? null : (part * 100) / of;
  const result: ItemResult = share === null ? 'not_applicable' : share >= enough ? 'met' : share >= 70 ? 'partly' : 'not_met';
  return { result, part, of, counts };
}

function added(found: Map<string, UnitIndicators>): Map<IndicatorCode, Part> {
  const total = new Map<IndicatorCode, Part>();
  for (const unit of found.values())
    for (const [code, { part, of }] of Object.entries(unit) as [IndicatorCode, Part][]) {
      const known = total.get(code) ?? { part: 0, of: 0 };
      total.set(code, { part: known.part + part, of: known.of + of });
    }
  return total;
}
