import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { plusDays } from '../../platform/text/legal-date.js';
import { burnDown, pointsOf } from './burn-down.js';

test.each`
  from            | to              | step       | points
  ${'2026-01-05'} | ${'2026-01-20'} | ${'week'}  | ${['2026-01-05', '2026-01-12', '2026-01-19', '2026-01-20']}
  ${'2026-01-31'} | ${'2026-04-30'} | ${'month'} | ${['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']}
  ${'2026-11-30'} | ${'2027-01-15'} | ${'month'} | ${['2026-11-30', '2026-12-30', '2027-01-15']}
  ${'2026-05-01'} | ${'2026-05-01'} | ${'week'}  | ${['2026-05-01']}
`('looks from $from to $to by $step at $points', ({ from, to, step, points }) => {
  expect(pointsOf(from as string, to as string, step as 'week')).toEqual(points);
});

describe('a burn-down', () => {
  it('tells what came and went since the point before, and what promises would leave', () => {
    const turns = [
      { on: '2026-01-05', entered: 10, left: 0 },
      { on: '2026-01-08', entered: 2, left: 3 },
      { on: '2026-01-12', entered: 0, left: 1 },
      { on: '2026-01-15', entered: 4, left: 0 },
    ];
    const promises = [
      { settleBy: '2026-01-10', petitions: 4 },
      { settleBy: '2026-01-25', petitions: 5 },
    ];
    expect(burnDown(['2026-01-05', '2026-01-12', '2026-01-19', '2026-01-26'], turns, promises, '2026-01-20')).toEqual([
      { on: '2026-01-05', backlog: 10, entered: 0, left: 0, promised: 10 },
      { on: '2026-01-12', backlog: 8, entered: 2, left: 4, promised: 6 },
      { on: '2026-01-19', backlog: 12, entered: 4, left: 0, promised: 6 },
      { on: '2026-01-26', backlog: null, entered: 0, left: 0, promised: 1 },
    ]);
  });

  it('adds up, whatever came and went: the backlog before, and what entered, less what left', () => {
    const turn = fc.record({ day: fc.nat(100), entered: fc.nat(50), left: fc.nat(50) });
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 60 }), (made) => {
        const turns = made
          .map(({ day, ...counts }) => ({ on: plusDays('2026-01-01', day), ...counts }))
          .sort((one, other) => (one.on < other.on ? -1 : 1));
        const points = burnDown(pointsOf('2026-01-01', '2026-05-01', 'week'), turns, [], '2026-12-31');
        points.slice(1).forEach(({ backlog, entered, left }, index) => expect(backlog).toBe(points[index]!.backlog! + entered - left));
      }),
    );
  });
});
