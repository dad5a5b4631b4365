import { fromDayNumber, type LegalDate, toDayNumber } from '../../platform/text/legal-date.js';

/*
 * The Vietnamese lunisolar calendar: months begin on the day of the new moon in Viet Nam's time (UTC+7), the month with the
 * winter solstice is the 11th, and in a year of thirteen months the first one without a principal solar term is the leap month.
 * Astronomy after J. Meeus, Astronomical Algorithms, 2nd ed.: new moon ch. 49, longitude of the sun ch. 25.
 * The zone matters: in 2007 and 2030 the New Year of Viet Nam is a day earlier than that of China (UTC+8).
 */

const zoneDays = 7 / 24;
const meanMonth = 29.530588861;
/** Julian day of 1970-01-01T00:00 UT. */
const unixEpoch = 2_440_587.5;
const radians = Math.PI / 180;

/**
 * The solar day of a lunar one.
 * @param year the year that the lunar year mostly covers, e.g. 2026 for the year Bính Ngọ
 * @param month 1–10, never a leap month
 * @param day 1–30
 */
export function fromLunar(year: number, month: number, day: number): LegalDate {
  const start = eleventhMonth(year - 1);
  const lunationsToNext = Math.round((eleventhMonth(year) - start) / meanMonth);
  const leap = lunationsToNext === 13 ? leapOffset(start) : Infinity;
  const offset = month + 1;
  const index = monthIndex(start) + (offset >= leap ? offset + 1 : offset);
  return fromDayNumber(newMoonDay(index) + day - 1);
}

/** Day number of the first day of the month that holds the winter solstice of a year. */
function eleventhMonth(year: number): number {
  const endOfYear = toDayNumber(`${year}-12-31`);
  const index = monthIndex(endOfYear);
  const start = newMoonDay(index);
  // Past 270° the solstice lies behind: the month before holds it.
  return solarTerm(start) >= 9 ? newMoonDay(index - 1) : start;
}

/** How many months after the 11th the leap month comes: the first whose start and end fall into one solar term. */
function leapOffset(start: number): number {
  const first = monthIndex(start);
  let offset = 1;
  while (solarTerm(newMoonDay(first + offset)) !== solarTerm(newMoonDay(first + offset + 1))) offset++;
  return offset;
}

/** Number of the lunation (0 = January 2000) that holds a day. */
function monthIndex(day: number): number {
  const guess = Math.floor((day + unixEpoch - 2_451_550.1) / meanMonth);
  return newMoonDay(guess + 1) <= day ? guess + 1 : newMoonDay(guess) <= day ? guess : guess - 1;
}

/** Day number, in Viet Nam, of a new moon. */
function newMoonDay(lunation: number): number {
  const k = lunation;
  const t = k / 1236.85;
  const sun = (2.5534 + 29.1053567 * k) * radians;
  const moon = (201.5643 + 385.81693528 * k + 0.0107582 * t * t) * radians;
  const node = (160.7108 + 390.67050284 * k - 0.0016118 * t * t) * radians;
  const ascending = (124.7746 - 1.56375588 * k) * radians;
  const e = 1 - 0.002516 * t;
  const correction =
    -0.4072 * Math.sin(moon) +
    0.17241 * e * Math.sin(sun) +
    0.01608 * Math.sin(2 * moon) +
    0.01039 * Math.sin(2 * node) +
    0.00739 * e * Math.sin(moon - sun) -
    0.00514 * e * Math.sin(moon + sun) +
    0.00208 * e * e * Math.sin(2 * sun) -
    0.00111 * Math.sin(moon - 2 * node) -
    0.00057 * Math.sin(moon + 2 * node) +
    0.00056 * e * Math.sin(2 * moon + sun) -
    0.00042 * Math.sin(3 * moon) +
    0.00042 * e * Math.sin(sun + 2 * node) +
    0.00038 * e * Math.sin(sun - 2 * node) -
    0.00024 * e * Math.sin(2 * moon - sun) -
    0.00017 * Math.sin(ascending);
  const dynamicalTime = 2_451_550.09766 + meanMonth * k + 0.00015437 * t * t + correction;
  // Terrestrial time runs ahead of universal time by about 70 seconds in this century.
  return Math.floor(dynamicalTime - 70 / 86_400 - unixEpoch + zoneDays);
}

/** Which twelfth of the ecliptic (0–11) the sun is in at the beginning of a day in Viet Nam. */
function solarTerm(day: number): number {
  const t = (day - zoneDays + unixEpoch - 2_451_545) / 36_525;
  const anomaly = (357.52911 + 35_999.05029 * t) * radians;
  const centre = (1.914602 - 0.004817 * t) * Math.sin(anomaly) + 0.019993 * Math.sin(2 * anomaly) + 0.000289 * Math.sin(3 * anomaly);
  const longitude = 280.46646 + 36_000.76983 * t + centre - 0.00569 - 0.00478 * Math.sin((125.04 - 1934.136 * t) * radians);
  return Math.floor((((longitude % 360) + 360) % 360) / 30);
}
