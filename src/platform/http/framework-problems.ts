import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Bilingual, Problem, type ProblemCode } from '../problems/problem.js';
import { problemCatalogue, problemType } from './problem-catalogue.js';
import { sendProblem } from './problem.filter.js';

/** What is refused before there is a route: the address or the very bytes of a request. Answers are problems all the same (RFC 9457). */

const details = {
  badAddress: {
    vi: 'Địa chỉ có phần mã hoá phần trăm không đọc được.',
    en: 'The address has a percent-encoding that cannot be read.',
  },
  longAddress: {
    vi: 'Một phần của địa chỉ dài hơn mức cho phép (200 ký tự).',
    en: 'A part of the address is longer than allowed (200 characters).',
  },
  unreadable: { vi: 'Yêu cầu HTTP không đọc được.', en: 'The HTTP request cannot be read.' },
  slow: { vi: 'Yêu cầu không đến hết trong thời gian cho phép.', en: 'The request did not arrive in the time allowed.' },
  largeHeader: {
    vi: 'Địa chỉ và phần đầu của yêu cầu vượt 16 KiB.',
    en: 'Address and header fields of the request are over 16 KiB.',
  },
} satisfies Record<string, Bilingual>;

/** An address that the router cannot read: badly encoded, or with a part that is too long. */
export function refuseAddress(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('x-request-id', request.id);
  const isLong = error.statusCode === 414;
  sendProblem(
    new Problem(isLong ? 'uri-too-long' : 'malformed-request', isLong ? details.longAddress : details.badAddress),
    request,
    reply,
  );
}

/** What Node's parser refuses: there is no request yet to answer, only a connection, which ends with the answer. */
export function refuseConnection(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [code, detail] = problemOf(error);
  const { status, title } = problemCatalogue[code];
  const requestId = randomUUID();
  const body = JSON.stringify({ type: problemType(code), title: title.vi, status, detail: detail.vi, instance: '/', requestId });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json; charset=utf-8',
    'content-language: vi',
    'cache-control: no-store',
    `x-request-id: ${requestId}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
}

function problemOf({ code }: NodeJS.ErrnoException): [ProblemCode, Bilingual] {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return ['request-timeout', details.slow];
  if (code === 'HPE_HEADER_OVERFLOW') return ['header-fields-too-large', details.largeHeader];
  return ['malformed-request', details.unreadable];
}

/** An address that there is, with a method that it does not have: 405 with `Allow` (RFC 9110 section 15.5.6) instead of 404. */
export function refuseWrongMethods(server: FastifyInstance): void {
  const methodsOf = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  server.addHook('onRoute', ({ url, method }) => {
    // A route for every address says nothing about one of them.
    if (url.includes('*')) return;
    const known = methodsOf.get(url) ?? { pattern: patternOf(url), methods: new Set() };
    for (const one of [method].flat()) known.methods.add(one);
    methodsOf.set(url, known);
  });
  server.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    const address = request.url.split('?')[0]!;
    const allowed = [...methodsOf.values()].filter(({ pattern }) => pattern.test(address)).flatMap(({ methods }) => [...methods]);
    if (allowed.length === 0 || allowed.includes(request.method)) return done();
    const list = [...new Set(allowed)].sort().join(', ');
    void reply.header('allow', list);
    done(new Problem('method-not-allowed', { vi: `Địa chỉ này chỉ nhận: ${list}.`, en: `This address takes: ${list}.` }));
  });
}

function patternOf(url: string): RegExp {
  return new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replace(/:\w+/g, '[^/]+')}$`);
}
