import { Injectable } from '@nestjs/common';
import type { Official } from '../../auth/official.js';
import { today } from '../../calendar/today.js';
import { asNumber, nextNumber } from '../../database/running-numbers.js';
import { Transactions } from '../../database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../http/page.js';
import { mustMatch, Problem } from '../../problems/problem.js';
import { AccessScope } from '../../units/access-scope.js';
import { fold } from '../../units/fold.js';
import { UnitDirectory } from '../../units/unit-directory.js';
import {
  answeredStates,
  type RequestEntryRow,
  type RequestRow,
  type RequestState,
  type RequestType,
  type UnitRequest,
  requestStateNames,
} from './request.js';
import { entriesOf, requestById, requestList } from './requests.queries.js';

export interface RequestFilter {
  state?: RequestState;
  type?: RequestType;
  q?: string;
  limit?: number;
  cursor?: string;
}

/** What units ask of the City Inspectorate about the software, and report to it: faults, questions, wishes, evaluations, with the answers. */
@Injectable()
export class RequestsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly scope: AccessScope,
    private readonly units: UnitDirectory,
  ) {}

  /** Puts a request to the authority at the top of the caller's structure that guides the use of the software: that of the province. */
  put({ type, title, content }: { type: RequestType; title: string; content: string }, by: Official): Promise<UnitRequest> {
    return this.transactions.run(async (tx) => {
      const unit = this.scope.home(by);
      const to = this.guiding(by);
      const year = today().slice(0, 4);
      const number = asNumber(to.symbol, 'YC', year, await nextNumber(this.transactions, to.id, 'unit_request', year));
      const [made] = await tx.query<{ id: string }[]>(
        `insert into unit_request (unit_id, to_unit_id, number, type, title, content, created_by) values ($1, $2, $3, $4, $5, $6, $7) returning id`,
        [unit.id, to.id, number, type, title, content, by.accountId],
      );
      return this.get(made!.id, by);
    });
  }

  /** The authority that guides answers, the unit adds; the unit alone closes, and whoever answers does everything else. */
  enter(
    id: string,
    { content, state }: { content: string; state: RequestState | null },
    expected: number | null,
    by: Official,
  ): Promise<UnitRequest> {
    return this.transactions.run(async (tx) => {
      await tx.query('select from unit_request where id = $1 for update', [id]);
      const request = await this.get(id, by);
      mustMatch(request.version, expected);
      const answers = this.answersFor(request, by);
      const own = this.scope.actsFor(by, request.unitId) || this.scope.home(by).id === request.unitId;
      if (!answers && !own)
        throw new Problem('not-responsible', {
          vi: 'Chỉ đơn vị gửi hoặc nơi hướng dẫn được trả lời.',
          en: 'Only the unit that asked or whoever guides it answers.',
        });
      const next = state ?? (answers ? 'answered' : request.state === 'answered' ? 'open' : request.state);
      if (request.state === 'closed') throw new Problem('action-not-allowed', { vi: 'Yêu cầu đã đóng.', en: 'The request is closed.' });
      const allowed: readonly RequestState[] = [
        ...(answers ? answeredStates : []),
        ...(own ? (['open', 'closed'] as const) : []),
        request.state,
      ];
      if (!allowed.includes(next))
        throw Problem.field('validation-failed', '/state', 'not_allowed', {
          vi: `Cho phép: ${[...new Set(allowed)].map((one) => requestStateNames[one]).join(', ')}.`,
          en: `Allowed: ${[...new Set(allowed)].join(', ')}.`,
        });
      await tx.query('insert into unit_request_entry (request_id, content, state, unit_id, created_by) values ($1, $2, $3, $4, $5)', [
        id,
        content,
        next,
        this.scope.home(by).id,
        by.accountId,
      ]);
      await tx.query('update unit_request set state = $2, version = version + 1, updated_at = now() where id = $1', [id, next]);
      return this.get(id, by);
    });
  }

  /** @throws Problem `not-found`, also out of scope */
  async get(id: string, by: Official): Promise<UnitRequest> {
    const [row] = await this.transactions.rows<RequestRow & Record<string, unknown>>(requestById, [id, ...this.seen(by)]);
    if (!row) throw Problem.notFound('yêu cầu này', 'request');
    return { ...row, entries: await this.transactions.rows<RequestEntryRow & Record<string, unknown>>(entriesOf, [id]) };
  }

  /** Those that the caller's units put, or that are put to them; the latest first. */
  async list({ state, type, q, limit = defaultLimit, cursor }: RequestFilter, by: Official): Promise<Page<RequestRow>> {
    const after = decodeCursor(cursor, [isUuid]) ?? [null];
    const values = [...this.seen(by), state ?? null, type ?? null, q ? fold(q) : null, ...after, limit + 1];
    const rows = await this.transactions.rows<RequestRow & Record<string, unknown>>(requestList, values);
    return page(
      rows,
      limit,
      ({ id }) => [id],
      (row) => row,
    );
  }

  private seen(by: Official): [string[], boolean] {
    const { roots, subtree } = this.scope.visible(by);
    return [roots, subtree];
  }

  private answersFor({ toUnitId }: RequestRow, by: Official): boolean {
    return (
      by.roles.some((role) => role === 'inspector' || role === 'admin') &&
      (this.scope.top(by).id === toUnitId || this.scope.home(by).id === toUnitId)
    );
  }

  /** The highest authority above the caller's unit that is no central body. */
  private guiding(by: Official): { id: string; symbol: string } {
    const { structure } = this.units;
    const chain = structure.chainOn(structure.authorityOf(this.scope.home(by), today()), today());
    return chain.findLast(({ level }) => level !== 'central') ?? chain[0]!;
  }
}
