import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import type { Official } from '../../platform/access/official.js';
import { Problem } from '../../platform/problems/problem.js';
import { ledgerMediaTypes } from '../../platform/tabular/ledger-file.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { FormReportsService, type ReportAsked } from '../form-reports.service.js';
import { periodOfReport, SubmissionsService } from '../submissions/submissions.service.js';
import { formCsv } from './form-csv.js';
import { type FormTable, tableOf, tableOfFrozen } from './form-table.js';
import { formWorkbook } from './form-workbook.js';
import { PdfService } from './pdf.service.js';
import type { ReportFormat } from './report-formats.js';

/** A report as a file. */
export interface ReportFile {
  filename: string;
  mediaType: string;
  content: Readable | Buffer;
}

const mediaTypes: Record<ReportFormat, string> = { ...ledgerMediaTypes, pdf: 'application/pdf' };

/** Forms as files: CSV for one of them, the circular's layout as XLSX, and the same as PDF. */
@Injectable()
export class ReportFilesService {
  constructor(
    private readonly reports: FormReportsService,
    private readonly submissions: SubmissionsService,
    private readonly pdf: PdfService,
    private readonly units: UnitDirectory,
  ) {}

  /** One form of this moment. @throws Problem as the form itself */
  async form(code: string, asked: ReportAsked, format: ReportFormat, by: Official): Promise<ReportFile> {
    const table = tableOf(await this.reports.report(code, asked, by));
    return this.make([table], `bieu-${code}-${asked.period.code}`, format);
  }

  /** All forms of a period, of this moment, a sheet for each. */
  async allForms(asked: ReportAsked, format: ReportFormat, by: Official): Promise<ReportFile> {
    const { reports } = await this.reports.allForms(asked, by);
    return this.make(reports.map(tableOf), `bao-cao-${asked.period.code}`, format);
  }

  /**
   * A report as it was signed, whole or one form of it.
   * @throws Problem `action-not-allowed` for a draft; `not-found` for a form that it does not have
   */
  async signed(id: string, code: string | undefined, format: ReportFormat, by: Official): Promise<ReportFile> {
    const { report, frozen } = await this.submissions.frozen(id, by);
    const forms = frozen.forms.filter((form) => code === undefined || form.code === code);
    if (forms.length === 0) throw Problem.notFound('biểu này trong báo cáo', 'such form in the report');
    const unit = this.units.structure.get(report.unitId);
    const tables = forms.map((form) => tableOfFrozen(report, periodOfReport(report), unit, frozen, form));
    return this.make(tables, `bao-cao-${unit.symbol}-${report.periodCode}-ban-${report.revision}${code ? `-${code}` : ''}`, format);
  }

  /** Forms as one file. */
  async make(tables: FormTable[], name: string, format: ReportFormat): Promise<ReportFile> {
    const filename = `${name.replaceAll('..', '-')}.${format}`;
    return { filename, mediaType: mediaTypes[format], content: await this.contentOf(tables, format) };
  }

  private async contentOf(tables: FormTable[], format: ReportFormat): Promise<Readable | Buffer> {
    if (format === 'xlsx') return formWorkbook(tables);
    if (format === 'pdf') return this.pdf.convert(formWorkbook(tables));
    const [table, ...more] = tables;
    if (table && more.length === 0) return formCsv(table);
    throw Problem.field('validation-failed', '?format', 'one_form', {
      vi: 'CSV chỉ dùng cho một biểu; nhiều biểu thì tải xlsx hoặc pdf.',
      en: 'CSV has one form; several come as xlsx or pdf.',
    });
  }
}
