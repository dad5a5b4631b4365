import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { passwordMatches } from '../accounts/passwords.js';
import { type Config, ConfigError } from '../platform/config/config.js';
import { Transactions } from '../platform/database/transactions.js';
import { ComplexityService } from '../petitions/complexity.service.js';
import { PetitionActionsService } from '../petitions/petition-actions.service.js';
import { PetitionsService } from '../petitions/petitions.service.js';
import { DecisionsService } from '../petitions/resolution/decisions.service.js';
import { FollowUpService } from '../petitions/resolution/follow-up.service.js';
import { VerificationsService } from '../petitions/resolution/verifications.service.js';
import { TransfersService } from '../routing/transfers.service.js';
import { UnitDirectory } from '../structure/units/unit-directory.js';
import { demoAccounts, demoPassword, storeDemoAccounts } from './accounts.js';
import { storeDemoBacklog } from './backlog.js';
import { type DemoCast, storeDemoPetitions } from './petitions.js';
import { storeDemoInspections } from './inspections.js';
import { storeDemoReception } from './reception.js';
import { storeDemoRegulations } from './regulations.js';
import { storeDemoReports } from './reports.js';
import { storeDemoRollOut } from './roll-out.js';
import { storeDemoSuperiorMatters } from './superior-matters.js';
import { storeDemoUnits } from './units.js';
import { storeDemoUrging } from './urging.js';
import { storeDemoLives } from './whole-life.js';

/** Whether an empty database should be filled: by default only the embedded one, so that nothing invented gets into a server of one's own. */
export async function demoIsWanted({ demo, environment }: Config, embedded: boolean, dataSource: DataSource): Promise<boolean> {
  if (demo === 'off' || environment === 'production' || (demo === 'auto' && !embedded)) return false;
  const [{ empty } = { empty: false }] = await dataSource.query<{ empty: boolean }[]>(
    'select not exists (select from unit) and not exists (select from account) as empty',
  );
  return empty;
}

/** The demo accounts that still have the documented password. */
export async function openDemoAccounts(dataSource: DataSource): Promise<string[]> {
  const accounts = await dataSource.query<{ username: string; password_hash: string }[]>(
    'select username, password_hash from account where active and username = any ($1) order by created_at, username',
    [demoAccounts.map(({ username }) => username)],
  );
  // The demo hashes its password once for all accounts; comparing it with each would cost more than the rest of the start.
  const matches = new Map<string, boolean>();
  for (const { password_hash: hash } of accounts) if (!matches.has(hash)) matches.set(hash, await passwordMatches(hash, demoPassword));
  return accounts.filter(({ password_hash: hash }) => matches.get(hash)).map(({ username }) => username);
}

/** @throws ConfigError when a production server would accept the documented password */
export async function refuseDemoInProduction({ environment }: Config, dataSource: DataSource): Promise<void> {
  if (environment !== 'production') return;
  const [username] = await openDemoAccounts(dataSource);
  if (username)
    throw new ConfigError(
      `NODE_ENV: the account "${username}" still has the documented demo password; production refuses to start with it. Use a database without demo data`,
    );
}

/** Units and accounts of the demo. */
export async function storeDemoCast(app: INestApplicationContext): Promise<DemoCast> {
  const transactions = app.get(Transactions);
  const unitIds = await storeDemoUnits(transactions);
  const officials = await storeDemoAccounts(transactions, unitIds);
  await app.get(UnitDirectory).upToDate(transactions.manager);
  return { unitIds, officials };
}

/** The whole demo; its petitions all or none. Answers how many there are. */
export async function loadDemo(app: INestApplicationContext): Promise<number> {
  const cast = await storeDemoCast(app);
  const services = {
    units: app.get(UnitDirectory),
    petitions: app.get(PetitionsService),
    actions: app.get(PetitionActionsService),
    transfers: app.get(TransfersService),
    complexity: app.get(ComplexityService),
    verifications: app.get(VerificationsService),
    decisions: app.get(DecisionsService),
    followUp: app.get(FollowUpService),
  };
  const stored = await app.get(Transactions).run(async () => {
    const petitions = (await storeDemoPetitions(services, cast)) + (await storeDemoLives(app, cast));
    await storeDemoBacklog(app, cast);
    await storeDemoUrging(app, cast);
    await storeDemoRegulations(app, cast);
    await storeDemoSuperiorMatters(app, cast);
    await storeDemoRollOut(app, cast);
    const opened = await storeDemoReception(app, cast);
    await storeDemoInspections(app, cast);
    return petitions + opened;
  });
  // Reports are counted in snapshots, which see what was committed.
  await storeDemoReports(app, cast);
  return stored;
}
