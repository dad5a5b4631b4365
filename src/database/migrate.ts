import { DataSource } from 'typeorm';
import { readConfig } from '../config/config.js';
import { dataSourceOptions } from './data-source.js';
import { prepareDatabase } from './prepare.js';

/** `npm run migrate` brings DATABASE_URL up to date; `npm run migrate -- --down` takes the newest migration back. */
const { databaseUrl } = readConfig();
if (!databaseUrl) {
  console.error('Set DATABASE_URL; the embedded server is migrated by npm start.');
  process.exit(1);
}
if (process.argv.includes('--down')) {
  const dataSource = await new DataSource(dataSourceOptions(databaseUrl)).initialize();
  await dataSource.undoLastMigration();
  await dataSource.destroy();
} else {
  await prepareDatabase(databaseUrl);
}
