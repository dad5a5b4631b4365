import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { INestApplicationContext } from '@nestjs/common';
import { FileVerification } from '../../petitions/attachments/file-verification.service.js';
import { AuditService } from '../../records/audit/audit.service.js';
import { CheckpointsService } from '../../records/audit/checkpoints.service.js';
import { signingKeyId } from '../../accounts/signing-key.js';
import { inOneLine, UsageError, withServices } from '../command.js';
import type { Config } from '../../platform/config/config.js';
import type { NewEpoch } from '../backup/new-epoch.js';
import { afterRecovery, restore, type Restored } from '../backup/restore.js';

const usage = `Usage:
  npm run --silent restore -- FOLDER [--files FOLDER] [--keep-files]
  npm run --silent restore -- --after-recovery
The first restores a backup into an empty database and an empty store of files; --files says where its contents lie now, --keep-files lets a store
be that was not lost. The second is for a database that was restored by PostgreSQL's own means (point in time). Both end all sessions, begin a new
epoch of the feed of events, and prove audit and files. Exit code 1 where something is missing or broken.`;

/** `npm run restore`: exit code 0 where everything came back and is whole. */
await inOneLine(async (config) => {
  const { folder, files, keepFiles } = readArguments();
  if (folder === null) {
    await withServices(config, async (app, { ownerUrl }) => {
      tellEpoch(await afterRecovery(config, ownerUrl));
      await prove(app);
    });
    return;
  }
  const hadSigningKey = existsSync(config.signingKeyFile);
  const restored = await restore(config, folder, { files, keepFiles });
  tellRestored(restored, folder);
  tellEpoch(restored.epoch);
  await withServices(config, prove);
  await tellSigningKey(config, restored, hadSigningKey);
});

function tellRestored({ manifest, tables, files }: Restored, folder: string): void {
  const width = Math.max(...tables.map(({ table }) => table.length));
  console.log(`Restored from ${folder}, taken ${manifest.takenAt} by version ${manifest.version}`);
  for (const { table, rows, expected } of tables) {
    const line = `  ${table.padEnd(width)}  ${rows} of ${expected} rows`;
    if (rows === expected) console.log(line);
    else failed(line);
  }
  console.log(`  ${files} of ${manifest.files.count} files`);
  for (const { sha256, fault } of manifest.files.faults) console.error(`  ${sha256}: was ${fault} when the backup was made`);
}

function tellEpoch({ epoch, eventPosition, sessions, codes, deliveries, messages }: NewEpoch): void {
  console.log(
    [
      `New epoch ${epoch}: the feed goes on after position ${eventPosition}`,
      `  ended: ${sessions} sessions, ${codes} invitations and codes`,
      `  laid aside, not sent again: ${deliveries} webhook messages (GET /webhooks/{id}/deliveries?state=dead), ${messages} messages to citizens`,
    ].join('\n'),
  );
}

/** The same as `audit:verify` and `files:verify -- --digests`. */
async function prove(app: INestApplicationContext): Promise<void> {
  const checkpoints = await app.get(CheckpointsService).trusted();
  const { intact, broken, links, records, head } = await app.get(AuditService).verify(1, { checkpoints });
  if (intact) console.log(`Audit intact: ${links} links, ${records} records, head ${head ?? '–'}`);
  else failed(`Audit broken at ${broken?.position ? `link ${broken.position}` : `record ${broken?.recordId}`}: ${broken?.reason}`);
  const { rows, missing, size, digest, unnamed } = await app.get(FileVerification).verify({ digests: true }, ({ kind, sha256, named }) => {
    if (kind !== 'unnamed') console.error(`${sha256}: ${kind}; ${named.join(', ')}`);
  });
  const faults = missing + size + digest;
  const line = `Files: ${rows} named, ${faults} missing or damaged, ${unnamed} without a row`;
  if (faults === 0) console.log(line);
  else failed(line);
}

async function tellSigningKey({ signingKeyFile }: Config, { manifest }: Restored, hadOne: boolean): Promise<void> {
  const { signingKeyId: before } = manifest.keys;
  const now = await signingKeyId(signingKeyFile);
  if (before === null || before === now) return;
  console.error(
    `Signing key: ${now}${hadOne ? '' : ', made anew'}; that of the backup is ${before}. Checkpoints of the audit that it signed are not looked at: put it into ${signingKeyFile} and run audit:verify`,
  );
}

function failed(line: string): void {
  console.error(line);
  process.exitCode = 1;
}

function readArguments(): { folder: string | null; files?: string; keepFiles: boolean } {
  try {
    const options = { files: { type: 'string' }, 'keep-files': { type: 'boolean' }, 'after-recovery': { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [folder, ...others] = positionals;
    const alone = values['after-recovery'] === true;
    if (others.length > 0 || alone === (folder !== undefined) || (alone && (values.files !== undefined || values['keep-files'])))
      throw new UsageError(usage);
    return {
      folder: folder === undefined ? null : path.resolve(folder),
      ...(values.files && { files: path.resolve(values.files) }),
      keepFiles: values['keep-files'] ?? false,
    };
  } catch {
    throw new UsageError(usage);
  }
}
