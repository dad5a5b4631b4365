import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, type ProblemCode } from '../problems/problem.js';
import { languageOf } from './language.js';
import { fromDatabase, unexpected } from './what-went-wrong.js';
import { databaseFault } from '../database/faults.js';
import { problemCatalogue, problemType } from './problem-catalogue.js';

/** How many faulty fields one answer names. */
const mostErrors = 50;

/** Turns whatever was thrown into an RFC 9457 answer. What is not meant for callers is logged and answered without detail. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = toProblem(thrown, request);
    if (problem.code === 'internal-error' || problem.code === 'insufficient-storage' || isUnstorable(thrown))
      this.logger.error({ requestId: request.id, fault: describe(thrown) });
    else if (problem.code === 'service-unavailable' && databaseFault(thrown))
      this.logger.warn({ requestId: request.id, database: databaseFault(thrown), fault: describe(thrown) });
    sendProblem(problem, request, reply);
  }
}

/** Answers a problem in the caller's language. */
export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
  const { status, title } = problemCatalogue[problem.code];
  const language = languageOf(request.headers);
  if (status === 401) void reply.header('www-authenticate', 'Bearer realm="tiepdan"');
  if (problem.retryAfter !== undefined) comeAgain(problem.retryAfter, reply);
  void reply
    .status(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('content-language', language)
    .header('cache-control', 'no-store')
    .send(
      JSON.stringify({
        type: problemType(problem.code),
        title: title[language],
        status,
        detail: problem.detail[language],
        instance: request.url.split('?')[0],
        requestId: request.id,
        ...(problem.errors.length > 0 && {
          errors: problem.errors.slice(0, mostErrors).map(({ detail, ...error }) => ({ ...error, detail: detail[language] })),
        }),
        ...problem.members,
      }),
    );
}

/** Seconds after which it may go better (RFC 9110, 10.2.3); no header says that there is something left until then. */
function comeAgain(seconds: number, reply: FastifyReply): void {
  void reply.header('retry-after', String(seconds));
  if (reply.hasHeader('ratelimit-limit')) void reply.headers({ 'ratelimit-remaining': '0', 'ratelimit-reset': String(seconds) });
}

interface Failure {
  code?: string;
  constraint?: string;
  driverError?: Failure;
  statusCode?: number;
  message?: string;
}

function toProblem(thrown: unknown, request: FastifyRequest): Problem {
  if (thrown instanceof Problem) return thrown;
  const failure = ((thrown as Failure | null)?.driverError ?? thrown ?? {}) as Failure;
  return fromDatabase(thrown, request) ?? fromConstraint(failure) ?? fromDisk(failure) ?? fromHttp(thrown, failure) ?? unexpected(request);
}

/** PostgreSQL could not take a value as what it should be (SQLSTATE class 22): the checks before it have a gap, which the log tells. */
function isUnstorable(thrown: unknown): boolean {
  const { code } = ((thrown as Failure | null)?.driverError ?? thrown ?? {}) as Failure;
  return typeof code === 'string' && /^22...$/.test(code);
}

/** Database constraints hold what the code promises; one that fires has lost a race or found a gap in the checks before it. */
function fromConstraint({ code = '', constraint }: Failure): Problem | undefined {
  if (/^23(505|503|514|P01)$/.test(code))
    return new Problem('conflict', {
      vi: `Thay đổi trái với ràng buộc dữ liệu "${constraint}". Hãy tải lại và thử lại.`,
      en: `The change violates the constraint "${constraint}". Read the resource again and retry.`,
    });
  if (/^22...$/.test(code))
    return new Problem('validation-failed', {
      vi: 'Một giá trị nằm ngoài khoảng lưu được (số quá lớn, ngày không có thật, ký tự hỏng). Không có gì được lưu.',
      en: 'A value is beyond what can be stored (a number too large, a day that does not exist, a broken character). Nothing was stored.',
    });
  return undefined;
}

/** The disk of the files is full, or the share of it that the product may use. */
function fromDisk({ code = '' }: Failure): Problem | undefined {
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return undefined;
  return new Problem('insufficient-storage', {
    vi: 'Nơi lưu tệp đã đầy; không có gì được lưu. Hãy báo quản trị viên, rồi gửi lại sau.',
    en: 'The disk of the files is full; nothing was stored. Tell the administrator, and send it again later.',
  });
}

const byStatus: Partial<Record<number, ProblemCode>> = {
  400: 'malformed-request',
  // A file outside of what is served: for callers it is not there.
  403: 'not-found',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'payload-too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
};

/** What Nest and Fastify refuse by themselves: unknown routes, unreadable JSON, too large bodies. Their messages may repeat input, so they are not passed on. */
function fromHttp(thrown: unknown, { statusCode }: Failure): Problem | undefined {
  const status = thrown instanceof HttpException ? thrown.getStatus() : statusCode;
  const code = status === undefined ? undefined : byStatus[status];
  if (!code) return undefined;
  const details: Partial<Record<ProblemCode, { vi: string; en: string }>> = {
    'malformed-request': {
      vi: 'Nội dung không phải JSON đọc được (UTF-8, không có khoá __proto__).',
      en: 'The body is not readable JSON (UTF-8, no __proto__ key).',
    },
    'not-found': {
      vi: 'Không có địa chỉ này. Xem /docs.',
      en: 'There is no such route. See /docs.',
    },
    'payload-too-large': { vi: 'Nội dung vượt giới hạn cho phép.', en: 'The body is larger than allowed.' },
    'unsupported-media-type': {
      vi: 'Chỉ nhận application/json (nhập tệp: multipart/form-data).',
      en: 'Allowed: application/json (imports: multipart/form-data).',
    },
  };
  return new Problem(code, details[code] ?? problemCatalogue[code].title);
}

/** Kind and place of a failure without its message, which may hold personal data. */
function describe(thrown: unknown): Record<string, unknown> {
  if (!(thrown instanceof Error)) return { type: typeof thrown };
  const { code, constraint } = ((thrown as Failure).driverError ?? thrown) as Failure;
  const frames = thrown.stack
    ?.split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 12);
  return { type: thrown.name, code, constraint, frames };
}
