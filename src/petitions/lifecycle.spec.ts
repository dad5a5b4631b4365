import { describe, expect, it } from '@jest/globals';
import { type PetitionKind, petitionKinds } from '../rules/evaluation/filing.js';
import { openTransitions } from './lifecycle.js';
import { finalStates, petitionActions, type PetitionState, petitionStates } from './transition.js';
import { transitions } from './transitions.js';

/** What may still be recorded of a petition that is done with: a suit, an outcome elsewhere, a notice, the guidance of its parts. */
const afterwards = ['guide_parts', 'dispatch', 'appeal', 'register_outcome'];

const open = (kind: PetitionKind, state: PetitionState, withinCompetence = true, anonymous = true) =>
  openTransitions({ kind, state, withinCompetence, anonymous }).map(({ action }) => action);

describe('the life of a petition', () => {
  it.each(petitionKinds)('a %s reaches every state of its own from receipt, and can always be ended', (kind) => {
    const reached = new Set<string>(['received']);
    for (let grown = true; grown;) {
      grown = false;
      for (const { kinds, from, to } of transitions)
        if (kinds.includes(kind) && from.some((state) => reached.has(state)) && !reached.has(to)) {
          reached.add(to);
          grown = true;
        }
    }
    for (const state of petitionStates)
      if (reached.has(state) && !finalStates.includes(state) && state !== 'transferred') expect(open(kind, state)).not.toEqual([]);
    expect([...reached]).toEqual(expect.arrayContaining(['refused', 'closed', 'filed_away', 'terminated', 'split']));
  });

  it('leaves no final state', () => {
    for (const kind of petitionKinds)
      for (const state of finalStates) expect(open(kind, state).filter((action) => !afterwards.includes(action))).toEqual([]);
  });

  it('has one transition for every action', () => {
    expect(transitions.map(({ action }) => action)).toEqual([...petitionActions]);
  });

  it('guides no denunciation and accepts nothing outside competence', () => {
    expect(open('denunciation', 'classified', false, false)).toEqual([
      'classify',
      'check_eligibility',
      'split',
      'propose',
      'refuse',
      'transfer',
      'return',
      'file_away',
      'find_signs_of_crime',
      'inform_investigators',
      'withdraw',
    ]);
  });
});
