import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { Blobs } from '../../petitions/attachments/blobs.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { Readable } from 'node:stream';
import type { JobRow } from '../../structure/jobs/job.js';
import { JobRunner } from '../../structure/jobs/job-runner.js';
import { JobsService } from '../../structure/jobs/jobs.service.js';
import { Problem } from '../../platform/problems/problem.js';
import { readPeriod, stretchOf } from '../../rules/reports/periods.js';
import { FormReportsService, type ReportAsked } from '../form-reports.service.js';
import { FormSetsService } from '../form-sets.service.js';
import { ReportRows } from '../report-rows.js';
import { tableOf } from './form-table.js';
import { ReportFilesService } from './report-files.service.js';
import type { ReportFormat } from './report-formats.js';
import { reportFileOf, staleReportFiles } from './workbooks.queries.js';

const jobType = 'report_workbook';
/** How long a workbook is kept. */
const daysKept = 7;

export interface WorkbookOrder extends ReportAsked {
  format: Exclude<ReportFormat, 'csv'>;
}

interface WorkbookParameters {
  unitId: string;
  includeSubordinates: boolean;
  period: string;
  from: string;
  to: string;
  circular: string;
  format: Exclude<ReportFormat, 'csv'>;
}

/** A file that was made. */
interface StoredFile {
  filename: string;
  mediaType: string;
  size: number;
  sha256: string;
}

/** A workbook that is being made, and its file once it is there. */
export interface Workbook {
  job: JobRow;
  ready: boolean;
}

/** Workbooks that take longer than a request should: made in the background with their progress, of one moment, and kept for a week. */
@Injectable()
export class WorkbooksService implements OnModuleInit {
  constructor(
    private readonly transactions: Transactions,
    private readonly jobs: JobsService,
    private readonly runner: JobRunner,
    private readonly blobs: Blobs,
    private readonly sets: FormSetsService,
    private readonly reports: FormReportsService,
    private readonly rows: ReportRows,
    private readonly files: ReportFilesService,
  ) {}

  onModuleInit(): void {
    this.runner.register(jobType, (job, mayGoOn) => this.work(job, mayGoOn));
    this.runner.registerTask('report_files_tidy', () => this.tidy(), '30 19 * * *');
  }

  /** @throws Problem `not-found` for a unit out of scope or a circular that is not here */
  start({ unitId, includeSubordinates = true, period, circular, format }: WorkbookOrder, by: Official): Promise<Workbook> {
    return this.transactions.run(async (tx) => {
      const unit = this.rows.unitOf(unitId, by);
      const set = await this.sets.setFor({ circular, closingOn: period.to });
      const parameters: WorkbookParameters = {
        unitId: unit.id,
        includeSubordinates,
        period: period.code,
        from: period.from,
        to: period.to,
        circular: set.circular,
        format,
      };
      const id = await this.jobs.enqueue(tx, jobType, { ...parameters }, by);
      return this.get(id, by);
    });
  }

  /** @throws Problem `not-found`, also for the workbooks of others */
  async get(id: string, by: Official): Promise<Workbook> {
    const job = await this.jobs.get(id, by);
    if (job.type !== jobType || job.createdBy !== by.accountId) throw noSuchWorkbook();
    return { job, ready: (await this.fileOf(id)) !== undefined };
  }

  /** @throws Problem `action-not-allowed` until it is there */
  async file(id: string, by: Official): Promise<StoredFile & { read: (range?: { first: number; last: number }) => Promise<Readable> }> {
    const { job } = await this.get(id, by);
    const file = await this.fileOf(id);
    if (file) return { ...file, read: (range) => this.blobs.read(file.sha256, range) };
    throw new Problem(
      'action-not-allowed',
      job.state === 'succeeded'
        ? { vi: `Tệp chỉ lưu ${daysKept} ngày; hãy lập lại.`, en: `Files are kept for ${daysKept} days; make it again.` }
        : { vi: 'Tệp chưa lập xong.', en: 'The file is not there yet.' },
      [],
      { state: job.state },
    );
  }

  private async work(job: JobRow, mayGoOn: () => Promise<boolean>): Promise<void> {
    const { period, from, to, format, ...asked } = job.parameters as unknown as WorkbookParameters;
    const by = await this.jobs.officialOf(job);
    const set = await this.sets.setFor({ circular: asked.circular, closingOn: to });
    await this.jobs.setTotal(job.id, set.forms.length);
    const stretch = readPeriod(period) ?? stretchOf(from, to);
    // All forms are counted in one snapshot, which writes nothing: how far it is is told beside it.
    const reports = await this.reports.filled(set, { ...asked, period: stretch }, by, () =>
      this.transactions.beside(async () => {
        await mayGoOn();
        await this.transactions.run((tx) => this.jobs.advance(tx, job, { done: 1, created: 0, unchanged: 0, refused: 0, faults: [] }));
      }),
    );
    const made = await this.files.make(reports.map(tableOf), `bao-cao-${period}`, format);
    const content = Buffer.isBuffer(made.content) ? made.content : Buffer.concat(await made.content.toArray());
    await this.transactions.run(async (tx) => {
      const sha256 = await this.blobs.storeMade(content, made.mediaType);
      await tx.query(
        'insert into report_file (job_id, filename, media_type, sha256) values ($1, $2, $3, $4) on conflict (job_id) do nothing',
        [job.id, made.filename, made.mediaType, sha256],
      );
    });
  }

  /** Files that were kept long enough go, in the night of Viet Nam. */
  private async tidy(): Promise<void> {
    await this.transactions.run(async (tx) => {
      const stale = await this.transactions.rows<{ sha256: string }>(staleReportFiles, [daysKept]);
      await this.blobs.forget(
        tx,
        stale.map(({ sha256 }) => sha256),
      );
    });
  }

  private async fileOf(jobId: string): Promise<StoredFile | undefined> {
    const [file] = await this.transactions.rows<StoredFile & Record<string, unknown>>(reportFileOf, [jobId]);
    return file;
  }
}

function noSuchWorkbook(): Problem {
  return Problem.notFound('tệp báo cáo này', 'workbook');
}
