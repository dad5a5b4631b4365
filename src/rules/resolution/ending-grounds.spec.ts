import { expect, it, test } from '@jest/globals';
import { endingRules, groundsInForce } from './ending-grounds.js';

test.each`
  order            | kind              | on              | codes                                                                                        | because
  ${'suspension'}  | ${'complaint'}    | ${'2026-06-30'} | ${[]}                                                                                        | ${'the law had no suspension of a complaint'}
  ${'suspension'}  | ${'complaint'}    | ${'2026-07-01'} | ${['force_majeure', 'objective_obstacle', 'result_of_another_body']}                         | ${'LC art. 11a(1)'}
  ${'suspension'}  | ${'denunciation'} | ${'2018-12-31'} | ${[]}                                                                                        | ${'the law of 2011 had no such article'}
  ${'suspension'}  | ${'denunciation'} | ${'2026-07-01'} | ${['result_of_another_body', 'expert_opinion']}                                              | ${'LD art. 34(1)'}
  ${'termination'} | ${'complaint'}    | ${'2026-06-30'} | ${[]}                                                                                        | ${'only a withdrawal ended a complaint'}
  ${'termination'} | ${'complaint'}    | ${'2026-07-01'} | ${['withdrawn', 'petitioner_died', 'organisation_ended', 'no_object', 'court_has_accepted']} | ${'LC art. 11a(2)'}
  ${'termination'} | ${'denunciation'} | ${'2026-07-01'} | ${['withdrawn', 'denounced_died', 'judgment_in_force']}                                      | ${'LD art. 34(3)'}
  ${'withdrawal'}  | ${'complaint'}    | ${'2026-06-30'} | ${['petition']}                                                                              | ${'whole and by petition alone'}
  ${'withdrawal'}  | ${'complaint'}    | ${'2026-07-01'} | ${['petition', 'minutes', 'part', 'some_people']}                                            | ${'LC art. 10, D124 art. 7a'}
  ${'withdrawal'}  | ${'denunciation'} | ${'2019-01-01'} | ${['petition', 'part', 'some_people']}                                                       | ${'LD art. 33'}
  ${'withdrawal'}  | ${'denunciation'} | ${'2019-05-28'} | ${['petition', 'minutes', 'part', 'some_people']}                                            | ${'D31 art. 4'}
  ${'termination'} | ${'reflection'}   | ${'2026-07-01'} | ${[]}                                                                                        | ${'nothing is terminated there'}
`('$order of a $kind on $on: $because', (row) => {
  const [order, kind, on] = [row.order, row.kind, row.on] as Parameters<typeof groundsInForce>;
  expect(groundsInForce(order, kind, on).map(({ code }) => code)).toEqual(row.codes);
});

it('every ground has its article', () => {
  for (const { id, sources } of endingRules)
    expect([id, sources.length > 0 && sources.every(({ article }) => article)]).toEqual([id, true]);
});
