import type { FastifyInstance } from 'fastify';
import { Problem } from '../problems/problem.js';

/** No request of ours is deeper than ten levels. */
export const deepestJson = 32;

/** Refuses bodies that are nested deeper than anything sensible, before anything walks through them (OWASP API4:2023). */
export function refuseDeepJson(server: FastifyInstance): void {
  server.addHook('preValidation', (request, _reply, done) => {
    done(isDeeper(request.body, deepestJson) ? tooDeep() : undefined);
  });
}

/** Level by level and not by recursion, which is what a deep body is made to exhaust. */
function isDeeper(body: unknown, levels: number): boolean {
  let level: object[] = isNested(body) ? [body] : [];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > levels) return true;
    level = level.flatMap((value) => Object.values(value).filter(isNested));
  }
  return false;
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Buffer.isBuffer(value);
}

function tooDeep(): Problem {
  return new Problem('malformed-request', {
    vi: `JSON lồng sâu hơn ${deepestJson} cấp.`,
    en: `The JSON is nested deeper than ${deepestJson} levels.`,
  });
}
