import pg from 'pg';
import { migrate, storeCast } from '../test/support/cast.ts';
import '../test/support/clock/pin-process.ts';
import { pinDatabase } from '../test/support/clock/pin-database.ts';

/* node drills/prepare.ts DATABASE_URL KEYS_FOLDER, with TIEPDAN_MASTER_KEY: an empty database gets the schema, the demo's units and accounts. */
const [, , url, keysFolder] = process.argv;
const masterKey = process.env['TIEPDAN_MASTER_KEY'];
if (!url || !keysFolder || !masterKey) throw new Error('Usage: TIEPDAN_MASTER_KEY=… node drills/prepare.ts DATABASE_URL KEYS_FOLDER');
const client = new pg.Client(url);
await client.connect();
await pinDatabase(client);
await client.end();
await migrate(url, masterKey);
await storeCast(url, masterKey, keysFolder);
