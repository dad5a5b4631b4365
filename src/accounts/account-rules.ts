import { Problem } from '../platform/problems/problem.js';
import { officeName, type Unit } from '../rules/structure/unit-structure.js';
import type { AccountKind } from './account.entity.js';
import { type Role, inWords, roleNames } from '../platform/access/official.js';
import { readsPetitions } from '../platform/access/permissions.js';
import { rolesOf, servicesMay } from './roles-of-units.js';
import type { Scope } from '../platform/access/scopes.js';

/** What an account may: nothing while it is closed. */
export interface Rights {
  kind: AccountKind;
  active: boolean;
  unitId: string;
  roles: readonly Role[];
  scopes: readonly Scope[];
}

/**
 * Whether somebody reads petitions afterwards who did not before, or those of another unit, or more of them: then a second person has to
 * agree. Closing an account and taking roles away need nobody.
 */
export function opensPetitions(before: Rights, after: Rights): boolean {
  const gained = reading(after).filter((role) => !reading(before).includes(role));
  if (reading(after).length === 0) return false;
  return gained.length > 0 || after.unitId !== before.unitId || after.scopes.some((scope) => !before.scopes.includes(scope));
}

/**
 * Whether somebody who reads petitions is called otherwise afterwards: by his name whoever is denounced is kept out (Law on Denunciations
 * art. 8), so that a second person has to agree. What is closed meanwhile waits until it is opened again.
 */
export function renamesReader(before: Rights & Named, after: Rights & Named): boolean {
  return before.kind === 'person' && after.displayName !== before.displayName && reading(after).length > 0;
}

interface Named {
  displayName: string;
}

/** The roles by which an account reads petitions now. */
export function reading({ active, roles }: Pick<Rights, 'active' | 'roles'>): Role[] {
  return active ? roles.filter(readsPetitions) : [];
}

/**
 * Roles that go together, at this unit, for this kind of account. Used for what administrators enter and for what a provider of identities says.
 * @throws Problem `validation-failed` naming the field
 */
export function mustFit(unit: Unit, { kind, roles, scopes }: Pick<Rights, 'kind' | 'roles' | 'scopes'>): void {
  mustGoTogether(roles);
  if (kind === 'service') mustBeForServices(roles, scopes);
  const { roles: allowed, because } = rolesOf(unit);
  const wrong = roles.find((role) => !allowed.includes(role));
  if (!wrong) return;
  const { vi, en } = officeName(unit);
  throw Problem.field('validation-failed', '/roles', 'role_not_of_unit', {
    vi: `${vi} không có vai trò "${roleNames[wrong]}"; cho phép: ${inWords(allowed)}. ${because.vi}`,
    en: `${en} does not have the role "${wrong}"; allowed: ${allowed.join(', ')}. ${because.en}`,
  });
}

/** Who keeps accounts sees no petition, so that nobody gives himself what he may not see (law.md 4.6, separation of duties). */
function mustGoTogether(roles: readonly Role[]): void {
  if (!roles.includes('admin') || roles.length === 1) return;
  throw Problem.field('validation-failed', '/roles', 'admin_alone', {
    vi: 'Vai trò admin không đi cùng vai trò khác.',
    en: 'The role admin does not go together with another one.',
  });
}

function mustBeForServices(roles: readonly Role[], scopes: readonly Scope[]): void {
  const allowedRoles = (Object.keys(servicesMay) as Role[]).join(', ');
  const wrongRole = roles.find((role) => !servicesMay[role]);
  if (wrongRole)
    throw Problem.field('validation-failed', '/roles', 'role_not_for_services', {
      vi: `Ứng dụng không được có vai trò "${roleNames[wrongRole]}"; cho phép: ${inWords(Object.keys(servicesMay) as Role[])}.`,
      en: `A service cannot have the role "${wrongRole}"; allowed: ${allowedRoles}.`,
    });
  const allowed = new Set(roles.flatMap((role) => servicesMay[role] ?? []));
  const wrongScope = scopes.find((scope) => !allowed.has(scope));
  if (wrongScope)
    throw Problem.field('validation-failed', '/scopes', 'scope_not_for_services', {
      vi: `Ứng dụng với vai trò này không được có phạm vi "${wrongScope}"; cho phép: ${[...allowed].join(', ')}.`,
      en: `A service of this role cannot have the scope "${wrongScope}"; allowed: ${[...allowed].join(', ')}.`,
    });
}
