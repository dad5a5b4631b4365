import type { DocumentedAnswers } from '../test/support/documented-answers.ts';
import type { ApiDocument, Operation } from './document.ts';
import type { FuzzRequest } from './requests.ts';
import { canary } from './stories.ts';

/** An answer to a request of the fuzzer. */
export interface FuzzAnswer {
  status: number;
  headers: Headers;
  body: string;
  milliseconds: number;
}

export type FailureKind =
  'server-error' | 'undocumented' | 'forbidden' | 'accepted' | 'canary' | 'slow' | 'stuck' | 'torn' | 'log' | 'memory';

/** What is wrong with an answer, one line for each kind. */
export interface Failure {
  kind: FailureKind;
  detail: string;
}

/** Slower than this is told; on a machine that does nothing else it is a fault. */
export const slowMilliseconds = 2_000;

/** Judges answers: by the document, by the access matrix, by what nobody may be told. */
export class Judge {
  private readonly operations: Map<string, Operation>;
  private readonly answers: DocumentedAnswers;
  private readonly permissions: Map<string, string[]>;

  constructor(document: ApiDocument, answers: DocumentedAnswers, permissions: Map<string, string[]>) {
    this.operations = new Map(document.operations.map((operation) => [operation.key, operation]));
    this.answers = answers;
    this.permissions = permissions;
  }

  judge(request: FuzzRequest, answer: FuzzAnswer): Failure[] {
    const failures: Failure[] = [];
    const operation = this.operations.get(request.operation)!;
    const isMeant = request.method === operation.method;
    if (answer.status >= 500 && !isAbsentConverter(answer))
      failures.push({ kind: 'server-error', detail: `${answer.status} ${problemOf(answer)}` });
    const fault = this.answers.faultOf({
      method: request.method,
      path: request.path,
      status: answer.status,
      headers: answer.headers,
      body: answer.body,
    });
    if (fault) failures.push({ kind: 'undocumented', detail: fault });
    if (isMeant && answer.status < 300) failures.push(...this.mustNotSucceed(request, operation));
    const mayTell = operation.method === 'POST' && /\/(reveals|look-ups)$/.test(operation.route);
    if (!mayTell && tellsWhoDenounced(answer.body)) failures.push({ kind: 'canary', detail: `${answer.status} names who denounced` });
    if (answer.milliseconds > slowMilliseconds) failures.push({ kind: 'slow', detail: 'over 2 s' });
    return failures;
  }

  private mustNotSucceed(request: FuzzRequest, operation: Operation): Failure[] {
    const failures: Failure[] = [];
    const role = request.who?.split('.')[1];
    const allowed = operation.permission ? this.permissions.get(operation.permission) : undefined;
    if (!operation.isOpen && (request.who === null || (allowed && !allowed.includes(role!))))
      failures.push({ kind: 'forbidden', detail: `a success for ${request.who ?? 'nobody'}` });
    if (request.body !== undefined && request.headers['content-type'] === 'application/json') {
      const fault = this.answers.faultOfBody(operation.method, operation.route, request.body);
      if (fault) failures.push({ kind: 'accepted', detail: fault });
    }
    return failures;
  }
}

/** PDF needs LibreOffice: where it is not installed, that is told with 503. */
function isAbsentConverter({ status, body }: FuzzAnswer): boolean {
  return status === 503 && /LibreOffice|soffice/i.test(body);
}

function problemOf({ body }: FuzzAnswer): string {
  return /"type":"[^"]*\/([\w-]+)"/.exec(body)?.[1] ?? body.slice(0, 60);
}

const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const secrets = [folded(canary.name), canary.nationalId, canary.phone, canary.phone.replaceAll(' ', '')];

/** Whether a text, an answer or a log, names whoever denounced in the stories. */
export function tellsWhoDenounced(text: string): boolean {
  const low = folded(text);
  return secrets.some((secret) => low.includes(secret));
}
