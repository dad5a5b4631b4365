import { Injectable } from '@nestjs/common';
import type { Official } from '../auth/official.js';
import { Transactions } from '../database/transactions.js';
import { Problem } from '../problems/problem.js';
import type { LegalDate } from '../rules/legal-date.js';
import { type Column, columnsOf, faultsOf, type Form, type FormSet } from '../rules/reports/form.js';
import { builtInSets, setFor } from '../rules/reports/form-sets.js';
import { newestSets } from './reporting.queries.js';

/** Where a form is asked for: by its circular, or by the last day of the period that it is for. */
export interface FormAsked {
  circular?: string | undefined;
  closingOn: LegalDate;
}

/** The sets of forms, built in and entered, and which one governs a period. */
@Injectable()
export class FormSetsService {
  constructor(private readonly transactions: Transactions) {}

  /** One set for each circular: what was entered goes before what is built in. */
  async all(): Promise<readonly FormSet[]> {
    const entered = await this.transactions.rows<FormSet & Record<string, unknown>>(newestSets);
    const known = new Set(entered.map(({ circular }) => circular));
    return [...builtInSets.filter(({ circular }) => !known.has(circular)), ...entered];
  }

  /**
   * Enters a set of forms, or a new revision of one: from then on it governs its periods. What was submitted before keeps the forms it was made by.
   * @throws Problem naming every column, attribute or check that cannot be counted
   */
  enter(set: FormSet, reason: string, by: Official): Promise<FormSet> {
    const faults = faultsOf(set);
    if (faults.length > 0)
      throw new Problem(
        'validation-failed',
        { vi: `Bộ biểu mẫu có ${faults.length} lỗi; xem "errors".`, en: `The set of forms has ${faults.length} fault(s); see "errors".` },
        faults.slice(0, 100),
      );
    return this.transactions.run(async (tx) => {
      await tx.query('select pg_advisory_xact_lock(hashtext($1))', [`report_form_set ${set.circular}`]);
      await tx.query(
        `insert into report_form_set (circular, revision, title, closing_from, provisional, verified, forms, reason, created_by)
         select $1, coalesce(max(revision), 0) + 1, $2, $3, $4, $5, $6, $7, $8 from report_form_set where circular = $1`,
        [
          set.circular,
          JSON.stringify(set.title),
          set.closingFrom,
          set.provisional && JSON.stringify(set.provisional),
          set.verified,
          JSON.stringify(set.forms),
          reason,
          by.accountId,
        ],
      );
      return this.of({ circular: set.circular, closingOn: set.closingFrom });
    });
  }

  /** @throws Problem `not-found` for a circular that is not here, or a period before the first one */
  async of({ circular, closingOn }: FormAsked): Promise<FormSet> {
    const sets = await this.all();
    const found = circular ? sets.find((set) => set.circular === circular) : setFor(sets, closingOn);
    if (found) return found;
    throw Problem.notFound(
      `bộ biểu mẫu này; có: ${sets.map((set) => `${set.circular} (từ ${set.closingFrom})`).join(', ')}`,
      `such set of forms; there are: ${sets.map((set) => `${set.circular} (from ${set.closingFrom})`).join(', ')}`,
    );
  }

  /** @throws Problem `not-found` */
  async form(code: string, asked: FormAsked): Promise<{ set: FormSet; form: Form }> {
    const set = await this.of(asked);
    const form = set.forms.find((one) => one.code === code);
    if (form) return { set, form };
    const known = set.forms.map((one) => one.code).join(', ');
    throw Problem.notFound(`biểu này trong ${set.circular}; có: ${known}`, `such form in ${set.circular}; there are: ${known}`);
  }
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
