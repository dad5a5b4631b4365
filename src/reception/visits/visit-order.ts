import type { NewPetition } from '../../petitions/petitions.service.js';
import type { VisitResult } from '../../rules/reception/reception-rules.js';
import type { RefusalGround } from '../../rules/reception/refusals.js';
import type { VisitFacts } from './visit.js';

/** How a visit ends. */
export interface Outcome {
  result: VisitResult;
  note: string | null;
  /** To whom the matter is transferred or guided. */
  toUnitId: string | null;
  /** A petition that is opened with the papers of the visit. */
  petition: VisitPetition | null;
  /** A petition that the visit is about. */
  petitionId: string | null;
  /** An appointment with the head. */
  appointment: { sessionId: string; slotAt: string } | null;
  endedAt: string | null;
}

/** What a petition needs beside what the visit says already. */
export type VisitPetition = Omit<
  NewPetition,
  'kind' | 'channel' | 'receivedOn' | 'summary' | 'content' | 'parties' | 'signatories' | 'fieldCode'
> & { content: string | null };

export interface Refusal {
  ground: RefusalGround;
  reason: string;
  /** The answer in writing of the competent body that it rests on. */
  basis: string | null;
  /** Number of the notice in writing. */
  documentNumber: string | null;
  endedAt: string | null;
}

export interface NewVisit extends VisitFacts {
  officeId: string;
  sessionId: string | null;
  ticketId: string | null;
  /** Whoever denounces by video asked for no secrecy. */
  secrecyNotAsked: boolean;
  startedAt: string | null;
  /** The petition that it is about; its case says whether the matter was brought before. */
  petitionId: string | null;
  /** An earlier visit about the same matter, where there is no petition. */
  repeatsVisitId: string | null;
  /** How it ended, where it is written down afterwards. */
  outcome: Outcome | null;
  refusal: Refusal | null;
}
