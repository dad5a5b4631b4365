import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/database/transactions.js';
import { rewriteAnchors, rewrittenAfter } from './audit.queries.js';

/** Migrations that turned words of records into digests. Each one binds all that are rewritten by then, once. */
const rewrites = ['1764000000050'];
const recordsAtOnce = 2_000;
/** As in `audit_rewrite_digest()`. */
const recordsOfPart = 10_000;

/**
 * Records whose words became digests after they had been linked. Their links are proved by the hashes that they were made from; what the
 * records hold now is proved by a record of the chain with the digest of both hashes of each of them (decision 0019).
 */
@Injectable()
export class RewrittenRecords {
  constructor(private readonly transactions: Transactions) {}

  /** Whether the records are as the last migration that rewrote any has left them, and no more are rewritten than it says. */
  async areBound(): Promise<boolean> {
    const anchors = await this.transactions.rows<{ migration: string; records: number; digest: string }>(rewriteAnchors);
    if (new Set(anchors.map(({ migration }) => migration)).size !== anchors.length) return false;
    if (!anchors.every(({ migration }) => rewrites.includes(migration))) return false;
    const { records, digest } = await this.digest();
    const [newest] = anchors;
    return newest ? newest.records === records && newest.digest === digest : records === 0;
  }

  private async digest(): Promise<{ records: number; digest: string }> {
    const parts = new Map<number, string[]>();
    let [records, after] = [0, 0];
    for (;;) {
      const rows = await this.transactions.rows<{ id: number; formerLeaf: string; text: string }>(rewrittenAfter, [after, recordsAtOnce]);
      for (const { id, formerLeaf, text } of rows) {
        const part = Math.floor(id / recordsOfPart);
        const lines = parts.get(part) ?? [];
        lines.push([id, formerLeaf, sha256(text)].join(':'));
        parts.set(part, lines);
        after = id;
      }
      records += rows.length;
      if (rows.length < recordsAtOnce) break;
    }
    return { records, digest: sha256([...parts.values()].map((lines) => sha256(lines.join('\n'))).join('')) };
  }
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
