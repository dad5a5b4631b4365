import { expect, it } from '@jest/globals';
import { deadlineByLaw, reportDueOn, type Reporter } from './report-deadlines.js';

it.each<[Reporter, string, { daysAfter: number; verified: boolean } | undefined, string | null]>([
  // The law: the 17th and the 20th.
  ['commune', '2026-03-14', undefined, '2026-03-17'],
  ['department', '2026-12-14', undefined, '2026-12-17'],
  ['province', '2026-06-14', undefined, '2026-06-20'],
  ['commune', '2025-12-14', { daysAfter: 1, verified: false }, '2025-12-17'],
  // An earlier day that was set goes before it, a later one does not.
  ['commune', '2026-03-14', { daysAfter: 1, verified: true }, '2026-03-15'],
  ['commune', '2026-03-14', { daysAfter: 9, verified: true }, '2026-03-17'],
  // Before the circular there is what was set, or proposed.
  ['commune', '2025-09-14', { daysAfter: 1, verified: false }, '2025-09-15'],
  ['district', '2025-06-14', undefined, null],
])('the report of a %s for a period that closes on %s, with %j, is due on %s', (reporter, closingOn, set, due) => {
  expect(reportDueOn(reporter, closingOn, set)).toBe(due);
});

it('says where the deadline is from', () => {
  expect(deadlineByLaw('province', '2026-12-14')).toEqual({ days: 6, sources: [{ instrument: '06/2025/TT-TTCP', article: '7(2)(a)' }] });
  expect(deadlineByLaw('district', '2026-12-14')).toBeNull();
});
