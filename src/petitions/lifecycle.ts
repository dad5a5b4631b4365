import type { Official, Role } from '../auth/official.js';
import { type PetitionKind, petitionKinds } from '../rules/evaluation/filing.js';

export const petitionStates = [
  'received',
  'classified',
  'transferred',
  'accepted',
  'decided',
  'concluded',
  'answered',
  'guided',
  'returned',
  'filed_away',
  'refused',
  'closed',
] as const;
export type PetitionState = (typeof petitionStates)[number];

/** States in which nothing more is to be done; new facts come as a new petition of the same case. */
export const finalStates: readonly PetitionState[] = ['guided', 'returned', 'filed_away', 'refused', 'closed'];

export const petitionActions = [
  'classify',
  'accept',
  'refuse',
  'guide',
  'transfer',
  'return',
  'file_away',
  'decide',
  'conclude',
  'answer',
  'close',
] as const;
export type PetitionAction = (typeof petitionActions)[number];

/** What a caller sends for an action: the name of the field and whether it is needed. */
export interface ActionField {
  name: string;
  required: boolean;
}

/** One step of a petition's life. */
export interface Transition {
  action: PetitionAction;
  /** How the step is asked for below `/petitions/{id}/`. */
  method: 'PUT' | 'POST';
  path: string;
  kinds: readonly PetitionKind[];
  from: readonly PetitionState[];
  to: PetitionState;
  /** Who may do it, at the unit that is responsible. */
  roles: readonly Role[];
  /** A condition beyond state and kind. */
  needs?: 'within_competence';
  /** Event that is written into the history. */
  event: string;
  /** Limits that it starts, by the event of law that it is. Every step but classification also meets all that are open. */
  starts?: 'acceptance' | 'resolution';
  fields: readonly ActionField[];
}

const untriaged: PetitionState[] = ['received', 'classified'];
const triage: Role[] = ['clerk', 'leader', 'reception_board'];
const resolution: Role[] = ['handler', 'leader'];
const others: PetitionKind[] = ['recommendation', 'reflection'];

/** The life of a petition (law.md 4.1–4.4), as data: what may follow what, by whom, with which fields. */
export const transitions: readonly Transition[] = [
  {
    action: 'classify',
    method: 'PUT',
    path: 'classification',
    kinds: petitionKinds,
    from: untriaged,
    to: 'classified',
    roles: triage,
    event: 'classified',
    fields: fields(
      'classifiedOn?',
      'kind?',
      'subject?',
      'fieldCode?',
      'stage?',
      'competentUnitId?',
      'respondent?',
      'matterUnitId?',
      'priorHandling?',
      'forwardedBy?',
      'alsoSentToUnitIds?',
      'remoteArea?',
      'complexity?',
      'multiplePlaces?',
      'decisionKnownOn?',
      'reason?',
    ),
  },
  {
    action: 'accept',
    method: 'POST',
    path: 'acceptance',
    kinds: petitionKinds,
    from: ['classified'],
    to: 'accepted',
    roles: ['clerk', 'leader'],
    needs: 'within_competence',
    event: 'accepted',
    starts: 'acceptance',
    fields: fields('acceptedOn?', 'documentNumber?', 'reason?'),
  },
  {
    action: 'refuse',
    method: 'POST',
    path: 'refusal',
    kinds: petitionKinds,
    from: ['classified'],
    to: 'refused',
    roles: ['clerk', 'leader'],
    event: 'refused',
    fields: fields('refusedOn?', 'ground', 'reason', 'documentNumber?'),
  },
  {
    action: 'guide',
    method: 'POST',
    path: 'guidance',
    kinds: ['complaint', ...others],
    from: untriaged,
    to: 'guided',
    roles: triage,
    event: 'guided',
    fields: fields('guidedOn?', 'toUnitId?', 'content', 'documentNumber?'),
  },
  {
    action: 'transfer',
    method: 'POST',
    path: 'transfers',
    kinds: petitionKinds,
    from: untriaged,
    to: 'transferred',
    roles: triage,
    event: 'transferred',
    fields: fields('toUnitId', 'reason', 'sentOn?', 'replyBy?', 'documentNumber?'),
  },
  {
    action: 'return',
    method: 'POST',
    path: 'return',
    kinds: petitionKinds,
    from: untriaged,
    to: 'returned',
    roles: triage,
    event: 'returned',
    fields: fields('returnedOn?', 'returnedTo?', 'reason', 'documentNumber?'),
  },
  {
    action: 'file_away',
    method: 'POST',
    path: 'filing-away',
    kinds: petitionKinds,
    from: untriaged,
    to: 'filed_away',
    roles: triage,
    event: 'filed_away',
    fields: fields('filedAwayOn?', 'ground', 'reason?'),
  },
  {
    action: 'decide',
    method: 'POST',
    path: 'decisions',
    kinds: ['complaint'],
    from: ['accepted'],
    to: 'decided',
    roles: resolution,
    event: 'decided',
    starts: 'resolution',
    fields: fields('decidedOn?', 'documentNumber', 'result', 'content', 'receivedByPetitionerOn?'),
  },
  {
    action: 'conclude',
    method: 'POST',
    path: 'conclusions',
    kinds: ['denunciation'],
    from: ['accepted'],
    to: 'concluded',
    roles: resolution,
    event: 'concluded',
    starts: 'resolution',
    fields: fields('concludedOn?', 'documentNumber', 'result', 'content'),
  },
  {
    action: 'answer',
    method: 'POST',
    path: 'answers',
    kinds: others,
    from: ['classified', 'accepted'],
    to: 'answered',
    roles: ['clerk', ...resolution],
    needs: 'within_competence',
    event: 'answered',
    starts: 'resolution',
    fields: fields('answeredOn?', 'documentNumber?', 'result', 'content'),
  },
  {
    action: 'close',
    method: 'POST',
    path: 'closure',
    kinds: petitionKinds,
    from: ['decided', 'concluded', 'answered'],
    to: 'closed',
    roles: ['clerk', ...resolution],
    event: 'closed',
    fields: fields('closedOn?', 'reason?'),
  },
];

/** What of a petition decides which steps are open. */
export interface LifecycleFacts {
  kind: PetitionKind;
  state: PetitionState;
  withinCompetence: boolean;
}

export function transitionOf(action: PetitionAction): Transition {
  const transition = transitions.find((candidate) => candidate.action === action);
  if (!transition) throw new Error(`No transition for ${action}`);
  return transition;
}

/** The steps that a petition's kind, state and competence allow, whoever asks. */
export function openTransitions({ kind, state, withinCompetence }: LifecycleFacts): Transition[] {
  return transitions.filter(
    ({ kinds, from, needs }) => kinds.includes(kind) && from.includes(state) && (needs !== 'within_competence' || withinCompetence),
  );
}

/** Whether one of the caller's roles may take the step. */
export function mayTake({ roles }: Transition, by: Official): boolean {
  return by.roles.some((role) => roles.includes(role));
}

function fields(...names: string[]): ActionField[] {
  return names.map((name) => (name.endsWith('?') ? { name: name.slice(0, -1), required: false } : { name, required: true }));
}
