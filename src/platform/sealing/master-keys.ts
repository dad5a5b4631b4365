import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Config, ConfigError } from '../config/config.js';

/** A key that wraps data keys; 32 bytes that never lie in the database. */
export interface MasterKey {
  /** Tells keys apart without telling anything of them. */
  id: string;
  key: Buffer;
}

/** The master keys of this installation: the first one wraps, the others still unwrap what was wrapped before. */
export type MasterKeys = readonly [MasterKey, ...MasterKey[]];

const howToMake = 'make one with: openssl rand -base64 32';

/**
 * Reads the master keys from TIEPDAN_MASTER_KEY or TIEPDAN_MASTER_KEY_FILE.
 * @throws ConfigError with one line that says what is allowed, never with the key
 */
export function readMasterKeys(config: Config): MasterKeys {
  const { masterKey, masterKeyFile } = config;
  if (masterKey) return parse(masterKey, 'TIEPDAN_MASTER_KEY');
  if (!hasMasterKey(config)) throw new ConfigError(`TIEPDAN_MASTER_KEY_FILE: ${masterKeyFile} does not exist`);
  return parse(readKeyFile(masterKeyFile), 'TIEPDAN_MASTER_KEY_FILE');
}

/** Whether there is a master key in the settings, or the file that they name. */
export function hasMasterKey({ masterKey, masterKeyFile }: Config): boolean {
  return masterKey !== '' || existsSync(masterKeyFile);
}

/**
 * {@link readMasterKeys}, and outside of production a new key where there is none yet: only beside a database in which nothing is sealed, since a
 * new key opens nothing, and whoever restored without the key would find one where his belongs.
 * @param sealedUnder id of the master key that the database was sealed under; null where nothing is
 */
export async function readOrMakeMasterKeys(config: Config, sealedUnder: () => Promise<string | null>): Promise<MasterKeys> {
  const { masterKeyFile, environment } = config;
  if (hasMasterKey(config)) return readMasterKeys(config);
  const id = await sealedUnder();
  // Asked again: another instance that starts at once has made the key before it sealed anything.
  if (hasMasterKey(config)) return readMasterKeys(config);
  if (id !== null)
    throw new ConfigError(
      `TIEPDAN_MASTER_KEY_FILE: ${masterKeyFile} does not exist, and what lies in the database was sealed under the master key ${id}: bring that key back; a new one opens nothing, and none was made`,
    );
  // Made silently it would lie beside the data that it guards, and be lost with it.
  if (environment === 'production')
    throw new ConfigError(`TIEPDAN_MASTER_KEY_FILE: ${masterKeyFile} does not exist; production needs a key of its own, ${howToMake}`);
  makeKeyFile(masterKeyFile);
  return readMasterKeys(config);
}

/** Key under which the audit tells secret fields, see migration "audit": known to the API's sessions, not to a dump. */
export function digestKeyOf([current]: MasterKeys): string {
  return Buffer.from(hkdfSync('sha256', current.key, '', 'tiepdan audit digests', 32)).toString('hex');
}

function makeKeyFile(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  try {
    // `wx`: of several instances starting at once on one folder the first makes the key, the others read it.
    writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') throw new ConfigError(`TIEPDAN_MASTER_KEY_FILE: ${file} cannot be written (${code})`);
  }
}

function readKeyFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(`TIEPDAN_MASTER_KEY_FILE: ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function parse(text: string, variable: string): MasterKeys {
  const keys = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((encoded) => Buffer.from(encoded, 'base64'));
  const [first, ...others] = keys.map((key) => ({
    id: createHash('sha256').update('master key id').update(key).digest('hex').slice(0, 16),
    key,
  }));
  if (!first || keys.some(({ length }) => length !== 32))
    throw new ConfigError(
      `${variable}: not a master key; allowed: 32 bytes in Base64, the current one first and older ones after it, ${howToMake}`,
    );
  return [first, ...others];
}
