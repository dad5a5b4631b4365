import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Transactions } from '../../platform/database/transactions.js';
import { IncomingFiles, type Spooled } from '../../platform/incoming/incoming-files.service.js';
import { BLOB_STORE, type BlobStore, type ByteRange } from './blob-store.js';

/** Seed of the advisory locks of contents. */
const lockSeed = 51;

/** Held by a backup, which copies the files of a moment that passes: whoever removes contents from the store shares it, or leaves them to the sweeper. */
export const removalLock = 7_140_2022;

/**
 * Contents and their rows. Whoever writes or removes a content holds its lock until the end of his transaction, so that nobody removes what
 * somebody else is about to name. Order of locks: rows of the matter first, contents second, by their SHA-256 where there are several.
 */
@Injectable()
export class Blobs {
  constructor(
    @Inject(BLOB_STORE) private readonly contents: BlobStore,
    private readonly transactions: Transactions,
    private readonly incoming: IncomingFiles,
  ) {}

  /**
   * Stores a content in the running transaction, for the row that is about to name it: both or none. Called once it is known that the caller may.
   * A content that is missing in the store, or cut off, is whole again afterwards.
   */
  async store({ path: file, sha256, size }: Spooled, mediaType: string): Promise<void> {
    const { manager: tx } = this.transactions;
    this.transactions.onUndone(() => this.removeUnnamed(sha256));
    await this.hold(tx, [sha256]);
    const added = await tx.query<unknown[]>(
      'insert into blob (sha256, size, media_type) values ($1, $2, $3) on conflict (sha256) do nothing returning sha256',
      [sha256, size, mediaType],
    );
    if (added.length > 0 || (await this.contents.sizeOf(sha256)) !== size) await this.contents.put(sha256, file, size, mediaType);
  }

  /**
   * {@link store} for a content that was made here.
   * @returns its SHA-256
   */
  async storeMade(content: Buffer, mediaType: string): Promise<string> {
    const file = await this.incoming.write(content);
    try {
      await this.store(file, mediaType);
      return file.sha256;
    } finally {
      await this.incoming.drop(file.path);
    }
  }

  read(sha256: string, range?: ByteRange): Promise<Readable> {
    return this.contents.read(sha256, range);
  }

  async readWhole(sha256: string): Promise<Buffer> {
    return Buffer.concat(await (await this.read(sha256)).toArray());
  }

  /** Waits for the locks of contents, and holds them until the end of the transaction. */
  async hold(tx: EntityManager, contents: readonly string[]): Promise<void> {
    for (const sha256 of [...new Set(contents)].sort())
      await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, ${lockSeed}))`, [sha256]);
  }

  /**
   * Takes contents out of the books that nothing names any more; they leave the store once that is committed.
   * @param finishedJob a job that has read its file and needs it no longer
   */
  async forget(tx: EntityManager, contents: readonly string[], finishedJob: string | null = null): Promise<void> {
    await this.hold(tx, contents);
    const [gone] = await tx.query<[{ sha256: string }[], number]>(
      `delete from blob where sha256 = any ($1) and not exists (select from attachment where sha256 = blob.sha256)
         and not exists (select from document where sha256 = blob.sha256) and not exists (select from document_template where sha256 = blob.sha256)
         and not exists (select from report_file where sha256 = blob.sha256)
         and not exists (select from background_job where parameters ->> 'sha256' = blob.sha256 and state <> 'succeeded' and id is distinct from $2)
       returning sha256`,
      [contents, finishedJob],
    );
    for (const { sha256 } of gone) this.transactions.onCommitted(() => this.removeUnnamed(sha256));
  }

  /**
   * Removes a content from the store that no row names, in a transaction of its own. Where somebody is just writing the same one, it is left to
   * him: his transaction either names it or removes it. While a backup goes on nothing is removed: it may be copying what no row names any more.
   * @returns whether it was removed
   */
  removeUnnamed(sha256: string): Promise<boolean> {
    return this.transactions.run(async (tx) => {
      const [lock] = await tx.query<{ free: boolean }[]>(
        `select pg_try_advisory_xact_lock_shared(${removalLock}) and pg_try_advisory_xact_lock(hashtextextended($1, ${lockSeed})) as free`,
        [sha256],
      );
      if (!lock?.free) return false;
      // A statement of its own: it sees what the last holder of the lock has committed.
      const named = await tx.query<unknown[]>('select from blob where sha256 = $1', [sha256]);
      if (named.length > 0) return false;
      await this.contents.remove(sha256);
      return true;
    });
  }
}
