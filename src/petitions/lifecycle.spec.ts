import { describe, expect, it } from '@jest/globals';
import { petitionKinds } from '../rules/evaluation/filing.js';
import { finalStates, openTransitions, petitionActions, petitionStates, transitions } from './lifecycle.js';

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
    for (const state of petitionStates.filter(
      (candidate) => reached.has(candidate) && !finalStates.includes(candidate) && candidate !== 'transferred',
    ))
      expect(openTransitions({ kind, state, withinCompetence: true }).length).toBeGreaterThan(0);
    expect([...reached]).toEqual(expect.arrayContaining(['refused', 'closed', 'filed_away']));
  });

  it('leaves no final state', () => {
    for (const kind of petitionKinds)
      for (const state of finalStates) expect(openTransitions({ kind, state, withinCompetence: true })).toEqual([]);
  });

  it('has one transition for every action', () => {
    expect(transitions.map(({ action }) => action)).toEqual([...petitionActions]);
  });

  it('guides no denunciation and accepts nothing outside competence', () => {
    expect(openTransitions({ kind: 'denunciation', state: 'classified', withinCompetence: false }).map(({ action }) => action)).toEqual([
      'classify',
      'refuse',
      'transfer',
      'return',
      'file_away',
    ]);
  });
});
