import { randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * The time by which the disk of a folder stamps its files, in milliseconds. A shared folder has the clock of its server, which need not go like
 * that of this machine: ages of files are counted by the one that stamped them. Where nothing can be written, it is that of this machine.
 */
export async function diskClock(folder: string): Promise<number> {
  const probe = path.join(folder, `${randomUUID()}.clock`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = await open(probe, 'w', 0o600);
    try {
      return (await file.stat()).mtimeMs;
    } finally {
      await file.close();
      await rm(probe, { force: true });
    }
    // eslint-disable-next-line failures/swallowed-failure -- no database is asked: a disk that cannot be written to has no clock
  } catch {
    return Date.now();
  }
}
