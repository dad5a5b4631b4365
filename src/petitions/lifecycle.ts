import type { Official } from '../platform/access/official.js';
import type { PetitionKind } from '../rules/evaluation/filing.js';
import type { PetitionAction, PetitionState, Transition, TriageMode } from './transition.js';
import { transitions } from './transitions.js';

/** What of a petition decides which steps are open. */
export interface LifecycleFacts {
  kind: PetitionKind;
  state: PetitionState;
  withinCompetence: boolean;
  anonymous: boolean;
}

export function transitionOf(action: PetitionAction): Transition {
  const transition = transitions.find((candidate) => candidate.action === action);
  if (!transition) throw new Error(`No transition for ${action}`);
  return transition;
}

/** The steps that a petition's kind, state and competence allow, whoever asks. */
export function openTransitions({ kind, state, withinCompetence, anonymous }: LifecycleFacts): Transition[] {
  return transitions.filter(
    ({ kinds, from, needs }) =>
      kinds.includes(kind) &&
      from.includes(state) &&
      (needs !== 'within_competence' || withinCompetence) &&
      (needs !== 'anonymous' || anonymous),
  );
}

/** Whether one of the caller's roles may take the step in a unit that works in this way. */
export function mayTake({ roles, ofTriage, action }: Transition, by: Official, mode: TriageMode): boolean {
  const twoSteps = mode === 'two_step';
  if (action === 'propose' && !twoSteps) return false;
  return by.roles.some((role) => roles.includes(role) && !(twoSteps && ofTriage && role === 'clerk'));
}
