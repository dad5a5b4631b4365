import type { Config } from '../../platform/config/config.js';
import { apiRole, apiSession, sessionSettings } from '../../platform/database/data-source.js';
import { safeClient } from '../../platform/database/pools.js';
import { sayingSo } from '../../platform/text/progress.js';
import { readOrMakeMasterKeys } from '../../platform/sealing/master-keys.js';
import { prepareDatabase, sealedUnder } from './prepare.js';
import { reach } from '../../platform/database/reach.js';
import { SharedServer } from '../../platform/database/shared-server.js';

/** The database that the settings name: one of one's own, or the embedded one, started if it is not running. */
export interface OpenDatabase {
  url: string;
  /** Where the owner of the tables signs in. */
  ownerUrl: string;
  isEmbedded: boolean;
  /** Leaves the embedded server, which stops where nobody else uses it. */
  close(): Promise<void>;
}

/** The account that owns the tables, of a database that may be older than this version. */
export type OwnDatabase = Pick<OpenDatabase, 'ownerUrl' | 'isEmbedded' | 'close'> & { url: () => string };

/**
 * Goes to the database that the settings name, with the embedded server started if it is not running, and leaves it as it is.
 * @throws EmbeddedServerError with one clear line
 */
export async function joinDatabase(config: Config): Promise<OwnDatabase> {
  const embedded = config.databaseUrl
    ? null
    : await sayingSo('Starting the embedded PostgreSQL', () => SharedServer.join(`${config.dataDir}/postgres`, config.embeddedPort));
  return {
    url: () => embedded?.url('postgres', apiRole) ?? config.databaseUrl,
    ownerUrl: embedded?.url() ?? (config.ownerDatabaseUrl || config.databaseUrl),
    isEmbedded: embedded !== null,
    close: async () => embedded?.leave(),
  };
}

/**
 * Opens the database, waits for it where it is just coming up, and brings its schema up to date.
 * @throws EmbeddedServerError, DatabaseError, ConfigError, SealError with one clear line
 */
export async function openDatabase(config: Config): Promise<OpenDatabase> {
  const { url, ownerUrl, isEmbedded, close } = await joinDatabase(config);
  try {
    const masterKeys = await readOrMakeMasterKeys(config, () => sealedUnder(ownerUrl, config.databaseWait));
    await prepareDatabase(ownerUrl, masterKeys, config.databaseWait);
    if (isEmbedded) await openApiRole(ownerUrl);
    await reach(url(), { ...sessionSettings, ...apiSession(config) }, config.databaseWait);
  } catch (error) {
    await close();
    throw error;
  }
  return { url: url(), ownerUrl, isEmbedded, close };
}

/** The embedded server trusts this machine, so the API signs in under its own role and not as the owner of the tables. */
async function openApiRole(ownerUrl: string): Promise<void> {
  const owner = safeClient({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query(`alter role ${apiRole} login`);
  } finally {
    await owner.end();
  }
}
