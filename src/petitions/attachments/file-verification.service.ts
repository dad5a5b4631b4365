import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/database/transactions.js';
import { contentRows, namedContents, namesOf } from './attachments.queries.js';
import { BLOB_STORE, type BlobStore, everyContent, type StoredContent } from './blob-store.js';

/** What is wrong with a content. `unnamed` is no loss: the store has more than the database knows of. */
export type FileFaultKind = 'missing' | 'size' | 'digest' | 'unnamed';

export interface StoredFault {
  kind: FileFaultKind;
  sha256: string;
  /** What names it: `attachment 0197…`; never how it is called. */
  named: string[];
}

export interface FileCounts extends Record<FileFaultKind, number> {
  rows: number;
  stored: number;
}

interface ContentRow extends Record<string, unknown> {
  sha256: string;
  size: number;
}

/** A page is sorted by the database each time: few large ones. */
const rowsOfPage = 20_000;

/** Compares the rows that name contents with the contents of the store, both in the order of their SHA-256, so that neither has to fit into memory. */
@Injectable()
export class FileVerification {
  constructor(
    @Inject(BLOB_STORE) private readonly contents: BlobStore,
    private readonly transactions: Transactions,
  ) {}

  /**
   * @param digests also reads every content and computes its SHA-256
   * @param tell is called with every fault as soon as it is found
   */
  async verify({ digests }: { digests: boolean }, tell: (fault: StoredFault) => void): Promise<FileCounts> {
    const counts: FileCounts = { rows: 0, stored: 0, missing: 0, size: 0, digest: 0, unnamed: 0 };
    const found = async (kind: FileFaultKind, sha256: string): Promise<void> => {
      counts[kind]++;
      const names = await this.transactions.rows<{ kind: string; id: string }>(namesOf, [sha256]);
      tell({ kind, sha256, named: names.map((name) => `${name.kind} ${name.id}`) });
    };
    for await (const { row, content } of bySha256(this.rows(), this.stored())) {
      if (row) counts.rows++;
      if (content) counts.stored++;
      const fault = row ? await this.faultOf(row, content, digests) : content && (await this.isUnnamed(content)) ? 'unnamed' : null;
      if (fault) await found(fault, (row ?? content)!.sha256);
    }
    return counts;
  }

  private async faultOf(row: ContentRow, listed: StoredContent | undefined, digests: boolean): Promise<FileFaultKind | null> {
    // What was listed before its row was read is asked for once more: the product may be running.
    const size = listed?.size === row.size ? listed.size : await this.contents.sizeOf(row.sha256);
    if (size === undefined) return (await this.isNamed(row.sha256)) ? 'missing' : null;
    if (size !== row.size) return 'size';
    return digests && (await this.digestOf(row.sha256)) !== row.sha256 ? 'digest' : null;
  }

  private async isUnnamed({ sha256 }: StoredContent): Promise<boolean> {
    return !(await this.isNamed(sha256)) && (await this.contents.sizeOf(sha256)) !== undefined;
  }

  private async isNamed(sha256: string): Promise<boolean> {
    return (await this.transactions.rows(namedContents, [[sha256]])).length > 0;
  }

  private async digestOf(sha256: string): Promise<string> {
    const hash = createHash('sha256');
    for await (const chunk of (await this.contents.read(sha256)) as AsyncIterable<Buffer>) hash.update(chunk);
    return hash.digest('hex');
  }

  private async *rows(): AsyncGenerator<ContentRow> {
    for (let after = ''; ;) {
      const rows = await this.transactions.rows<ContentRow>(contentRows, [after, rowsOfPage]);
      yield* rows;
      if (rows.length < rowsOfPage) return;
      after = rows.at(-1)!.sha256;
    }
  }

  private async *stored(): AsyncGenerator<StoredContent> {
    for await (const page of everyContent(this.contents)) yield* page;
  }
}

/** Two sorted lists side by side: what is in both comes together. */
async function* bySha256(
  rows: AsyncGenerator<ContentRow>,
  contents: AsyncGenerator<StoredContent>,
): AsyncGenerator<{ row?: ContentRow; content?: StoredContent }> {
  let [row, content] = [await rows.next(), await contents.next()];
  for (;;) {
    const [named, stored] = [row.done ? undefined : row.value, content.done ? undefined : content.value];
    if (!named && !stored) return;
    const isRow = named && (!stored || named.sha256 <= stored.sha256);
    const isContent = stored && (!named || stored.sha256 <= named.sha256);
    yield { ...(isRow && { row: named }), ...(isContent && { content: stored }) };
    if (isRow) row = await rows.next();
    if (isContent) content = await contents.next();
  }
}
