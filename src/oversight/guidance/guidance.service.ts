import { asWritten } from '../../platform/text/legal-date.js';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official, Role } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../platform/http/page.js';
import { mustMatch, Problem } from '../../platform/problems/problem.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import type { GuidanceFacts, GuidanceItem, GuidanceRow, GuidanceVersionRow } from './guidance.js';
import { guidanceById, guidanceList, guidanceVersion, guidanceVersions } from './guidance.queries.js';

export interface GuidanceFilter {
  q?: string;
  /** Articles for this role instead of the caller's. */
  role?: Role;
  limit?: number;
  cursor?: string;
}

/** How to use the software, written by the inspectorate: articles with versions, found by words, by whom they are for. */
@Injectable()
export class GuidanceService {
  constructor(
    private readonly transactions: Transactions,
    private readonly scope: AccessScope,
    private readonly units: UnitDirectory,
  ) {}

  /** What is for the caller's roles, or for everybody; those that fit the words best first. */
  async list({ q, role, limit = defaultLimit, cursor }: GuidanceFilter, by: Official): Promise<Page<GuidanceItem>> {
    const checks = [(value: unknown) => typeof value === 'number', (value: unknown) => typeof value === 'string', isUuid];
    const after = decodeCursor(cursor, checks) ?? [null, null, null];
    const roles = role ? [role] : by.roles;
    const values = [today(), this.above(by), roles, q ?? null, ...after, limit + 1];
    const rows = await this.transactions.rows<GuidanceItem & { rank: number }>(guidanceList, values);
    return page(
      rows,
      limit,
      ({ rank, title, id }) => [rank, title, id],
      ({ rank, ...row }) => row,
    );
  }

  /**
   * The version of today, or an earlier one.
   * @throws Problem `not-found`
   */
  async get(id: string, by: Official, sequence?: number): Promise<GuidanceRow> {
    const [row] = await this.transactions.rows<GuidanceRow & Record<string, unknown>>(
      sequence === undefined ? guidanceById : guidanceVersion,
      sequence === undefined ? [today(), this.above(by), id] : [id, this.above(by), sequence],
    );
    if (!row) throw Problem.notFound('bài hướng dẫn này', 'article');
    return row;
  }

  async versions(id: string, by: Official): Promise<GuidanceVersionRow[]> {
    await this.get(id, by);
    return this.transactions.rows<GuidanceVersionRow & Record<string, unknown>>(guidanceVersions, [id]);
  }

  /** An article of the authority that the caller works for; everybody below reads it. */
  publish(roles: Role[], facts: GuidanceFacts, by: Official): Promise<GuidanceRow> {
    mustBePublic(facts);
    return this.transactions.run(async (tx) => {
      const [made] = await tx.query<{ id: string }[]>(
        'insert into guidance_article (unit_id, roles, created_by) values ($1, $2, $3) returning id',
        [this.scope.top(by).id, roles, by.accountId],
      );
      await this.insert(tx, made!.id, 1, facts, by);
      return this.get(made!.id, by);
    });
  }

  /** A new version takes the place of the one before from its day on; the earlier ones stay to be read. */
  revise(id: string, roles: Role[], facts: GuidanceFacts, expected: number | null, by: Official): Promise<GuidanceRow> {
    mustBePublic(facts);
    return this.transactions.run(async (tx) => {
      await this.lock(tx, id, expected, by);
      const [last] = await tx.query<{ sequence: number }[]>(
        'select max(sequence) as sequence from guidance_version where article_id = $1',
        [id],
      );
      await this.insert(tx, id, last!.sequence + 1, facts, by);
      await tx.query('update guidance_article set roles = $2, version = version + 1 where id = $1', [id, roles]);
      return this.get(id, by);
    });
  }

  /** It is listed no more; whoever has its address still reads it. */
  withdraw(id: string, expected: number | null, by: Official): Promise<GuidanceRow> {
    return this.transactions.run(async (tx) => {
      await this.lock(tx, id, expected, by);
      await tx.query('update guidance_article set withdrawn_on = $2, version = version + 1 where id = $1', [id, today()]);
      return this.get(id, by);
    });
  }

  private async lock(tx: EntityManager, id: string, expected: number | null, by: Official): Promise<void> {
    await tx.query('select from guidance_article where id = $1 for update', [id]);
    const article = await this.get(id, by);
    if (article.unitId !== this.scope.top(by).id)
      throw new Problem('not-responsible', { vi: 'Bài hướng dẫn của đơn vị khác.', en: 'The article is that of another unit.' });
    mustMatch(article.version, expected);
    if (article.withdrawnOn) throw new Problem('action-not-allowed', { vi: 'Bài đã được rút.', en: 'The article was withdrawn.' });
  }

  private async insert(tx: EntityManager, id: string, sequence: number, facts: GuidanceFacts, by: Official): Promise<void> {
    await tx.query(
      'insert into guidance_version (article_id, sequence, title, body, change_note, published_on, created_by) values ($1, $2, $3, $4, $5, $6, $7)',
      [id, sequence, facts.title, facts.body, facts.changeNote, facts.publishedOn, by.accountId],
    );
  }

  /** The caller's unit and what it is under today, so that units of the present read what was written for the whole. */
  private above(by: Official): string[] {
    const { structure } = this.units;
    return structure.chainOn(this.scope.home(by), today()).map(({ id }) => id);
  }
}

/** An article that is not public yet could not be read by whoever wrote it either. */
function mustBePublic({ publishedOn }: GuidanceFacts): void {
  if (publishedOn <= today()) return;
  throw Problem.field('validation-failed', '/publishedOn', 'in_the_future', {
    vi: `Ngày công bố chưa đến; hôm nay là ${asWritten(today())}.`,
    en: `The day lies ahead; today is ${today()}.`,
  });
}
