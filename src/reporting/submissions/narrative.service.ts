import { Injectable } from '@nestjs/common';
import type { Official } from '../../auth/official.js';
import { Transactions } from '../../database/transactions.js';
import { asWritten } from '../../documents/document-context.js';
import { DocumentsService } from '../../documents/documents.service.js';
import { Problem } from '../../problems/problem.js';
import { columnsOf } from '../../rules/reports/form.js';
import { officeName } from '../../rules/structure/unit-structure.js';
import { UnitDirectory } from '../../units/unit-directory.js';
import { type NarrativePart, narrativeParts, type Submission } from './submission.js';
import { periodOfReport, SubmissionsService } from './submissions.service.js';

/** The report in words: a paper with its number, in which the figures that were signed stand beside what was written. */
@Injectable()
export class NarrativeService {
  constructor(
    private readonly transactions: Transactions,
    private readonly submissions: SubmissionsService,
    private readonly documents: DocumentsService,
    private readonly units: UnitDirectory,
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
      const sections = sectionsOf(report);
      if (sections.length === 0)
        throw Problem.field('validation-failed', '/narrative', 'required', {
          vi: 'Chưa có phần lời: viết vào bản nháp trước khi gửi.',
          en: 'There are no words: they are written into the draft before it is handed in.',
        });
      const unit = this.units.structure.get(report.unitId);
      const period = periodOfReport(report);
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
            reportFigures: frozen.forms.flatMap(({ code, total }) => {
              const form = frozen.set.forms.find((one) => one.code === code)!;
              return columnsOf(form)
                .filter(({ number }) => (total[number] ?? 0) !== 0)
                .slice(0, 6)
                .map(({ number, label }) => ({
                  form: code.replace('-', '/'),
                  column: String(number),
                  label: label.vi,
                  value: String(total[number]).replace('.', ','),
                }));
            }),
          },
        },
        by,
      );
      await tx.query('update statutory_report set narrative_document_id = $2, version = version + 1 where id = $1', [id, document.id]);
      return document;
    });
  }
}

function sectionsOf({ narrative }: Submission): { title: string; text: string }[] {
  return (Object.keys(narrativeParts) as NarrativePart[]).flatMap((part) => {
    const text = narrative[part];
    return text ? [{ title: narrativeParts[part].vi, text }] : [];
  });
}
