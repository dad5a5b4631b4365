import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config.js';
import { languageOf } from './language.js';
import { problemCatalogue, problemType } from './problem-catalogue.js';

/** A body that is coming in. */
interface Incoming {
  requestId: string;
  request: IncomingMessage;
  response: ServerResponse;
  /** Of the connection, before this body. */
  bytesBefore: number;
  bytesSeen: number;
  lastProgressAt: number;
  /** Milliseconds for which the server waited for its caller; those in which the caller waited for the server are none. */
  waited: number;
}

const lookEvery = 250;

/**
 * Bodies may take as long as their line needs, but have to come on: one of which nothing comes for `bodyStallSeconds`, or which stays below
 * `bodyMinimumRate` bytes a second beyond that, ends with 408 and its connection. So a large file passes on a slow line, and whoever holds
 * connections open has to send for them (CWE-400, "slow loris").
 */
export function endStalledBodies(server: FastifyInstance, { bodyStallSeconds, bodyMinimumRate }: Config): void {
  const open = new Set<Incoming>();
  const grace = bodyStallSeconds * 1000;
  let lookedAt = Date.now();

  const look = (): void => {
    const now = Date.now();
    const passed = now - lookedAt;
    lookedAt = now;
    for (const body of open) {
      const { request } = body;
      if (request.complete || request.destroyed) {
        open.delete(body);
        continue;
      }
      const bytes = request.socket.bytesRead;
      // What lies here unread waits for us: a scanner, a disk, a database.
      const waitsForUs = request.readableLength > 0;
      if (waitsForUs || bytes > body.bytesSeen) body.lastProgressAt = now;
      if (!waitsForUs) body.waited += passed;
      body.bytesSeen = bytes;
      const allowed = grace + ((bytes - body.bytesBefore) / bodyMinimumRate) * 1000;
      if (now - body.lastProgressAt <= grace && body.waited <= allowed) continue;
      open.delete(body);
      end(body);
    }
  };

  let timer: NodeJS.Timeout | undefined;
  server.addHook('onRequest', (request, reply, done) => {
    const { raw } = request;
    if (!raw.complete && (raw.headers['content-length'] ?? raw.headers['transfer-encoding']) !== undefined) {
      const { bytesRead } = raw.socket;
      open.add({
        requestId: request.id,
        request: raw,
        response: reply.raw,
        bytesBefore: bytesRead,
        bytesSeen: bytesRead,
        lastProgressAt: Date.now(),
        waited: 0,
      });
      if (!timer) lookedAt = Date.now();
      timer ??= setInterval(() => {
        look();
        if (open.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      }, lookEvery).unref();
    }
    done();
  });
  server.addHook('onClose', (_instance, done) => {
    clearInterval(timer);
    done();
  });
}

/** Says why on the connection, where nothing was said yet, and closes it: who reads the body then finds it broken off. */
function end({ requestId, request, response }: Incoming): void {
  if (response.headersSent) {
    request.destroy();
    return;
  }
  const { status, title } = problemCatalogue['request-timeout'];
  const language = languageOf(request.headers);
  const detail = {
    vi: 'Nội dung không đến tiếp hoặc đến quá chậm; hãy kiểm tra đường truyền rồi gửi lại.',
    en: 'The body stopped coming in, or came too slowly; check the line and send it again.',
  };
  const problem = {
    type: problemType('request-timeout'),
    title: title[language],
    status,
    detail: detail[language],
    instance: request.url?.split('?')[0],
    requestId,
  };
  response
    .writeHead(status, {
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': language,
      'cache-control': 'no-store',
      'x-request-id': requestId,
      connection: 'close',
    })
    .end(JSON.stringify(problem), () => request.destroy());
}
