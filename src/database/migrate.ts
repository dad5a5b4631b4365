import { DataSource } from 'typeorm';
import { readConfig } from '../config/config.js';
import { SealedIdentities1764000000013 } from '../../migrations/1764000000013-sealed-identities.js';
import { WhatHangs1764000000033 } from '../../migrations/1764000000033-what-hangs.js';
import { openSealedIdentities, showHiddenWords } from '../petitions/identity/seal-open-identities.js';
import { KeyRing } from '../sealing/key-ring.js';
import { readMasterKeys, readOrMakeMasterKeys } from '../sealing/master-keys.js';
import { dataSourceOptions } from './data-source.js';
import { prepareDatabase, sealedUnder } from './prepare.js';

/** `npm run migrate` brings DATABASE_URL up to date; `npm run migrate -- --down` takes the newest migration back. */
const config = readConfig();
const databaseUrl = config.ownerDatabaseUrl || config.databaseUrl;
if (!databaseUrl) {
  console.error('Set DATABASE_URL; the embedded server is migrated by npm start.');
  process.exit(1);
}
if (process.argv.includes('--down')) {
  const dataSource = await new DataSource(dataSourceOptions(databaseUrl, 2, {}, { query_timeout: 0, patience: null })).initialize();
  await openWhatTheSealCloses(dataSource);
  await dataSource.undoLastMigration();
  await dataSource.destroy();
} else {
  const masterKeys = await readOrMakeMasterKeys(config, () => sealedUnder(databaseUrl, config.databaseWait));
  await prepareDatabase(databaseUrl, masterKeys, config.databaseWait);
}

/** Before the schema forgets seals, the identities under them are opened: nothing is lost on the way back. */
async function openWhatTheSealCloses(dataSource: DataSource): Promise<void> {
  const [newest] = await dataSource.query<{ name: string }[]>('select name from migrations order by id desc limit 1');
  const open = new Map([
    [WhatHangs1764000000033.name, showHiddenWords],
    [SealedIdentities1764000000013.name, openSealedIdentities],
  ]).get(newest?.name ?? '');
  await open?.(dataSource.manager, await KeyRing.load(dataSource.manager, readMasterKeys(config)));
}
