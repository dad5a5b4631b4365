import { describe, expect, it } from '@jest/globals';
import { columnsOf, faultsOf } from '../form.js';
import { builtInSets } from '../form-sets.js';
import { count, form, formsWith, group, memo, partOf, total, type Unplaced, withColumn } from './build.js';

const title = { vi: 'Biểu thử', en: 'A form' };
const petitions = (name: string): Unplaced => count(name, name, 'petitions', 'petitions');

function small() {
  const [first, second, other] = [petitions('first'), petitions('second'), petitions('other')];
  const all = total(total(petitions('all'), first, second), other);
  const some = partOf(petitions('some'), all);
  return { all, some, form: form({ code: '01-XLD', title }, [all, group('g', 'g', first, second), other, some]) };
}

describe('a form', () => {
  it('is numbered from left to right, and its checks follow from its totals and parts', () => {
    const built = small().form;
    expect(columnsOf(built).map(({ number, label }) => [number, label.vi])).toEqual([
      [1, 'all'],
      [2, 'first'],
      [3, 'second'],
      [4, 'other'],
      [5, 'some'],
    ]);
    expect(built.checks).toEqual(['1=2+3', '1=4', '5<=1']);
  });

  it('refers to columns of forms that stand already, and to memos', () => {
    const { all, form: first } = small();
    const here = petitions('here');
    const memos = { parts: memo('matters', 'petitions', { ofWhole: true }) };
    const second = form({ code: '02-XLD', title, memos }, [here], [{ left: here, relation: '>=', plus: [all], minus: ['parts'] }]);
    expect(second.checks).toEqual(['1>=01-XLD:1-parts']);
    expect(faultsOf({ forms: [first, second] })).toEqual([]);
    expect(faultsOf({ forms: [second] })).toMatchObject([{ pointer: '/forms/0/checks/0', code: 'unknown_column' }]);
  });

  it('cannot be a total or a part of what is not in it', () => {
    const stray = petitions('stray');
    expect(() => form({ code: '01-XLD', title }, [total(petitions('all'), stray)])).toThrow('stray');
    expect(() => form({ code: '01-XLD', title }, [partOf(petitions('some'), stray)])).toThrow('stray');
    expect(() => form({ code: '01-XLD', title }, [petitions('one')], [{ left: stray, relation: '=', plus: [stray] }])).toThrow('stray');
  });
});

describe('as before, with one more column', () => {
  it('numbers and checks move on, and the new one is part of the totals that it is said to be', () => {
    const after = withColumn(small().form, 2, petitions('new'), [1]);
    expect(columnsOf(after).map(({ number, label }) => [number, label.vi])).toEqual([
      [1, 'all'],
      [2, 'first'],
      [3, 'new'],
      [4, 'second'],
      [5, 'other'],
      [6, 'some'],
    ]);
    // It stands below the heading of the one before it.
    expect(after.columns[1]).toMatchObject({ columns: [{ number: 2 }, { number: 3 }, { number: 4 }] });
    expect(after.checks).toEqual(['1=2+4+3', '1=5', '6<=1']);
    expect(withColumn(small().form, 0, petitions('new')).checks).toEqual(['2=3+4', '2=5', '6<=2']);
  });

  it('other forms of the set look at the columns where they stand now', () => {
    const { forms } = builtInSets.find(({ circular }) => circular === '01/2024/TT-TTCP')!;
    const before = forms.find(({ code }) => code === '01-XLD')!;
    const after = formsWith(forms, '02-XLD', 0, petitions('new'));
    expect(after.find(({ code }) => code === '01-XLD')!.checks).toEqual(
      before.checks.map((formula) => formula.replace('02-XLD:1', '02-XLD:2')),
    );
    expect(faultsOf({ forms: after })).toEqual([]);
  });

  it('refuses a column that there is not, and a total that has no sum', () => {
    expect(() => withColumn(small().form, 6, petitions('new'))).toThrow('no column 6');
    expect(() => withColumn(small().form, 1, petitions('new'), [5])).toThrow('no sum for column 5');
  });

  it('every sum and limit of every form of every set still holds by its columns, wherever one is put in', () => {
    for (const { forms } of builtInSets)
      for (const one of forms) {
        const known = columnsOf(one);
        for (const { number } of known) {
          const after = withColumn(one, number, petitions('new'));
          const nameAt = (columns: typeof known, formula: string) =>
            formula.replaceAll(/(?<![\d:-])\d+(?![\d-])/g, (found) => JSON.stringify(columns[Number(found) - 1]!.count));
          expect(after.checks.map((formula) => nameAt(columnsOf(after), formula))).toEqual(
            one.checks.map((formula) => nameAt(known, formula)),
          );
        }
      }
  });
});
