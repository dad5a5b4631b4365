import type { LegalDate } from '../../platform/text/legal-date.js';
import type { Complexity } from '../limits/limit-rule.js';
import type { PetitionKind } from '../petition-kind.js';

export { petitionKinds, type PetitionKind } from '../petition-kind.js';

export const complaintSubjects = ['administrative', 'discipline'] as const;
/** What a complaint is about; a complaint about the discipline of an official has its own limits (Law on Complaints arts 47–58). */
export type ComplaintSubject = (typeof complaintSubjects)[number];

export const channels = ['in_person', 'post', 'handed_in', 'online', 'transferred', 'forwarded'] as const;
/** How a petition came; `in_person` at a reception of citizens. */
export type Channel = (typeof channels)[number];

export const stages = ['first', 'second', 'continuing'] as const;
/** First instance, second instance of a complaint, or tố cáo tiếp. */
export type Stage = (typeof stages)[number];

export const respondentTypes = ['agency', 'official'] as const;
export const positions = ['head', 'deputy_head', 'official'] as const;
export type Position = (typeof positions)[number];

/** Who is complained of or denounced: an agency, or an official of it with a position. */
export interface Respondent {
  type: (typeof respondentTypes)[number];
  unitId: string;
  position?: Position | null;
  /** The body that appointed and manages the official, where it is another one. */
  managedByUnitId?: string | null;
  /** The body that a minister or the chair of the province named to resolve, where the law names none (Law on Denunciations art. 12(7)). */
  namedResolverUnitId?: string | null;
}

/** What another authority already did in the matter. */
export interface PriorHandling {
  unitId: string;
  stage: Stage;
  receivedOn: LegalDate;
  acceptedOn?: LegalDate | null;
  decidedOn?: LegalDate | null;
  decisionReceivedOn?: LegalDate | null;
  refusedOn?: LegalDate | null;
  /** The petition held here that it stems from; what was stated by hand has none. */
  petitionId?: string | null;
  /** Last legal day of the resolution where it is known (with extensions); else it is computed. */
  resolutionDueOn?: LegalDate | null;
}

/** A petition as it is filed: the facts that competence, flags and limits follow from. */
export interface Filing {
  kind: PetitionKind;
  subject: ComplaintSubject;
  filedOn: LegalDate;
  filedAtUnitId: string;
  /** How it came there; null where that is not known. */
  channel?: Channel | null;
  respondent: Respondent | null;
  /** Unit of the place or field that the matter belongs to. */
  matterUnitId: string | null;
  /** Stated by a clerk; else it follows from the prior handling. */
  stage: Stage | null;
  /** Competent unit as a clerk stated it, where the law leaves it to a person (law.md 2.5); else it follows from the rules. */
  statedCompetentUnitId?: string | null;
  priorHandling: PriorHandling[];
  /** Body that forwarded the petition, as stated. */
  forwardedBy: string | null;
  alsoSentToUnitIds: string[];
  remoteArea: boolean;
  complexity: Complexity;
  multiplePlaces: boolean;
  /** Day on which the petitioner came to know of the decision or act, for the filing period. */
  decisionKnownOn: LegalDate | null;
  /** Days on which illness, disaster or another obstacle kept the petitioner from filing: they are not counted (Law on Complaints art. 9). */
  obstacleDays?: number;
  /** Day on which the same person was guided about the same matter, where nothing is new since. */
  guidedBeforeOn?: LegalDate | null;
}
