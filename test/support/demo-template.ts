import path from 'node:path';
import { pinDatabase } from './clock/pin-database.ts';
import { endProcess, launch, settingsOf, withClient } from './server.ts';

/** A database with the demo as the product makes it on the day of the suite, to be cloned; and the folder of its files. */
export interface DemoTemplate {
  database: string;
  dataDir: string;
}

/** Starts the product on an empty database until the demo is there; once for each day, however many suites ask at once. */
export async function demoTemplate(maintenance: string): Promise<DemoTemplate> {
  const { startsAt = 'run' } = globalThis as { startsAt?: string };
  const database = `demo_${startsAt.replaceAll(/\W/g, '').toLowerCase()}`;
  const dataDir = path.join(process.env['E2E_FOLDER']!, database);
  await withClient(maintenance, async (client) => {
    // Held until this connection ends: whoever comes second finds it made.
    await client.query('select pg_advisory_lock(hashtext($1))', [database]);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
    if (rowCount) return;
    const making = `${database}_making`;
    await client.query(`create database ${making} template empty`);
    const url = maintenance.replace(/\/postgres$/, `/${making}`);
    await withClient(url, pinDatabase);
    const started = launch({ ...settingsOf(url, dataDir), TIEPDAN_DEMO: 'on' });
    await started.ready;
    await endProcess(started.process, 'SIGTERM');
    await client.query(`alter database ${making} rename to ${database}`);
  });
  return { database, dataDir };
}
