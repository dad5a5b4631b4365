import { expect, it, test } from '@jest/globals';
import { complexityCriteria, complexityOf, complexityRule } from './complexity.js';

test.each`
  kind              | criteria                                                      | complexity             | article
  ${'complaint'}    | ${[]}                                                         | ${'normal'}            | ${'none of the seven'}
  ${'complaint'}    | ${['several_places']}                                         | ${'complex'}           | ${'D124 art. 3a(1)(a)'}
  ${'complaint'}    | ${['several_matters', 'many_people', 'evidence_in_conflict']} | ${'complex'}           | ${'a complaint has no more than complex'}
  ${'denunciation'} | ${['foreign_element']}                                        | ${'complex'}           | ${'D31 art. 3(2)(d)'}
  ${'denunciation'} | ${['foreign_element', 'foreign_element']}                     | ${'complex'}           | ${'one criterion, named twice'}
  ${'denunciation'} | ${['several_bodies', 'opinions_differ']}                      | ${'specially_complex'} | ${'D31 art. 3(3)'}
`('a $kind by $criteria is $complexity: $article', (row) => {
  const [kind, criteria] = [row.kind, row.criteria] as Parameters<typeof complexityOf>;
  expect(complexityOf(kind, criteria)).toBe(row.complexity);
});

test.each`
  kind                | on              | version
  ${'complaint'}      | ${'2026-06-30'} | ${null}
  ${'complaint'}      | ${'2026-07-01'} | ${'2026'}
  ${'denunciation'}   | ${'2019-05-27'} | ${null}
  ${'denunciation'}   | ${'2019-05-28'} | ${'2019'}
  ${'recommendation'} | ${'2026-07-01'} | ${null}
`('criteria for a $kind on $on: $version', (row) => {
  const [kind, on] = [row.kind, row.on] as Parameters<typeof complexityRule>;
  expect(complexityRule(kind, on)?.version ?? null).toBe(row.version);
});

it('there are seven criteria, each with its letter of the decree', () => {
  expect(complexityCriteria.map(({ letter }) => letter)).toEqual(['a', 'b', 'c', 'd', 'đ', 'e', 'g']);
});
