import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { DocumentsService } from '../../petitions/documents/documents.service.js';
import { Problem } from '../../platform/problems/problem.js';
import type { ReportPeriod } from '../../rules/reports/periods.js';
import { existsOn, officeName, type Unit } from '../../rules/structure/unit-structure.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { ReportRows } from '../report-rows.js';
import { DeadlinesService, reporterOf } from './deadlines.service.js';
import type { Submission, SubmissionState } from './submission.js';
import { newestOf, urgedReports } from './submissions.queries.js';
import { asWritten } from '../../platform/text/legal-date.js';

export interface ReportUrged {
  count: number;
  lastOn: string;
  documentId: string;
}

/** How a unit stands with its report for a period. */
export interface UnitReportStatus {
  unit: Unit;
  dueOn: string | null;
  /** Null where there is none yet. */
  state: SubmissionState | null;
  report: Submission | null;
  /** It was not handed in by its last day, or has not been by today. */
  late: boolean;
  /** How often and when last it was urged, with the last letter. */
  urged: ReportUrged | null;
}

export interface PeriodStatus {
  unit: Unit;
  period: ReportPeriod;
  counts: { units: number; none: number; draft: number; submitted: number; returned: number; accepted: number; late: number };
  items: UnitReportStatus[];
}

export interface ReportUrgingOrder {
  period: ReportPeriod;
  /** Everybody who has not handed in when left out. */
  unitIds: string[];
  signerTitle: string;
  signerName: string;
}

/** Who has reported for a period and who has not, and the letters that urge those. */
@Injectable()
export class ReportStatusService {
  constructor(
    private readonly transactions: Transactions,
    private readonly scope: AccessScope,
    private readonly rows: ReportRows,
    private readonly deadlines: DeadlinesService,
    private readonly documents: DocumentsService,
  ) {}

  /** @throws Problem `not-found` for a unit out of the caller's scope */
  async statusOf(unitId: string | undefined, period: ReportPeriod, by: Official): Promise<PeriodStatus> {
    const unit = this.rows.unitOf(unitId, by);
    const reporting = this.scope.covered(by, unit, true, period.to).filter((one) => reporterOf(one) !== null && existsOn(one, period.to));
    const ids = reporting.map(({ id }) => id);
    const newest = await this.transactions.rows<Submission & Record<string, unknown>>(newestOf, [ids, period.code]);
    const urged = await this.transactions.rows<ReportUrged & { unitId: string } & Record<string, unknown>>(urgedReports, [
      ids,
      period.code,
    ]);
    const deadlines = await this.deadlines.allDeadlines();
    const now = today();
    const items = reporting.map((one): UnitReportStatus => {
      const report = newest.find((row) => row.unitId === one.id) ?? null;
      const dueOn = report?.dueOn ?? DeadlinesService.dueOn(deadlines, one, period);
      const urging = urged.find((row) => row.unitId === one.id);
      const handedIn = report && report.state !== 'draft' && report.state !== 'returned' ? report.submittedOn : null;
      return {
        unit: one,
        dueOn,
        state: report?.state ?? null,
        report,
        late: dueOn !== null && (handedIn ?? now) > dueOn,
        urged: urging ? { count: urging.count, lastOn: urging.lastOn, documentId: urging.documentId } : null,
      };
    });
    const having = (state: SubmissionState | null) => items.filter((item) => item.state === state).length;
    return {
      unit,
      period,
      counts: {
        units: items.length,
        none: having(null),
        draft: having('draft'),
        submitted: having('submitted'),
        returned: having('returned'),
        accepted: having('accepted'),
        late: items.filter(({ late }) => late).length,
      },
      items,
    };
  }

  /**
   * Urges units to hand in their report: a letter to each, with its number.
   * @throws Problem naming a unit that has handed in, is not below, or the period that is not over; `action-not-allowed` where nobody is to be urged
   */
  urge({ period, unitIds, signerTitle, signerName }: ReportUrgingOrder, by: Official): Promise<PeriodStatus> {
    return this.transactions.run(async (tx) => {
      const now = today();
      if (now <= period.to)
        throw Problem.field('validation-failed', '/period', 'period_not_over', {
          vi: `Kỳ báo cáo kết thúc ngày ${asWritten(period.to)}.`,
          en: `The period ends on ${period.to}.`,
        });
      const own = [this.scope.top(by).id, this.scope.home(by).id];
      const { items } = await this.statusOf(undefined, period, by);
      const missing = items.filter(
        ({ unit, state }) => !own.includes(unit.id) && (state === null || state === 'draft' || state === 'returned'),
      );
      const wrong = unitIds.findIndex((id) => !missing.some(({ unit }) => unit.id === id));
      if (wrong >= 0)
        throw Problem.field('validation-failed', `/unitIds/${wrong}`, 'not_missing', {
          vi: 'Đơn vị này không trực thuộc, không phải báo cáo hoặc đã gửi báo cáo.',
          en: 'This unit is not below, does not report, or has handed in.',
        });
      const wanted = unitIds.length > 0 ? missing.filter(({ unit }) => unitIds.includes(unit.id)) : missing;
      if (wanted.length === 0)
        throw new Problem('action-not-allowed', { vi: 'Các đơn vị đều đã gửi báo cáo.', en: 'Every unit has handed in its report.' });
      for (const { unit, dueOn } of wanted) {
        const document = await this.documents.make(
          {
            paper: 'report_urging',
            issuedOn: now,
            signerTitle,
            signerName,
            recipients: ['Như trên'],
            addresseeUnitIds: [unit.id],
            gist: `Đôn đốc ${officeName(unit).vi} gửi báo cáo ${period.label.vi}`,
            context: {
              toUnit: officeName(unit).vi,
              periodLabel: period.label.vi,
              periodFrom: asWritten(period.from),
              periodTo: asWritten(period.to),
              reportDueOn: dueOn ? asWritten(dueOn) : 'đã nêu trong yêu cầu',
              asOf: asWritten(now),
            },
          },
          by,
        );
        await tx.query(
          'insert into report_urging (unit_id, period_code, from_unit_id, document_id, urged_on, created_by) values ($1, $2, $3, $4, $5, $6)',
          [unit.id, period.code, this.scope.home(by).id, document.id, now, by.accountId],
        );
      }
      return this.statusOf(undefined, period, by);
    });
  }
}
