import type { Role } from '../../platform/access/official.js';
import type { LegalDate } from '../../platform/text/legal-date.js';

export interface GuidanceFacts {
  title: string;
  /** Markdown. */
  body: string;
  publishedOn: LegalDate;
  changeNote: string | null;
}

export interface GuidanceRow extends GuidanceFacts {
  id: string;
  unitId: string;
  roles: Role[];
  sequence: number;
  versions: number;
  withdrawnOn: LegalDate | null;
  version: number;
}

/** An article as lists show it: a piece of its text where the words stand. */
export interface GuidanceItem extends Omit<GuidanceRow, 'body'> {
  excerpt: string;
}

export interface GuidanceVersionRow {
  sequence: number;
  title: string;
  publishedOn: LegalDate;
  changeNote: string | null;
  createdBy: string | null;
}
