/** A text in Vietnamese and English. */
export interface Bilingual {
  vi: string;
  en: string;
}

/** What kinds of problem the product tells its callers about; `src/platform/http/problem-catalogue.ts` gives each its HTTP status. */
export type ProblemCode =
  | 'malformed-request'
  | 'validation-failed'
  | 'doubtful-words'
  | 'unauthenticated'
  | 'invalid-credentials'
  | 'invalid-refresh-token'
  | 'totp-required'
  | 'invalid-client'
  | 'password-change-required'
  | 'forbidden'
  | 'not-responsible'
  | 'not-found'
  | 'method-not-allowed'
  | 'request-timeout'
  | 'unsupported-media-type'
  | 'payload-too-large'
  | 'uri-too-long'
  | 'header-fields-too-large'
  | 'range-not-satisfiable'
  | 'infected-file'
  | 'template-refused'
  | 'action-not-allowed'
  | 'conflict'
  | 'feed-went-back'
  | 'request-in-progress'
  | 'idempotency-key-reused'
  | 'precondition-required'
  | 'precondition-failed'
  | 'unit-not-valid'
  | 'rule-not-applicable'
  | 'import-refused'
  | 'too-many-requests'
  | 'insufficient-storage'
  | 'service-unavailable'
  | 'internal-error';

/** One faulty field; `pointer` is a JSON pointer (RFC 6901) into the request body, or `?name` for a query parameter. */
export interface FieldProblem {
  pointer: string;
  code: string;
  detail: Bilingual;
  /** Place in an imported file. */
  line?: number;
  column?: string;
}

/**
 * Something the caller did that cannot be done, told in the words of the office.
 * Services throw it and know nothing of HTTP; `src/platform/http/` turns it into an RFC 9457 answer.
 */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly detail: Bilingual,
    readonly errors: FieldProblem[] = [],
    /** Further members of the answer, e.g. `allowedActions`. */
    readonly members: Record<string, unknown> = {},
    /** What it came from, for the log. */
    cause?: unknown,
  ) {
    super(detail.en, { cause });
  }

  /** Seconds after which the caller may try again, where that is known. */
  get retryAfter(): number | undefined {
    const { retryAfter } = this.members;
    return typeof retryAfter === 'number' ? retryAfter : undefined;
  }

  /** The thing does not exist, or the caller may not know that it does. */
  static notFound(vi: string, en: string): Problem {
    return new Problem('not-found', { vi: `Không tìm thấy ${vi}.`, en: `No such ${en}.` });
  }

  /** One field of the body whose value is well formed but cannot be. */
  static field(code: ProblemCode, pointer: string, errorCode: string, detail: Bilingual): Problem {
    return new Problem(code, detail, [{ pointer, code: errorCode, detail }]);
  }
}

/**
 * For `.catch(orNull)`: null for what does not exist, or the caller may not know of. Any other failure – the database is away – goes on as it is:
 * it does not mean that there is nothing.
 */
export function orNull(error: unknown): null {
  if (error instanceof Problem && error.code === 'not-found') return null;
  throw error;
}

/**
 * Compares the version of a record with the one that the caller last read.
 * @param expected null where the caller did not say
 * @throws Problem `precondition-failed`
 */
export function mustMatch(version: number, expected: number | null): void {
  if (expected === null || expected === version) return;
  throw new Problem('precondition-failed', {
    vi: `Bản ghi đã được thay đổi (phiên bản hiện tại ${version}). Hãy đọc lại rồi thử lại.`,
    en: `The resource has changed (it is at version ${version} now). Read it again and retry.`,
  });
}

/**
 * Lets work on a part of a request name its fields from the whole: `/slotAt` of an appointment is `/appointment/slotAt` of what it was sent in.
 * @param only first names of pointers that belong to the part; all where it is left out
 */
export async function withinField<T>(prefix: string, work: () => Promise<T>, only?: readonly string[]): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const belongs = (pointer: string) => !only || only.includes(pointer.split('/')[1] ?? '');
    const errors = error.errors.map((fault) => (belongs(fault.pointer) ? { ...fault, pointer: prefix + fault.pointer } : fault));
    throw new Problem(error.code, error.detail, errors, error.members, error.cause);
  }
}
