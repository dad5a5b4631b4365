import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Blobs } from '../attachments/blobs.js';
import type { Official } from '../../platform/access/official.js';
import { CalendarService } from '../../structure/calendar/calendar.service.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { ReceivedFile } from '../../platform/incoming/received-file.js';
import type { JobFault, JobRow, JobStep } from '../../structure/jobs/job.js';
import { JobRunner } from '../../structure/jobs/job-runner.js';
import { JobsService } from '../../structure/jobs/jobs.service.js';
import { record } from '../history.js';
import { neutralName } from '../identity/hanging/what-hangs.js';
import { type ReadTable, ParsingService } from '../../platform/parsing/parsing.service.js';
import { type JudgedPetition, type NewPetition, PetitionsService } from '../petitions.service.js';
import { Problem } from '../../platform/problems/problem.js';
import { columnsOf } from '../../platform/tabular/columns.js';
import type { Row, TabularFormat } from '../../platform/tabular/row.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { ledgerFieldNames, ledgerFields, type LedgerFieldName } from './ledger-columns.js';
import { type LedgerEntry, readEntry } from './ledger-entry.js';

export interface ImportOrder {
  format: TabularFormat;
  dryRun: boolean;
  mapping: Partial<Record<LedgerFieldName, string>>;
}

interface ImportParameters extends ImportOrder {
  sha256: string;
  filename: string;
}

/** Rows of one transaction: between two of them a job can be cancelled. */
const rowsOfBatch = 200;
/** Rows of NDJSON have the names of their fields each: so many are looked at. */
const rowsWithHeadings = 100;
const jobType = 'petition_import';

/**
 * Old ledgers from files (XLSX, CSV, NDJSON) as a background job: each row is checked as a petition that is filed by hand, a row with a
 * fault is told with line, column and reason and left out, and a row whose external reference is there already changes nothing.
 */
@Injectable()
export class LedgerImportService implements OnModuleInit {
  constructor(
    private readonly transactions: Transactions,
    private readonly jobs: JobsService,
    private readonly runner: JobRunner,
    private readonly blobs: Blobs,
    private readonly petitions: PetitionsService,
    private readonly units: UnitDirectory,
    private readonly calendars: CalendarService,
    private readonly parsing: ParsingService,
  ) {}

  onModuleInit(): void {
    this.runner.register(jobType, (job, mayGoOn, signal) => this.work(job, mayGoOn, signal));
  }

  /** Takes the file and puts the import into the queue. */
  start(file: ReceivedFile, order: ImportOrder, by: Official): Promise<JobRow> {
    return this.transactions.run(async (tx) => {
      await this.blobs.store(file, file.mediaType);
      const parameters: ImportParameters = { ...order, sha256: file.sha256, filename: neutralName(file.filename) };
      const id = await this.jobs.enqueue(tx, jobType, { ...parameters }, by);
      return this.jobs.get(id, by);
    });
  }

  private async work(job: JobRow, mayGoOn: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
    const order = job.parameters as unknown as ImportParameters;
    const by = await this.jobs.officialOf(job);
    const file = await this.blobs.read(order.sha256);
    await this.parsing.withTable(file, order.format, { kind: 'ledger', signal }, (table) => this.takeAll(job, order, table, by, mayGoOn));
    await this.forgetFile(job.id, order.sha256);
  }

  private async takeAll(
    job: JobRow,
    order: ImportParameters,
    table: ReadTable,
    by: Official,
    mayGoOn: () => Promise<boolean>,
  ): Promise<void> {
    const columns = await columnsIn(table, order);
    await this.jobs.setTotal(job.id, table.count);
    let batch: Row[] = [];
    let seen = 0;
    for await (const row of table.rows()) {
      // What the batches before did stays done.
      if (++seen <= job.done) continue;
      batch.push(row);
      if (batch.length < rowsOfBatch) continue;
      await this.take(job, batch, columns, order.dryRun, by);
      batch = [];
      await mayGoOn();
    }
    if (batch.length > 0) await this.take(job, batch, columns, order.dryRun, by);
  }

  /** The file names people, denouncers among them: it goes as soon as every row was read. One that failed or was stopped is needed to go on. */
  private async forgetFile(jobId: string, sha256: string): Promise<void> {
    await this.transactions.run((tx) => this.blobs.forget(tx, [sha256], jobId));
  }

  private async take(
    job: JobRow,
    rows: Row[],
    columns: Partial<Record<LedgerFieldName, string>>,
    dryRun: boolean,
    by: Official,
  ): Promise<void> {
    const structure = this.units.structure;
    const entries = rows.map((row) => readEntry(row, columns, structure));
    await this.transactions.run(async (tx) => {
      await this.units.upToDate(tx);
      await this.calendars.upToDate(tx);
      const known = await this.knownReferences(tx, entries, by);
      const step: JobStep = { done: rows.length, created: 0, unchanged: 0, refused: 0, faults: [] };
      for (const entry of entries) {
        const faults = [...entry.faults, ...(entry.petition ? await this.takeOne(tx, entry, entry.petition, known, step, dryRun, by) : [])];
        if (faults.length === 0) continue;
        step.refused++;
        step.faults.push(...faults);
      }
      await this.jobs.advance(tx, job, step);
    });
  }

  /** Enters one row; what speaks against it is answered instead. */
  private async takeOne(
    tx: EntityManager,
    entry: LedgerEntry,
    petition: NewPetition,
    known: Set<string>,
    step: JobStep,
    dryRun: boolean,
    by: Official,
  ): Promise<JobFault[]> {
    const reference = petition.externalReference ?? '';
    if (known.has(reference)) {
      step.unchanged++;
      return [];
    }
    try {
      const judged = await this.petitions.judge(petition, by);
      if (!dryRun) await this.enter(tx, judged, entry, by);
      known.add(reference);
      step.created++;
      return [];
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return faultsOf(error, entry);
    }
  }

  /** A petition that ended in the old ledger ends here on the day it ended there. */
  private async enter(
    tx: EntityManager,
    judged: JudgedPetition,
    { state, endedOn, documentNumber, line }: LedgerEntry,
    by: Official,
  ): Promise<void> {
    const ended = state !== 'received' && endedOn ? { state, on: endedOn } : null;
    const { id } = await this.petitions.enter(judged, by, ended);
    const facts = { line, state, ...(documentNumber && { documentNumber }) };
    await record(tx, id, { type: 'imported', occurredOn: ended?.on ?? today(), facts }, by);
  }

  private async knownReferences(tx: EntityManager, entries: LedgerEntry[], by: Official): Promise<Set<string>> {
    const references = entries.flatMap(({ petition }) => (petition?.externalReference ? [petition.externalReference] : []));
    const rows = await tx.query<{ reference: string }[]>(
      'select external_reference as reference from petition where ledger_unit_id = $1 and external_reference = any ($2)',
      [by.unitId, references],
    );
    return new Set(rows.map(({ reference }) => reference));
  }
}

/** The column of each field. @throws Problem `import-refused` */
async function columnsIn({ rows }: ReadTable, { mapping }: ImportOrder): Promise<Partial<Record<LedgerFieldName, string>>> {
  const headings = new Set<string>();
  let looked = 0;
  for await (const { values } of rows()) {
    for (const name of Object.keys(values)) headings.add(name);
    if (++looked === rowsWithHeadings) break;
  }
  const columns = columnsOf<LedgerFieldName>(ledgerFields, [...headings], mapping);
  mustHaveColumns(columns, [...headings]);
  return columns;
}

function mustHaveColumns(columns: Partial<Record<LedgerFieldName, string>>, headings: string[]): void {
  const missing = ledgerFieldNames.filter((field) => 'required' in ledgerFields[field] && !columns[field]);
  const wrong = Object.entries(columns).filter(([, column]) => !headings.includes(column));
  if (missing.length === 0 && wrong.length === 0) return;
  throw new Problem('import-refused', {
    vi: `Không tìm thấy cột cho: ${[...missing, ...wrong.map(([field, column]) => `${field} ("${column}")`)].join(', ')}. Các cột của tệp: ${headings.join(', ')}.`,
    en: `No column for: ${[...missing, ...wrong.map(([field, column]) => `${field} ("${column}")`)].join(', ')}. Columns of the file: ${headings.join(', ')}.`,
  });
}

/** A problem of a petition in the terms of the file: the column that its field came from. */
function faultsOf({ detail, errors }: Problem, { line, columnOf }: LedgerEntry): JobFault[] {
  if (errors.length === 0) return [{ line, column: '', code: 'refused', ...detail }];
  return errors.map((fault) => ({ line, column: columnOf(fault.pointer), code: fault.code, ...fault.detail }));
}
