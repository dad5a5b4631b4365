import { describe, expect, it } from '@jest/globals';
import { allowanceRates, receivingRateOn } from './allowances.js';

describe('the allowance of a day', () => {
  // Circular 320/2016/TT-BTC art. 4(1) as amended by Circular 65/2026/TT-BTC, in force since 27/7/2026.
  it.each<[string, boolean, [number, number] | null]>([
    ['2016-12-31', false, null],
    ['2026-07-01', false, null],
    ['2026-07-26', false, null],
    ['2026-07-26', true, null],
    ['2026-07-27', false, [200_000, 150_000]],
    ['2026-07-27', true, [250_000, 200_000]],
    ['2027-01-04', false, [200_000, 150_000]],
  ])('on %s (central: %s) is %j đồng', (day, central, amounts) => {
    const rate = receivingRateOn(day, central);
    expect(rate ? [rate.withoutProfessionalAllowance, rate.withProfessionalAllowance] : null).toEqual(amounts);
  });

  // Art. 4(2): the same for all.
  it.each([
    ['reception.allowance.support', '38(3)'],
    ['reception.allowance.processing', '38(4)'],
  ])('%s is 100,000 đồng by art. %s, whatever else somebody draws', (id, article) => {
    const [rate, ...others] = allowanceRates.filter((one) => one.id === id);
    expect([rate!.withoutProfessionalAllowance, rate!.withProfessionalAllowance, others.length]).toEqual([100_000, 100_000, 0]);
    expect(rate!.sources).toContainEqual({ instrument: '154/2026/NĐ-CP', article });
  });

  it('names the article that was read', () => {
    for (const { sources, verified } of allowanceRates) {
      expect(verified).toBe(true);
      expect(sources).toContainEqual({ instrument: '65/2026/TT-BTC', article: '1' });
    }
  });
});
