import type { LegalDate } from '../../../platform/text/legal-date.js';
import type { OnlineGround } from '../../../rules/reception/online.js';
import { Problem } from '../../../platform/problems/problem.js';
import type { SessionRow } from '../session.js';

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

/** A file of the recording of a session by video; a long session has several. */
export interface RecordingRow {
  id: string;
  sessionId: string;
  filename: string;
  mediaType: string;
  /** Bytes. */
  size: number;
  sha256: string;
  scan: 'clean' | 'not_configured';
  createdAt: Date;
}

export interface OnlineRow extends OnlinePreparation {
  sessionId: string;
  /** Last day on which the connection was tested, and whether that succeeded. */
  testedOn: LegalDate | null;
  testSucceeded: boolean | null;
  testNote: string | null;
  /** Where the recording of sound and picture is kept, beside or in place of the files here. */
  recording: string | null;
  version: number;
}

/** @throws Problem `action-not-allowed` */
export function mustBeOnline({ online }: Pick<SessionRow, 'online'>): void {
  if (!online) throw new Problem('action-not-allowed', { vi: 'Đây không phải buổi tiếp trực tuyến.', en: 'This is no session by video.' });
}

/** A session by video that nobody prepared yet. */
export function notPrepared(): Problem {
  return new Problem('action-not-allowed', {
    vi: 'Hãy lập thành phần và thông báo của buổi tiếp trực tuyến trước (PUT …/online).',
    en: 'Prepare the session by video first (PUT …/online).',
  });
}
