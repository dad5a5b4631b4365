import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { runCommand, UsageError } from '../command.js';
import { safeClient } from '../../platform/database/pools.js';
import { Transactions } from '../../platform/database/transactions.js';
import { demoPassword } from '../../demo/accounts.js';
import { makeHanoi2025 } from '../../demo/hanoi-2025/hanoi-2025.js';

const usage = `Usage:
  npm run demo:hanoi-2025 -- FOLDER   into an empty database; the folder has units-2024.csv, units-2025-07.csv and hanoi-mergers-2025-07.csv (docs/reports.md)`;

/** `npm run demo:hanoi-2025`: a data set with the published figures of Hanoi, 1 August 2024 to 31 July 2025. */
await runCommand(async (app, { ownerUrl }) => {
  const folder = process.argv[2];
  if (!folder || process.argv.length > 3) throw new UsageError(usage);
  const [before, since, mergers] = ['units-2024.csv', 'units-2025-07.csv', 'hanoi-mergers-2025-07.csv'].map((file) =>
    read(path.join(folder, file)),
  );
  if (app.get<Config>(CONFIG).environment === 'production')
    throw new UsageError('Invented people have no place in production: NODE_ENV=production is refused.');
  const [{ empty } = { empty: false }] = await app
    .get(Transactions)
    .manager.query<{ empty: boolean }[]>('select not exists (select from unit) and not exists (select from account) as empty');
  if (!empty) throw new UsageError('The database has units or accounts; set TIEPDAN_DATA_DIR or DATABASE_URL to an empty one.');
  const started = performance.now();
  const made = await makeHanoi2025(app, { before: before!, since: since!, mergers: mergers! });
  await learn(ownerUrl);
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`Done in ${seconds} s: ${made.units} units, ${made.visits} visits, ${made.petitions} petitions`);
  console.log(`Accounts: city.inspector, city.analyst, city.leader, city.clerk, city.admin; password ${demoPassword}`);
});

/** What the planner has to know of so many new rows, before anybody asks for a report; only the owner of the tables may gather it. */
async function learn(ownerUrl: string): Promise<void> {
  const owner = safeClient({ connectionString: ownerUrl, query_timeout: 0 });
  await owner.connect();
  try {
    await owner.query('analyze');
  } finally {
    await owner.end();
  }
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${usage}`);
  }
}
