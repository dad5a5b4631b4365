import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { checklistGroups, checklistOn, checklistVersions, scoredItems } from './checklist.js';
import { type ItemResult, itemResults, scoreOf, scoresByGroup } from './score.js';

describe('the checklist (law.md 8)', () => {
  const { items } = checklistVersions[0]!;

  it('has the items A1 to K2, each in its group, with a source and what shows it', () => {
    const counts = Object.entries(Object.groupBy(items, ({ group }) => group)).map(([group, found]) => [group, found.length]);
    expect(counts).toEqual([
      ['A', 4],
      ['B', 5],
      ['C', 4],
      ['D', 3],
      ['E', 5],
      ['F', 5],
      ['G', 3],
      ['H', 2],
      ['I', 2],
      ['J', 2],
      ['K', 2],
    ]);
    expect(new Set(items.map(({ code }) => code)).size).toBe(items.length);
    expect(Object.keys(checklistGroups).sort()).toEqual([...new Set(items.map(({ group }) => group))].sort());
    for (const { code, sources, evidence } of items) {
      expect([code, evidence.vi.length > 0]).toEqual([code, true]);
      if (code !== 'K2') expect([code, sources.length > 0]).toEqual([code, true]);
    }
  });

  it('is that of its day', () => {
    expect(checklistOn('2018-04-23')).toBeUndefined();
    expect(checklistOn('2026-11-25')?.version).toBe('2018');
  });
});

test.each`
  results                                | score   | because
  ${[['met', 1], ['met', 3]]}            | ${100}  | ${'all is met'}
  ${[['met', 1], ['not_met', 3]]}        | ${25}   | ${'one of four parts'}
  ${[['partly', 2], ['not_met', 2]]}     | ${25}   | ${'half of one half'}
  ${[['met', 1], ['not_applicable', 9]]} | ${100}  | ${'what does not apply counts nowhere'}
  ${[['not_applicable', 1]]}             | ${null} | ${'nothing applies'}
`('scores $score because $because', ({ results, score }) => {
  expect(scoreOf((results as [ItemResult, number][]).map(([result, weight]) => ({ result, weight })))).toBe(score);
});

test('a score lies between 0 and 100, and gets no worse when an item is answered better', () => {
  const answered = fc.record({ result: fc.constantFrom(...itemResults), weight: fc.integer({ min: 1, max: 5 }) });
  fc.assert(
    fc.property(fc.array(answered, { minLength: 1 }), fc.nat(), (items, at) => {
      const score = scoreOf(items);
      if (score === null) return;
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(100);
      const index = at % items.length;
      if (items[index]!.result === 'not_applicable') return;
      const better = items.map((one, position) => (position === index ? { ...one, result: 'met' as const } : one));
      expect(scoreOf(better)!).toBeGreaterThanOrEqual(score);
    }),
  );
});

test('the scores of the groups are those of their items, each with its weight', () => {
  const answers: { code: string; result: ItemResult | null }[] = [
    { code: 'A1', result: 'met' },
    { code: 'A2', result: 'not_met' },
    { code: 'B1', result: 'partly' },
    { code: 'I1', result: 'not_applicable' },
    { code: 'K1', result: null },
    { code: 'Z9', result: 'met' },
  ];
  const scored = scoredItems('2018', answers);
  expect(scored.map(({ code, weight }) => [code, weight])).toEqual([
    ['A1', 1],
    ['A2', 1],
    ['B1', 2],
    ['I1', 1],
  ]);
  expect(scoresByGroup(scored)).toEqual([
    { group: 'A', score: 50 },
    { group: 'B', score: 50 },
    { group: 'I', score: null },
  ]);
});
