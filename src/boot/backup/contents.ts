import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BlobStore } from '../../petitions/attachments/blob-store.js';
import { BackupError } from './backup-error.js';

/** A content that a row names. */
export interface NamedContent {
  sha256: string;
  size: number;
  mediaType: string;
}

/** Stores answer slowly and disks do not like more. */
const atOnce = 4;

/** Reads the list of contents row by row, in the order of the SHA-256. */
export async function* namedContents(file: string): AsyncGenerator<NamedContent> {
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const [sha256 = '', size = '', mediaType = ''] = line.split(',');
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new BackupError(`${file}: "${line.slice(0, 80)}" is no content`);
    yield { sha256, size: Number(size), mediaType };
  }
}

/** Does the work for each item, four at a time. After the first failure none is begun any more. */
export async function forEachOf<T>(items: AsyncGenerator<T>, work: (item: T) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  const one = async (): Promise<void> => {
    try {
      for (let next = await items.next(); !next.done && failures.length === 0; next = await items.next()) await work(next.value);
    } catch (error) {
      failures.push(error);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  await items.return(undefined);
  if (failures.length > 0) throw failures[0];
}

/**
 * Copies a content from one store to another, unless it is there as large as it should be.
 * @param incoming folder on the disk of the other store through which it passes
 * @returns what is wrong with it in the first store; nothing was copied then
 */
export async function copyContent(
  from: BlobStore,
  to: BlobStore,
  incoming: string,
  { sha256, size, mediaType }: NamedContent,
): Promise<'missing' | 'damaged' | null> {
  if ((await to.sizeOf(sha256)) === size) return null;
  if ((await from.sizeOf(sha256)) === undefined) return 'missing';
  const hash = createHash('sha256');
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  const file = path.join(incoming, randomUUID());
  try {
    await pipeline(await from.read(sha256), measure, createWriteStream(file, { mode: 0o600, flush: true }));
    if (hash.digest('hex') !== sha256) return 'damaged';
    await to.put(sha256, file, size, mediaType);
    return null;
  } finally {
    // A folder takes the file over, a bucket does not.
    await rm(file, { force: true });
  }
}

/**
 * Looks whether a store holds nothing but what the list names, so that nothing in it belongs to somebody else. Both are in the order of the
 * SHA-256 and are read side by side.
 * @returns a content that the list does not name
 */
export async function strangerIn(store: BlobStore, list: string): Promise<string | undefined> {
  const named = namedContents(list);
  let next = await named.next();
  for (let after = ''; ;) {
    const contents = await store.list(after, 1000);
    for (const { sha256 } of contents) {
      while (!next.done && next.value.sha256 < sha256) next = await named.next();
      if (next.done || next.value.sha256 !== sha256) return sha256;
    }
    if (contents.length < 1000) return undefined;
    after = contents.at(-1)!.sha256;
  }
}
