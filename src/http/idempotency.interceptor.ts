import { createHash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { Transactions } from '../database/transactions.js';
import { Problem } from '../problems/problem.js';

interface StoredAnswer {
  request_digest: Buffer;
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/** Headers of the first answer that a repetition must carry too. */
const keptHeaders = ['location', 'etag'];

/**
 * `Idempotency-Key` on any POST of a signed-in caller: the same key and request get the same answer, stored in the transaction of
 * what it answers, so that a lost connection can be retried without doing anything twice. Keys are kept for two days.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly transactions: Transactions) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    if (request.method !== 'POST' || key === undefined || !request.caller) return next.handle();
    if (typeof key !== 'string' || key.length < 1 || key.length > 255) throw unusableKey();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return from(
      this.once(request.caller.accountId, key, digestOf(request), reply, () => lastValueFrom(next.handle(), { defaultValue: undefined })),
    );
  }

  private once(accountId: string, key: string, digest: Buffer, reply: FastifyReply, act: () => Promise<unknown>): Promise<unknown> {
    return this.transactions.run(async (tx) => {
      const [lock] = await tx.query<{ free: boolean }[]>('select pg_try_advisory_xact_lock(hashtextextended($1, 7)) as free', [
        `${accountId} ${key}`,
      ]);
      if (!lock?.free) throw inProgress();
      const [stored] = await tx.query<StoredAnswer[]>(
        'select request_digest, status, headers, body from idempotency_key where account_id = $1 and key = $2',
        [accountId, key],
      );
      if (stored) return replay(stored, digest, reply);
      const body = await act();
      const headers = Object.fromEntries(
        keptHeaders.flatMap((name) => (reply.hasHeader(name) ? [[name, String(reply.getHeader(name))]] : [])),
      );
      await tx.query(
        'insert into idempotency_key (account_id, key, request_digest, status, headers, body) values ($1, $2, $3, $4, $5, $6)',
        [accountId, key, digest, reply.statusCode, headers, body === undefined ? null : JSON.stringify(body)],
      );
      await tx.query(
        `delete from idempotency_key where ctid = any (array(select ctid from idempotency_key where created_at < now() - interval '2 days' limit 20))`,
      );
      return body;
    });
  }
}

function replay(stored: StoredAnswer, digest: Buffer, reply: FastifyReply): unknown {
  if (!stored.request_digest.equals(digest)) throw reused();
  void reply.status(stored.status).headers(stored.headers).header('idempotent-replayed', 'true');
  return stored.body ?? undefined;
}

function digestOf(request: FastifyRequest): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([request.method, request.url, request.body ?? null]))
    .digest();
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
