import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import { mustMatch, Problem } from '../../platform/problems/problem.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import { checkFigures, columnsOf, type FormFigures } from '../../rules/reports/form.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { FormSetsService } from '../form-sets.service.js';
import { openingFor, openingOf } from './submissions.queries.js';
import { own } from '../../platform/text/own.js';

/** Figures that a unit declares for a stretch before it began with the software. */
export interface OpeningFigures {
  id: string;
  unitId: string;
  formCode: string;
  from: string;
  to: string;
  figures: FormFigures;
  note: string;
  version: number;
  declaredAt: Date;
}

export interface OpeningOrder {
  formCode: string;
  from: LegalDate;
  to: LegalDate;
  figures: Record<string, number>;
  note: string;
}

/** Opening figures: they count in every period that has their whole stretch in it, and never otherwise. */
@Injectable()
export class OpeningFiguresService {
  constructor(
    private readonly transactions: Transactions,
    private readonly sets: FormSetsService,
    private readonly scope: AccessScope,
  ) {}

  /** @throws Problem `not-found` for a unit out of the caller's scope */
  list(unitId: string, by: Official): Promise<OpeningFigures[]> {
    if (!this.scope.includes(by, unitId)) throw Problem.notFound('đơn vị này trong phạm vi của bạn', 'unit in your scope');
    return this.transactions.rows<OpeningFigures & Record<string, unknown>>(openingOf, [unitId]);
  }

  /** Those of these forms that touch a period, of these units. */
  figuresFor(unitIds: readonly string[], formCodes: readonly string[], from: LegalDate, to: LegalDate): Promise<OpeningFigures[]> {
    return this.transactions.rows<OpeningFigures & Record<string, unknown>>(openingFor, [unitIds, formCodes, from, to]);
  }

  /**
   * Declares the figures of a form for a stretch, or replaces those of the same stretch.
   * @throws Problem naming a column that the form does not have, or a check that the figures do not keep; `conflict` where another stretch overlaps
   */
  declare(unitId: string, order: OpeningOrder, expected: number | null, by: Official): Promise<OpeningFigures> {
    if (!this.scope.actsFor(by, unitId) && this.scope.top(by).id !== unitId)
      throw new Problem('not-responsible', {
        vi: 'Số liệu ban đầu do chính đơn vị khai.',
        en: 'Opening figures are declared by the unit itself.',
      });
    return this.transactions.run(async (tx) => {
      const figures = await this.checked(order);
      const [known] = await tx.query<{ id: string; version: number; same: boolean }[]>(
        `select id, version, from_day = $3 and to_day = $4 as same from opening_figure
         where unit_id = $1 and form_code = $2 and daterange(from_day, to_day, '[]') && daterange($3, $4, '[]') order by 3 desc limit 1 for update`,
        [unitId, order.formCode, order.from, order.to],
      );
      if (known && !known.same)
        throw new Problem('conflict', {
          vi: 'Đã khai số liệu cho một khoảng thời gian trùng với khoảng này.',
          en: 'Figures are declared for a stretch that overlaps with this one.',
        });
      if (known) {
        mustMatch(known.version, expected);
        await tx.query(
          'update opening_figure set figures = $2, note = $3, version = version + 1, declared_by = $4, declared_at = now() where id = $1',
          [known.id, JSON.stringify(figures), order.note, by.accountId],
        );
      } else
        await tx.query(
          'insert into opening_figure (unit_id, form_code, from_day, to_day, figures, note, declared_by) values ($1, $2, $3, $4, $5, $6, $7)',
          [unitId, order.formCode, order.from, order.to, JSON.stringify(figures), order.note, by.accountId],
        );
      const declared = await this.transactions.rows<OpeningFigures & Record<string, unknown>>(openingOf, [unitId]);
      return declared.find(({ formCode, from }) => formCode === order.formCode && from === order.from)!;
    });
  }

  private async checked({ formCode, from, to, figures }: OpeningOrder): Promise<FormFigures> {
    if (to < from)
      throw Problem.field('validation-failed', '/to', 'before_from', {
        vi: 'Không được trước ngày đầu.',
        en: 'Must not be before the first day.',
      });
    const { form } = await this.sets.form(formCode, { closingOn: to });
    const columns = columnsOf(form);
    const unknown = Object.keys(figures).find((number) => !columns.some((column) => String(column.number) === number));
    if (unknown !== undefined)
      throw Problem.field('validation-failed', `/figures/${unknown}`, 'unknown_column', {
        vi: `Biểu ${form.code} có các cột 1–${columns.length}.`,
        en: `Form ${form.code} has the columns 1–${columns.length}.`,
      });
    const wrong = Object.entries(figures).find(
      ([, figure]) => typeof figure !== 'number' || !Number.isFinite(figure) || figure < 0 || figure > 1e12,
    );
    if (wrong)
      throw Problem.field('validation-failed', `/figures/${wrong[0]}`, 'number', {
        vi: 'Phải là số không âm.',
        en: 'Must be a number that is not negative.',
      });
    const whole = Object.fromEntries(columns.map(({ number }) => [number, own(figures, String(number)) ?? 0]));
    const failed = checkFigures(form, whole).find(({ holds }) => !holds);
    if (failed)
      throw Problem.field('validation-failed', '/figures', 'check_failed', {
        vi: `Không khớp: ${failed.formula} (${failed.left} và ${failed.right}).`,
        en: `Does not hold: ${failed.formula} (${failed.left} and ${failed.right}).`,
      });
    return whole;
  }
}
