import type { LegalDate } from '../../../platform/text/legal-date.js';
import type { OnlineGround } from '../../../rules/reception/online.js';

export const connectionPoints = ['central', 'component'] as const;
/** Where whoever receives sits, or where a body that is concerned does (Decree 154/2026/NĐ-CP art. 3(4), (5)). */
export type ConnectionPoint = (typeof connectionPoints)[number];

/** Somebody who takes part for a body. */
export interface Participant {
  point: ConnectionPoint;
  unitId: string;
  name: string;
  role: string | null;
}

/** How a session by video is prepared. */
export interface OnlinePreparation {
  ground: OnlineGround;
  groundReason: string | null;
  participants: Participant[];
  /** Day on which the citizens and the bodies were told. */
  notifiedOn: LegalDate;
  lateReason: string | null;
}

export interface OnlineRow extends OnlinePreparation {
  sessionId: string;
  /** Last day on which the connection was tested, and whether that succeeded. */
  testedOn: LegalDate | null;
  testSucceeded: boolean | null;
  testNote: string | null;
  /** Where the recording of sound and picture is kept. */
  recording: string | null;
  version: number;
}
