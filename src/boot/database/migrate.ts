import { DataSource } from 'typeorm';
import { readConfig } from '../../platform/config/config.js';
import { SealedIdentities1764000000013 } from '../../../migrations/1764000000013-sealed-identities.js';
import { WhatHangs1764000000033 } from '../../../migrations/1764000000033-what-hangs.js';
import { openSealedIdentities, showHiddenWords } from '../../petitions/identity/seal-open-identities.js';
import { KeyRing } from '../../platform/sealing/key-ring.js';
import { readMasterKeys, readOrMakeMasterKeys } from '../../platform/sealing/master-keys.js';
import { dataSourceOptions } from '../../platform/database/data-source.js';
import { prepareDatabase, sealedUnder } from './prepare.js';
import { reason } from '../../platform/database/reach.js';

/**
 * `npm run migrate` brings DATABASE_URL up to date; `npm run migrate -- --down` takes the newest migration back, `--down=NAME` all of them back
 * to the one of this name and with it, `--down=all` every one.
 */
const config = readConfig();
const databaseUrl = config.ownerDatabaseUrl || config.databaseUrl;
if (!databaseUrl) {
  console.error('Set DATABASE_URL; the embedded server is migrated by npm start.');
  process.exit(1);
}
const down = process.argv.find((one) => /^--down(=|$)/.test(one));
if (down) {
  const dataSource = await new DataSource(dataSourceOptions(databaseUrl, 2, {}, { query_timeout: 0, patience: null })).initialize();
  try {
    await takeBack(dataSource, down.slice('--down='.length));
  } catch (error) {
    console.error(reason(error));
    process.exitCode = 1;
  } finally {
    await dataSource.destroy();
  }
} else {
  const masterKeys = await readOrMakeMasterKeys(config, () => sealedUnder(databaseUrl, config.databaseWait));
  await prepareDatabase(databaseUrl, masterKeys, config.databaseWait);
}

/**
 * Takes migrations back, the newest first.
 * @param to the last one that goes, `all`, or nothing: the newest alone
 * @throws Error where no migration of this name was made; nothing is taken back then
 */
async function takeBack(dataSource: DataSource, to: string): Promise<void> {
  const made = await dataSource.query<{ name: string }[]>('select name from migrations order by id desc');
  const last = to === 'all' ? made.length - 1 : to ? made.findIndex(({ name }) => name === to) : 0;
  if (last < 0 && to !== 'all')
    throw new Error(`--down=${to}: no such migration was made; allowed: all, ${made.map(({ name }) => name).join(', ')}`);
  for (const { name } of made.slice(0, last + 1)) {
    await openWhatTheSealCloses(dataSource, name);
    await dataSource.undoLastMigration();
  }
}

/** Before the schema forgets seals, the identities under them are opened: nothing is lost on the way back. */
async function openWhatTheSealCloses(dataSource: DataSource, migration: string): Promise<void> {
  const open = new Map([
    [WhatHangs1764000000033.name, showHiddenWords],
    [SealedIdentities1764000000013.name, openSealedIdentities],
  ]).get(migration);
  await open?.(dataSource.manager, await KeyRing.load(dataSource.manager, readMasterKeys(config)));
}
