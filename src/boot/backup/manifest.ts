import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { BackupError } from './backup-error.js';

/** What a folder with a backup holds. Nothing in it opens a sealed field: neither the master key nor the signing key is part of a backup. */
export interface Manifest {
  /** Form of the backup; another one is not read. */
  format: 1;
  /** Version of the product that made it. */
  version: string;
  /** Moment of the snapshot: everything that was committed before is in it, RFC 3339. */
  takenAt: string;
  server: string;
  /** Names of the migrations that had been run, in their order; the last one is the head. */
  migrations: string[];
  /** Tables, in COPY's text format with the columns named here, packed by gzip. */
  tables: TablePart[];
  /** Work that waited in the queue. */
  queue: Part | null;
  sequences: { name: string; lastValue: string; isCalled: boolean }[];
  /** CSV without a head: SHA-256, bytes, media type of every content that a row names, in the order of the SHA-256. */
  contents: Part;
  files: {
    /** Where the contents lie, from the folder of this file on. */
    folder: string;
    count: number;
    bytes: number;
    /** Contents that were missing or damaged in the store when the backup was made, and so are in none. */
    faults: { sha256: string; fault: 'missing' | 'damaged' }[];
  };
  /** Heads of what counts on. */
  audit: { position: number; hash: string } | null;
  feed: { epoch: string | null; position: number };
  keys: {
    /** Which master keys open the sealed fields: ids alone, from which nothing of a key follows. */
    masterKeyIds: string[];
    /** Data keys as they lie in the database, wrapped by a master key: so a restore can tell whether the right one is at hand. */
    dataKeys: { version: number; masterKeyId: string; wrapped: string }[];
    /** JWK thumbprint (RFC 7638) of the key that signs access tokens and checkpoints of the audit; null where there was none at hand. */
    signingKeyId: string | null;
    keepElsewhere: string;
  };
}

/** One file of a backup. */
export interface Part {
  file: string;
  rows: number;
  bytes: number;
  sha256: string;
}

export interface TablePart extends Part {
  table: string;
  columns: string[];
}

export const manifestName = 'manifest.json';
export const digestsName = 'SHA256SUMS';

/** All parts but the contents, which are named by their SHA-256. */
export function partsOf({ tables, queue, contents }: Manifest): Part[] {
  return [...tables, ...(queue ? [queue] : []), contents];
}

/** Writes the manifest, and the digests in the form of `sha256sum`, flushed. A folder without it is no backup. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  const digests = [...partsOf(manifest), { file: manifestName, sha256: createHash('sha256').update(text).digest('hex') }];
  await writeFlushed(path.join(folder, digestsName), digests.map(({ file, sha256 }) => `${sha256}  ${file}\n`).join(''));
  await writeFlushed(path.join(folder, manifestName), text);
  await flushFolder(folder);
}

/**
 * Reads what a folder holds.
 * @throws BackupError where it is none, is of another form, or is not what its digest says
 */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readPart(folder, manifestName);
  const digests = await readPart(folder, digestsName);
  const expected = /^([0-9a-f]{64}) {2}manifest\.json$/m.exec(digests)?.[1];
  if (createHash('sha256').update(text).digest('hex') !== expected)
    throw new BackupError(`${path.join(folder, manifestName)} is not what ${digestsName} says: the backup was damaged or changed`);
  const manifest = JSON.parse(text) as Manifest;
  if ((manifest.format as number) !== 1)
    throw new BackupError(
      `${folder} is a backup of the form ${String(manifest.format)}, made by version ${manifest.version}; this version reads form 1`,
    );
  return manifest;
}

async function readPart(folder: string, name: string): Promise<string> {
  try {
    return await readFile(path.join(folder, name), 'utf8');
  } catch (error) {
    throw new BackupError(`${folder} holds no backup: ${name} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** @throws BackupError where a part is not what the manifest says */
export async function mustBeWhole(folder: string, { file, sha256 }: Part): Promise<void> {
  const found = await digestOf(path.join(folder, file));
  if (found === sha256) return;
  const what = found === null ? 'is missing' : 'is damaged: its SHA-256 is not that of the manifest';
  throw new BackupError(`${path.join(folder, file)} ${what}; nothing was written`);
}

/** SHA-256 of a file; null where there is none. */
export async function digestOf(file: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return hash.digest('hex');
}

async function writeFlushed(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
