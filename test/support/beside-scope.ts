/*
 * Units out of the caller's scope that an answer may name, each with its reason. Whatever is not named here fails in `scope.e2e.ts`: a new field is
 * decided on, not overlooked.
 */

/** Lists that are the same for everybody. */
export const openToAll: ReadonlySet<string> = new Set([
  // The structure itself.
  '/units',
  // Where and when anybody is received stands at the door.
  '/reception-offices',
  // House rules and regulations are published.
  '/regulations',
]);

interface Exception {
  reason: string;
  /** `route field`. */
  fields: string[];
  /** The thing may name no unit in scope at all. */
  alone?: boolean;
}

const exceptions: Exception[] = [
  {
    reason: 'a petition is read by every unit that it ever lay with; where it was received, belongs and lies now is part of it',
    fields: [
      '/petitions items[].receivedUnit',
      '/petitions items[].competentUnit',
      '/petitions items[].responsibleUnit',
      '/petitions/exports text',
    ],
    alone: true,
  },
  {
    reason: 'the same of the petition that an event is about',
    fields: ['/events items[].data.receivedUnitId', '/events items[].data.competentUnitId', '/events items[].data.responsibleUnitId'],
  },
  {
    reason: 'who above gives guidance or runs a campaign is told to those below',
    fields: ['/guidance items[].unit', '/regulation-campaigns items[].unit'],
    alone: true,
  },
  {
    reason: 'the points of a session by video: each unit that takes part is told where the others sit',
    fields: ['/reception-sessions items[].rooms[].unit'],
  },
  { reason: 'a case is read by whoever reads a petition in it', fields: ['/cases items[].openedUnit'], alone: true },
  {
    reason: 'the other side of what was sent between two units',
    fields: [
      '/transfers items[].fromUnit',
      '/transfers items[].toUnit',
      '/urgings items[].fromUnit',
      '/urgings items[].toUnit',
      '/urgings items[].escalatesTo',
      '/urging-letters items[].fromUnit',
      '/unit-requests items[].unit',
      '/unit-requests items[].toUnit',
      '/reports/flows items[].from',
      '/reports/flows items[].to',
      '/reports/flows/chart text',
    ],
  },
  {
    reason: 'who inspects, and who is inspected',
    fields: [
      '/inspections items[].unit',
      '/inspections items[].inspectedUnit',
      '/inspection-findings items[].unit',
      '/inspection-findings items[].inspectedUnit',
    ],
  },
  {
    reason: 'a large group is known where it came and where it came from',
    fields: ['/reception-incidents items[].unit', '/reception-incidents items[].originUnit'],
  },
  {
    reason: 'an administrator keeps the accounts of units below without seeing their petitions',
    fields: [
      '/accounts items[]',
      '/account-proposals items[].unit',
      '/account-proposals items[].fromUnit',
      '/account-proposals items[].approvingUnit',
    ],
    alone: true,
  },
  {
    reason: 'an agency whose official is on duty at an office in scope stands in its roster',
    fields: ['/reception-allowances items[].unit', '/reception-allowances/exports text'],
    alone: true,
  },
  {
    reason: 'whose leader is asked to agree to an account, and for which unit below',
    fields: ['/events items[].data.unitId', '/events items[].data.approvingUnitId'],
  },
];

const known = new Map(exceptions.flatMap(({ fields, alone = false }) => fields.map((field) => [field, alone] as const)));

/** @param anyInScope whether the thing names a unit in scope, too */
export function isBesideScope(route: string, field: string, anyInScope: boolean): boolean {
  // Which unit is above another one and which comes after it is the structure, which everybody reads.
  if (/\.(parentId|successors\[\])$/.test(field)) return true;
  const alone = known.get(`${route} ${field}`);
  return alone === undefined ? false : alone || anyInScope;
}

/** Lists that what is below makes longer for whoever does not see it otherwise. */
export const widenedByBelow: ReadonlySet<string> = new Set([
  ...openToAll,
  // Petitions that the caller reads anyhow, by where they lie now.
  '/petitions',
  '/petitions/exports',
]);
