import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { diskClock } from '../../platform/incoming/disk-clock.js';
import type { BlobStore, ByteRange, StoredContent } from './blob-store.js';

const twoDigits = /^[0-9a-f]{2}$/;

/** Contents as files in a folder, 65,536 folders wide. The incoming folder lies on the same disk, so that a content appears whole or not at all. */
export class DiskBlobStore implements BlobStore {
  constructor(private readonly folder: string) {}

  /** The incoming file was flushed when it was written; its new name, and those of new folders, are flushed here. */
  async put(sha256: string, incoming: string): Promise<void> {
    const target = this.pathOf(sha256);
    const folder = path.dirname(target);
    const newFrom = await mkdir(folder, { recursive: true, mode: 0o700 });
    await rename(incoming, target);
    // From the folder of the file up to the one that was there before.
    const top = newFrom === undefined ? folder : path.dirname(newFrom);
    for (let changed = folder; ; changed = path.dirname(changed)) {
      await flush(changed);
      if (changed === top) return;
    }
  }

  async sizeOf(sha256: string): Promise<number | undefined> {
    return (await statOf(this.pathOf(sha256)))?.size;
  }

  async read(sha256: string, range?: ByteRange): Promise<Readable> {
    const file = this.pathOf(sha256);
    await stat(file);
    const stream = createReadStream(file, range && { start: range.first, end: range.last });
    await once(stream, 'open');
    return stream;
  }

  async list(after: string, atMost: number): Promise<StoredContent[]> {
    const found: StoredContent[] = [];
    const outer = await namesIn(this.folder, twoDigits, after.slice(0, 2));
    if (outer.length === 0) return found;
    const now = await diskClock(path.join(this.folder, 'incoming'));
    for (const first of outer)
      for (const second of await namesIn(path.join(this.folder, first), twoDigits, after.startsWith(first) ? after.slice(2, 4) : '')) {
        const names = await namesIn(path.join(this.folder, first, second), /^[0-9a-f]{64}$/, after);
        const following = names.filter((sha256) => sha256 > after).slice(0, atMost - found.length);
        const known = await Promise.all(following.map(async (sha256) => ({ sha256, file: await statOf(this.pathOf(sha256)) })));
        // One that has gone since it was listed is none.
        for (const { sha256, file } of known) if (file) found.push({ sha256, size: file.size, age: now - file.mtimeMs });
        if (found.length === atMost) return found;
      }
    return found;
  }

  async remove(sha256: string): Promise<void> {
    await rm(this.pathOf(sha256), { force: true });
  }

  private pathOf(sha256: string): string {
    return path.join(this.folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }
}

/** Names of a kind in a folder from one on, sorted; none where there is no such folder. */
async function namesIn(folder: string, kind: RegExp, from: string): Promise<string[]> {
  const names = await readdir(folder).catch(noneWhereMissing<string[]>([]));
  return names.filter((name) => kind.test(name) && name >= from).sort();
}

async function statOf(file: string): Promise<{ size: number; mtimeMs: number } | undefined> {
  return stat(file).catch(noneWhereMissing(undefined));
}

/** A disk that cannot be read is not an empty one: every other fault is thrown. */
function noneWhereMissing<T>(none: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code !== 'ENOENT') throw error;
    return none;
  };
}

async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
