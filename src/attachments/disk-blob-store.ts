import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { once } from 'node:events';
import type { BlobStore, ByteRange } from './blob-store.js';

/** Contents as files in a folder, 65,536 folders wide. The incoming folder lies on the same disk, so that a content appears whole or not at all. */
export class DiskBlobStore implements BlobStore {
  constructor(private readonly folder: string) {}

  async put(sha256: string, incoming: string): Promise<void> {
    const target = this.pathOf(sha256);
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
    await rename(incoming, target);
  }

  async read(sha256: string, range?: ByteRange): Promise<Readable> {
    const file = this.pathOf(sha256);
    await stat(file);
    const stream = createReadStream(file, range && { start: range.first, end: range.last });
    await once(stream, 'open');
    return stream;
  }

  async remove(sha256: string): Promise<void> {
    await rm(this.pathOf(sha256), { force: true });
  }

  private pathOf(sha256: string): string {
    return path.join(this.folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }
}
