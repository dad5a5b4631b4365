import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mostNamed, namedIn } from './named-in.js';

const number = 'HNI-P004-2026-000021';
const id = '01980000-0000-7000-8000-0000000f00d5';
const numbers = (many: number): string => Array.from({ length: many }, (_, at) => `A-2026-${String(at).padStart(6, '0')}`).join(' ');
const ids = (many: number): string[] => Array.from({ length: many }, (_, at) => `01980000-0000-7000-8000-${String(at).padStart(12, '0')}`);

describe('what a request names', () => {
  it('are ids that are values of their own, numbers that are, and numbers within texts', () => {
    expect(namedIn({ a: [id.toUpperCase()], b: { c: number.toLowerCase() } })).toEqual({
      ids: [id],
      numbers: expect.arrayContaining([number]),
      mentioned: [],
    });
    expect(namedIn(`Đơn số ${number}/2, của bà X`)).toMatchObject({ numbers: [], mentioned: expect.arrayContaining([number]) });
  });

  it.each([
    ['other dashes', 'HNI–P004—2026−000021'],
    ['spaces', 'HNI - P004 - 2026 - 000021'],
    ['spaces alone', 'HNI P004 2026 000021'],
    ['strokes', 'hni/p004/2026/000021'],
    ['full width', 'ＨＮＩ－Ｐ００４－２０２６－０００００２１'.replace('０００００２１', '００００２１')],
    ['an invisible character', 'HNI-P004-20\u200B26-000021'],
    ['a line end', 'HNI-P004-\n2026-000021'],
  ])('are found with %s', (_how, written) => {
    expect(namedIn(`Về đơn ${written}.`).mentioned).toContain(number);
    expect(namedIn([written]).numbers).toContain(number);
  });

  it('are found wherever they stand in however long a text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.string({ maxLength: 200 }), (before, after) => {
        expect(namedIn(`${before} (${number}) ${after}`).mentioned).toContain(number);
      }),
    );
    const begun = performance.now();
    expect(namedIn(`${'a-'.repeat(500_000)} ${number}`).mentioned).toContain(number);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  it('are all followed, or the request is refused', () => {
    const found = new Set(namedIn(numbers(mostNamed.numbers)).mentioned);
    expect(
      numbers(mostNamed.numbers)
        .split(' ')
        .filter((one) => !found.has(one)),
    ).toEqual([]);
    expect(namedIn(ids(mostNamed.ids)).ids).toHaveLength(mostNamed.ids);
    for (const many of [numbers(mostNamed.numbers + 1), ids(mostNamed.ids + 1)])
      expect(() => namedIn([many])).toThrow(expect.objectContaining({ errors: [expect.objectContaining({ code: 'names_too_much' })] }));
  });
});
