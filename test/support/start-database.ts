import { randomBytes } from 'node:crypto';
import path from 'node:path';
import pg from 'pg';
import { built, migrate, storeCast } from './cast.ts';
import './clock/pin-process.ts';
import { pinDatabase, pinnedSearchPath } from './clock/pin-database.ts';

/**
 * One real PostgreSQL server for the whole run, with two databases to clone: `empty` (migrated) and `cast` (with the demo's units and
 * accounts). The tests run against the built product in dist/, as it is shipped.
 */
export default async function startDatabase(): Promise<void> {
  const { EmbeddedServer, temporaryDataFolder } = await built<typeof import('../../src/platform/database/embedded-server.js')>(
    'platform/database/embedded-server.js',
  );

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
    ...pinnedSearchPath,
  });
  globalThis.databaseOfTests = { server, folder };
  process.env['E2E_DATABASE'] = server.url();
  process.env['E2E_FOLDER'] = path.dirname(folder);

  // Every database that is made from now on has the clock.
  const model = new pg.Client(server.url('template1'));
  await model.connect();
  await pinDatabase(model);
  await model.end();
  const admin = new pg.Client(server.url());
  await admin.connect();
  await admin.query('create database empty');
  await migrate(server.url('empty'), masterKey);
  await admin.query('create database cast_members template empty');
  await admin.end();
  await storeCast(server.url('cast_members'), masterKey, `${folder}-keys`);
}

declare global {
  var databaseOfTests: { server: { stop(): Promise<void> }; folder: string } | undefined;
}
