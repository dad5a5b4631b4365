import type { Official } from '../platform/access/official.js';
import { decodeCursor, defaultLimit, isUuid } from '../platform/http/page.js';
import { Problem } from '../platform/problems/problem.js';
import { isLegalDate } from '../platform/text/legal-date.js';
import type { AccessScope } from '../structure/units/access-scope.js';

/** What came to, or went from, the caller's office or another unit in scope. */
export interface InOut {
  direction: 'in' | 'out';
  unitId?: string;
  limit?: number;
  cursor?: string;
}

/**
 * Where a page of an inbox or outbox starts, and whose it is; newest first by day and id.
 * @throws Problem `not-found` for a unit out of scope
 */
export function pageOf(
  { unitId, limit = defaultLimit, cursor }: Omit<InOut, 'direction'>,
  scope: AccessScope,
  by: Official,
): { limit: number; after: [unknown, unknown]; units: readonly string[] } {
  if (unitId && !scope.includes(by, unitId)) throw Problem.notFound('đơn vị này trong phạm vi của bạn', 'unit in your scope');
  const [day = null, id = null] = decodeCursor(cursor, [isLegalDate, isUuid]) ?? [];
  return { limit, after: [day, id], units: unitId ? [unitId] : scope.actingUnits(by) };
}
