import { describe, expect, it } from '@jest/globals';
import { type Allowance, allowancesOf, nameKey } from './allowance-days.js';
import { daysOfMonth } from './allowance-month.js';
import { notesOn, ratesIn } from './allowance-notes.js';
import type { ReceivedRow } from './allowances.queries.js';

const facts = {
  isWorking: (day: string) => ![0, 6].includes(new Date(day).getUTCDay()),
  isCentral: (unitId: string) => unitId === 'central board',
};

const duty = (days: string[], more: Partial<ReceivedRow> = {}): ReceivedRow => ({
  unitId: 'ba dinh',
  name: 'Nguyễn Thị Hoà',
  title: 'Công chức tiếp công dân',
  accountId: null,
  officeId: 'office',
  officeName: 'Điểm tiếp công dân phường Ba Đình',
  officeUnitId: 'ba dinh',
  capacity: 'assigned',
  days: days.map((day) => `2026-${day}`),
  ...more,
});
const session = (days: string[], more: Partial<ReceivedRow> = {}): ReceivedRow => duty(days, { capacity: 'head', ...more });
const elsewhere = { officeId: 'other', officeName: 'Điểm thứ hai' };
const atCentral = { officeId: 'central', officeName: 'Trụ sở', officeUnitId: 'central board' };
const only = (rows: ReceivedRow[]): Allowance => {
  const people = allowancesOf(rows, facts);
  expect(people).toHaveLength(1);
  return people[0]!;
};

describe('the days of a person', () => {
  // Monday 3 August 2026; 8 and 9 August are a weekend; rates since Monday 27 July.
  it.each<[string, ReceivedRow[], { assigned: number; head: number; off: number; unpaid: number; amounts: [number, number] | null }]>([
    ['each counts', [duty(['08-03', '08-04'])], { assigned: 2, head: 0, off: 0, unpaid: 0, amounts: [400_000, 300_000] }],
    [
      'two offices on one day are one day',
      [duty(['08-03']), duty(['08-03'], elsewhere)],
      { assigned: 1, head: 0, off: 0, unpaid: 0, amounts: [200_000, 150_000] },
    ],
    [
      'roster and session on one day are one day, of the session',
      [duty(['08-03', '08-04']), session(['08-04', '08-05'])],
      { assigned: 1, head: 2, off: 0, unpaid: 0, amounts: [600_000, 450_000] },
    ],
    [
      'a day off is told and not counted',
      [session(['08-07', '08-08'])],
      { assigned: 0, head: 1, off: 1, unpaid: 0, amounts: [200_000, 150_000] },
    ],
    ['nothing but a day off is paid nothing', [session(['08-08'])], { assigned: 0, head: 0, off: 1, unpaid: 0, amounts: null }],
    ['before the rates there are days alone', [duty(['07-23', '07-24'])], { assigned: 2, head: 0, off: 0, unpaid: 2, amounts: null }],
    [
      'in the month of the rates the later days have them',
      [duty(['07-23', '07-24', '07-27'])],
      { assigned: 3, head: 0, off: 0, unpaid: 2, amounts: [200_000, 150_000] },
    ],
    [
      'the Central Reception Office has its own',
      [duty(['08-03', '08-04'], atCentral)],
      { assigned: 2, head: 0, off: 0, unpaid: 0, amounts: [500_000, 400_000] },
    ],
    [
      'a day there and elsewhere is one there',
      [duty(['08-03', '08-04']), duty(['08-04'], atCentral)],
      { assigned: 2, head: 0, off: 0, unpaid: 0, amounts: [450_000, 350_000] },
    ],
    [
      'whoever is not named is paid nothing',
      [duty(['08-03'], { name: null, title: null })],
      { assigned: 1, head: 0, off: 0, unpaid: 0, amounts: null },
    ],
  ])('%s', (_because, rows, { assigned, head, off, unpaid, amounts }) => {
    const person = only(rows);
    const { assignedDays, headDays, daysOff, daysWithoutRate } = person;
    expect([assignedDays.length, headDays.length, daysOff.length, daysWithoutRate.length]).toEqual([assigned, head, off, unpaid]);
    expect(person.days).toEqual([...assignedDays, ...headDays].sort());
    expect([person.withoutProfessionalAllowance, person.withProfessionalAllowance]).toEqual(amounts ?? [null, null]);
  });
});

describe('who is one person', () => {
  const other = { unitId: 'truc bach' };
  it.each<[string, ReceivedRow[], string[]]>([
    ['the name however it is written', [duty(['08-03']), session(['08-04'], { name: ' nguyễn  THỊ Hòa' })], ['2']],
    ['another name by one mark', [duty(['08-03']), duty(['08-04'], { name: 'Nguyễn Thị Hoa' })], ['1', '1']],
    ['several titles are to be checked', [duty(['08-03']), session(['08-04'], { title: 'Phó Chủ tịch' })], ['2?']],
    ['two accounts are two people', [duty(['08-03'], { accountId: 'a' }), duty(['08-03'], { accountId: 'b' })], ['1?', '1?']],
    ['an account and none are one', [duty(['08-03'], { accountId: 'a' }), session(['08-03'])], ['1']],
    ['two units on different days are two people', [duty(['08-03']), duty(['08-04'], other)], ['1', '1']],
    ['two units on one day are to be checked', [duty(['08-03']), duty(['08-03'], other)], ['1?', '1?']],
    ['nobody is nobody twice', [duty(['08-03'], { name: null }), duty(['08-03'], { name: null, ...other })], ['1', '1']],
  ])('%s', (_because, rows, told) => {
    expect(allowancesOf(rows, facts).map(({ days, sameName }) => `${days.length}${sameName ? '?' : ''}`)).toEqual(told);
  });

  it('of an agency is named with the title behind the comma', () => {
    const { name, titles } = only([duty(['08-03'], { name: 'Trần Văn Đức, Phó Trưởng phòng', title: null })]);
    expect([name, titles]).toEqual(['Trần Văn Đức', ['Phó Trưởng phòng']]);
  });

  it.each([
    ['Hoà', 'Hòa', true],
    ['THUÝ', 'thúy', true],
    ['Hoà', 'Hoa', false],
    ['Sơn', 'Son', false],
    ['Đức', 'Dức', false],
  ])('%s and %s are one name: %s', (one, another, same) => {
    expect(nameKey(one) === nameKey(another)).toBe(same);
  });
});

describe('a month', () => {
  it.each([
    ['2014-07', '2026-11-28', { from: '2014-07-01', to: '2014-07-31' }],
    ['2024-02', '2026-11-28', { from: '2024-02-01', to: '2024-02-29' }],
    ['2026-11', '2026-11-28', { from: '2026-11-01', to: '2026-11-28' }],
    ['2026-12', '2026-12-01', { from: '2026-12-01', to: '2026-12-01' }],
  ])('%s, asked for on %s, is %j', (month, today, days) => {
    expect(daysOfMonth(month, today)).toEqual(days);
  });

  it.each([
    ['2026-12', '2026-11-30', 'in_the_future'],
    ['2014-06', '2026-11-28', 'before_the_law'],
    ['0001-01', '2026-11-28', 'before_the_law'],
  ])('%s, asked for on %s, is refused: %s', (month, today, code) => {
    expect(() => daysOfMonth(month, today)).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ pointer: '?month', code })] }),
    );
  });

  it.each([
    ['2026-06', '2026-06-30', [true, false]],
    ['2026-07', '2026-07-26', [true, false]],
    ['2026-07', '2026-07-31', [true, true]],
    ['2026-08', '2026-08-31', [false, true]],
  ])('of %s until %s says what has no rate, and the rates: %j', (month, to, [without, rated]) => {
    const days = { from: `${month}-01`, to };
    const words = notesOn(days).map(({ vi }) => vi);
    expect(words.some((note) => note.includes('không nêu số tiền'))).toBe(without);
    expect(words.some((note) => note.includes('từ 27/07/2026: 200.000 đồng'))).toBe(rated);
    expect(ratesIn(days)).toHaveLength(rated ? 2 : 0);
    for (const clause of ['khoản 3 Điều 38', 'khoản 4 Điều 38']) expect(words.join(' ')).toContain(clause);
    // What people read has no ISO dates.
    expect(words.join(' ')).not.toMatch(/\d{4}-\d{2}/);
  });
});
