import { complaintSubjects, type PetitionKind, stages } from '../rules/evaluation/filing.js';
import { metByTheirOwnAct, performanceRule, replyRule } from '../rules/limits/limits-by-event.js';
import type { LifecycleResponse } from './lifecycle.response.js';
import { limitsStartedBy } from './limits-started.js';
import { papers } from './papers.js';
import { finalStates, petitionStates, stateNames, type StartingEvent, type Transition } from './transition.js';
import { transitions } from './transitions.js';

/** The life of a petition as it is answered: the same for everybody until the next release. */
export const lifecycle: LifecycleResponse = {
  states: petitionStates.map((state) => ({ state, name: stateNames[state], final: finalStates.includes(state) })),
  steps: transitions.map((transition) => {
    const {
      action,
      label,
      method,
      path,
      kinds,
      from,
      to,
      roles,
      ofTriage,
      needs,
      lawfulFrom,
      fields,
      papers: codes = [],
      meets,
      sources = [],
    } = transition;
    return {
      action,
      name: label,
      method,
      path,
      kinds,
      from,
      to,
      roles,
      ofTriage: ofTriage ?? false,
      needs: needs ?? null,
      lawfulFrom: lawfulFrom ?? {},
      fields,
      papers: codes.map((code) => ({ code, title: papers[code].title })),
      startsLimits: startedLimits(transition),
      meetsLimits: meets,
      sources,
    };
  }),
  metByTheirOwnAct,
};

function startedLimits({ starts, kinds }: Transition): string[] {
  if (!starts) return [];
  return [...new Set(kinds.flatMap((kind) => startedBy(starts, kind)))];
}

function startedBy(event: StartingEvent, kind: PetitionKind): string[] {
  if (event === 'transfer') return [replyRule];
  if (event === 'enforcement') return [performanceRule];
  return complaintSubjects.flatMap((subject) => stages.flatMap((stage) => limitsStartedBy(event, { kind, subject, stage })));
}
