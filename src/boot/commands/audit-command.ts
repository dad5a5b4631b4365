import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { runCommand, UsageError } from '../command.js';
import { AuditService } from '../../records/audit/audit.service.js';
import { CheckpointsService } from '../../records/audit/checkpoints.service.js';

const usage = `Usage:
  npm run --silent audit:verify [-- --checkpoint FILE …]
Walks along the whole chain, compares it with the checkpoints that are stored and with those in the files, and names the first broken link.`;

/** `npm run audit:verify`: exit code 0 where the audit is whole, 1 where it is not. */
await runCommand(async (app) => {
  const files = readArguments();
  const given = await Promise.all(files.map(async (file) => (await readFile(file, 'utf8')).trim()));
  const checkpoints = await app.get(CheckpointsService).trusted(given);
  const { intact, broken, links, records, head } = await app.get(AuditService).verify(1, { checkpoints });
  if (intact) {
    console.log(`Intact: ${links} links, ${records} records, ${checkpoints.size} checkpoints, head ${head ?? '–'}`);
    return;
  }
  const where = broken?.position ? `link ${broken.position}` : `record ${broken?.recordId}`;
  console.error(`Broken at ${where}: ${broken?.reason}. Intact before it: ${links} links, ${records} records`);
  process.exitCode = 1;
});

function readArguments(): string[] {
  try {
    return parseArgs({ options: { checkpoint: { type: 'string', multiple: true } } }).values.checkpoint ?? [];
  } catch {
    throw new UsageError(usage);
  }
}
