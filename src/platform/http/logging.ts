import type { LoggerService } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { pino, type Logger } from 'pino';
import type { Config } from '../config/config.js';

/** Fields that never reach a log, wherever they stand in a logged object. */
const secret = [
  'password',
  'accessToken',
  'refreshToken',
  'authorization',
  'cookie',
  'name',
  'nationalId',
  'address',
  'phone',
  'summary',
  'content',
];

/** The one logger: JSON lines, or readable text on a developer's terminal. Requests are logged by route, never with their query or body. */
export function createLogger({ logLevel, logFormat, environment }: Config): Logger {
  const pretty = logFormat === 'pretty' || (logFormat === 'auto' && environment === 'development' && process.stdout.isTTY);
  return pino({
    level: logLevel,
    redact: { paths: secret.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '[redacted]' },
    formatters: { level: (label) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
    ...(pretty && { transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' } } }),
  });
}

/** Nest's own messages through the same logger. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: string): void {
    this.write('debug', message, context);
  }

  warn(message: unknown, context?: string): void {
    this.write('warn', message, context);
  }

  error(message: unknown, ...rest: unknown[]): void {
    // What fails while Nest starts is thrown as well, and told in one line by main.ts.
    if (rest.at(-1) !== 'ExceptionHandler') this.write('error', message, rest.at(-1));
  }

  private write(level: 'debug' | 'warn' | 'error', message: unknown, context: unknown): void {
    const fields = typeof message === 'object' ? message : { msg: message };
    this.logger[level]({ context, ...fields });
  }
}

/** One line a request when it is answered, with what correlates it: request id and W3C trace context. */
export function logRequests(server: FastifyInstance): void {
  server.addHook('onResponse', (request, reply, done) => {
    const level = reply.statusCode >= 500 ? 'error' : 'info';
    request.log[level](requestFields(request, reply), 'request');
    done();
  });
}

function requestFields(request: FastifyRequest, reply: FastifyReply): Record<string, unknown> {
  return {
    method: request.method,
    route: request.routeOptions.url ?? 'unknown',
    params: request.params,
    status: reply.statusCode,
    milliseconds: Math.round(reply.elapsedTime * 10) / 10,
    trace: traceOf(request),
  };
}

/** Trace id and parent id of a valid `traceparent` (W3C Trace Context level 1). */
function traceOf({ headers }: FastifyRequest): string | undefined {
  const header = headers['traceparent'];
  return typeof header === 'string' && /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/.test(header) ? header : undefined;
}
