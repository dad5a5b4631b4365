import type { LegalDate } from '../rules/legal-date.js';

/** Viet Nam has been seven hours ahead of UTC, without summer time, since 1975. */
const aheadOfUtc = 7 * 3_600_000;

/** Today's legal day in Viet Nam, whatever the zone of the machine. */
export function today(): LegalDate {
  return new Date(Date.now() + aheadOfUtc).toISOString().slice(0, 10);
}
