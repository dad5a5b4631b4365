import { Injectable, Logger } from '@nestjs/common';
import type { Official } from '../platform/access/official.js';
import { Transactions } from '../platform/database/transactions.js';
import { Problem } from '../platform/problems/problem.js';
import { asWritten, type LegalDate } from '../platform/text/legal-date.js';
import { type Column, columnsOf, faultsOf, type Form, type FormSet } from '../rules/reports/form.js';
import { dropsOf } from '../rules/reports/form-drops.js';
import { builtInSets, setFor } from '../rules/reports/form-sets.js';
import { newestSets, revisionsOfSet } from './reporting.queries.js';

/** Where a form is asked for: by its circular, or by the last day of the period that it is for. */
export interface FormAsked {
  circular?: string | undefined;
  closingOn: LegalDate;
}

/** A revision of a circular's forms; 0 is what is built in. */
export type FormRevision = FormSet & { revision: number; reason: string | null; enteredAt: Date | null };

/** What entering a set does, or would do. */
export interface FormSetChange {
  set: FormSet;
  revision: number;
  /** Forms and columns of the former revision that are gone: `02-XLD`, `01-XLD/5`. */
  dropped: string[];
  /** Every circular's set, with this one in its place. */
  sets: readonly FormSet[];
}

/** How a set is entered: why, what it is meant to take away, and whether it is only tried. */
export interface Entering {
  reason: string;
  drops: readonly string[];
  dryRun: boolean;
}

/** The sets of forms, built in and entered, and which one governs a period. */
@Injectable()
export class FormSetsService {
  private readonly logger = new Logger('FormSets');

  constructor(private readonly transactions: Transactions) {}

  /**
   * One set for each circular: what was entered goes before what is built in. A set that an earlier version took and that cannot be counted governs
   * nothing, so that the periods go on with the set before it.
   */
  async allSets(): Promise<readonly FormSet[]> {
    const newest = await this.transactions.rows<FormSet & Record<string, unknown>>(newestSets);
    const entered = newest.filter((set) => faultsOf(set).length === 0);
    for (const { circular } of newest.filter((set) => !entered.includes(set)))
      this.logger.error({ circular, fault: 'the set of forms cannot be counted; enter it anew' });
    const known = new Set(entered.map(({ circular }) => circular));
    return [...builtInSets.filter(({ circular }) => !known.has(circular)), ...entered];
  }

  /**
   * Enters a set of forms, or a new revision of one: from then on it governs its periods. What was submitted before keeps the forms it was made by.
   * @throws Problem naming every column, attribute or check that cannot be counted, and what it would drop without saying so
   */
  enter(set: FormSet, { drops, ...entering }: Entering, by: Official): Promise<FormSetChange> {
    const faults = faultsOf(set);
    if (faults.length > 0)
      throw new Problem(
        'validation-failed',
        { vi: `Bộ biểu mẫu có ${faults.length} lỗi; xem "errors".`, en: `The set of forms has ${faults.length} fault(s); see "errors".` },
        faults.slice(0, 100),
      );
    return this.store(set, entering, by, (dropped) => mustBeMeant(dropped, drops));
  }

  /** What there is of a circular, or of all, newest first, down to what is built in. */
  async revisions(circular: string | null): Promise<FormRevision[]> {
    const entered = await this.transactions.rows<FormRevision & Record<string, unknown>>(revisionsOfSet, [circular]);
    const builtIn = builtInSets.filter((set) => circular === null || set.circular === circular);
    return [...entered, ...builtIn.map((set) => ({ ...set, revision: 0, reason: null, enteredAt: null }))];
  }

  /**
   * Puts an earlier revision in force again, as a new one: nothing that was entered is lost.
   * @throws Problem `not-found` where the circular has no such revision
   */
  async restore(circular: string, revision: number, entering: Omit<Entering, 'drops'>, by: Official): Promise<FormSetChange> {
    const revisions = await this.revisions(circular);
    const found = revisions.find((one) => one.revision === revision);
    const known = revisions.map((one) => one.revision).join(', ') || '–';
    if (!found) throw Problem.notFound(`lần nhập này của ${circular}; có: ${known}`, `such revision of ${circular}; there are: ${known}`);
    const { title, closingFrom, provisional, verified, forms } = found;
    return this.store({ circular, title, closingFrom, provisional, verified, forms }, entering, by, () => undefined);
  }

  /** One revision after the other: what is dropped is told from the one that is in force when it is this one's turn. */
  private store(
    set: FormSet,
    { reason, dryRun }: Omit<Entering, 'drops'>,
    by: Official,
    check: (dropped: string[]) => void,
  ): Promise<FormSetChange> {
    return this.transactions.run(async (tx) => {
      await tx.query('select pg_advisory_xact_lock(hashtext($1))', [`report_form_set ${set.circular}`]);
      const sets = await this.allSets();
      const [former] = await this.revisions(set.circular);
      const dropped = former ? dropsOf(former, set) : [];
      check(dropped);
      const revision = former ? former.revision + 1 : 1;
      if (!dryRun)
        await tx.query(
          `insert into report_form_set (circular, revision, title, closing_from, provisional, verified, forms, reason, created_by)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
          [
            set.circular,
            revision,
            JSON.stringify(set.title),
            set.closingFrom,
            set.provisional && JSON.stringify(set.provisional),
            set.verified,
            JSON.stringify(set.forms),
            reason,
            by.accountId,
          ],
        );
      return { set, revision, dropped, sets: [...sets.filter(({ circular }) => circular !== set.circular), set] };
    });
  }

  /** @throws Problem `not-found` for a circular that is not here, or a period before the first one */
  async setFor({ circular, closingOn }: FormAsked): Promise<FormSet> {
    const sets = await this.allSets();
    const found = circular ? sets.find((set) => set.circular === circular) : setFor(sets, closingOn);
    if (found) return found;
    throw Problem.notFound(
      `bộ biểu mẫu này; có: ${sets.map((set) => `${set.circular} (từ ${asWritten(set.closingFrom)})`).join(', ')}`,
      `such set of forms; there are: ${sets.map((set) => `${set.circular} (from ${set.closingFrom})`).join(', ')}`,
    );
  }

  /** @throws Problem `not-found` */
  async form(code: string, asked: FormAsked): Promise<{ set: FormSet; form: Form }> {
    const set = await this.setFor(asked);
    const form = set.forms.find((one) => one.code === code);
    if (form) return { set, form };
    const known = set.forms.map((one) => one.code).join(', ');
    throw Problem.notFound(`biểu này trong ${set.circular}; có: ${known}`, `such form in ${set.circular}; there are: ${known}`);
  }
}

/**
 * A form or a column that goes is named by whoever lets it go: figures of every period that the set governs go with it.
 * @throws Problem naming what is dropped without being named, and what is named without being dropped
 */
function mustBeMeant(dropped: readonly string[], named: readonly string[]): void {
  const silent = dropped.filter((one) => !named.includes(one));
  const idle = named.filter((one) => !dropped.includes(one));
  if (silent.length === 0 && idle.length === 0) return;
  throw Problem.field(
    'validation-failed',
    '/drops',
    'drops',
    silent.length > 0
      ? {
          vi: `Bộ biểu mẫu này bỏ ${silent.join(', ')} của lần trước. Nếu đúng ý, nêu từng mục trong "drops".`,
          en: `This set drops ${silent.join(', ')} of the former one. If that is meant, name each in "drops".`,
        }
      : { vi: `Bộ biểu mẫu này không bỏ ${idle.join(', ')}.`, en: `This set does not drop ${idle.join(', ')}.` },
  );
}

/** @throws Problem `not-found` */
export function columnOf(form: Form, number: number): Column {
  const columns = columnsOf(form);
  const column = columns.find((one) => one.number === number);
  if (column) return column;
  throw Problem.notFound(
    `cột này trong biểu ${form.code}; có 1–${columns.length}`,
    `such column in form ${form.code}; there are 1–${columns.length}`,
  );
}
