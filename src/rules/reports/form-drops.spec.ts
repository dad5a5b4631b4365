import { describe, expect, it } from '@jest/globals';
import { columnsOf, type Form } from './form.js';
import { dropsOf } from './form-drops.js';
import { builtInSets } from './form-sets.js';

const [, , current] = builtInSets;
const { forms } = current!;
const [first, ...others] = forms;

describe('what a set of forms drops', () => {
  it('is nothing where every form and column stays, whatever else is new', () => {
    expect(dropsOf(current!, current!)).toEqual([]);
    expect(dropsOf({ forms: others }, current!)).toEqual([]);
  });

  it('is a form as a whole, or the columns that are gone', () => {
    expect(dropsOf(current!, { forms: others })).toEqual([first!.code]);
    const shortened: Form = { ...first!, columns: columnsOf(first!).slice(0, 2) };
    const gone = columnsOf(first!).slice(2);
    expect(gone.length).toBeGreaterThan(0);
    expect(dropsOf(current!, { forms: [shortened, ...others] })).toEqual(gone.map(({ number }) => `${first!.code}/${number}`));
  });
});
