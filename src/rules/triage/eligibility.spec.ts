import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { petitionKinds } from '../evaluation/filing.js';
import { outcomes } from '../evaluation/evaluation.js';
import { eligibilityItems, proposeOutcome, type TriageFacts, triageOutcomes } from './eligibility.js';
import { representativeRule } from './representatives.js';

const eligible: TriageFacts = {
  kind: 'complaint',
  writtenOn: '2026-05-08',
  anonymous: false,
  hasAddress: true,
  signatories: 1,
  representatives: 0,
  withinCompetence: true,
  recommendedOutcome: 'propose_acceptance',
  alsoAllowed: [],
  alsoSentToCompetent: false,
  duplicate: false,
  guidedBefore: false,
};

test.each`
  facts                                                           | answers                              | outcome                   | ground                                | because
  ${{}}                                                           | ${{}}                                | ${'propose_acceptance'}   | ${null}                               | ${'nothing speaks against it'}
  ${{ writtenOn: null }}                                          | ${{}}                                | ${'filing_away'}          | ${'ineligible'}                       | ${'it is not dated (C05 art. 6)'}
  ${{ writtenOn: null }}                                          | ${{ dated: true }}                   | ${'propose_acceptance'}   | ${null}                               | ${'a clerk saw the date'}
  ${{}}                                                           | ${{ signed: false }}                 | ${'filing_away'}          | ${'ineligible'}                       | ${'it is not signed'}
  ${{}}                                                           | ${{ own_rights: false }}             | ${'notice'}               | ${'rights_not_touched'}               | ${'LC art. 11'}
  ${{ withinCompetence: false, recommendedOutcome: 'guidance' }}  | ${{ own_rights: false }}             | ${'guidance'}             | ${null}                               | ${'another authority refuses, not this one'}
  ${{ duplicate: true }}                                          | ${{}}                                | ${'filing_away'}          | ${'duplicate'}                        | ${'a clerk confirmed the duplicate'}
  ${{ guidedBefore: true }}                                       | ${{}}                                | ${'filing_away'}          | ${'already_guided'}                   | ${'guided once already'}
  ${{ guidedBefore: true }}                                       | ${{ new_facts: true }}               | ${'propose_acceptance'}   | ${null}                               | ${'there are new facts'}
  ${{ alsoSentToCompetent: true }}                                | ${{}}                                | ${'filing_away'}          | ${'also_sent_to_competent'}           | ${'the competent authority has it'}
  ${{ signatories: 12 }}                                          | ${{}}                                | ${'guidance'}             | ${null}                               | ${'nobody speaks for the twelve (LC art. 8)'}
  ${{ signatories: 12, representatives: 2 }}                      | ${{}}                                | ${'propose_acceptance'}   | ${null}                               | ${'two speak for them'}
  ${{ kind: 'denunciation', anonymous: true, hasAddress: false }} | ${{}}                                | ${'filing_away'}          | ${'anonymous'}                        | ${'LD art. 25'}
  ${{ kind: 'denunciation', anonymous: true, hasAddress: false }} | ${{ checkable_content: true }}       | ${'information_referral'} | ${null}                               | ${'it can be checked (LD art. 25)'}
  ${{ kind: 'denunciation' }}                                     | ${{ violation_identifiable: false }} | ${'notice'}               | ${'no_grounds_to_identify_violation'} | ${'LD art. 29'}
`('$outcome: $because', ({ facts, answers, outcome, ground }) => {
  const proposal = proposeOutcome({ ...eligible, ...(facts as Partial<TriageFacts>) }, answers as Record<string, boolean>);
  expect([proposal.outcome, proposal.ground]).toEqual([outcome, ground]);
  expect(proposal.reasons.length).toBeGreaterThan(0);
});

describe('the proposal', () => {
  const facts = fc.record({
    kind: fc.constantFrom(...petitionKinds),
    writtenOn: fc.constantFrom('2026-05-08', null),
    anonymous: fc.boolean(),
    hasAddress: fc.boolean(),
    signatories: fc.integer({ min: 1, max: 200 }),
    representatives: fc.integer({ min: 0, max: 5 }),
    withinCompetence: fc.boolean(),
    recommendedOutcome: fc.constantFrom(...outcomes),
    alsoAllowed: fc.constantFrom<TriageFacts['alsoAllowed'][]>([], ['transfer']),
    alsoSentToCompetent: fc.boolean(),
    duplicate: fc.boolean(),
    guidedBefore: fc.boolean(),
  });
  const answers = fc.dictionary(fc.constantFrom(...eligibilityItems.map(({ id }) => id), 'checkable_content', 'new_facts'), fc.boolean());

  it('always has an outcome and a reason with its source, and asks only what was not answered', () => {
    fc.assert(
      fc.property(facts, answers, (known, given) => {
        const { outcome, reasons, unanswered } = proposeOutcome(known, given);
        return (
          triageOutcomes.includes(outcome) &&
          reasons.length > 0 &&
          reasons.every(({ sources }) => sources.length > 0) &&
          unanswered.every((id) => !(id in given))
        );
      }),
    );
  });

  it('never accepts, transfers or refers what names nobody', () => {
    fc.assert(
      fc.property(facts, answers, (known, given) => {
        const { outcome } = proposeOutcome({ ...known, kind: 'denunciation', anonymous: true }, given);
        return outcome === (given['checkable_content'] ? 'information_referral' : 'filing_away');
      }),
    );
  });
});

test.each`
  people | least   | most
  ${1}   | ${null} | ${null}
  ${4}   | ${0}    | ${2}
  ${5}   | ${1}    | ${2}
  ${10}  | ${1}    | ${2}
  ${11}  | ${1}    | ${5}
  ${120} | ${1}    | ${5}
`('$people people have $least to $most representatives', ({ people, least, most }) => {
  const rule = representativeRule(people as number);
  expect([rule?.least ?? null, rule?.most ?? null]).toEqual([least, most]);
});
