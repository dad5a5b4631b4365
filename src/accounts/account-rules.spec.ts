import { describe, expect, it, test } from '@jest/globals';
import { demoAccounts, officeAccounts } from '../demo/accounts.js';
import { demoUnits } from '../demo/units.js';
import { unitKinds, unitLevels, type Unit } from '../rules/structure/unit-structure.js';
import { mustFit, opensPetitions, renamesReader, type Rights } from './account-rules.js';
import { type Role, roles } from '../platform/access/official.js';
import { permissions, readsPetitions, ruleOf, type Permission } from '../platform/access/permissions.js';
import { rolesOf, servicesMay } from './roles-of-units.js';

const rights = (more: Partial<Rights> = {}): Rights => ({
  kind: 'person',
  active: true,
  unitId: 'ba-dinh',
  roles: ['analyst'],
  scopes: [],
  ...more,
});
const closed = rights({ active: false });
const clerk = rights({ roles: ['clerk'] });
const service = rights({ kind: 'service', roles: ['clerk'], scopes: ['petitions:read'] });

test('who reads petitions follows from the permissions', () => {
  expect(roles.filter(readsPetitions)).toEqual(['clerk', 'handler', 'leader', 'reception_board', 'inspector']);
  const shown = (Object.keys(permissions) as Permission[]).filter((name) => /^(petitions|people|identity|audit|documents)\./.test(name));
  for (const name of shown) for (const role of ruleOf(name).roles) expect([name, role, readsPetitions(role)]).toEqual([name, role, true]);
});

test.each([
  ['a new clerk', closed, clerk, true],
  ['a new analyst', closed, rights(), false],
  ['a new administrator', closed, rights({ roles: ['admin'] }), false],
  ['an analyst who becomes a handler', rights(), rights({ roles: ['analyst', 'handler'] }), true],
  ['a clerk who becomes a leader', clerk, rights({ roles: ['leader'] }), true],
  ['a clerk who loses a role', rights({ roles: ['clerk', 'handler'] }), clerk, false],
  ['a clerk who becomes an analyst', clerk, rights(), false],
  ['a clerk at another unit', clerk, rights({ roles: ['clerk'], unitId: 'hoan-kiem' }), true],
  ['an analyst at another unit', rights(), rights({ unitId: 'hoan-kiem' }), false],
  ['a clerk who is opened again', rights({ roles: ['clerk'], active: false }), clerk, true],
  ['a clerk who is closed', clerk, rights({ roles: ['clerk'], active: false }), false],
  ['a service with more scopes', service, { ...service, scopes: ['petitions:read', 'people:read'] as const }, true],
  ['a service with fewer scopes', service, { ...service, scopes: [] }, false],
  ['a service of figures', closed, rights({ kind: 'service', scopes: ['reports:read'] }), false],
])('%s: a leader agrees – %#', (_who, before, after, needed) => {
  expect(opensPetitions(before, after)).toBe(needed);
});

test.each([
  ['a clerk', clerk, true],
  ['a clerk who is closed with it', { ...clerk, active: false }, false],
  ['an analyst', rights(), false],
  ['a service', service, false],
])('%s who is called otherwise: a leader agrees – %#', (_who, after, needed) => {
  const named = (displayName: string) => ({ ...after, displayName });
  expect([renamesReader(named('Lê Thu Hằng'), named('Trần Mai Lan')), renamesReader(named('Lê Thu Hằng'), named('Lê Thu Hằng'))]).toEqual([
    needed,
    false,
  ]);
});

describe('roles of units', () => {
  it('are named for every kind and level, with a reason', () => {
    for (const kind of unitKinds)
      for (const level of unitLevels) {
        const { roles: allowed, because } = rolesOf({ kind, level });
        expect(allowed).toContain('leader');
        expect(because.vi.length * because.en.length).toBeGreaterThan(0);
      }
  });

  it('let nobody see what his authority is above but from where that is the work', () => {
    const boards = unitKinds.filter((kind) => rolesOf({ kind, level: 'province' }).roles.includes('reception_board'));
    const inspectors = unitKinds.filter((kind) => rolesOf({ kind, level: 'province' }).roles.includes('inspector'));
    expect([boards, inspectors]).toEqual([
      ['peoples_committee', 'reception_board'],
      ['peoples_committee', 'inspectorate'],
    ]);
  });

  it('are those of the demo, but for the board and the inspector of its commune, which make one of each role at each level', () => {
    const fits = ({ unit: key, roles: held }: { unit: string; roles: Role[] }): boolean => {
      const { kind, level, name } = demoUnits.find((unit) => unit.key === key)!;
      try {
        mustFit({ kind, level, name } as Unit, { kind: 'person', roles: held, scopes: [] });
        return true;
      } catch {
        return false;
      }
    };
    const beyond = [...demoAccounts, ...officeAccounts].filter((account) => !fits(account)).map(({ username }) => username);
    expect(beyond).toEqual(['commune.reception_board', 'commune.inspector']);
  });
});

test('no service is given identities, the audit, or a role that decides', () => {
  const given = Object.values(servicesMay).flat();
  expect(given.filter((scope) => /^(identity|audit):|^administration:write/.test(scope))).toEqual([]);
  expect(Object.keys(servicesMay)).toEqual(['clerk', 'analyst']);
});
