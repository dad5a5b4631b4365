export const jobStates = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
/** States as Vietnamese sentences name them. */
export const jobStateNames: Record<(typeof jobStates)[number], string> = {
  queued: 'đang chờ',
  running: 'đang chạy',
  succeeded: 'đã xong',
  failed: 'bị lỗi',
  cancelled: 'đã huỷ',
};

/** One piece of long work and how far it is. */
export interface JobRow {
  id: string;
  type: string;
  unitId: string;
  parameters: Record<string, unknown>;
  state: (typeof jobStates)[number];
  cancelRequested: boolean;
  /** Null until it was counted. */
  total: number | null;
  done: number;
  created: number;
  unchanged: number;
  refused: number;
  error: string | null;
  runningSeconds: number;
  startedAt: Date | null;
  heartbeatAt: Date | null;
  finishedAt: Date | null;
  /** How often it was taken up: whoever works on it knows by this that it is theirs. */
  attempts: number;
  createdBy: string;
  createdAt: Date;
}

/** Something in a row of the file that cannot be taken. */
export interface JobFault {
  line: number;
  column: string;
  code: string;
  vi: string;
  en: string;
}

/** How far a batch brought the work. */
export interface JobStep {
  /** Rows that were looked at. */
  done: number;
  created: number;
  unchanged: number;
  faults: JobFault[];
  refused: number;
}
