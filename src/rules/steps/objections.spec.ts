import { describe, expect, it, test } from '@jest/globals';
import { againstAcceptance, againstGuidance, againstLongerLimit, againstResolution, againstTransfer } from './objections.js';

type Row<Rule extends (facts: never) => unknown> = Parameters<Rule>[0] & { against: string[] };

const codes = (objections: { code: string }[]): string[] => objections.map(({ code }) => code);

test.each`
  kind              | anonymous | answers                              | against                       | article    | overridable | because
  ${'complaint'}    | ${false}  | ${{}}                                | ${[]}                         | ${null}    | ${null}     | ${'nothing was answered'}
  ${'complaint'}    | ${false}  | ${{ not_before_court: true }}        | ${[]}                         | ${null}    | ${null}     | ${'no court has it'}
  ${'complaint'}    | ${false}  | ${{ not_before_court: false }}       | ${['court_has_accepted']}     | ${'11(9)'} | ${false}    | ${'a court has it (LC art. 11(9))'}
  ${'complaint'}    | ${false}  | ${{ own_rights: false }}             | ${['own_rights']}             | ${'11'}    | ${true}     | ${'LC art. 11'}
  ${'complaint'}    | ${true}   | ${{}}                                | ${[]}                         | ${null}    | ${null}     | ${'art. 25 is of denunciations'}
  ${'denunciation'} | ${true}   | ${{}}                                | ${['anonymous_denunciation']} | ${'25'}    | ${true}     | ${'nobody is named (LD art. 25)'}
  ${'denunciation'} | ${false}  | ${{ not_before_court: false }}       | ${[]}                         | ${null}    | ${null}     | ${'a question of complaints'}
  ${'denunciation'} | ${false}  | ${{ violation_identifiable: false }} | ${['violation_identifiable']} | ${'29'}    | ${true}     | ${'LD art. 29'}
  ${'reflection'}   | ${true}   | ${{ signed: null }}                  | ${[]}                         | ${null}    | ${null}     | ${'an answer was taken back'}
`('accepting a $kind: $because', (row) => {
  const { answers, against, article, overridable, ...facts } = row as unknown as Row<typeof againstAcceptance> & {
    answers: Record<string, boolean | null>;
    article: string | null;
    overridable: boolean;
  };
  const found = againstAcceptance({ ...facts, complexityReasoned: true, acceptedOn: '2026-08-03', eligibility: answers });
  expect(codes(found)).toEqual(against);
  if (article) expect(found[0]).toMatchObject({ overridable, sources: expect.arrayContaining([expect.objectContaining({ article })]) });
});

test.each`
  kind              | filedOn         | channel          | within   | against               | because
  ${'complaint'}    | ${'2026-07-01'} | ${'post'}        | ${false} | ${['must_be_guided']} | ${'by post it is guided'}
  ${'complaint'}    | ${'2026-07-01'} | ${'transferred'} | ${false} | ${['must_be_guided']} | ${'it goes back to whoever sent it'}
  ${'complaint'}    | ${'2026-07-01'} | ${'in_person'}   | ${false} | ${[]}                 | ${'a reception may transfer it (LR art. 26(1)(b))'}
  ${'complaint'}    | ${'2026-07-01'} | ${'post'}        | ${true}  | ${[]}                 | ${'it is handed on within the same authority'}
  ${'complaint'}    | ${'2026-06-30'} | ${'post'}        | ${false} | ${[]}                 | ${'it was received before the law of 2025'}
  ${'denunciation'} | ${'2026-07-01'} | ${'post'}        | ${false} | ${[]}                 | ${'denunciations are transferred (LD art. 24)'}
  ${'reflection'}   | ${'2026-07-01'} | ${'online'}      | ${false} | ${[]}                 | ${'so are reflections'}
`('transferring a $kind of $filedOn by $channel: $because', (row) => {
  const { within, against, ...facts } = row as unknown as Row<typeof againstTransfer> & { within: boolean };
  expect(codes(againstTransfer({ ...facts, withinCompetence: within }))).toEqual(against);
});

test.each`
  kind                | stage           | result            | verified | against             | because
  ${'complaint'}      | ${'first'}      | ${'wrong'}        | ${false} | ${['not_verified']} | ${'LC art. 29'}
  ${'complaint'}      | ${'first'}      | ${'partly_right'} | ${false} | ${['not_verified']} | ${'LC art. 29'}
  ${'complaint'}      | ${'first'}      | ${'right'}        | ${false} | ${[]}               | ${'plainly right is decided at once (LC art. 29(1)(a))'}
  ${'complaint'}      | ${'first'}      | ${null}           | ${false} | ${['not_verified']} | ${'what is decided is not known yet'}
  ${'complaint'}      | ${'second'}     | ${'confirmed'}    | ${false} | ${['not_verified']} | ${'LC art. 38'}
  ${'complaint'}      | ${'second'}     | ${'confirmed'}    | ${true}  | ${[]}               | ${'it was verified'}
  ${'denunciation'}   | ${'first'}      | ${'right'}        | ${false} | ${['not_verified']} | ${'LD art. 31'}
  ${'denunciation'}   | ${'continuing'} | ${'wrong'}        | ${true}  | ${[]}               | ${'it was verified'}
  ${'recommendation'} | ${'first'}      | ${'resolved'}     | ${false} | ${[]}               | ${'nothing asks for it'}
`('$kind, $stage, $result, verified $verified: $because', (row) => {
  const { against, ...facts } = row as unknown as Row<typeof againstResolution>;
  expect(codes(againstResolution(facts))).toEqual(against);
});

describe('guidance', () => {
  const earlier = { petitionId: 'x', number: 'HNI-2026-000123', guidedOn: '2026-07-10' };

  it('is given once, and again where there are new facts', () => {
    expect(againstGuidance(null, false)).toEqual([]);
    expect(againstGuidance(earlier, true)).toEqual([]);
    expect(againstGuidance(earlier, false)).toMatchObject([
      { code: 'already_guided', overridable: true, explanation: { vi: expect.stringContaining('ngày 10/07/2026 (đơn HNI-2026-000123)') } },
    ]);
  });
});

test.each`
  kind              | reasoned | acceptedOn      | against                        | because
  ${'complaint'}    | ${false} | ${'2026-07-01'} | ${['complexity_not_reasoned']} | ${'D124 art. 3a: in writing, with the criterion'}
  ${'complaint'}    | ${true}  | ${'2026-07-01'} | ${[]}                          | ${'it was found to be so'}
  ${'complaint'}    | ${false} | ${'2026-06-30'} | ${[]}                          | ${'the decree had no criteria before'}
  ${'denunciation'} | ${false} | ${'2026-07-01'} | ${[]}                          | ${'its first limit is the same; the extension asks'}
`('accepting a $kind marked complex, reasoned $reasoned, on $acceptedOn: $because', (row) => {
  const { kind, reasoned, acceptedOn, against } = row as unknown as Row<typeof againstAcceptance> & { reasoned: boolean };
  const found = againstAcceptance({ kind, acceptedOn, anonymous: false, eligibility: {}, complexityReasoned: reasoned });
  expect(codes(found)).toEqual(against);
  expect(found.every(({ overridable }) => !overridable)).toBe(true);
});

test.each`
  kind              | on              | article
  ${'complaint'}    | ${'2026-07-01'} | ${'3a'}
  ${'complaint'}    | ${'2026-06-30'} | ${null}
  ${'denunciation'} | ${'2026-06-30'} | ${'3'}
  ${'denunciation'} | ${'2019-05-27'} | ${null}
`('prolonging a $kind on $on without a finding: article $article of the decree', (row) => {
  const [kind, on] = [row.kind, row.on] as Parameters<typeof againstLongerLimit>;
  expect(againstLongerLimit(kind, on)[0]?.sources[0]?.article ?? null).toBe(row.article);
});

it('what the same person withdrew is accepted again by a leader alone (LC art. 10(3))', () => {
  const withdrawn = { petitionId: 'x', number: '00004-2026-000007', withdrawnOn: '2026-07-20' };
  const facts = { anonymous: false, eligibility: {}, complexityReasoned: true, acceptedOn: '2026-08-05', withdrawn };
  expect(againstAcceptance({ ...facts, kind: 'complaint' })).toMatchObject([
    {
      code: 'withdrawn_before',
      overridable: true,
      sources: [{ article: '10(3)' }, {}],
      explanation: { vi: expect.stringContaining('20/07/2026') },
    },
  ]);
  expect(againstAcceptance({ ...facts, kind: 'denunciation' })).toEqual([]);
});
