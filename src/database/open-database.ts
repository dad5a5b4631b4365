import type { Config } from '../config/config.js';
import { apiRole, apiSession, sessionSettings } from './data-source.js';
import { safeClient } from './pools.js';
import { sayingSo } from '../progress.js';
import { readMasterKeys } from '../sealing/master-keys.js';
import { prepareDatabase } from './prepare.js';
import { reach } from './reach.js';
import { SharedServer } from './shared-server.js';

/** The database that the settings name: one of one's own, or the embedded one, started if it is not running. */
export interface OpenDatabase {
  url: string;
  /** Where the owner of the tables signs in. */
  ownerUrl: string;
  isEmbedded: boolean;
  /** Leaves the embedded server, which stops where nobody else uses it. */
  close(): Promise<void>;
}

/**
 * Opens the database, waits for it where it is just coming up, and brings its schema up to date.
 * @throws EmbeddedServerError, DatabaseError with one clear line
 */
export async function openDatabase(config: Config): Promise<OpenDatabase> {
  const embedded = config.databaseUrl
    ? null
    : await sayingSo('Starting the embedded PostgreSQL', () => SharedServer.join(`${config.dataDir}/postgres`, config.embeddedPort));
  const close = async (): Promise<void> => embedded?.leave();
  const url = (): string => embedded?.url('postgres', apiRole) ?? config.databaseUrl;
  const ownerUrl = embedded?.url() ?? (config.ownerDatabaseUrl || config.databaseUrl);
  try {
    await prepareDatabase(ownerUrl, readMasterKeys(config), config.databaseWait);
    if (embedded) await openApiRole(embedded.url());
    await reach(url(), { ...sessionSettings, ...apiSession(config) }, config.databaseWait);
  } catch (error) {
    await close();
    throw error;
  }
  return { url: url(), ownerUrl, isEmbedded: embedded !== null, close };
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
