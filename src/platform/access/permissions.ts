import type { Role } from './official.js';
import type { Area, Scope } from './scopes.js';

/** Whose things a permission is about, seen from the caller's unit; `src/structure/units/access-scope.ts` is the one place that computes it. */
export const reaches = {
  /** The same for everybody: units, calendar, law. */
  everybody: 'what is the same for everybody',
  /** The caller's own account. */
  self: 'the own account',
  /** The caller's unit. */
  own: 'the own unit',
  /** Petitions that a unit in sight is or was involved in: the own unit; for leaders, boards, inspectors and analysts what is below, too. */
  in_sight: 'units in sight: the own, and for some roles those below',
  /** Petitions in sight that lie with an office that the caller acts for. */
  responsible: 'petitions in sight that lie with the own office',
  /** The own unit and all below, as their administrator. */
  administered: 'units that one administers',
  /** Only at the top of the structure. */
  whole_structure: 'the whole structure, from its top',
  /** The identity of a denouncer: for whom it is assigned to, and who decides. */
  assigned: 'what one is assigned to or decides',
} as const;
export type Reach = keyof typeof reaches;

/** Who may do something, and with whose things. */
export interface PermissionRule {
  area: Area;
  roles: readonly Role[];
  reach: Reach;
}

const everybody = ['clerk', 'handler', 'leader', 'reception_board', 'inspector', 'analyst', 'admin'] as const;
const onPetitions = ['clerk', 'handler', 'leader', 'reception_board', 'inspector'] as const;
const handling = ['clerk', 'handler', 'leader', 'reception_board'] as const;
/** Who follows and urges what is below. */
const overseeing = ['leader', 'reception_board', 'inspector'] as const;
const sending = ['clerk', 'leader', 'reception_board'] as const;

/**
 * Every permission (law.md 4.6): role × action × whose things. A route names the one that it needs; the guard looks at the roles, the query
 * scope at the reach. Which role takes which step of a petition's life stands with the steps: `src/petitions/transitions.ts`.
 */
export const permissions = {
  'reference.read': { area: 'reference', roles: everybody, reach: 'everybody' },
  'own_account.keep': { area: 'administration', roles: everybody, reach: 'self' },
  'units.keep': { area: 'administration', roles: ['admin'], reach: 'whole_structure' },
  'calendar.keep': { area: 'administration', roles: ['admin'], reach: 'whole_structure' },
  'unit_settings.keep': { area: 'administration', roles: ['admin'], reach: 'administered' },
  'accounts.keep': { area: 'administration', roles: ['admin'], reach: 'administered' },
  'account_proposals.read': { area: 'administration', roles: ['leader', 'admin'], reach: 'in_sight' },
  'account_proposals.decide': { area: 'administration', roles: ['leader'], reach: 'in_sight' },
  'keys.keep': { area: 'administration', roles: ['admin'], reach: 'whole_structure' },
  'petitions.file': { area: 'petitions', roles: ['clerk'], reach: 'own' },
  'petitions.import': { area: 'petitions', roles: ['clerk'], reach: 'own' },
  'petitions.read': { area: 'petitions', roles: onPetitions, reach: 'in_sight' },
  'petitions.act': { area: 'petitions', roles: onPetitions, reach: 'responsible' },
  'petitions.link': { area: 'petitions', roles: sending, reach: 'responsible' },
  'petitions.send': { area: 'petitions', roles: sending, reach: 'responsible' },
  'petitions.reply': { area: 'petitions', roles: handling, reach: 'responsible' },
  'petitions.assign': { area: 'petitions', roles: ['leader'], reach: 'responsible' },
  'protection.request': { area: 'petitions', roles: ['clerk', 'handler', 'leader'], reach: 'responsible' },
  'protection.decide': { area: 'petitions', roles: ['leader'], reach: 'responsible' },
  'jobs.follow': { area: 'petitions', roles: sending, reach: 'own' },
  'reception.read': { area: 'reception', roles: onPetitions, reach: 'in_sight' },
  'reception_offices.keep': { area: 'reception', roles: [...sending, 'admin'], reach: 'own' },
  'reception.schedule': { area: 'reception', roles: sending, reach: 'own' },
  'reception.receive': { area: 'reception', roles: handling, reach: 'own' },
  'identity.reveal': { area: 'identity', roles: onPetitions, reach: 'assigned' },
  'identity.follow': { area: 'identity', roles: ['leader', 'inspector'], reach: 'in_sight' },
  'people.read': { area: 'people', roles: handling, reach: 'in_sight' },
  'people.read_numbers': { area: 'people', roles: handling, reach: 'responsible' },
  'people.export': { area: 'people', roles: sending, reach: 'in_sight' },
  'people.merge': { area: 'people', roles: ['clerk', 'reception_board'], reach: 'in_sight' },
  'signatories.list': { area: 'people', roles: ['clerk', 'reception_board'], reach: 'responsible' },
  'documents.read': { area: 'documents', roles: onPetitions, reach: 'in_sight' },
  'documents.make': { area: 'documents', roles: handling, reach: 'responsible' },
  'templates.read': { area: 'documents', roles: [...onPetitions, 'admin'], reach: 'own' },
  'templates.keep': { area: 'documents', roles: ['leader', 'reception_board', 'admin'], reach: 'own' },
  'legal_instruments.keep': { area: 'regulations', roles: ['admin'], reach: 'whole_structure' },
  'regulations.read': { area: 'regulations', roles: everybody, reach: 'everybody' },
  'regulations.keep': { area: 'regulations', roles: sending, reach: 'own' },
  'regulations.review_below': { area: 'regulations', roles: overseeing, reach: 'in_sight' },
  'inspections.read': { area: 'inspections', roles: onPetitions, reach: 'in_sight' },
  'inspections.run': { area: 'inspections', roles: overseeing, reach: 'in_sight' },
  'inspections.answer': { area: 'inspections', roles: onPetitions, reach: 'assigned' },
  'findings.answer': { area: 'inspections', roles: handling, reach: 'own' },
  'rollout.read': { area: 'oversight', roles: everybody, reach: 'in_sight' },
  'rollout.keep': { area: 'oversight', roles: [...overseeing, 'admin'], reach: 'in_sight' },
  'requests.put': { area: 'oversight', roles: everybody, reach: 'own' },
  'guidance.keep': { area: 'oversight', roles: ['inspector', 'admin'], reach: 'own' },
  'overview.sum_up': { area: 'oversight', roles: overseeing, reach: 'in_sight' },
  'urging.send': { area: 'oversight', roles: sending, reach: 'in_sight' },
  'urging.answer': { area: 'oversight', roles: handling, reach: 'own' },
  'urging.take_up': { area: 'oversight', roles: overseeing, reach: 'in_sight' },
  'backlog.read': { area: 'oversight', roles: onPetitions, reach: 'in_sight' },
  'backlog.plan': { area: 'oversight', roles: handling, reach: 'responsible' },
  'backlog.commit': { area: 'oversight', roles: ['leader'], reach: 'responsible' },
  'backlog.review': { area: 'oversight', roles: overseeing, reach: 'in_sight' },
  'superior_matters.read': { area: 'oversight', roles: onPetitions, reach: 'in_sight' },
  'superior_matters.keep': { area: 'oversight', roles: [...sending, 'inspector'], reach: 'in_sight' },
  'contacts.keep': { area: 'oversight', roles: handling, reach: 'own' },
  'figures.read': { area: 'reports', roles: [...onPetitions, 'analyst'], reach: 'in_sight' },
  'form_sets.keep': { area: 'reports', roles: ['admin'], reach: 'whole_structure' },
  'reports.prepare': { area: 'reports', roles: [...sending, 'inspector'], reach: 'own' },
  'reports.submit': { area: 'reports', roles: ['leader', 'reception_board', 'inspector'], reach: 'own' },
  'reports.review': { area: 'reports', roles: overseeing, reach: 'in_sight' },
  'events.read': { area: 'events', roles: onPetitions, reach: 'in_sight' },
  'webhooks.keep': { area: 'events', roles: ['admin'], reach: 'administered' },
  'holds.keep': { area: 'petitions', roles: ['leader', 'inspector'], reach: 'in_sight' },
  'retention.keep': { area: 'administration', roles: ['admin'], reach: 'whole_structure' },
  'audit.read': { area: 'audit', roles: ['inspector'], reach: 'in_sight' },
} satisfies Record<string, PermissionRule>;
export type Permission = keyof typeof permissions;

export function ruleOf(permission: Permission): PermissionRule {
  return permissions[permission];
}

/** Areas whose answers are about people, and reaches that lead to petitions of others than oneself. */
const aboutPeople: ReadonlySet<Area> = new Set<Area>([
  'petitions',
  'reception',
  'identity',
  'people',
  'documents',
  'inspections',
  'events',
  'audit',
]);
const toPetitions: ReadonlySet<Reach> = new Set<Reach>(['in_sight', 'responsible', 'assigned']);
const readers: ReadonlySet<Role> = new Set(
  Object.values<PermissionRule>(permissions)
    .filter(({ area, reach }) => aboutPeople.has(area) && toPetitions.has(reach))
    .flatMap(({ roles }) => roles),
);

/** Whether a role is shown petitions, or people in them: giving it takes a second person. */
export function readsPetitions(role: Role): boolean {
  return readers.has(role);
}

/** The scope that a request with a method needs; reference data are read by every method. */
export function scopeOf({ area }: PermissionRule, method: string): Scope {
  return `${area}:${method === 'GET' || area === 'reference' ? 'read' : 'write'}`;
}
