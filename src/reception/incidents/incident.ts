import type { PetitionKind } from '../../rules/evaluation/filing.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import type { Visitor } from '../visits/visit.js';

export const placeTypes = ['own_office', 'other_office', 'city_office', 'central_office', 'other'] as const;
/** Where people gather: at the own reception office, at another one, at one of the city or of a central body, elsewhere. */
export type PlaceType = (typeof placeTypes)[number];
export const informedParties = ['head', 'police', 'origin_unit', 'superior', 'other'] as const;
export type InformedParty = (typeof informedParties)[number];
export const entryTypes = ['informed', 'progress', 'numbers', 'measure', 'coordination', 'end'] as const;
export type EntryType = (typeof entryTypes)[number];

export interface IncidentFacts {
  officeId: string | null;
  placeType: PlaceType;
  place: string;
  startedAt: string | null;
  persons: number;
  kind: PetitionKind;
  matter: string;
  representatives: Visitor[];
  petitionId: string | null;
  /** An earlier gathering about the same matter, where there is no petition. */
  repeatsIncidentId: string | null;
  originUnitId: string | null;
  informed: { party: InformedParty; who: string | null; at: string | null; content: string | null }[];
}

export interface IncidentRow {
  id: string;
  number: string;
  unitId: string;
  officeId: string | null;
  officeName: string | null;
  placeType: PlaceType;
  place: string;
  onDate: LegalDate;
  startedAt: Date;
  endedAt: Date | null;
  persons: number;
  mostPersons: number;
  kind: PetitionKind;
  matter: string;
  sealed: Buffer | null;
  sealedKey: number | null;
  /** To denounce, or about a denunciation. */
  identitySecret: boolean;
  representativeCount: number;
  petitionId: string | null;
  petitionNumber: string | null;
  caseId: string | null;
  /** Whether the caller is told of the petition. */
  petitionTold: boolean;
  matterId: string;
  originUnitId: string | null;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  outcome: string | null;
  /** Which gathering about the matter this is, from 1, and of how many. */
  occurrence: number;
  occurrences: number;
  version: number;
}

export interface EntryRow {
  id: string;
  type: EntryType;
  at: Date;
  informed: InformedParty | null;
  who: string | null;
  persons: number | null;
  content: string;
  recordedBy: string | null;
}

export interface Incident extends Omit<IncidentRow, 'sealed' | 'sealedKey'> {
  representatives: Visitor[];
}

/** The petition that a matter is about. */
export interface MatterPetition {
  id: string;
  number: string;
  identitySecret: boolean;
  /** Whether the caller is told of it. */
  told: boolean;
}

/** Gatherings over one matter, wherever they were. */
export interface Series {
  caseId: string | null;
  matter: string;
  kind: PetitionKind;
  gatherings: number;
  persons: number;
  mostPersons: number;
  firstOn: LegalDate;
  lastOn: LegalDate;
  open: number;
  placeTypes: PlaceType[];
  originUnitId: string | null;
  incidentIds: string[];
}
