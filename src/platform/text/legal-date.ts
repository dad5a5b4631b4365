/**
 * A legal day in Viet Nam, `YYYY-MM-DD`. It is a name of a day, not a moment: no time zone touches it,
 * and because the text sorts like the day, `<` and `>` compare dates.
 */
export type LegalDate = string;

const millisecondsADay = 86_400_000;

/** Whether the text names a day that exists: `2025-02-30` does not. */
export function isLegalDate(text: unknown): text is LegalDate {
  return typeof text === 'string' && /^[12]\d{3}-\d{2}-\d{2}$/.test(text) && fromDayNumber(toDayNumber(text)) === text;
}

/** Days since 1970-01-01; arithmetic on days happens on these whole numbers. */
export function toDayNumber(date: LegalDate): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / millisecondsADay;
}

/** The day with this number; see {@link toDayNumber}. */
export function fromDayNumber(day: number): LegalDate {
  const date = new Date(day * millisecondsADay);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
}

/** A day as Vietnamese sentences, papers and ledgers have it: 05/02/2026. */
export function asWritten(date: LegalDate): string {
  return date.split('-').reverse().join('/');
}

/** The day so many calendar days later (earlier when negative). */
export function plusDays(date: LegalDate, days: number): LegalDate {
  return fromDayNumber(toDayNumber(date) + days);
}

/** Whether a day lies in a period; both ends belong to it, a missing end is open. */
export function isWithin(date: LegalDate, from: LegalDate, to?: LegalDate | null): boolean {
  return date >= from && (!to || date <= to);
}
