import { createHash, randomUUID } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor, RequestMethod } from '@nestjs/common';
import { INTERCEPTORS_METADATA, METHOD_METADATA } from '@nestjs/common/constants.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import type { EntityManager } from 'typeorm';
import { Transactions } from '../../platform/database/transactions.js';
import { namesSomebodySecret } from '../../petitions/identity/hanging/names-somebody.js';
import { Problem } from '../../platform/problems/problem.js';
import { Keys } from '../../platform/sealing/keys.service.js';
import { placeOf } from '../../platform/sealing/places.js';
import { notRepeatable } from '../../platform/http/not-repeatable.decorator.js';

/** Whose key it is, and what it was used for. */
interface KeyedRequest {
  /** Null for whoever calls without an account. */
  accountId: string | null;
  key: string;
  digest: Buffer;
}

interface StoredAnswer {
  id: string;
  requestDigest: Buffer;
  status: number;
  headers: Record<string, string>;
  sealed: Buffer | null;
  sealedKey: number | null;
  /** Of an answer that an earlier version stored. */
  body: unknown;
}

/** Headers of the first answer that a repetition must carry too. */
const keptHeaders = ['location', 'etag'];

/**
 * `Idempotency-Key` on a POST: the same key and request get the same answer, stored under a seal in the transaction of what it answers,
 * so that a lost connection can be retried without doing anything twice. Keys are kept for two days. It stands before every POST that does
 * not say why it cannot be repeated.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly transactions: Transactions,
    private readonly keys: Keys,
  ) {}

  /** Puts itself next to each handler of a POST: what changes the body before, like the officials' words, is what the digest counts. */
  standBefore({ prototype }: { prototype: object }): void {
    for (const name of Object.getOwnPropertyNames(prototype)) {
      const handler: unknown = Object.getOwnPropertyDescriptor(prototype, name)?.value;
      if (typeof handler !== 'function' || Reflect.getMetadata(METHOD_METADATA, handler) !== RequestMethod.POST) continue;
      if (Reflect.hasMetadata(notRepeatable, handler)) continue;
      const others = ((Reflect.getMetadata(INTERCEPTORS_METADATA, handler) ?? []) as unknown[]).filter(
        (other) => !(other instanceof IdempotencyInterceptor),
      );
      Reflect.defineMetadata(INTERCEPTORS_METADATA, [...others, this], handler);
    }
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    if (key === undefined) return next.handle();
    if (typeof key !== 'string' || key.length < 1 || key.length > 255) throw unusableKey();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    request.keyed = true;
    return from(this.once(keyed(request, key), reply, () => lastValueFrom(next.handle(), { defaultValue: undefined })));
  }

  private once({ accountId, key, digest }: KeyedRequest, reply: FastifyReply, act: () => Promise<unknown>): Promise<unknown> {
    return this.transactions.run(async (tx) => {
      const [lock] = await tx.query<{ free: boolean }[]>('select pg_try_advisory_xact_lock(hashtextextended($1, 7)) as free', [
        `${accountId ?? ''} ${key}`,
      ]);
      if (!lock?.free) throw inProgress();
      const [stored] = await tx.query<StoredAnswer[]>(
        `select id, request_digest as "requestDigest", status, headers, sealed, sealed_key as "sealedKey", body
         from idempotency_key where account_id is not distinct from $1 and key = $2`,
        [accountId, key],
      );
      if (stored) return this.replay(tx, stored, digest, reply);
      const body = await act();
      const headers = Object.fromEntries(
        keptHeaders.flatMap((name) => (reply.hasHeader(name) ? [[name, String(reply.getHeader(name))]] : [])),
      );
      const id = randomUUID();
      const { sealed, keyVersion } = this.keys.ring.seal(body ?? null, placeOf.answer(id));
      await tx.query(
        `insert into idempotency_key (id, account_id, key, request_digest, status, headers, sealed, sealed_key)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [id, accountId, key, digest, reply.statusCode, headers, sealed, keyVersion],
      );
      return body;
    });
  }

  private async replay(
    tx: EntityManager,
    { id, requestDigest, status, headers, sealed, sealedKey, body }: StoredAnswer,
    digest: Buffer,
    reply: FastifyReply,
  ): Promise<unknown> {
    if (!requestDigest.equals(digest)) throw reused();
    const answer = sealed ? this.keys.ring.open({ sealed, keyVersion: sealedKey! }, placeOf.answer(id)) : body;
    if (await namesSomebodySecret(tx, this.keys.ring, JSON.stringify(answer))) throw secretNow();
    void reply.status(status).headers(headers).header('idempotent-replayed', 'true');
    return answer ?? undefined;
  }
}

/**
 * Strangers may choose the same key: one without an account counts together with the request, so that nobody hears of the other's
 * and only who repeats all of it gets the answer.
 */
function keyed(request: FastifyRequest, key: string): KeyedRequest {
  const digest = digestOf(request);
  if (request.caller) return { accountId: request.caller.accountId, key, digest };
  return { accountId: null, key: createHash('sha256').update(digest).update(key).digest('hex'), digest };
}

function digestOf(request: FastifyRequest): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([request.method, request.url, bodyOf(request)]))
    .digest();
}

/** Of an upload what it is made of: its boundary is another one each time, and the order of its parts says nothing. */
function bodyOf({ upload, body }: FastifyRequest): unknown {
  if (!upload) return body ?? null;
  const { file, fields } = upload;
  const named = Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1));
  return [named, file.filename, file.sha256];
}

function unusableKey(): Problem {
  return new Problem('validation-failed', {
    vi: 'Idempotency-Key phải có từ 1 đến 255 ký tự.',
    en: 'Idempotency-Key must have 1 to 255 characters.',
  });
}

function inProgress(): Problem {
  return new Problem('request-in-progress', {
    vi: 'Yêu cầu với khoá này đang được xử lý. Hãy thử lại sau giây lát.',
    en: 'A request with this key is being handled. Try again in a moment.',
  });
}

function reused(): Problem {
  return new Problem('idempotency-key-reused', {
    vi: 'Khoá này đã dùng cho một yêu cầu có nội dung khác.',
    en: 'This key was used for a request with another body.',
  });
}

function secretNow(): Problem {
  return new Problem('idempotency-key-reused', {
    vi: 'Yêu cầu đã được thực hiện, nhưng đơn nay là tố cáo: trả lời cũ có tên người gửi nên không lặp lại. Hãy đọc lại đơn.',
    en: 'The request was carried out, but the petition is a denunciation now: the answer of then names who filed it and is not repeated. Read the petition again.',
  });
}
