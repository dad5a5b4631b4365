import type { Readable } from 'node:stream';

/** Bytes of a content, both ends included (RFC 9110 section 14). */
export interface ByteRange {
  first: number;
  last: number;
}

/** A content as it lies in the store. */
export interface StoredContent {
  sha256: string;
  size: number;
  /** Milliseconds since it was put, by the clock of the store. */
  age: number;
}

/** Where contents lie, each under its SHA-256. Putting the same content again changes nothing. */
export interface BlobStore {
  /** Takes over the file at `path`, which lies in the folder of incoming files. When it has ended the content outlives the loss of power. */
  put(sha256: string, path: string, size: number, mediaType: string): Promise<void>;
  /** Bytes of a content, undefined where it is not there. */
  sizeOf(sha256: string): Promise<number | undefined>;
  /** @throws Error when the content is not there */
  read(sha256: string, range?: ByteRange): Promise<Readable>;
  /** The contents that follow after a SHA-256 (empty: from the first), in the order of their bytes; fewer than `atMost` when these were the last. */
  list(after: string, atMost: number): Promise<StoredContent[]>;
  remove(sha256: string): Promise<void>;
}

/** Injection token of the {@link BlobStore}. */
export const BLOB_STORE = Symbol('blob-store');

/** All contents of a store, one page after the other. */
export async function* everyContent(store: BlobStore, page = 1000): AsyncGenerator<StoredContent[]> {
  for (let after = ''; ;) {
    const contents = await store.list(after, page);
    if (contents.length > 0) yield contents;
    if (contents.length < page) return;
    after = contents.at(-1)!.sha256;
  }
}
