import { describe, expect, it } from '@jest/globals';
import { periodOf, stretchOf } from '../../../rules/reports/periods.js';
import type { Unit } from '../../../rules/structure/unit-structure.js';
import type { Named, Pivot, PivotLine, PivotMeasure } from '../pivot.js';
import { pivotSvg } from './pivot-chart.js';

const named = (code: string, vi = code): Named => ({ code, label: { vi, en: vi } });
const petitions: PivotMeasure = { ...named('petitions', 'Số đơn'), unit: 'petitions' };
const cases: PivotMeasure = { ...named('cases', 'Số vụ việc'), unit: 'cases' };
const days: PivotMeasure = { ...named('daysToProcess', 'Số ngày xử lý bình quân'), unit: 'days' };
const month = named('month', 'Tháng');
const kind = named('kind', 'Loại đơn');

function line(values: (number | null)[], ...keys: (string | Named)[]): PivotLine {
  return { keys: keys.map((key) => (typeof key === 'string' ? named(key) : key)), values, rank: null };
}

function pivot(more: Partial<Pivot>): Pivot {
  return {
    of: 'petitions',
    unit: { kind: 'peoples_committee', name: 'Phường Ba Đình' } as Unit,
    period: stretchOf('2026-01-01', '2026-04-30'),
    asOf: new Date(0),
    dimensions: [month],
    measures: [petitions],
    lines: [],
    ...more,
  };
}

/** What the picture says to those who do not see it, without its title. */
async function described(shown: Pivot): Promise<string> {
  return /<desc>.*?\. .*?\. (.*)<\/desc>/.exec(await pivotSvg(shown))![1]!;
}

describe('a pivot as a picture', () => {
  it('shows months in which nothing happened, and what came from before in one place', async () => {
    const lines = [line([2], '2025-03'), line([1], '2025-11'), line([4], '2026-01'), line([7], '2026-04')];
    expect(await described(pivot({ lines }))).toBe('trước kỳ: 3; 2026-01: 4; 2026-02: 0; 2026-03: 0; 2026-04: 7 (đơn).');
    expect(await described(pivot({ lines: lines.slice(2) }))).toBe('2026-01: 4; 2026-02: 0; 2026-03: 0; 2026-04: 7 (đơn).');
  });

  it('leaves a gap where there is nothing to take a mean of, and takes no mean of means', async () => {
    const lines = [line([9], '2025-03'), line([4.5], '2026-01'), line([null], '2026-02'), line([1234.5], '2026-04')];
    expect(await described(pivot({ measures: [days], lines }))).toBe('2026-01: 4,5; 2026-02: –; 2026-03: –; 2026-04: 1.234,5 (ngày).');
  });

  it('keeps apart what has the same name', async () => {
    const lines = [line([20], named('a', 'Phường Cửa Nam')), line([1], named('b', 'Phường Cửa Nam'))];
    expect(await described(pivot({ dimensions: [named('unit', 'Đơn vị')], lines }))).toBe('Phường Cửa Nam: 20; Phường Cửa Nam: 1 (đơn).');
  });

  it('has a series for each value of the second dimension, in the order of the vocabulary', async () => {
    const lines = [
      line([1], '2026-01', named('reflection', 'Phản ánh')),
      line([2], '2026-01', named('complaint', 'Khiếu nại')),
      line([3], '2026-02', named('complaint', 'Khiếu nại')),
    ];
    const shown = pivot({ dimensions: [month, kind], lines, period: stretchOf('2026-01-01', '2026-02-28') });
    expect(await described(shown)).toBe('2026-01: Khiếu nại 2, Phản ánh 1; 2026-02: Khiếu nại 3, Phản ánh 0 (đơn).');
  });

  it('has quarters and years of a period that begins in the year before', async () => {
    const of = (code: string) => described(pivot({ dimensions: [named(code)], period: periodOf(2026, 'M6') }));
    expect(await Promise.all([of('quarter'), of('year')])).toEqual([
      '2025-Q4: 0; 2026-Q1: 0; 2026-Q2: 0 (đơn).',
      '2025: 0; 2026: 0 (đơn).',
    ]);
  });

  it('says in words that there is nothing', async () => {
    expect(await described(pivot({ dimensions: [kind] }))).toBe('Không có số liệu.');
  });

  it.each<[string, Partial<Pivot>, string]>([
    ['no dimension', { dimensions: [] }, 'one_or_two'],
    ['three dimensions', { dimensions: [month, kind, named('unit')] }, 'one_or_two'],
    ['two measures of two dimensions', { dimensions: [month, kind], measures: [petitions, petitions] }, 'one_measure'],
    ['measures that are told in different units', { measures: [petitions, cases] }, 'one_unit'],
    [
      'too many names',
      { dimensions: [named('unit')], lines: Array.from({ length: 41 }, (_, n) => line([1], `u${n}`)) },
      'too_much_for_a_chart',
    ],
    [
      'too many series',
      { dimensions: [kind, named('unit')], lines: Array.from({ length: 9 }, (_, n) => line([1], 'a', `u${n}`)) },
      'too_much_for_a_chart',
    ],
  ])('refuses %s', (_name, more, code) => {
    expect(() => pivotSvg(pivot(more))).toThrow(expect.objectContaining({ errors: [expect.objectContaining({ code })] }));
  });

  it('escapes what stands in it', async () => {
    const svg = await pivotSvg(pivot({ dimensions: [kind], lines: [line([1], named('x', '<script>"&'))] }));
    expect(svg).not.toContain('<script>');
    expect(svg).toMatch(/^<svg [^>]*role="img"><title>/);
  });
});
