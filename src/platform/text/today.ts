import type { LegalDate } from './legal-date.js';

/** Viet Nam has been seven hours ahead of UTC, without summer time, since 1975. */
const aheadOfUtc = 7 * 3_600_000;

/** Today's legal day in Viet Nam, whatever the zone of the machine. */
export function today(): LegalDate {
  return dayOf(Date.now());
}

/** The legal day in Viet Nam of a moment, in milliseconds since 1970. */
export function dayOf(moment: number): LegalDate {
  return new Date(moment + aheadOfUtc).toISOString().slice(0, 10);
}
