import type { Flag } from '../../rules/evaluation/evaluation.js';
import type { PetitionKind } from '../../rules/evaluation/filing.js';

/** Something that happened to a petition, a gathering of a large group or a proposal for an account, as other systems are told: never who it was, nor the words. */
export interface OutgoingEvent {
  /** Place in the order of all events: without gaps, and no smaller one appears later. */
  position: number;
  id: string;
  /** `petition.` and the event of the history, e.g. `petition.accepted`; `incident.reported`, `.changed`, `.ended`; `account_proposal.proposed`, `.approved`, `.refused`, `.withdrawn`. */
  type: string;
  occurredOn: string;
  recordedAt: Date;
  data: EventData | IncidentData | AccountProposalData;
}

/** The petition as it stood when the event was stored. */
export interface EventData {
  petitionId: string;
  number: string;
  caseId: string;
  kind: PetitionKind;
  state: string;
  receivedUnitId: string;
  responsibleUnitId: string;
  competentUnitId: string | null;
  flags: Flag['code'][];
  nextDueOn: string | null;
}

/** A gathering as it stood when the event was stored. */
export interface IncidentData {
  incidentId: string;
  number: string;
  unitId: string;
  originUnitId: string | null;
  placeType: string;
  persons: number;
  petitionId: string | null;
  onDate: string;
  endedAt: string | null;
}

/** A proposal for an account that reads petitions, as it stood when the event was stored. */
export interface AccountProposalData {
  proposalId: string;
  accountId: string;
  type: string;
  unitId: string;
  approvingUnitId: string | null;
  state: string;
}

/** An event in the form in which it leaves, in the feed and by webhook. */
export interface EventMessage extends Omit<OutgoingEvent, 'recordedAt'> {
  recordedAt: string;
}

export function toMessage({ position, id, type, occurredOn, recordedAt, data }: OutgoingEvent): EventMessage {
  return { position, id, type, occurredOn, recordedAt: recordedAt.toISOString(), data };
}
