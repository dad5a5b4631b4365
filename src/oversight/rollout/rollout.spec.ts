import { describe, expect, it, test } from '@jest/globals';
import { share } from '../share.js';
import { isFullUse, stageOf, type Usage } from './rollout.js';

test.each`
  done                                 | stage
  ${[]}                                | ${'none'}
  ${['training']}                      | ${'training'}
  ${['accounts', 'training', 'start']} | ${'start'}
  ${['full_use']}                      | ${'full_use'}
`('$done done is the stage $stage', ({ done, stage }) => {
  expect(stageOf((done as 'training'[]).map((milestone) => ({ milestone, doneOn: '2026-01-05' })))).toBe(stage);
});

describe('full use', () => {
  const filled = { fieldCode: 10, writtenOn: 0, petitioner: 10, address: 9, nationalId: 0, phone: 0, attachment: 0 };
  const usage: Usage = {
    petitions: 10,
    petitionsInTime: 9,
    visits: 10,
    visitsInTime: 9,
    accounts: 2,
    activeAccounts: 2,
    completeness: filled,
    lastEntryAt: null,
    lastUseAt: null,
  };

  it.each`
    what                                    | more                                                                | full
    ${'nine of ten in time, fields filled'} | ${{}}                                                               | ${true}
    ${'less in time'}                       | ${{ petitionsInTime: 8 }}                                           | ${false}
    ${'addresses missing'}                  | ${{ completeness: { ...filled, address: 8 } }}                      | ${false}
    ${'nothing entered'}                    | ${{ petitions: 0, petitionsInTime: 0, visits: 0, visitsInTime: 0 }} | ${false}
    ${'visits alone'}                       | ${{ petitions: 0, petitionsInTime: 0 }}                             | ${true}
  `('$what: $full', ({ more, full }) => {
    expect(isFullUse({ ...usage, ...(more as object) })).toBe(full);
  });
});

it('has no share of nothing', () => {
  expect([share(0, 0), share(1, 3), share(3, 3)]).toEqual([null, 33.3, 100]);
});
