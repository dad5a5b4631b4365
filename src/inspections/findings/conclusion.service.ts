import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { DocumentsService } from '../../petitions/documents/documents.service.js';
import type { TemplateValues } from '../../petitions/documents/fill-template.js';
import { mustNotLieAhead } from '../../petitions/petitions.service.js';
import { Problem } from '../../platform/problems/problem.js';
import { checklistGroups, scoredItems } from '../../rules/inspections/checklist.js';
import { scoreOf, scoresByGroup } from '../../rules/inspections/score.js';
import { asWritten, type LegalDate } from '../../platform/text/legal-date.js';
import { officeName } from '../../rules/structure/unit-structure.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { reviewSheets } from '../../rules/inspections/review-sheet.js';
import type { Rate } from '../../rules/inspections/sampling.js';
import { papers } from '../../petitions/papers.js';
import type { Inspection, InspectionType, ItemRow } from '../inspection.js';
import { ErrorRatesService } from '../responsibility/error-rates.service.js';
import { SamplesService } from '../responsibility/samples.service.js';
import { InspectionsService, mustBe } from '../inspections.service.js';
import type { Finding, Severity } from './finding.js';
import { FindingsService } from './findings.service.js';

export interface ConclusionOrder {
  assessment: string;
  signerTitle: string;
  signerName: string;
  place: string | null;
  /** Today when left out. */
  concludedOn?: LegalDate;
}

const severityNames: Record<Severity, string> = { minor: 'nhẹ', serious: 'nghiêm trọng', critical: 'đặc biệt nghiêm trọng' };

/** What a conclusion rests on: the lines of its paper, and the score where there is one. */
interface Outcome {
  paper: 'inspection_conclusion' | 'responsibility_conclusion';
  score: number | null;
  results: { label: string; value: string }[];
  context: TemplateValues;
}

/** The end of an inspection: its conclusion as a paper with its number, sent to the inspected unit, which sees the findings from now on. */
@Injectable()
export class ConclusionService {
  constructor(
    private readonly transactions: Transactions,
    private readonly inspections: InspectionsService,
    private readonly findings: FindingsService,
    private readonly documents: DocumentsService,
    private readonly units: UnitDirectory,
    private readonly samples: SamplesService,
    private readonly rates: ErrorRatesService,
  ) {}

  private readonly outcomes: Record<
    InspectionType,
    (inspection: Inspection, findings: readonly Finding[], by: Official) => Promise<Outcome>
  > = {
    regular: (inspection, findings) => this.byChecklist(inspection, findings),
    surprise: (inspection, findings) => this.byChecklist(inspection, findings),
    responsibility: (...about) => this.byReviews(...about),
  };

  /** @throws Problem `action-not-allowed` naming what is missing: answers, findings, reviews */
  conclude(id: string, order: ConclusionOrder, expected: number | null, by: Official): Promise<Inspection> {
    const concludedOn = order.concludedOn ?? today();
    mustNotLieAhead(concludedOn, '/concludedOn');
    return this.transactions.run(async (tx) => {
      const locked = await this.inspections.lock(id, expected, by);
      this.inspections.mustRun(locked, by);
      mustBe(locked, 'started');
      if (concludedOn < locked.startedOn!)
        throw Problem.field('validation-failed', '/concludedOn', 'before_start', {
          vi: `Không được trước ngày bắt đầu ${asWritten(locked.startedOn!)}.`,
          en: `Must not be before the start on ${locked.startedOn}.`,
        });
      const inspection = await this.inspections.get(id, by);
      const findings = await this.findings.ofInspection(id);
      const { paper, score, results, context } = await this.outcomes[inspection.type](inspection, findings, by);
      const document = await this.documents.make(
        {
          paper,
          issuedOn: concludedOn,
          signerTitle: order.signerTitle,
          signerName: order.signerName,
          place: order.place,
          recipients: [officeName(this.units.structure.get(inspection.inspectedUnitId)).vi],
          addresseeUnitIds: [inspection.inspectedUnitId],
          gist: `${papers[paper].title.vi} theo Quyết định ${inspection.decisionNumber}`,
          fields: { assessment: order.assessment },
          context: { ...this.context(inspection, findings), ...context, results },
        },
        by,
      );
      await tx.query(
        `update inspection set state = 'concluded', concluded_on = $2, assessment = $3, document_id = $4, score = $5, version = version + 1 where id = $1`,
        [id, concludedOn, order.assessment, document.id, score],
      );
      return this.inspections.get(id, by);
    });
  }

  /** By the items of the checklist: all answered, and a finding about each that is not met. */
  private byChecklist({ checklist, checklistVersion }: Inspection, findings: readonly Finding[]): Promise<Outcome> {
    mustBeComplete(checklist, findings);
    const scored = scoredItems(checklistVersion, checklist);
    const score = scoreOf(scored);
    const groups = scoresByGroup(scored).map(({ group, score: reached }) => ({
      label: checklistGroups[group].vi,
      value: inPoints(reached),
    }));
    const results = [{ label: 'Điểm chung', value: inPoints(score) }, ...groups];
    return Promise.resolve({ paper: 'inspection_conclusion', score, results, context: {} });
  }

  /** By the sampled petitions: all reviewed. */
  private async byReviews({ id, inspectedHead }: Inspection, _findings: readonly Finding[], by: Official): Promise<Outcome> {
    const { any, questions, population, sampled, reviewed, sheetVersion } = await this.rates.of(id, by);
    if (reviewed < sampled)
      throw new Problem('action-not-allowed', {
        vi: `Còn ${sampled - reviewed} đơn trong mẫu chưa xem xét.`,
        en: `${sampled - reviewed} petitions of the sample are not reviewed.`,
      });
    const { seed, strata } = await this.samples.get(id, by);
    const asked = reviewSheets.find(({ version }) => version === sheetVersion)!.questions;
    const lines = questions.flatMap(({ code, rate }) =>
      rate ? [{ label: `${code} ${asked.find((one) => one.code === code)!.question.vi}`, value: asRate(rate) }] : [],
    );
    return {
      paper: 'responsibility_conclusion',
      score: null,
      results: [{ label: 'Đơn có sai sót', value: asRate(any!) }, ...lines],
      context: {
        inspectedHead: inspectedHead!,
        sampleFacts: `${sampled} đơn chọn ngẫu nhiên trong ${population} đơn của thời kỳ thanh tra, phân tầng theo loại đơn và trạng thái (${strata.length} tầng); mã chọn ${seed}.`,
      },
    };
  }

  private context(inspection: Inspection, findings: readonly Finding[]): TemplateValues {
    const { inspectedUnitId, decisionNumber, decidedOn, subject, periodFrom, periodTo, startedOn } = inspection;
    const rows = findings.map(({ itemCode, description, severity, recommendation, dueOn, earlier }) => ({
      item: itemCode ?? '–',
      description: earlier.times > 0 ? `${description} (đã nêu ${earlier.times} lần trước)` : description,
      severity: severityNames[severity],
      recommendation,
      dueOn: asWritten(dueOn),
    }));
    const none = { item: '–', description: 'Không có tồn tại, hạn chế', severity: '–', recommendation: '–', dueOn: '–' };
    return {
      inspectedUnit: officeName(this.units.structure.get(inspectedUnitId)).vi,
      decisionNumber,
      decidedOn: asWritten(decidedOn),
      subject,
      periodFrom: asWritten(periodFrom),
      periodTo: asWritten(periodTo),
      startedOn: asWritten(startedOn!),
      findings: rows.length > 0 ? rows : [none],
    };
  }
}

function inPoints(score: number | null): string {
  return score === null ? 'không áp dụng' : `${String(score).replace('.', ',')}/100`;
}

function asRate({ share, low, high, wrong, observed }: Rate): string {
  const written = (value: number) => String(value).replace('.', ',');
  return `${written(share)} % (từ ${written(low)} % đến ${written(high)} %); ${wrong}/${observed} đơn`;
}

function mustBeComplete(checklist: readonly ItemRow[], findings: readonly Finding[]): void {
  const unanswered = checklist.filter(({ result }) => result === null).map(({ code }) => code);
  if (unanswered.length > 0)
    throw new Problem('action-not-allowed', {
      vi: `Chưa ghi kết quả các mục: ${unanswered.join(', ')}.`,
      en: `These items are not answered: ${unanswered.join(', ')}.`,
    });
  const found = new Set(findings.map(({ itemCode }) => itemCode));
  const silent = checklist.filter(({ result, code }) => result === 'not_met' && !found.has(code)).map(({ code }) => code);
  if (silent.length > 0)
    throw new Problem('action-not-allowed', {
      vi: `Mục không đạt nhưng chưa nêu tồn tại, kiến nghị: ${silent.join(', ')}.`,
      en: `Not met, but there is no finding about them: ${silent.join(', ')}.`,
    });
}
