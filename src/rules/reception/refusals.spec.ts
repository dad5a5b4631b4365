import { describe, expect, it } from '@jest/globals';
import { basisOf, type RefusalGround, refusalGrounds, refusalOn, refusals, refusalsOn } from './refusals.js';

const before = ['incapable', 'threat_or_disorder', 'finally_settled', 'other_by_law'];

describe('the grounds of a refusal', () => {
  it('are those of the law until 2026-06-30, and from then on those that the decree names in place of "other cases"', () => {
    expect(refusalsOn('2014-06-30')).toEqual([]);
    for (const day of ['2014-07-01', '2026-06-30']) expect(refusalsOn(day).map(({ code }) => code)).toEqual(before);
    const since = refusalsOn('2026-07-01').map(({ code }) => code);
    expect(since).toHaveLength(13);
    expect(since).not.toContain('other_by_law');
  });

  it('are each in the list of codes, and each code is a ground', () => {
    expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(refusalGrounds));
  });

  // Decree 154/2026/NĐ-CP art. 4(1), 4(2), 4(3).
  it.each<[RefusalGround, string, string, 'on_the_spot' | 'in_writing', string]>([
    ['incapable', '42/2013/QH13', '9(1)', 'on_the_spot', 'all'],
    ['threat_or_disorder', '42/2013/QH13', '9(2)', 'on_the_spot', 'all'],
    ['finally_settled', '42/2013/QH13', '9(3)', 'in_writing', 'all'],
    ['dangerous_items', '154/2026/NĐ-CP', '4(1)(a)', 'on_the_spot', 'all'],
    ['security_check_refused', '154/2026/NĐ-CP', '4(1)(b)', 'on_the_spot', 'all'],
    ['recording_against_order', '154/2026/NĐ-CP', '4(1)(c)', 'on_the_spot', 'all'],
    ['incitement', '154/2026/NĐ-CP', '4(1)(d)', 'on_the_spot', 'all'],
    ['unrepresented_incapacity', '154/2026/NĐ-CP', '4(1)(đ)', 'on_the_spot', 'all'],
    ['authority_not_shown', '154/2026/NĐ-CP', '4(1)(e)', 'on_the_spot', 'complaint recommendation reflection'],
    ['outside_reception', '154/2026/NĐ-CP', '4(1)(g)', 'on_the_spot', 'all'],
    ['answered_without_new_facts', '154/2026/NĐ-CP', '4(1)(h)', 'in_writing', 'recommendation reflection'],
    ['final_judgment', '154/2026/NĐ-CP', '4(1)(i)', 'on_the_spot', 'all'],
    ['handled_elsewhere', '154/2026/NĐ-CP', '4(1)(k)', 'on_the_spot', 'all'],
  ])('%s stands in %s art. %s and is told %s (%s)', (code, instrument, article, told, kinds) => {
    const ground = refusalOn('2026-07-01', code)!;
    expect([basisOf(ground), ground.told, ground.kinds?.join(' ') ?? 'all', ground.verified]).toEqual([
      { instrument, article },
      told,
      kinds,
      true,
    ]);
  });
});
