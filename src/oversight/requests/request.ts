export const requestTypes = ['fault', 'question', 'wish', 'evaluation'] as const;
/** A fault of the software, a question, something that is wished for, an evaluation of how it works. */
export type RequestType = (typeof requestTypes)[number];
export const requestStates = ['open', 'in_progress', 'answered', 'closed', 'declined'] as const;
export type RequestState = (typeof requestStates)[number];
/** States as Vietnamese sentences name them. */
export const requestStateNames: Record<RequestState, string> = {
  open: 'đang mở',
  in_progress: 'đang xử lý',
  answered: 'đã trả lời',
  closed: 'đã đóng',
  declined: 'từ chối',
};
/** States that whoever answers can set; the unit itself closes. */
export const answeredStates = ['in_progress', 'answered', 'declined'] as const;

export interface RequestRow {
  id: string;
  number: string;
  unitId: string;
  toUnitId: string;
  type: RequestType;
  title: string;
  content: string;
  state: RequestState;
  createdAt: Date;
  createdBy: string | null;
  updatedAt: Date;
  version: number;
}

export interface RequestEntryRow {
  content: string;
  state: RequestState;
  unitId: string;
  createdAt: Date;
  createdBy: string | null;
}

export interface UnitRequest extends RequestRow {
  entries: RequestEntryRow[];
}
