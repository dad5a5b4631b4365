import type { Bilingual } from '../platform/problems/problem.js';
import type { UnitKind, UnitLevel } from '../rules/structure/unit-structure.js';
import type { Role } from '../platform/access/official.js';
import type { Scope } from '../platform/access/scopes.js';

interface RolesOfUnits {
  kind: UnitKind;
  /** All levels when left out. */
  levels?: readonly UnitLevel[];
  roles: readonly Role[];
  because: Bilingual;
}

/** Which roles officials of a unit can have, by what the unit is. Boards and inspectors see all that their authority is above: nobody gets there from elsewhere. */
export const rolesOfUnits: readonly RolesOfUnits[] = [
  {
    kind: 'peoples_committee',
    levels: ['central', 'province', 'district'],
    roles: ['clerk', 'handler', 'leader', 'reception_board', 'inspector', 'analyst', 'admin'],
    because: {
      vi: 'Uỷ ban nhân dân lập Ban Tiếp công dân và cơ quan thanh tra của mình (Luật Tiếp công dân, Điều 12–14; Luật Thanh tra).',
      en: 'A People’s Committee has its reception board and its inspectorate (Law on Citizen Reception arts 12–14; Law on Inspection).',
    },
  },
  {
    kind: 'peoples_committee',
    levels: ['commune'],
    roles: ['clerk', 'handler', 'leader', 'analyst', 'admin'],
    because: {
      vi: 'Cấp xã không có Ban Tiếp công dân và không có thanh tra (Luật Tiếp công dân, Điều 15; Luật Thanh tra).',
      en: 'A commune has neither reception board nor inspectorate (Law on Citizen Reception art. 15; Law on Inspection).',
    },
  },
  {
    kind: 'reception_board',
    roles: ['clerk', 'leader', 'reception_board', 'analyst', 'admin'],
    because: {
      vi: 'Ban Tiếp công dân tiếp nhận, xử lý, đôn đốc; không giải quyết và không thanh tra (Luật Tiếp công dân, Điều 12–14).',
      en: 'A reception board receives, processes and urges; it neither resolves nor inspects (Law on Citizen Reception arts 12–14).',
    },
  },
  {
    kind: 'inspectorate',
    roles: ['clerk', 'handler', 'leader', 'inspector', 'analyst', 'admin'],
    because: {
      vi: 'Cơ quan thanh tra xác minh, tham mưu và thanh tra trách nhiệm; tiếp công dân của Uỷ ban do Ban Tiếp công dân phụ trách.',
      en: 'An inspectorate verifies, advises and inspects; the reception of the Committee is that of its board.',
    },
  },
  {
    kind: 'department',
    roles: ['clerk', 'handler', 'leader', 'admin'],
    because: {
      vi: 'Sở giải quyết việc của mình (Luật Khiếu nại, Điều 19–20); số liệu toàn tỉnh và thanh tra thuộc cơ quan khác.',
      en: 'A department resolves what is its own (Law on Complaints arts 19–20); figures of the province and inspection are others’.',
    },
  },
  {
    kind: 'division',
    roles: ['clerk', 'handler', 'leader', 'admin'],
    because: {
      vi: 'Phòng chuyên môn tham mưu, giải quyết việc được giao.',
      en: 'A division advises and resolves what it is given.',
    },
  },
  {
    kind: 'party_body',
    roles: ['clerk', 'leader', 'admin'],
    because: {
      vi: 'Cơ quan Đảng tiếp nhận, chuyển đơn và theo dõi; không giải quyết theo Luật Khiếu nại, Luật Tố cáo.',
      en: 'A Party body receives, passes on and follows; it resolves nothing under the laws on complaints and denunciations.',
    },
  },
  {
    kind: 'other',
    roles: ['clerk', 'handler', 'leader', 'admin'],
    because: {
      vi: 'Đơn vị khác tiếp nhận và giải quyết việc của mình.',
      en: 'Another unit receives and resolves what is its own.',
    },
  },
];

/** The row for a unit. */
export function rolesOf({ kind, level }: { kind: UnitKind; level: UnitLevel }): RolesOfUnits {
  const row = rolesOfUnits.find((candidate) => candidate.kind === kind && (!candidate.levels || candidate.levels.includes(level)));
  if (!row) throw new Error(`No roles are named for units of the kind ${kind}`);
  return row;
}

/**
 * What a front-end or another system can be, and which scopes it can have then: it works at the counter for an official whom it names, or
 * reads figures. It decides nothing, is shown nobody's sealed identity, keeps no accounts and reads no audit.
 */
export const servicesMay: { readonly [role in Role]?: readonly Scope[] } = {
  clerk: [
    ...([
      'reference:read',
      'petitions:read',
      'petitions:write',
      'reception:read',
      'reception:write',
      'people:read',
      'people:write',
    ] as const),
    ...(['documents:read', 'documents:write', 'reports:read', 'reports:write', 'regulations:read', 'regulations:write'] as const),
    ...(['oversight:read', 'oversight:write', 'inspections:read', 'events:read', 'administration:read'] as const),
  ],
  analyst: ['reference:read', 'reports:read', 'reports:write', 'regulations:read', 'oversight:read', 'administration:read'],
};
