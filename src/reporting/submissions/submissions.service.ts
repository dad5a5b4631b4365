import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../platform/http/page.js';
import { mustNotLieAhead } from '../../petitions/petitions.service.js';
import { mustMatch, Problem } from '../../platform/problems/problem.js';
import { asWritten, type LegalDate } from '../../platform/text/legal-date.js';
import { readPeriod, type ReportPeriod, stretchOf } from '../../rules/reports/periods.js';
import { officeName, type Unit } from '../../rules/structure/unit-structure.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { type FormReport, FormReportsService } from '../form-reports.service.js';
import { DeadlinesService } from './deadlines.service.js';
import { type AcceptedReport, differencesOf, digestOf, freezeForm } from './freeze.js';
import {
  type Difference,
  type Frozen,
  type FrozenForm,
  type Narrative,
  type Submission,
  type SubmissionState,
  submissionStateNames,
} from './submission.js';
import { acceptedOf, frozenOf, lockSubmission, newestOf, submissionById, submissionList } from './submissions.queries.js';

export interface DraftOrder {
  unitId?: string | undefined;
  period: ReportPeriod;
  narrative: Narrative;
}

export interface SigningOrder {
  signerTitle: string;
  signerName: string;
  submittedOn: LegalDate | null;
}

export interface SubmissionFilter {
  unitId?: string | undefined;
  includeSubordinates?: boolean | undefined;
  period?: string | undefined;
  state?: SubmissionState | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

/** Reports of units for periods: drafted, signed and frozen, returned or accepted by the superior, consolidated into the report above, corrected as a new revision. */
@Injectable()
export class SubmissionsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly units: UnitDirectory,
    private readonly scope: AccessScope,
    private readonly reports: FormReportsService,
    private readonly deadlines: DeadlinesService,
  ) {}

  /**
   * Begins the report of a period: nothing is frozen yet.
   * @throws Problem `conflict` where the unit has one for the period
   */
  draft({ unitId, period, narrative }: DraftOrder, by: Official): Promise<Submission> {
    return this.transactions.run(async (tx) => {
      const unit = this.reportingUnit(unitId, by);
      const [known] = await this.transactions.rows<Row>(newestOf, [[unit.id], period.code]);
      if (known) throw alreadyThere(known);
      const id = await this.insert(tx, unit, period, { revision: 1, supersedesId: null, reason: null, narrative }, by);
      return this.get(id, by);
    });
  }

  /** Changes the words of a draft; what is left out stays. */
  write(id: string, narrative: Narrative, expected: number | null, by: Official): Promise<Submission> {
    return this.change(id, ['draft'], expected, by, async (tx, report) => {
      await tx.query('update statutory_report set narrative = $2, version = version + 1 where id = $1', [
        id,
        JSON.stringify({ ...report.narrative, ...narrative }),
      ]);
    });
  }

  /**
   * Signs and hands in: the figures of all forms are counted as of one moment and frozen with the forms, the words, the signer and a digest. Rows of units
   * whose report was accepted stand as they were signed; those reports are consolidated into this one.
   * @throws Problem `action-not-allowed` unless it is a draft; `validation-failed` before the period is over
   */
  async submit(
    id: string,
    { signerTitle, signerName, submittedOn }: SigningOrder,
    expected: number | null,
    by: Official,
  ): Promise<Submission> {
    const draft = await this.get(id, by);
    this.mustBeOf(draft, by);
    const on = submittedOn ?? today();
    mustNotLieAhead(on, '/submittedOn');
    if (on <= draft.to)
      throw Problem.field('validation-failed', '/submittedOn', 'period_not_over', {
        vi: `Kỳ báo cáo kết thúc ngày ${asWritten(draft.to)}; chỉ gửi sau ngày đó.`,
        en: `The period ends on ${draft.to}; it is handed in after that day.`,
      });
    // Counted before the report is locked: a connection that waits for another one of the same pool could wait for ever.
    const { frozen, asOf, accepted } = await this.count(draft, by);
    return this.change(id, ['draft'], expected, by, async (tx, report) => {
      const signed = { ...report, signerTitle, signerName, submittedOn: on, asOf };
      await tx.query(
        `update statutory_report set state = 'submitted', circular = $2, frozen = $3, as_of = $4, digest = $5, signer_title = $6, signer_name = $7, submitted_by = $8,
           submitted_on = $9, submitted_at = now(), version = version + 1 where id = $1`,
        [id, frozen.set.circular, JSON.stringify(frozen), asOf, digestOfReport(signed, frozen), signerTitle, signerName, by.accountId, on],
      );
      await tx.query('update statutory_report set consolidated_into_id = $2, version = version + 1 where id = any ($1::uuid[])', [
        accepted.map((one) => one.id),
        id,
      ]);
    });
  }

  /** The superior takes the report; from now on its rows stand in the report above as they were signed. */
  accept(id: string, decidedOn: LegalDate | null, expected: number | null, by: Official): Promise<Submission> {
    return this.decide(id, { state: 'accepted', decidedOn, reason: null }, expected, by);
  }

  /** The superior hands it back with what is to be corrected. */
  return(id: string, reason: string, decidedOn: LegalDate | null, expected: number | null, by: Official): Promise<Submission> {
    return this.decide(id, { state: 'returned', decidedOn, reason }, expected, by);
  }

  /**
   * A correction: a new draft with its reason, while what was signed stays as it is.
   * @throws Problem `action-not-allowed` for a draft, or for a revision that is not the newest
   */
  revise(id: string, reason: string, expected: number | null, by: Official): Promise<Submission> {
    return this.transactions.run(async (tx) => {
      const report = await this.lock(id, expected, by);
      this.mustBeOf(report, by);
      if (report.state === 'draft') throw notIn(report.state, ['submitted', 'returned', 'accepted']);
      if (report.supersededById)
        throw new Problem('action-not-allowed', {
          vi: 'Đã có bản sửa đổi sau bản này.',
          en: 'There is a later revision of it.',
        });
      const next = await this.insert(
        tx,
        this.units.structure.get(report.unitId),
        periodOfReport(report),
        { revision: report.revision + 1, supersedesId: id, reason, narrative: report.narrative },
        by,
      );
      return this.get(next, by);
    });
  }

  /** @throws Problem `not-found`, also for reports of units out of the caller's scope */
  async get(id: string, by: Official): Promise<Submission> {
    const [row] = await this.transactions.rows<Row>(submissionById, [id, this.seen(by)]);
    if (!row) throw noSuchReport();
    return row;
  }

  /** What was frozen. @throws Problem `action-not-allowed` for a draft */
  async frozen(id: string, by: Official): Promise<{ report: Submission; frozen: Frozen }> {
    const report = await this.get(id, by);
    const [row] = await this.transactions.rows<{ frozen: Frozen | null }>(frozenOf, [id]);
    if (!row?.frozen) throw notIn(report.state, ['submitted', 'returned', 'accepted']);
    return { report, frozen: row.frozen };
  }

  /** Where the data of today would give other figures than those that were signed, and whether the digest still proves them. */
  async differences(id: string, by: Official): Promise<{ report: Submission; intact: boolean; asOf: Date; items: Difference[] }> {
    const { report, frozen } = await this.frozen(id, by);
    const { forms, asOf } = await this.countAnew(report, frozen, by);
    return { report, intact: isIntact(report, frozen), asOf, items: differencesOf(frozen.forms, forms) };
  }

  /** The newest first. */
  async list(
    { unitId, includeSubordinates = true, period, state, limit = defaultLimit, cursor }: SubmissionFilter,
    by: Official,
  ): Promise<Page<Submission>> {
    const [after] = decodeCursor(cursor, [isUuid]) ?? [null];
    const units = this.scope.unitsAsked(by, unitId, includeSubordinates);
    const rows = await this.transactions.rows<Row>(submissionList, [units, period ?? null, state ?? null, after, limit + 1]);
    return page(
      rows,
      limit,
      ({ id }) => [id],
      (row) => row,
    );
  }

  private async decide(
    id: string,
    { state, decidedOn, reason }: { state: 'accepted' | 'returned'; decidedOn: LegalDate | null; reason: string | null },
    expected: number | null,
    by: Official,
  ): Promise<Submission> {
    return this.transactions.run(async (tx) => {
      const report = await this.lock(id, expected, by);
      if (this.isOf(report, by))
        throw new Problem('not-responsible', {
          vi: 'Cấp trên của đơn vị báo cáo mới tiếp nhận hoặc trả lại.',
          en: 'A report is accepted or returned by the superior of its unit.',
        });
      if (report.state !== 'submitted') throw notIn(report.state, ['submitted']);
      const on = decidedOn ?? today();
      mustNotLieAhead(on, '/decidedOn');
      if (on < report.submittedOn!)
        throw Problem.field('validation-failed', '/decidedOn', 'before_submission', {
          vi: `Không được trước ngày gửi (${asWritten(report.submittedOn!)}).`,
          en: `Must not be before it was handed in (${report.submittedOn}).`,
        });
      await tx.query(
        'update statutory_report set state = $2, decided_on = $3, decided_by = $4, return_reason = $5, version = version + 1 where id = $1',
        [id, state, on, by.accountId, reason],
      );
      return this.get(id, by);
    });
  }

  /** One step of the reporting unit itself. */
  private change(
    id: string,
    from: SubmissionState[],
    expected: number | null,
    by: Official,
    work: (tx: EntityManager, report: Submission) => Promise<void>,
  ): Promise<Submission> {
    return this.transactions.run(async (tx) => {
      const report = await this.lock(id, expected, by);
      this.mustBeOf(report, by);
      if (!from.includes(report.state)) throw notIn(report.state, from);
      await work(tx, report);
      return this.get(id, by);
    });
  }

  private async lock(id: string, expected: number | null, by: Official): Promise<Submission> {
    const [row] = await this.transactions.rows<Row>(lockSubmission, [id, this.seen(by)]);
    if (!row) throw noSuchReport();
    mustMatch(row.version, expected);
    return row;
  }

  /** The figures of a report as they stand now, with the rows of what was accepted below. */
  private async count(report: Submission, by: Official): Promise<{ frozen: Frozen; asOf: Date; accepted: AcceptedReport[] }> {
    const period = periodOfReport(report);
    const { set, reports } = await this.reports.allForms({ unitId: report.unitId, period, fresh: true }, by);
    const accepted = (await this.acceptedBelow(report, set.circular, by)).filter(isAmong(reports));
    return { frozen: { set, forms: reports.map((one) => freezeForm(one, accepted)) }, asOf: reports[0]!.asOf, accepted };
  }

  /** By the forms that it was made with, whatever governs the period by now. */
  private async countAnew(report: Submission, { set }: Frozen, by: Official): Promise<{ forms: FrozenForm[]; asOf: Date }> {
    const asked = { unitId: report.unitId, period: periodOfReport(report), fresh: true };
    const reports = await this.reports.filled(set, asked, by);
    const accepted = (await this.acceptedBelow(report, set.circular, by)).filter(isAmong(reports));
    return { forms: reports.map((one) => freezeForm(one, accepted)), asOf: reports[0]!.asOf };
  }

  private acceptedBelow({ unitId, periodCode, to }: Submission, circular: string, by: Official): Promise<AcceptedReport[]> {
    const below = this.scope.covered(by, this.units.structure.get(unitId), true, to).filter(({ id }) => id !== unitId);
    return this.transactions.rows<AcceptedReport & Record<string, unknown>>(acceptedOf, [below.map(({ id }) => id), periodCode, circular]);
  }

  private async insert(
    tx: EntityManager,
    unit: Unit,
    period: ReportPeriod,
    {
      revision,
      supersedesId,
      reason,
      narrative,
    }: { revision: number; supersedesId: string | null; reason: string | null; narrative: Narrative },
    by: Official,
  ): Promise<string> {
    const dueOn = DeadlinesService.dueOn(await this.deadlines.allDeadlines(), unit, period);
    const [row] = await tx.query<{ id: string }[]>(
      `insert into statutory_report (unit_id, period_code, from_day, to_day, revision, supersedes_id, revision_reason, due_on, narrative, created_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning id`,
      [unit.id, period.code, period.from, period.to, revision, supersedesId, reason, dueOn, JSON.stringify(narrative), by.accountId],
    );
    if (row) return row.id;
    const [known] = await this.transactions.rows<Row>(newestOf, [[unit.id], period.code]);
    throw alreadyThere(known!);
  }

  /** The unit that the caller reports for: the own one, or the authority that it works for. */
  private reportingUnit(unitId: string | undefined, by: Official): Unit {
    const own = [this.scope.top(by), this.scope.home(by)];
    const unit = unitId ? own.find(({ id }) => id === unitId) : own[0];
    if (unit) return unit;
    throw Problem.field('not-responsible', '/unitId', 'not_your_unit', {
      vi: `Bạn báo cáo cho: ${own.map((one) => officeName(one).vi).join(', ')}.`,
      en: `You report for: ${own.map((one) => officeName(one).en).join(', ')}.`,
    });
  }

  private isOf({ unitId }: Submission, by: Official): boolean {
    return [this.scope.top(by), this.scope.home(by)].some(({ id }) => id === unitId);
  }

  /** @throws Problem `not-responsible` unless the caller reports for the unit */
  mustBeOf(report: Submission, by: Official): void {
    if (this.isOf(report, by)) return;
    const { vi, en } = officeName(this.units.structure.get(report.unitId));
    throw new Problem('not-responsible', { vi: `Báo cáo này của ${vi}.`, en: `This is a report of ${en}.` });
  }

  private seen(by: Official): string[] {
    return this.scope.units(by).map(({ id }) => id);
  }
}

/** Whether the unit of an accepted report has a row in these: those whose figures are kept apart have none. */
function isAmong(reports: readonly FormReport[]): (accepted: AcceptedReport) => boolean {
  const units = new Set(reports[0]?.rows.map(({ unit }) => unit.id));
  return ({ unitId }) => units.has(unitId);
}

type Row = Submission & Record<string, unknown>;

/** Whether what is stored is what was signed. */
export function isIntact(report: Submission, frozen: Frozen): boolean {
  return report.digest === digestOfReport(report, frozen);
}

function digestOfReport(report: Submission, frozen: Frozen): string {
  const { unitId, periodCode: period, revision, asOf, signerTitle, signerName, submittedOn, narrative } = report;
  return digestOf({
    unitId,
    period,
    revision,
    asOf: asOf!.toISOString(),
    signerTitle: signerTitle!,
    signerName: signerName!,
    submittedOn: submittedOn!,
    narrative,
    frozen,
  });
}

export function periodOfReport({ periodCode, from, to }: Pick<Submission, 'periodCode' | 'from' | 'to'>): ReportPeriod {
  return readPeriod(periodCode) ?? stretchOf(from, to);
}

function noSuchReport(): Problem {
  return Problem.notFound('báo cáo này', 'report');
}

function notIn(state: SubmissionState, allowed: SubmissionState[]): Problem {
  return new Problem(
    'action-not-allowed',
    {
      vi: `Không thực hiện được khi báo cáo ở trạng thái "${submissionStateNames[state]}"; cần: ${allowed.map((one) => submissionStateNames[one]).join(', ')}.`,
      en: `Not possible for a report in the state "${state}"; it must be: ${allowed.join(', ')}.`,
    },
    [],
    { state },
  );
}

function alreadyThere({ id, revision, state }: Submission): Problem {
  return new Problem(
    'conflict',
    {
      vi: `Đơn vị đã có báo cáo kỳ này (bản ${revision}, trạng thái "${submissionStateNames[state]}"); sửa đổi bằng bản mới có lý do.`,
      en: `The unit has a report for this period (revision ${revision}, state "${state}"); correct it by a new revision with its reason.`,
    },
    [],
    { reportId: id },
  );
}
