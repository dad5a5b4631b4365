import path from 'node:path';
import { parseArgs } from 'node:util';
import { inOneLine, UsageError } from '../command.js';
import { backUp } from '../backup/backup.js';

const usage = `Usage:
  npm run --silent backup -- FOLDER [--files FOLDER]
Writes database and files into a new folder, while the service runs; --files names a folder of contents that several backups share.
No key is in it: keep the master key and the signing key apart. Exit code 1 where a file that the database names was missing or damaged.`;

/** `npm run backup`: exit code 0 where everything that the database names is in the backup. */
await inOneLine(async (config) => {
  const { folder, files } = readArguments();
  const begun = performance.now();
  const { tables, files: contents, audit, feed, keys, takenAt, migrations } = await backUp(config, folder, files);
  const rows = tables.reduce((sum, part) => sum + part.rows, 0);
  const bytes = tables.reduce((sum, part) => sum + part.bytes, 0);
  console.log(
    [
      `Backed up into ${folder} in ${((performance.now() - begun) / 1000).toFixed(1)} s: everything that was committed before ${takenAt}`,
      `  ${tables.length} tables, ${rows} rows, ${bytes} bytes packed; schema ${migrations.at(-1)}`,
      `  ${contents.count} files, ${contents.bytes} bytes`,
      `  audit ${audit ? `link ${audit.position}, ${audit.hash}` : 'empty'}; feed position ${feed.position}`,
      `  needs, from elsewhere: master key ${keys.masterKeyIds.join(', ') || '–'}; signing key ${keys.signingKeyId ?? 'none at hand'}`,
    ].join('\n'),
  );
  for (const { sha256, fault } of contents.faults)
    console.error(`${sha256}: ${fault} in the store, and so not in the backup; see files:verify`);
  if (contents.faults.length > 0) process.exitCode = 1;
});

function readArguments(): { folder: string; files?: string } {
  try {
    const { values, positionals } = parseArgs({ options: { files: { type: 'string' } }, allowPositionals: true });
    const [folder, ...others] = positionals;
    if (!folder || others.length > 0) throw new UsageError(usage);
    return { folder: path.resolve(folder), ...(values.files && { files: path.resolve(values.files) }) };
  } catch {
    throw new UsageError(usage);
  }
}
