import { randomBytes } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';

/**
 * One real PostgreSQL server for the whole run, with two databases to clone: `empty` (migrated) and `cast` (with the demo's units and
 * accounts). The tests run against the built product in dist/, as it is shipped.
 */
export default async function startDatabase(): Promise<void> {
  const { EmbeddedServer, temporaryDataFolder } = (await built(
    'database/embedded-server.js',
  )) as typeof import('../../src/database/embedded-server.js');
  const { prepareDatabase } = (await built('database/prepare.js')) as typeof import('../../src/database/prepare.js');
  const { AppModule } = (await built('app.module.js')) as typeof import('../../src/app.module.js');
  const { readConfig } = (await built('config/config.js')) as typeof import('../../src/config/config.js');
  const { storeDemoCast } = (await built('demo/demo.js')) as typeof import('../../src/demo/demo.js');
  const { readMasterKeys } = (await built('sealing/master-keys.js')) as typeof import('../../src/sealing/master-keys.js');

  // One master key for the whole run: the databases are clones, and what is sealed in them opens with the same one.
  const masterKey = randomBytes(32).toString('base64');
  process.env['E2E_MASTER_KEY'] = masterKey;
  const folder = await temporaryDataFolder();
  const server = await EmbeddedServer.start(folder, 0, {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '200',
    shared_preload_libraries: 'pg_stat_statements',
  });
  globalThis.databaseOfTests = { server, folder };
  process.env['E2E_DATABASE'] = server.url();

  const admin = new pg.Client(server.url());
  await admin.connect();
  await admin.query('create database empty');
  await prepareDatabase(server.url('empty'), readMasterKeys(readConfig({ TIEPDAN_MASTER_KEY: masterKey }, '')));
  await admin.query('create database cast_members template empty');
  await admin.end();
  const config = readConfig(
    {
      DATABASE_URL: server.url('cast_members'),
      TIEPDAN_DATA_DIR: `${folder}-keys`,
      TIEPDAN_MASTER_KEY: masterKey,
      LOG_LEVEL: 'silent',
      TIEPDAN_WORKERS: '0',
    },
    '',
  );
  const app = await NestFactory.createApplicationContext(AppModule.with(config), { logger: false });
  await storeDemoCast(app);
  await app.close();
}

declare global {
  var databaseOfTests: { server: { stop(): Promise<void> }; folder: string } | undefined;
}

function built(file: string): Promise<unknown> {
  return import(`../../dist/src/${file}`) as Promise<unknown>;
}
