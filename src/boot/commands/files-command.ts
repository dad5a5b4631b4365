import { parseArgs } from 'node:util';
import { runCommand, UsageError } from '../command.js';
import { type FileFaultKind, FileVerification } from '../../petitions/attachments/file-verification.service.js';

const usage = `Usage:
  npm run --silent files:verify [-- --digests]
Compares every file that the database names with the store: whether it is there and as large as it should be; with --digests also what is in it.
Names contents by their SHA-256 and what names them by id. Exit code 1 where a file is missing or damaged; files that nothing names are told alone.`;

const words: Record<FileFaultKind, string> = {
  missing: 'missing',
  size: 'of another size',
  digest: 'of another SHA-256',
  unnamed: 'without a row',
};

/** `npm run files:verify`: exit code 0 where every file is there, 1 where one is not. */
await runCommand(async (app) => {
  const digests = readArguments();
  const counts = await app.get(FileVerification).verify({ digests }, ({ kind, sha256, named }) => {
    const line = [`${sha256}: ${words[kind]}`, ...(named.length > 0 ? [named.join(', ')] : [])].join('; ');
    if (kind === 'unnamed') console.log(line);
    else console.error(line);
  });
  const { rows, stored, missing, size, digest, unnamed } = counts;
  const read = digests ? `${digest} ${words.digest}` : 'contents not read (--digests)';
  console.log(
    `${rows} files in the database, ${stored} in the store: ${missing} ${words.missing}, ${size} ${words.size}, ${read}, ${unnamed} ${words.unnamed}`,
  );
  if (missing + size + digest > 0) process.exitCode = 1;
});

function readArguments(): boolean {
  try {
    return parseArgs({ options: { digests: { type: 'boolean' } } }).values.digests ?? false;
  } catch {
    throw new UsageError(usage);
  }
}
