import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import { DocumentsService } from '../../petitions/documents/documents.service.js';
import { Problem } from '../../platform/problems/problem.js';
import type { FormFigures } from '../../rules/reports/form.js';
import { periodBefore, type ReportPeriod } from '../../rules/reports/periods.js';
import { officeName } from '../../rules/structure/unit-structure.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { FormReportsService } from '../form-reports.service.js';
import { outlineOf } from './narrative-outline.js';
import type { Frozen, Submission } from './submission.js';
import { periodOfReport, SubmissionsService } from './submissions.service.js';
import { asWritten } from '../../platform/text/legal-date.js';

/** The report in words: a paper with its number, in which the figures that were signed stand beside what was written. */
@Injectable()
export class NarrativeService {
  constructor(
    private readonly transactions: Transactions,
    private readonly submissions: SubmissionsService,
    private readonly documents: DocumentsService,
    private readonly units: UnitDirectory,
    private readonly reports: FormReportsService,
  ) {}

  /**
   * Makes the paper of a report that was handed in.
   * @throws Problem `not-responsible` for another unit's; `action-not-allowed` for a draft, or where the paper is made; `validation-failed` where nothing was written
   */
  async make(id: string, by: Official): ReturnType<DocumentsService['make']> {
    return this.transactions.run(async (tx) => {
      const { report, frozen } = await this.submissions.frozen(id, by);
      this.submissions.mustBeOf(report, by);
      if (report.narrativeDocumentId)
        throw new Problem('action-not-allowed', { vi: 'Báo cáo bằng văn bản đã lập.', en: 'The paper has been made.' }, [], {
          documentId: report.narrativeDocumentId,
        });
      const period = periodOfReport(report);
      const sections = outlineOf(report.narrative, { frozen, before: await this.yearBefore(report, frozen, by) });
      if (!sections) throw nothingWritten(period);
      const unit = this.units.structure.get(report.unitId);
      const document = await this.documents.make(
        {
          paper: 'statutory_report',
          signerTitle: report.signerTitle!,
          signerName: report.signerName!,
          gist: `Báo cáo công tác tiếp công dân, giải quyết khiếu nại, tố cáo ${period.label.vi}`,
          context: {
            scopeName: officeName(unit).vi,
            periodLabel: period.label.vi,
            periodFrom: asWritten(report.from),
            periodTo: asWritten(report.to),
            circular: frozen.set.circular,
            provisional: frozen.set.provisional?.vi ?? '',
            digest: report.digest!,
            sections,
          },
        },
        by,
      );
      await tx.query('update statutory_report set narrative_document_id = $2, version = version + 1 where id = $1', [id, document.id]);
      return document;
    });
  }

  /** Totals of the same period a year before by the same forms; null where nothing was written, or the stretch is no period. */
  private async yearBefore(report: Submission, { set }: Frozen, by: Official): Promise<Map<string, FormFigures> | null> {
    const before = periodBefore(periodOfReport(report));
    if (!before || !Object.values(report.narrative).some(Boolean)) return null;
    const reports = await this.reports.filled(set, { unitId: report.unitId, period: before }, by);
    return new Map(reports.map(({ form, total }) => [form.code, total]));
  }
}

/** Circular 06/2025/TT-TTCP art. 4: words go with the first quarter, six months, nine months and the year; the other quarters have forms alone. */
function nothingWritten({ narrative }: ReportPeriod): Problem {
  return narrative
    ? Problem.field('validation-failed', '/narrative', 'required', {
        vi: 'Chưa có phần lời: viết vào bản nháp trước khi gửi.',
        en: 'There are no words: they are written into the draft before it is handed in.',
      })
    : new Problem('action-not-allowed', {
        vi: 'Báo cáo quý II, quý III và quý IV chỉ gồm các biểu số liệu (khoản 2 Điều 4 Thông tư số 06/2025/TT-TTCP); không phải lập báo cáo bằng lời.',
        en: 'Reports of the second, third and fourth quarter are forms alone (Circular 06/2025/TT-TTCP art. 4(2)): no words are due.',
      });
}
