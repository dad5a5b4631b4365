import { hashPassword } from '../accounts/passwords.js';
import { type Official, type Role, roles } from '../platform/access/official.js';
import type { Transactions } from '../platform/database/transactions.js';
import { demoUnits } from './units.js';

/** The one documented password of all demo accounts; a production server refuses to start while an account has it. */
export const demoPassword = 'TiepDan-Demo-2026';

interface DemoAccount {
  username: string;
  displayName: string;
  unit: string;
  roles: Role[];
}

/** At each level where each role works. */
const offices: Record<'city' | 'district' | 'commune', (role: Role) => string> = {
  city: (role) => (role === 'reception_board' ? 'cityBoard' : role === 'inspector' || role === 'analyst' ? 'cityInspectorate' : 'city'),
  district: (role) => (role === 'reception_board' ? 'baDinhBoard' : 'baDinhDistrict'),
  commune: () => 'baDinh',
};

const names = ['Nguyễn Thị Hoà', 'Trần Văn Đức', 'Lê Thu Hằng', 'Phạm Quốc Huy', 'Hoàng Minh Tuấn', 'Vũ Thị Lan', 'Đặng Hải Yến'];

/** One account per role at each level; `district` is Quận Ba Đình as it was, `commune` is Phường Ba Đình of today. */
export const demoAccounts: DemoAccount[] = Object.entries(offices).flatMap(([level, office]) =>
  roles.map((role, index) => ({ username: `${level}.${role}`, displayName: names[index] ?? role, unit: office(role), roles: [role] })),
);

/** A clerk and a leader at every other office, so that each has somebody who works there. */
export const officeAccounts: DemoAccount[] = demoUnits
  .filter(({ key }) => !['city', 'baDinhDistrict', 'baDinh', 'cityInspectorate'].includes(key))
  .flatMap(({ key, name }) =>
    (['clerk', 'leader'] as const).map((role) => ({
      username: `${key.toLowerCase()}.${role}`,
      displayName: `${role === 'clerk' ? 'Cán bộ tiếp nhận' : 'Lãnh đạo'} ${name}`,
      unit: key,
      roles: [role],
    })),
  );

/** Who the demo's people are, by user name; stores them where they are missing. */
export async function storeDemoAccounts(transactions: Transactions, unitIds: Map<string, string>): Promise<Map<string, Official>> {
  const passwordHash = await hashPassword(demoPassword);
  return transactions.run(async (tx) => {
    const officials = new Map<string, Official>();
    for (const { username, displayName, unit, roles: held } of [...demoAccounts, ...officeAccounts]) {
      const unitId = unitIds.get(unit)!;
      const [account] = await tx.query<{ id: string }[]>(
        `insert into account (username, password_hash, display_name, unit_id, roles, approved_at) values ($1, $2, $3, $4, $5, now())
         on conflict (username) do update set username = excluded.username returning id`,
        [username, passwordHash, displayName, unitId, held],
      );
      officials.set(username, { accountId: account!.id, username, unitId, roles: held });
    }
    return officials;
  });
}

/** Who has a role at a unit of the demo, by the unit's key. */
export function officialOf(
  { unitIds, officials }: { unitIds: Map<string, string>; officials: Map<string, Official> },
  unit: string,
  role: Role,
): Official {
  const unitId = unitIds.get(unit);
  for (const official of officials.values()) if (official.unitId === unitId && official.roles.includes(role)) return official;
  throw new Error(`No ${role} at the demo unit ${unit}`);
}
