import { roleNames } from '../../platform/access/official.js';
import type { INestApplicationContext } from '@nestjs/common';
import { hashPassword } from '../../accounts/passwords.js';
import type { Role } from '../../platform/access/official.js';
import { CalendarService } from '../../structure/calendar/calendar.service.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Keys } from '../../platform/sealing/keys.service.js';
import type { Unit } from '../../rules/structure/unit-structure.js';
import { UnitImportService } from '../../structure/units/import/unit-import.service.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { demoPassword } from '../accounts.js';
import { randomFrom } from '../random.js';
import { PetitionPlan } from './petitions.js';
import { hanoi2025, type Picture } from './picture.js';
import { Places } from './places.js';
import { storeFingerprints, storePetitions, storeVisits } from './store.js';
import { planVisits } from './visits.js';

/** The three files of units, as `npm run units:import` takes them. */
export interface UnitFiles {
  before: Buffer;
  since: Buffer;
  mergers: Buffer;
}

const reorganised = { from: '2008-08-01', lastDay: '2025-06-30', on: '2025-07-01' };
const cityCode = '01';
const roles: Role[] = ['inspector', 'analyst', 'leader', 'clerk', 'admin'];

/** What was made. */
export interface Made {
  units: number;
  visits: number;
  petitions: number;
}

/**
 * Fills an empty database with units, visits and petitions that have exactly the figures of a picture. All or nothing but for the units, which are imported first.
 * @throws Problem `import-refused` for a faulty file of units
 */
export async function makeHanoi2025(app: INestApplicationContext, files: UnitFiles, picture: Picture = hanoi2025): Promise<Made> {
  const imports = app.get(UnitImportService);
  const imported = [
    await imports.importUnits(files.before, { validFrom: reorganised.from, validTo: reorganised.lastDay }, false),
    await imports.importUnits(files.since, { validFrom: reorganised.on, validTo: null }, false),
  ];
  await imports.importSuccessions(files.mergers, reorganised.on, false);
  const { structure } = app.get(UnitDirectory);
  const city = structure.allUnits().find(({ code, level, validTo }) => code === cityCode && level === 'province' && !validTo)!;
  const transactions = app.get(Transactions);
  const { calendar } = app.get(CalendarService);
  const random = randomFrom(2025);
  const places = new Places(city, structure, calendar, picture, random);
  const visits = planVisits(picture, places, calendar, random);
  const petitions = [...new PetitionPlan(picture, places, structure, calendar, random).petitions()];
  await transactions.run(async (tx) => {
    const clerk = await storeAccounts(transactions, city);
    await storeVisits(tx, visits, clerk);
    await storePetitions(tx, petitions, clerk);
    await storeFingerprints(tx, petitions, app.get(Keys).ring.comparisonKey);
  });
  return { units: imported.reduce((sum, { created }) => sum + created, 0), visits: visits.length, petitions: petitions.length };
}

/** Accounts of the city, with the documented password of every demo. Answers who enters things. */
async function storeAccounts(transactions: Transactions, { id }: Unit): Promise<string> {
  const passwordHash = await hashPassword(demoPassword);
  let clerk = '';
  for (const role of roles) {
    const [account] = await transactions.manager.query<{ id: string }[]>(
      'insert into account (username, password_hash, display_name, unit_id, roles, approved_at) values ($1, $2, $3, $4, $5, now()) returning id',
      [`city.${role}`, passwordHash, `Hà Nội – ${roleNames[role]}`, id, [role]],
    );
    if (role === 'clerk') clerk = account!.id;
  }
  return clerk;
}
