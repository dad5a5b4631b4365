import type { LegalDate } from '../../platform/text/legal-date.js';

export const contactWays = ['meeting', 'home_visit', 'telephone', 'letter', 'dialogue', 'other'] as const;
export type ContactWay = (typeof contactWays)[number];
export const contactResults = ['agreed', 'partly_agreed', 'not_agreed', 'will_withdraw', 'not_reached'] as const;
export type ContactResult = (typeof contactResults)[number];

/** A talk with the citizens of a case: explaining and persuading. */
export interface ContactFacts {
  superiorMatterId: string | null;
  petitionId: string | null;
  incidentId: string | null;
  onDate: LegalDate;
  way: ContactWay;
  /** Who spoke with them. */
  officials: string;
  /** Who else took part: the Front, associations, the village. */
  togetherWith: string | null;
  content: string;
  result: ContactResult;
  /** When they are spoken with again. */
  nextOn: LegalDate | null;
}

export interface ContactRow extends ContactFacts {
  id: string;
  unitId: string;
  recordedBy: string | null;
}
