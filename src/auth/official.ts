export const roles = ['clerk', 'handler', 'leader', 'reception_board', 'inspector', 'analyst', 'admin'] as const;
/**
 * What an account may do: `clerk` receives and triages in one unit, `handler` resolves, `leader` heads a unit and sees its subtree,
 * `reception_board` runs reception and urging for its authority, `inspector` inspects, `analyst` reads figures, `admin` keeps units,
 * accounts and calendars and sees no petition.
 */
export type Role = (typeof roles)[number];

/** Who is calling. */
export interface Official {
  accountId: string;
  username: string;
  unitId: string;
  roles: readonly Role[];
  /** Whom a service account says that it acts for. */
  onBehalfOf?: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    caller?: Official;
  }
}
