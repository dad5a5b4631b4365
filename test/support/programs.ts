import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Where a program of the machine lies; undefined where it is not installed. Tests that need one are skipped there, and what it shows is also looked at without it. */
export function programOf(name: string): string | undefined {
  return [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/sbin']
    .map((folder) => path.join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
