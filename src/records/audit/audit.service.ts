import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import { decodeCursor, defaultLimit, type Page, page } from '../../platform/http/page.js';
import { Problem } from '../../platform/problems/problem.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { PetitionsService } from '../../petitions/petitions.service.js';
import { headOfChain, lastRecordOf, linksAfter, recordColumns, rewrittenCount, unlinkedRecord } from './audit.queries.js';
import { RewrittenRecords, sha256 } from './rewritten-records.js';

export const auditOperations = ['insert', 'update', 'delete', 'read'] as const;

/** One write, or one look at something secret. */
export interface AuditRecord {
  id: string;
  /** Position of its link in the chain. */
  position: number | null;
  recordedAt: Date;
  accountId: string | null;
  username: string | null;
  onBehalfOf: string | null;
  unitId: string | null;
  address: string | null;
  requestId: string | null;
  action: string | null;
  operation: (typeof auditOperations)[number];
  objectType: string;
  objectId: string;
  petitionId: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/** What an inspector looks for. */
export interface AuditFilter {
  petitionId?: string;
  username?: string;
  unitId?: string;
  operation?: AuditRecord['operation'];
  objectType?: string;
  /** Moments, RFC 3339; `until` is left out of the period. */
  since?: string;
  until?: string;
  limit?: number;
  cursor?: string;
}

interface Link {
  position: number;
  transactionId: string;
  records: number;
  previousHash: string | null;
  hash: string;
  texts: string[];
  /** Of each record the hash that the link was made from, where its words have become digests since; else ''. */
  formerLeaves: string[];
}

/** The head of the chain: its last link. */
export interface Head {
  position: number;
  hash: string;
  linkedAt: Date;
}

/** What a walk along the chain found. */
export interface Verification {
  intact: boolean;
  /** First link that is broken, with why; null where all are intact. */
  broken: { position: number | null; recordId: string | null; reason: BreakReason } | null;
  links: number;
  records: number;
  /** Records whose words have become digests since they were linked: by what the link was made from, and bound anew (decision 0019). */
  rewritten: number;
  /** Hash of the last link that was looked at. */
  head: string | null;
  /** Position from which to go on; null at the end of the chain. */
  nextFrom: number | null;
}

export const breakReasons = [
  'link_missing',
  'record_changed_or_missing',
  'previous_hash_differs',
  'record_outside_of_the_chain',
  'checkpoint_differs',
  'rewritten_record_differs',
] as const;
export type BreakReason = (typeof breakReasons)[number];

/** Few enough that their hashes hold up nothing else in the process. */
const linksAtOnce = 200;
/** What one answer looks at: so many links and rewritten records, and no new ones once it worked for so long. */
const ofAnswer = { links: 2_000, rewritten: 2_000, milliseconds: 700 };

/** How far a walk goes. */
export interface Walking {
  /** Hashes that are known from elsewhere, by position. */
  checkpoints?: ReadonlyMap<number, string>;
  /** How many links to look at. */
  most?: number;
  /** Milliseconds after which no further links are looked at. */
  within?: number;
  /** Up to how many rewritten records all of them are looked at, at the end of the chain. */
  mostRewritten?: number;
}

/** One lock for all instances: of walks that are asked for over HTTP one goes at a time. */
const walkLock = 7_140_2019;

/** The record of writes and of looks at secrets: asking it, and proving that it is whole. */
@Injectable()
export class AuditService {
  constructor(
    private readonly transactions: Transactions,
    private readonly scope: AccessScope,
    private readonly petitions: PetitionsService,
    private readonly rewrittenRecords: RewrittenRecords,
  ) {}

  /**
   * Records in the caller's scope, the newest first: what officials of its units did, and whatever was done with a petition that is named.
   * @throws Problem `not-found` for a petition that the caller may not know of; `validation-failed` for a unit out of scope
   */
  async list(filter: AuditFilter, by: Official): Promise<Page<AuditRecord>> {
    if (filter.petitionId) await this.petitions.get(filter.petitionId, by);
    const units = filter.petitionId && !filter.unitId ? null : this.scope.unitsAsked(by, filter.unitId, true);
    const seesSystem = filter.unitId === undefined && this.scope.top(by).parentId === null;
    const after = decodeCursor(filter.cursor, [(value) => typeof value === 'string' && /^\d{1,18}$/.test(value)]);
    const limit = filter.limit ?? defaultLimit;
    const conditions: [string, unknown][] = [
      ['record.petition_id = $?', filter.petitionId],
      ['record.account_id = (select id from account where username = lower($?))', filter.username],
      [`(record.unit_id = any ($?::uuid[])${seesSystem ? ' or record.unit_id is null' : ''})`, units],
      ['record.operation = $?', filter.operation],
      ['record.object_type = $?', filter.objectType],
      ['record.recorded_at >= $?::timestamptz', filter.since],
      ['record.recorded_at < $?::timestamptz', filter.until],
      ['record.id < $?::bigint', after?.[0]],
    ];
    const asked = conditions.filter(([, value]) => value !== undefined && value !== null);
    const where = asked.map(([condition], index) => condition.replace('$?', `$${index + 2}`));
    const rows = await this.transactions.rows<AuditRecord>(
      {
        text: `select ${recordColumns} from audit_record record
          left join audit_link link on link.transaction_id = record.transaction_id
          left join account on account.id = record.account_id
          ${where.length > 0 ? `where ${where.join(' and ')}` : ''} order by record.id desc limit $1`,
      },
      [limit + 1, ...asked.map(([, value]) => value)],
    );
    return page(
      rows,
      limit,
      ({ id }) => [id],
      (row) => row,
    );
  }

  /** The last link of the chain; undefined before the first write. */
  async head(): Promise<Head | undefined> {
    const [head] = await this.transactions.rows<Head>(headOfChain);
    return head;
  }

  /**
   * Walks along the chain and recomputes every hash from the records themselves.
   * @param from position of the first link to look at; its predecessor's hash is taken as it stands
   */
  async verify(
    from = 1,
    { checkpoints = new Map(), most = Infinity, within = Infinity, mostRewritten = Infinity }: Walking = {},
  ): Promise<Verification> {
    const found: Verification = { intact: true, broken: null, links: 0, records: 0, rewritten: 0, head: null, nextFrom: null };
    const broken = (position: number | null, reason: BreakReason, recordId: string | null = null): Verification => ({
      ...found,
      intact: false,
      broken: { position, recordId, reason },
    });
    const began = performance.now();
    let previous = from > 1 ? await this.hashAt(from - 1) : null;
    let [expected, ended] = [from, false];
    while (!ended && found.links < most && performance.now() - began < within) {
      const wanted = Math.min(linksAtOnce, most - found.links);
      const links = await this.transactions.rows<Link>(linksAfter, [expected - 1, wanted]);
      for (const link of links) {
        if (link.position !== expected) return broken(expected, 'link_missing');
        if (link.previousHash !== previous) return broken(link.position, 'previous_hash_differs');
        if (link.records !== link.texts.length || hashOf(link) !== link.hash) return broken(link.position, 'record_changed_or_missing');
        if (checkpoints.has(link.position) && checkpoints.get(link.position) !== link.hash)
          return broken(link.position, 'checkpoint_differs');
        previous = link.hash;
        expected++;
        found.links++;
        found.records += link.records;
        found.rewritten += link.formerLeaves.filter((leaf) => leaf !== '').length;
        found.head = link.hash;
      }
      ended = links.length < wanted;
    }
    const beyond = ended && [...checkpoints.keys()].some((position) => position >= expected);
    if (beyond) return broken(expected, 'link_missing');
    const outside = await this.outsideOfChain(from, ended ? null : expected - 1);
    if (outside) return broken(null, 'record_outside_of_the_chain', outside);
    if (!ended) return { ...found, nextFrom: expected };
    return (await this.areRewrittenBound(mostRewritten)) ? found : broken(null, 'rewritten_record_differs');
  }

  /**
   * {@link verify} for an answer, which ends within about a second. There is one at a time, however many ask.
   * @throws Problem `too-many-requests` while another one goes on
   */
  verifyAlone(from: number, checkpoints: ReadonlyMap<number, string>): Promise<Verification> {
    return this.transactions.run(async (tx) => {
      const [lock] = await tx.query<{ free: boolean }[]>('select pg_try_advisory_xact_lock($1) as free', [walkLock]);
      if (!lock?.free) throw underWay();
      const { links: most, rewritten: mostRewritten, milliseconds: within } = ofAnswer;
      return this.verify(from, { checkpoints, most, within, mostRewritten });
    });
  }

  /** The hash of a link; null where there is none. */
  async hashAt(position: number): Promise<string | null> {
    const [link] = await this.transactions.rows<Link>(linksAfter, [position - 1, 1]);
    return link?.position === position ? link.hash : null;
  }

  /**
   * Id of a record that stands in no link. Ids grow along the chain but for transactions that overlapped: of what is behind the last record of the link
   * before, and not behind that of the last link, each record is looked at in one piece of a chain that is walked along in pieces.
   */
  private async outsideOfChain(from: number, to: number | null): Promise<string | undefined> {
    const after = from > 1 ? await this.lastRecordAt(from - 1) : null;
    const last = to === null ? null : await this.lastRecordAt(to);
    const [outside] = await this.transactions.rows<{ id: string }>(unlinkedRecord, [after ?? '0', last]);
    return outside?.id;
  }

  private async lastRecordAt(position: number): Promise<string | null> {
    const [record] = await this.transactions.rows<{ id: string | null }>(lastRecordOf, [position]);
    return record?.id ?? null;
  }

  /** Whether the rewritten records are bound, where these are not more than are looked at. */
  private async areRewrittenBound(most: number): Promise<boolean> {
    if (most === Infinity) return this.rewrittenRecords.areBound();
    const [{ records } = { records: 0 }] = await this.transactions.rows<{ records: number }>(rewrittenCount, [most + 1]);
    return records > most || (await this.rewrittenRecords.areBound());
  }
}

function underWay(): Problem {
  return new Problem(
    'too-many-requests',
    { vi: 'Nhật ký đang được kiểm tra; hãy thử lại sau ít giây.', en: 'The record is being verified; try again in some seconds.' },
    [],
    { retryAfter: 5 },
  );
}

/** SHA-256 over the hash before, place and transaction, and the SHA-256 of each record: what the database wrote, computed apart from it. */
function hashOf({ previousHash, position, transactionId, texts, formerLeaves }: Link): string {
  const leaves = texts.map((text, index) => formerLeaves[index] || sha256(text)).join('');
  return sha256([previousHash ?? '', position, transactionId, leaves].join('\n'));
}
