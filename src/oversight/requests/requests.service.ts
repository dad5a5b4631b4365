import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { readsPetitions } from '../../platform/access/permissions.js';
import { today } from '../../platform/text/today.js';
import { asNumber, nextNumber } from '../../platform/database/running-numbers.js';
import { Transactions } from '../../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../platform/http/page.js';
import { namedIn } from '../../petitions/identity/named-in.js';
import { NeutralWords } from '../../petitions/identity/neutral-words.js';
import { mustMatch, Problem } from '../../platform/problems/problem.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { fold } from '../../platform/text/fold.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import {
  answeredStates,
  type RequestEntryRow,
  type RequestRow,
  type RequestState,
  type RequestType,
  type UnitRequest,
  requestStateNames,
} from './request.js';
import { entriesOf, namePetitions, petitionsNumbered, requestById, requestList } from './requests.queries.js';

const requestWords = { words: new Set(['title', 'content']), parts: new Map() };

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
    private readonly words: NeutralWords,
  ) {}

  /**
   * Puts a request to the authority at the top of the caller's structure that guides the use of the software: that of the province.
   * @throws Problem naming the field that has the number of a petition which the caller does not see
   */
  put({ type, title, content }: { type: RequestType; title: string; content: string }, by: Official): Promise<UnitRequest> {
    return this.transactions.run(async (tx) => {
      const named = [...(await this.namedIn(title, '/title', by)), ...(await this.namedIn(content, '/content', by))];
      const unit = this.scope.home(by);
      const to = this.guiding(by);
      const year = today().slice(0, 4);
      const number = asNumber(to.symbol, 'YC', year, await nextNumber(this.transactions, to.id, 'unit_request', year));
      const [made] = await tx.query<{ id: string }[]>(
        `insert into unit_request (unit_id, to_unit_id, number, type, title, content, created_by) values ($1, $2, $3, $4, $5, $6, $7) returning id`,
        [unit.id, to.id, number, type, title, content, by.accountId],
      );
      await this.transactions.rows(namePetitions, [made!.id, named]);
      return this.get(made!.id, by);
    });
  }

  /**
   * The authority that guides answers, the unit adds; the unit alone closes, and whoever answers does everything else.
   * @throws Problem as {@link put}
   */
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
      await this.name(tx, id, await this.namedIn(content, '/content', by), by);
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
    const [row] = await this.transactions.rows<RequestRow & Record<string, unknown>>(requestById, [
      id,
      ...this.seen(by),
      by.roles.some(readsPetitions),
    ]);
    if (!row) throw Problem.notFound('yêu cầu này', 'request');
    return { ...row, entries: await this.transactions.rows<RequestEntryRow & Record<string, unknown>>(entriesOf, [id]) };
  }

  /** Those that the caller's units put, or that are put to them; the latest first. */
  async list({ state, type, q, limit = defaultLimit, cursor }: RequestFilter, by: Official): Promise<Page<RequestRow>> {
    const after = decodeCursor(cursor, [isUuid]) ?? [null];
    const values = [...this.seen(by), state ?? null, type ?? null, q ? fold(q) : null, ...after, limit + 1, by.roles.some(readsPetitions)];
    const rows = await this.transactions.rows<RequestRow & Record<string, unknown>>(requestList, values);
    return page(
      rows,
      limit,
      ({ id }) => [id],
      (row) => row,
    );
  }

  /**
   * The petitions that words name by their numbers. Of one that he does not see the caller could only try out who is behind it, and whoever answers
   * could read it: whatever it is, its number is left out.
   */
  private async namedIn(words: string, pointer: string, by: Official): Promise<string[]> {
    const { numbers, mentioned } = namedIn(words);
    const values = [[...numbers, ...mentioned], ...this.seen(by), by.roles.some(readsPetitions)];
    const found = await this.transactions.rows<{ id: string; number: string; seen: boolean }>(petitionsNumbered, values);
    const unseen = found.find(({ seen }) => !seen);
    if (!unseen) return found.map(({ id }) => id);
    throw Problem.field('validation-failed', pointer, 'unknown_petition', {
      vi: `Không nêu số đơn ${unseen.number}: đơn không nằm trong phạm vi của bạn.`,
      en: `Leave out the number ${unseen.number}: there is no such petition in your scope.`,
    });
  }

  /** From now on a request names petitions: what was written in it before loses whoever denounced in them. */
  private async name(tx: EntityManager, id: string, petitionIds: readonly string[], by: Official): Promise<void> {
    const named = (await this.transactions.rows<{ id: string }>(namePetitions, [id, petitionIds])).map((row) => row.id);
    if (named.length === 0) return;
    const before = await tx.query<{ table: string; id: string; title: string | null; content: string }[]>(
      `select 'unit_request' as table, id, title, content from unit_request where id = $1
       union all select 'unit_request_entry', id, null, content from unit_request_entry where request_id = $1`,
      [id],
    );
    const told = await this.words.inFields(named, before, requestWords, by);
    const [request, ...entries] = told;
    await tx.query('update unit_request set title = $2, content = $3 where id = $1', [id, request!.title, request!.content]);
    for (const entry of entries) await tx.query('update unit_request_entry set content = $2 where id = $1', [entry.id, entry.content]);
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
