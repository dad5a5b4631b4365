import type { Readable } from 'node:stream';

/** Bytes of a content, both ends included (RFC 9110 section 14). */
export interface ByteRange {
  first: number;
  last: number;
}

/** Where contents lie, each under its SHA-256. Putting the same content again changes nothing. */
export interface BlobStore {
  /** Takes over the file at `path`, which lies in the folder of incoming files. */
  put(sha256: string, path: string, size: number, mediaType: string): Promise<void>;
  /** @throws Error when the content is not there */
  read(sha256: string, range?: ByteRange): Promise<Readable>;
  remove(sha256: string): Promise<void>;
}

/** Injection token of the {@link BlobStore}. */
export const BLOB_STORE = Symbol('blob-store');
