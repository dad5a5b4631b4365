import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { officialYears } from '../calendar/official-years.js';
import { WorkingCalendar } from '../calendar/working-calendar.js';
import { fromDayNumber, type LegalDate, plusDays, toDayNumber } from '../../platform/text/legal-date.js';
import type { Unit } from '../structure/unit-structure.js';
import { checkHeadDays, type HeadSession } from './head-day-check.js';
import { headDayPeriods } from './head-days.js';
import { checkPublication, isLargeGroup, onlineIsAllowed, publishBy } from './reception-rules.js';

const calendar = new WorkingCalendar(officialYears);
const unit = (more: Partial<Unit> = {}): Unit => ({
  id: 'unit',
  code: '00004',
  symbol: 'P004',
  name: 'Phường Ba Đình',
  level: 'commune',
  kind: 'peoples_committee',
  parentId: null,
  validFrom: '2008-01-01',
  validTo: null,
  successors: [],
  ...more,
});
const session = (onDate: LegalDate, more: Partial<HeadSession> = {}): HeadSession => ({
  id: onDate,
  onDate,
  firstPlannedOn: onDate,
  state: 'closed',
  heldBy: 'head',
  visits: 1,
  noCitizenMinuted: false,
  ...more,
});

describe('days that the law asks of a head', () => {
  it.each([
    ['province, a day a month, LR 12', { level: 'province' }, '2026-03-01', '2026-03-31', [['2026-03-01', '2026-03-31', 1]]],
    [
      'district, two days a month until 2025-06-30, LR 13',
      { level: 'district' },
      '2025-06-01',
      '2025-07-31',
      [['2025-06-01', '2025-06-30', 2]],
    ],
    ['commune, a day a week until 2026-06-30, LR 15', {}, '2026-06-15', '2026-06-21', [['2026-06-15', '2026-06-21', 1]]],
    ['commune, two days a month since 2026-07-01, Law 136/2025', {}, '2026-07-01', '2026-07-31', [['2026-07-01', '2026-07-31', 2]]],
    ['commune, the week in which the law changes belongs to neither', {}, '2026-06-29', '2026-06-30', [['2026-06-29', '2026-06-30', 0]]],
    [
      'department, a day a month, LR 18',
      { level: 'province', kind: 'department' },
      '2026-03-10',
      '2026-03-12',
      [['2026-03-01', '2026-03-31', 1]],
    ],
    ['a board has none of its own', { level: 'province', kind: 'reception_board' }, '2026-03-01', '2026-03-31', []],
    ['a unit that begins within the month', { validFrom: '2026-07-15' }, '2026-07-01', '2026-07-31', [['2026-07-15', '2026-07-31', 0]]],
    ['the week of the Lunar New Year 2026, in which nobody works', {}, '2026-02-16', '2026-02-22', [['2026-02-16', '2026-02-22', 0]]],
  ] as [string, Partial<Unit>, LegalDate, LegalDate, [LegalDate, LegalDate, number][]][])('%s', (_what, more, from, to, expected) => {
    const found = headDayPeriods(unit(more), from, to, calendar);
    expect(found.map((period) => [period.from, period.to, period.required])).toEqual(expected);
  });

  it('stand in months and weeks that follow one another without gap or overlap', () => {
    const day = fc.integer({ min: toDayNumber('2014-07-01'), max: toDayNumber('2026-06-28') }).map(fromDayNumber);
    fc.assert(
      fc.property(day, fc.nat(400), (from, length) => {
        const periods = headDayPeriods(unit(), from, plusDays(from, length), calendar).filter(({ rule }) => rule.version === '2013');
        for (const [index, { from: first }] of periods.entries()) if (index > 0) expect(first).toBe(plusDays(periods[index - 1]!.to, 1));
        expect(periods[0]!.from <= from).toBe(true);
      }),
    );
  });
});

describe('what became of them', () => {
  const july = headDayPeriods(unit(), '2026-07-01', '2026-07-31', calendar);
  const check = (sessions: HeadSession[], today = '2026-08-01') => checkHeadDays(july, sessions, today)[0]!;

  it.each([
    ['two days in person', [session('2026-07-07'), session('2026-07-21')], 'fulfilled'],
    ['two sessions of one day are one day', [session('2026-07-07'), session('2026-07-07', { id: 'afternoon' })], 'not_fulfilled'],
    ['a delegated day does not count', [session('2026-07-07'), session('2026-07-21', { heldBy: 'delegate' })], 'not_fulfilled'],
    [
      'a day without visitors counts when minuted',
      [session('2026-07-07'), session('2026-07-21', { visits: 0, noCitizenMinuted: true })],
      'fulfilled',
    ],
    ['and does not when nothing was minuted', [session('2026-07-07'), session('2026-07-21', { visits: 0 })], 'not_fulfilled'],
    ['made up within the month', [session('2026-07-07'), session('2026-07-28', { firstPlannedOn: '2026-07-21' })], 'fulfilled'],
    ['made up in the next month', [session('2026-07-07'), session('2026-08-04', { firstPlannedOn: '2026-07-21' })], 'not_fulfilled'],
    ['made up for the month before', [session('2026-07-07'), session('2026-07-14', { firstPlannedOn: '2026-06-30' })], 'not_fulfilled'],
    ['cancelled', [session('2026-07-07'), session('2026-07-21', { state: 'cancelled', heldBy: null })], 'not_fulfilled'],
  ] as [string, HeadSession[], string][])('%s', (_what, sessions, status) => expect(check(sessions).status).toBe(status));

  it('is open while the month runs, and missed days are those that went by', () => {
    const planned = [session('2026-07-07', { state: 'planned', heldBy: null }), session('2026-07-21', { state: 'planned', heldBy: null })];
    expect(check(planned, '2026-07-10')).toMatchObject({ status: 'running', missed: ['2026-07-07'] });
    expect(check(planned)).toMatchObject({ status: 'not_fulfilled', missed: ['2026-07-07', '2026-07-21'] });
  });
});

describe('publication', () => {
  it.each([
    ['five working days are enough', '2026-05-11', '2026-05-18', false],
    ['four are not', '2026-05-11', '2026-05-15', true],
    ['days off do not count: 30 April to 3 May', '2026-04-27', '2026-05-05', true],
  ])('%s', (_what, publishedOn, firstDay, late) => {
    expect(checkPublication(publishedOn, firstDay, calendar)!.late).toBe(late);
  });

  it('is in time up to a day and too late from the next', () => {
    const day = fc.integer({ min: toDayNumber('2015-01-01'), max: toDayNumber('2026-12-01') }).map(fromDayNumber);
    fc.assert(
      fc.property(day, (firstDay) => {
        const last = publishBy(firstDay, calendar)!;
        expect(checkPublication(last, firstDay, calendar)!.late).toBe(false);
        expect(checkPublication(plusDays(last, 1), firstDay, calendar)!.late).toBe(true);
      }),
    );
  });
});

it('knows large groups and reception by video by their day', () => {
  expect([isLargeGroup(4, '2026-05-11'), isLargeGroup(5, '2026-05-11')]).toEqual([false, true]);
  expect([onlineIsAllowed('2026-06-30'), onlineIsAllowed('2026-07-01')]).toEqual([false, true]);
});
