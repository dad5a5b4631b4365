import type { LegalDate } from '../platform/text/legal-date.js';

export const instrumentTypes = ['law', 'resolution', 'decree', 'circular', 'directive', 'decision', 'other'] as const;
export type InstrumentType = (typeof instrumentTypes)[number];
export const instrumentChangeKinds = ['amended', 'replaced', 'repealed', 'expired'] as const;
export type InstrumentChangeKind = (typeof instrumentChangeKinds)[number];

export interface InstrumentFacts {
  number: string;
  issuer: string;
  type: InstrumentType;
  title: string;
  issuedOn: LegalDate;
  inForceFrom: LegalDate;
  inForceTo: LegalDate | null;
  note: string | null;
  /** False until a person has read the days in the text. */
  verified: boolean;
}

export interface InstrumentChangeFacts {
  kind: InstrumentChangeKind;
  /** First day on which it is changed, or no longer in force. */
  effectiveOn: LegalDate;
  byInstrumentId: string | null;
  note: string | null;
}

export interface InstrumentChangeRow extends InstrumentChangeFacts {
  byNumber: string | null;
}

export interface Instrument extends InstrumentFacts {
  id: string;
  changes: InstrumentChangeRow[];
  /** How many regulations that are in force or to come rest on it. */
  basedOnIt: number;
  version: number;
}
