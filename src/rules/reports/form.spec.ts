import { describe, expect, it } from '@jest/globals';
import { explainCount } from './explain.js';
import { checkFigures, type Column, columnsOf, faultsOf, type Form, formulaOf, readCheck, writeCheck } from './form.js';
import { builtInSets, setFor } from './form-sets.js';
import { implausible } from './plausibility.js';
import { periodBefore, periodKinds, periodOf, readPeriod } from './periods.js';

const every = builtInSets.flatMap(({ circular, forms }) => forms.map((form): [string, Form] => [`${circular} ${form.code}`, form]));

describe('the sets of forms', () => {
  it.each(builtInSets.map((set) => [set.circular, set] as const))('%s can be counted and checked', (_circular, set) => {
    expect(faultsOf(set)).toEqual([]);
  });

  it.each(every)('%s says in words what it counts', (_name, form) => {
    for (const { count } of columnsOf(form)) expect(explainCount(count).vi).not.toContain('undefined');
  });

  // Columns, as law.md 5.3 and 5.4 number them.
  it.each([
    [
      '02/2021/TT-TTCP',
      {
        '01-TCD': 29,
        '02-TCD': 16,
        '01-XLD': 26,
        '02-XLD': 30,
        '03-XLD': 33,
        '04-XLD': 24,
        '01-KQGQ': 26,
        '02-KQGQ': 19,
        '03-KQGQ': 31,
        '04-KQGQ': 24,
      },
    ],
    [
      '01/2024/TT-TTCP',
      { '01-TCD': 29, '01-XLD': 22, '02-XLD': 26, '03-XLD': 27, '04-XLD': 20, '01-KQGQ': 26, '02-KQGQ': 19, '03-KQGQ': 31, '04-KQGQ': 24 },
    ],
    ['06/2025/TT-TTCP', { '01-TCD': 21, '02-XLD': 25, '03-GQKN': 23, '04-GQTC': 25, '05-KQTH': 31, '06-QLKNTC': 17 }],
  ])('%s has its forms with all columns', (circular, columns) => {
    const { forms } = builtInSets.find((set) => set.circular === circular)!;
    expect(Object.fromEntries(forms.map((form) => [form.code, columnsOf(form).length]))).toEqual(columns);
  });

  it.each([
    ['2021-04-30', undefined],
    ['2023-12-14', '02/2021/TT-TTCP'],
    ['2024-03-14', '01/2024/TT-TTCP'],
    ['2025-09-14', '01/2024/TT-TTCP'],
    ['2025-12-14', '06/2025/TT-TTCP'],
  ])('a period that closes on %s has the set of %s', (closingOn, circular) => {
    expect(setFor(builtInSets, closingOn)?.circular).toBe(circular);
  });

  it('lets what was entered go before what is built in from the same day', () => {
    const entered = { ...builtInSets[2]!, circular: '07/2026/TT-TTCP' };
    expect(setFor([...builtInSets, entered], '2026-03-14')).toBe(entered);
  });
});

describe('what cannot be counted is named', () => {
  const column = (more: object = {}): Column => ({
    number: 1,
    label: { vi: 'Số đơn', en: 'Petitions' },
    unit: 'petitions',
    count: { of: 'petitions', measure: 'petitions', where: { movement: 'received' } },
    ...more,
  });
  const counting = (count: object) => column({ count: { ...column().count, ...count } });
  it.each<[string, unknown[], string[], string]>([
    ['numbers out of order', [column({ number: 2 })], [], '/forms/0/columns'],
    ['an unknown source', [counting({ of: 'papers' })], [], '/forms/0/columns/0/count/of'],
    ['an unknown measure', [counting({ measure: 'money' })], [], '/forms/0/columns/0/count/measure'],
    ['an unknown attribute', [counting({ where: { colour: 'red' } })], [], '/forms/0/columns/0/count/where/colour'],
    ['an unknown value', [counting({ where: { movement: 'lost' } })], [], '/forms/0/columns/0/count/where/movement'],
    ['one unknown value of several', [counting({ where: { kind: ['complaint', 'rumour'] } })], [], '/forms/0/columns/0/count/where/kind'],
    ['no value', [counting({ where: { kind: [] } })], [], '/forms/0/columns/0/count/where/kind'],
    ['a word for yes', [counting({ where: { eligible: 'yes' } })], [], '/forms/0/columns/0/count/where/eligible'],
    [
      'a fault below a heading',
      [{ label: { vi: 'a', en: 'a' }, columns: [counting({ of: 'papers' })] }],
      [],
      '/forms/0/columns/0/columns/0/count/of',
    ],
    ['a node that is neither', [{ label: { vi: 'a', en: 'a' } }], [], '/forms/0/columns/0'],
    ['a node that is both', [{ ...column(), columns: [column()] }], [], '/forms/0/columns/0'],
    ['a check that is none', [column()], ['1~2'], '/forms/0/checks/0'],
    ['a check of an unknown column', [column()], ['1=2+3'], '/forms/0/checks/0'],
    ['a check of an unknown form', [column()], ['1=09-XLD:1'], '/forms/0/checks/0'],
    ['a check of an unknown column of another form', [column()], ['1=01-XLD:2'], '/forms/0/checks/0'],
    ['a check with an unknown memo', [column()], ['1=parts'], '/forms/0/checks/0'],
  ])('%s', (_name, columns, checks, pointer) => {
    const form = { code: '01-XLD', title: { vi: '', en: '' }, columns, checks } as Form;
    expect(faultsOf({ forms: [form] }).map((fault) => fault.pointer)).toContain(pointer);
  });

  it('a form that is there twice', () => {
    const form: Form = { code: '01-XLD', title: { vi: '', en: '' }, columns: [column()], checks: [] };
    expect(faultsOf({ forms: [form, form] })).toMatchObject([{ pointer: '/forms/1/code', code: 'repeated' }]);
  });
});

describe('checks', () => {
  it('are read as sums and limits', () => {
    const named = (...names: string[]) => names.map((name) => ({ name, minus: false }));
    expect(readCheck('3=6+7')).toEqual({ formula: '3=6+7', left: 3, relation: '=', right: named('6', '7') });
    expect(readCheck('8<=4')).toMatchObject({ left: 8, relation: '<=', right: named('4') });
    expect(readCheck('1>=03-GQKN:7')).toMatchObject({ left: 1, relation: '>=', right: named('03-GQKN:7') });
    expect(readCheck('1=02-XLD:1+03-XLD:1+wholes-parts')).toMatchObject({
      right: [...named('02-XLD:1', '03-XLD:1', 'wholes'), { name: 'parts', minus: true }],
    });
    for (const nonsense of ['', '1', '1=', '=2', '1=2-3', '1=2+', 'a=b', '1 = 2', '1=02-XLD', '02-XLD:1=1', '1>2', '1=-parts'])
      expect(readCheck(nonsense)).toBeNull();
    for (const [, form] of every) for (const formula of form.checks) expect(writeCheck(readCheck(formula)!)).toBe(formula);
  });

  it('tell both sides, and bend nothing', () => {
    const checks = ['1=2+3', '2<=1', '3<=2'];
    expect(checkFigures({ checks }, { 1: 5, 2: 2, 3: 4 })).toEqual([
      { formula: '1=2+3', left: 5, right: 6, holds: false },
      { formula: '2<=1', left: 2, right: 5, holds: true },
      { formula: '3<=2', left: 4, right: 2, holds: false },
    ]);
    expect(checkFigures({ checks: ['1=2+3'] }, { 1: 0.3, 2: 0.1, 3: 0.2 })[0]!.holds).toBe(true);
  });

  it('look beside the form where they must, and say nothing of what is not there', () => {
    const checks = ['1>=03-GQKN:7', '1=02-XLD:1+wholes-parts'];
    const beside = { '03-GQKN:7': 3, '02-XLD:1': 4, wholes: 1, parts: 2 };
    expect(checkFigures({ checks }, { 1: 3 }, beside)).toEqual([
      { formula: checks[0], left: 3, right: 3, holds: true },
      { formula: checks[1], left: 3, right: 3, holds: true },
    ]);
    expect(checkFigures({ checks }, { 1: 2 }, beside).map(({ holds }) => holds)).toEqual([false, false]);
    expect(checkFigures({ checks }, { 1: 2 }, { '03-GQKN:7': 3 }).map(({ formula }) => formula)).toEqual([checks[0]]);
    expect(checkFigures({ checks }, { 1: 2 })).toEqual([]);
  });

  it('are the row of formulas', () => {
    const checks = ['1=2+3', '8<=4', '1=4+5'];
    expect([formulaOf({ checks }, 1), formulaOf({ checks }, 8)]).toEqual(['1=2+3=4+5', null]);
  });
});

describe('periods', () => {
  it.each([
    ['2026-Q1', '2025-12-15', '2026-03-14', true],
    ['2026-Q2', '2026-03-15', '2026-06-14', false],
    ['2026-Q3', '2026-06-15', '2026-09-14', false],
    ['2026-Q4', '2026-09-15', '2026-12-14', false],
    ['2026-M6', '2025-12-15', '2026-06-14', true],
    ['2026-M9', '2025-12-15', '2026-09-14', true],
    ['2026-Y', '2025-12-15', '2026-12-14', true],
    ['2025-NA', '2024-08-01', '2025-07-31', true],
  ])('%s runs from %s to %s', (code, from, to, narrative) => {
    expect(readPeriod(code)).toMatchObject({ code, from, to, narrative });
    expect(periodBefore({ code })?.code).toBe(code.replace(/^\d+/, (year) => String(Number(year) - 1)));
  });

  it('are named as people say them, and nothing else is one', () => {
    expect(periodKinds.map((kind) => periodOf(2026, kind).label.vi)).toEqual([
      'Quý I năm 2026',
      'Quý II năm 2026',
      'Quý III năm 2026',
      'Quý IV năm 2026',
      '6 tháng đầu năm 2026',
      '9 tháng đầu năm 2026',
      'Năm 2026',
      'Báo cáo Quốc hội năm 2026',
    ]);
    for (const nonsense of ['2026', '2026-Q5', '26-Q1', '2026-m6', '2026-Q1 ']) expect(readPeriod(nonsense)).toBeNull();
    expect(periodBefore({ code: '2026-01-01..2026-02-01' })).toBeNull();
  });
});

it.each([
  [0, 9, false],
  [0, 10, true],
  [10, 0, true],
  [10, 19, false],
  [10, 20, true],
  [100, 51, false],
  [100, 50, true],
  [1000, 1999, false],
  [7, 14, false],
])('a figure that was %i and is %i is looked at twice: %s', (before, now, looked) => {
  expect(implausible({ 3: now }, { 3: before })).toEqual(looked ? [{ column: 3, now, before }] : []);
});
