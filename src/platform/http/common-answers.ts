import type { OpenAPIObject } from '@nestjs/swagger';
import type { ProblemCode } from '../problems/problem.js';
import { problemResponse } from './api-problems.js';
import { notRepeatable } from './not-repeatable.decorator.js';
import { problemCatalogue } from './problem-catalogue.js';

interface Response {
  $ref?: string;
  description?: string;
  headers?: Record<string, unknown>;
  content?: Record<string, { examples?: Record<string, unknown> }>;
}

interface Operation {
  security?: unknown[];
  parameters?: { in?: string; name?: string; required?: boolean; $ref?: string }[];
  [notRepeatable]?: string;
  requestBody?: { content?: Record<string, unknown> };
  responses: Record<string, Response>;
}

const problemJson = 'application/problem+json';

const idempotencyKey = {
  in: 'header',
  name: 'Idempotency-Key',
  required: false,
  description:
    'Khoá của riêng bạn cho yêu cầu này, 1–255 ký tự: gửi lại với khoá này thì nhận cùng trả lời và không làm gì hai lần. Giữ hai ngày. – Your own key of this request, 1–255 characters: repeating the request with it answers the same and does nothing twice. Kept for two days.',
  schema: { type: 'string', maxLength: 255 },
} as const;

/** Answers that come of a header of the request, whatever the route. */
const byHeader: Record<string, Response> = {
  Minimal: { description: 'Đã làm xong; chỉ có phần đầu – done; headers alone, as `Prefer: return=minimal` asked for (RFC 7240)' },
  NotModified: { description: 'Bản đã có vẫn dùng được – the copy that `If-None-Match` names is still good (RFC 9110)' },
};

/**
 * Adds to every operation what no route names because it comes by itself: the problems that every route has, 204 for `Prefer: return=minimal`,
 * 206 and 304 of files. Each distinct problem answer is written once, under `components/responses`: some sixty answers instead of some
 * thousands, so that the document stays small enough to open in a browser.
 */
export function completeAnswers(document: OpenAPIObject): void {
  const shared: Record<string, Response> = { ...byHeader };
  for (const [route, item] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(item as Record<string, Operation>)) {
      addByHeader(method, operation);
      const codes = [...codesOf(operation), ...commonOf(route, method, operation)];
      if (isRepeatable(method, operation))
        operation.parameters = [...(operation.parameters ?? []), { $ref: '#/components/parameters/IdempotencyKey' }];
      for (const [status, response] of Object.entries(operation.responses))
        if (response.content?.[problemJson]) delete operation.responses[status];
      for (const [status, ofStatus] of Object.entries(byStatus(codes))) {
        const name = ofStatus.map(pascalCase).join('Or');
        shared[name] ??= problemResponse(ofStatus);
        operation.responses[status] = { $ref: `#/components/responses/${name}` };
      }
    }
  const { ProblemResponse } = document.components?.schemas as Record<string, object>;
  // RFC 9457 section 3.2: a kind of problem may add members of its own, e.g. the state that a step came too late for.
  Object.assign(ProblemResponse!, { additionalProperties: true });
  document.components = {
    ...document.components,
    parameters: { IdempotencyKey: idempotencyKey },
    responses: Object.fromEntries(Object.entries(shared).sort(byName)) as never,
  };
}

/** A resource that was changed need not be sent back; a file is sent in parts, or not again. */
function addByHeader(method: string, { parameters = [], responses }: Operation): void {
  const done = responses['200'];
  if (!done) return;
  const hasVersion = done.headers?.['ETag'] !== undefined || parameters.some(({ name }) => name === 'If-Match');
  if (method !== 'get' && hasVersion) responses['204'] = { $ref: '#/components/responses/Minimal' };
  if (!responses['416']) return;
  responses['304'] = { $ref: '#/components/responses/NotModified' };
  responses['206'] = {
    ...done,
    description: `${done.description} – the range that was asked for`,
    headers: { ...done.headers, 'Content-Range': { schema: { type: 'string', example: 'bytes 0-99/5000' } } },
  };
}

/** The codes that a route documents itself: `@Problems` gives each an example. */
function codesOf({ responses }: Operation): ProblemCode[] {
  return Object.values(responses).flatMap(({ content }) => Object.keys(content?.[problemJson]?.examples ?? {}) as ProblemCode[]);
}

function isRepeatable(method: string, operation: Operation): boolean {
  return method === 'post' && !(notRepeatable in operation);
}

/** What every route can answer, by what it is: whether it is closed, has something in its path or its query, takes a body, changes something. */
function commonOf(route: string, method: string, operation: Operation): ProblemCode[] {
  const { security, requestBody, parameters = [] } = operation;
  const header = (wanted: string) => parameters.find(({ in: place, name }) => place === 'header' && name === wanted);
  const inPath = route.includes('{');
  const inQuery = parameters.some(({ in: place }) => place === 'query');
  const when = (holds: unknown, ...codes: ProblemCode[]): ProblemCode[] => (holds ? codes : []);
  return [
    'malformed-request',
    ...when(security?.length, 'unauthenticated', 'forbidden', 'password-change-required'),
    ...when(inPath, 'not-found', 'uri-too-long'),
    ...when(inQuery || requestBody, 'validation-failed'),
    // Also where none is asked for: a body that is sent all the same is read first.
    ...when(method !== 'get', 'request-timeout', 'payload-too-large', 'unsupported-media-type'),
    // Two changes at once: a constraint or a lock of the database lets one of them through.
    ...when(method !== 'get', 'conflict'),
    ...when(header('If-Match'), 'precondition-failed'),
    ...when(header('If-Match')?.required, 'precondition-required'),
    ...when(header('Doubtful-Words'), 'doubtful-words'),
    ...when(isRepeatable(method, operation), 'request-in-progress', 'idempotency-key-reused'),
    ...when(requestBody?.content?.['multipart/form-data'], 'insufficient-storage'),
    'too-many-requests',
    'header-fields-too-large',
    'internal-error',
    'service-unavailable',
  ];
}

/** In the order of the catalogue, so that the same problems are the same answer wherever they are named. */
function byStatus(codes: ProblemCode[]): Record<number, ProblemCode[]> {
  const grouped: Record<number, ProblemCode[]> = {};
  for (const code of Object.keys(problemCatalogue) as ProblemCode[])
    if (codes.includes(code)) (grouped[problemCatalogue[code].status] ??= []).push(code);
  return grouped;
}

function pascalCase(code: string): string {
  return code.replace(/(?:^|-)(\w)/g, (_all, letter: string) => letter.toUpperCase());
}

function byName([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : 1;
}
