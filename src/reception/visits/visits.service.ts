import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { CalendarService } from '../../structure/calendar/calendar.service.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { defaultLimit, type Page, page } from '../../platform/http/page.js';
import { mustMatch, Problem } from '../../platform/problems/problem.js';
import { alertDays, alertOf } from '../../rules/limits/alert.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { fold } from '../../platform/text/fold.js';
import { keepSecrecyOfVisit } from '../../petitions/identity/hanging/keep-secrecy.js';
import { UnitResponsibility } from '../../structure/units/unit-responsibility.js';
import type { Visit, Visitor, VisitRevision, VisitRow } from './visit.js';
import { VisitWords } from './visit-words.js';
import { lockVisit, revisionsOf, visitById, type VisitFilter, visitPage, visitsNaming } from './visits.queries.js';

/** The ledger of visits as it is read, and the frame of every change to a row of it. */
@Injectable()
export class VisitsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly access: UnitResponsibility,
    private readonly scope: AccessScope,
    private readonly calendars: CalendarService,
    private readonly words: VisitWords,
  ) {}

  /** @throws Problem `not-found`, also out of scope */
  async get(id: string, by: Official): Promise<Visit> {
    return this.shown([await this.row(id, by)])[0]!;
  }

  async list(
    { unitId, includeSubordinates = false, ...filter }: VisitFilter & { unitId?: string; includeSubordinates?: boolean },
    by: Official,
  ): Promise<Page<Visit>> {
    const rows = await this.rows(visitPage(filter, this.scope.unitsAsked(by, unitId, includeSubordinates), this.days));
    return page(
      this.shown(rows),
      filter.limit ?? defaultLimit,
      ({ visitedOn, id }) => [visitedOn, id],
      (row) => row,
    );
  }

  /**
   * What the ledgers of the caller's scope hold about a person: visits with that national id, or where one of the two has none with that name and
   * birth year or address. Whoever denounced is not found by this.
   */
  async heldAbout(person: Pick<Visitor, 'name' | 'nationalId' | 'birthYear' | 'address'>, by: Official): Promise<Visit[]> {
    const units = this.scope.unitsAsked(by, undefined, true);
    const rows = await this.transactions.rows<VisitRow & Record<string, unknown>>(visitsNaming, [units, fold(person.name)]);
    return this.shown(rows).filter(({ visitors }) => visitors.some((visitor) => isSame(visitor, person)));
  }

  /** The ledger of units in the order of its numbers, page by page. */
  async *ledger(filter: Omit<VisitFilter, 'cursor' | 'limit'>, units: readonly string[]): AsyncGenerator<Visit> {
    for (let cursor: string | undefined; ;) {
      const asked = { ...filter, limit: rowsOfLedgerPage, ...(cursor && { cursor }) };
      const rows = await this.rows<{ year: number; sequence: number }>(visitPage(asked, units, this.days, 'ledger'));
      const { items, nextCursor } = page(
        rows,
        rowsOfLedgerPage,
        (row) => [row.unitId, row.year, row.sequence],
        (row) => row,
      );
      yield* this.shown(items);
      if (!nextCursor) return;
      cursor = nextCursor;
    }
  }

  async revisions(id: string, by: Official): Promise<VisitRevision[]> {
    await this.row(id, by);
    return this.transactions.rows<VisitRevision & Record<string, unknown>>(revisionsOf, [id]);
  }

  /** The row with what is sealed in it. @throws Problem `not-found` */
  async row(id: string, by: Official): Promise<VisitRow> {
    const { roots, subtree } = this.scope.visible(by);
    const [row] = await this.transactions.rows<VisitRow & Record<string, unknown>>(visitById, [id, roots, subtree]);
    if (!row) throw noSuchVisit();
    return row;
  }

  /**
   * Changes a row in one transaction.
   * @param expected version that the caller saw; null where he does not say
   * @param field what the change is about, for answers about it
   * @throws Problem `not-found`, `not-responsible`, `precondition-failed`; `validation-failed` as {@link keepSecrecy}
   */
  change(
    id: string,
    expected: number | null,
    by: Official,
    work: (tx: EntityManager, row: VisitRow) => Promise<void>,
    field: '/petitionId' | '/kind' = '/petitionId',
  ): Promise<Visit> {
    return this.transactions.run(async (tx) => {
      await this.calendars.upToDate(tx);
      const row = await this.lock(id, by);
      mustMatch(row.version, expected);
      await work(tx, row);
      await this.keepSecrecy(tx, id, field);
      await tx.query('update reception_visit set version = version + 1, updated_at = now() where id = $1', [id]);
      return this.get(id, by);
    });
  }

  /**
   * After a visit was entered, linked or corrected: with one to denounce, or about a denunciation, everything around it is secret.
   * @throws Problem `validation-failed` where a visit to denounce would lead to a petition that names who came
   */
  async keepSecrecy(tx: EntityManager, id: string, field: '/petitionId' | '/kind'): Promise<void> {
    const [open] = await tx.query<{ number: string }[]>(
      `select p.number from reception_visit v join petition p on p.id = v.petition_id
       where v.matter_id = (select matter_id from reception_visit where id = $1) and not p.identity_secret
         and exists (select from reception_visit other where other.matter_id = v.matter_id and other.kind = 'denunciation') limit 1`,
      [id],
    );
    if (open) throw aboutAnOpenPetition(open.number, field);
    await keepSecrecyOfVisit(tx, this.words.ring, id);
  }

  /** The row, held until the end of the transaction. @throws Problem `not-found`, `not-responsible` */
  async lock(id: string, by: Official): Promise<VisitRow> {
    const row = await this.row(id, by);
    // Whoever wrote a row into the ledger of an online session ends it, too.
    if (row.createdBy !== by.accountId) this.access.mustActFor(by, row.unitId);
    const { roots, subtree } = this.scope.visible(by);
    const [locked] = await this.transactions.rows<VisitRow & Record<string, unknown>>(lockVisit, [id, roots, subtree]);
    return locked!;
  }

  private rows<More extends object = object>(query: { name?: string; text: string; values: unknown[] }): Promise<(VisitRow & More)[]> {
    return this.transactions.rows<VisitRow & More & Record<string, unknown>>(query, query.values);
  }

  private get days(): ReturnType<typeof alertDays> {
    return alertDays(today(), this.calendars.calendar);
  }

  private shown(rows: readonly VisitRow[]): Visit[] {
    const { days } = this;
    return rows.map((row) => {
      const owed = row.answeredOn === null ? { dueOn: row.answerDueOn, backlogOn: row.answerBacklogOn } : { dueOn: null, backlogOn: null };
      return { ...row, visitors: row.identitySecret ? [] : this.words.open(row).visitors, alert: alertOf(owed, days) };
    });
  }
}

const rowsOfLedgerPage = 1000;

function isSame(visitor: Visitor, person: Pick<Visitor, 'name' | 'nationalId' | 'birthYear' | 'address'>): boolean {
  if (visitor.nationalId && person.nationalId) return visitor.nationalId === person.nationalId;
  if (fold(visitor.name) !== fold(person.name)) return false;
  const alike = (one: string | number | null, other: string | number | null) => one !== null && one === other;
  return (
    alike(visitor.birthYear, person.birthYear) || alike(visitor.address && fold(visitor.address), person.address && fold(person.address))
  );
}

function aboutAnOpenPetition(number: string, field: string): Problem {
  return Problem.field('validation-failed', field, 'petition_is_open', {
    vi: `Lượt tiếp tố cáo không gắn với đơn có tên người gửi (${number}): hãy phân loại lại đơn là tố cáo, hoặc lập đơn tố cáo riêng.`,
    en: `A visit to denounce is not about a petition that names who filed it (${number}): classify that one as a denunciation, or open one of its own.`,
  });
}

export function noSuchVisit(): Problem {
  return Problem.notFound('lượt tiếp này', 'visit');
}
