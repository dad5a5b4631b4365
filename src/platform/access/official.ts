import type { Scope } from './scopes.js';

export const roles = ['clerk', 'handler', 'leader', 'reception_board', 'inspector', 'analyst', 'admin'] as const;
/**
 * What an account may do: `clerk` receives and triages in one unit, `handler` resolves, `leader` heads a unit and sees its subtree,
 * `reception_board` runs reception and urging for its authority, `inspector` inspects, `analyst` reads figures, `admin` keeps units,
 * accounts and calendars and sees no petition.
 */
export type Role = (typeof roles)[number];
/** Roles as Vietnamese sentences name them. */
export const roleNames: Record<Role, string> = {
  clerk: 'cán bộ tiếp nhận',
  handler: 'cán bộ giải quyết',
  leader: 'lãnh đạo',
  reception_board: 'Ban Tiếp công dân',
  inspector: 'thanh tra',
  analyst: 'cán bộ phân tích',
  admin: 'quản trị',
};
export function inWords(roles: readonly Role[]): string {
  return roles.map((role) => roleNames[role]).join(', ');
}

/** Who is calling. */
export interface Official {
  accountId: string;
  username: string;
  unitId: string;
  roles: readonly Role[];
  /** The session that the token belongs to; none for tokens of another provider. */
  sessionId?: string;
  /** What the token of a service is limited to. */
  scopes?: readonly Scope[];
  /** Requests a minute, where the account has a limit of its own. */
  rateLimit?: number;
  /** Nothing but changing the password is open. */
  mustChangePassword?: true;
  /** Whom a service account says that it acts for. */
  onBehalfOf?: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    caller?: Official;
  }
}
