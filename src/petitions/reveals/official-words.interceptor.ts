import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { INTERCEPTORS_METADATA } from '@nestjs/common/constants.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import type { EntityManager } from 'typeorm';
import type { Official, Role } from '../../platform/access/official.js';
import { permissions } from '../../platform/access/permissions.js';
import { Transactions } from '../../platform/database/transactions.js';
import { mapWords, type WordFields, wordFieldsOf } from '../../platform/http/official-words.js';
import { notRepeatable, storesNothing } from '../../platform/http/not-repeatable.decorator.js';
import { type Concerned, ConcernedPeople } from '../identity/concerned-people.service.js';
import { isOfDenounced } from '../identity/denounced.guard.js';
import { namedIn } from '../identity/named-in.js';
import { faultOfText } from '../../platform/problems/normalise-text.js';
import { type FieldProblem, Problem } from '../../platform/problems/problem.js';
import { AccessScope } from '../../structure/units/access-scope.js';

/** A class of routes. */
interface Controller {
  prototype: object;
}

/** `Doubtful-Words`: what is to be done with words that may mean whoever denounced, or somebody else. */
export const doubtfulWordsHeader = 'doubtful-words';
export const doubtfulWordsAnswers = ['keep', 'take-out'] as const;

/** What stands in the place of the words of whom a denunciation is directed against. */
const passedOn = 'Chuyển theo Điều 8 Luật Tố cáo';
/** Letters of the longest text that any of the fields may hold. */
export const longestWords = 50_000;
/**
 * The one place where what officials write loses whoever denounced: every `OfficialWords` of a body, before it is checked, digested or
 * stored, against everybody who is secret in whatever the request names – by its path or its body – by an id of what the caller may refer to, or by the number of what he sees. Words that may mean
 * somebody else as well are asked about, after all else was found good: the request is undone and answered with `doubtful-words`, and sent again
 * with the header `Doubtful-Words` it is done. That somebody was asked, or that words were taken out, is on the record, because it tells something, too.
 */
@Injectable()
export class OfficialWordsInterceptor implements NestInterceptor {
  constructor(
    private readonly people: ConcernedPeople,
    private readonly transactions: Transactions,
    private readonly scope: AccessScope,
  ) {}

  /**
   * Puts itself first before every handler of a controller that takes officials' words. Not before all routes: a stream of events that has any
   * interceptor is begun before its handler can refuse it.
   */
  standBefore(controller: Controller): void {
    for (const name of Object.getOwnPropertyNames(controller.prototype)) {
      const handler: unknown = Object.getOwnPropertyDescriptor(controller.prototype, name)?.value;
      if (typeof handler !== 'function' || !fieldsOf(controller, name)) continue;
      // Words that nobody keeps are told back as they were said.
      if (Reflect.getMetadata(notRepeatable, handler) === storesNothing) continue;
      const others = ((Reflect.getMetadata(INTERCEPTORS_METADATA, handler) ?? []) as unknown[]).filter(
        (other) => !(other instanceof OfficialWordsInterceptor),
      );
      Reflect.defineMetadata(INTERCEPTORS_METADATA, [this, ...others], handler);
    }
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const fields = fieldsOf(context.getClass() as Controller, context.getHandler().name);
    if (!fields || request.body === null || typeof request.body !== 'object' || Buffer.isBuffer(request.body)) return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return from(this.withCleanWords(request, reply, fields, () => lastValueFrom(next.handle(), { defaultValue: undefined })));
  }

  private async withCleanWords(
    request: FastifyRequest,
    reply: FastifyReply,
    fields: WordFields,
    act: () => Promise<unknown>,
  ): Promise<unknown> {
    const answer = answerOf(request);
    if (!hasText(request.body, fields)) return act();
    if (isOfDenounced(request)) {
      // What became of his words would tell him who it was.
      request.body = mapWords(request.body, fields, (text) => (text === '' ? text : passedOn));
      return act();
    }
    const { caller } = request;
    if (!caller || !readsPetitions(caller)) return act();
    const named = namedIn([request.params, request.body]);
    // Numbers are in everybody's hands: about what he does not see he could only try out who is behind it.
    const ids = [...named.ids, ...(await this.people.numbered(named.numbers, this.scope.visible(caller)))];
    const concerned = await this.people.of(ids, [], this.scope.linkable(caller));
    if (!concerned) return act();
    const redaction = await concerned.redaction.read(textsOf(request.body, fields).filter(isRead));
    let taken = 0;
    const doubts: FieldProblem[] = [];
    request.body = mapWords(request.body, fields, (text, pointer) => {
      // It is refused as it is.
      if (!isRead(text)) return text;
      const clean = answer === 'take-out' ? redaction.all(text) : redaction.sure(text);
      if (clean !== text.normalize('NFC')) taken++;
      if (answer === 'take-out') return clean;
      const found = answer === 'keep' ? [] : redaction.doubts(text);
      if (found.length > 0) doubts.push(doubtful(pointer, found));
      return clean;
    });
    if (doubts.length === 0 && taken === 0) return act();
    return this.transactions.run(async (tx) => {
      const done = await act();
      if (doubts.length === 0) {
        await note(tx, 'words_taken_out', concerned);
        return done;
      }
      for (const header of ['etag', 'location', 'link']) void reply.removeHeader(header);
      await this.transactions.beside(() => this.transactions.run((own) => note(own, 'doubtful_words', concerned)));
      throw question(doubts);
    });
  }
}

/** Whoever reads no petition could only try out who is behind one. */
function readsPetitions({ roles }: Official): boolean {
  const reads: readonly Role[] = permissions['petitions.read'].roles;
  return roles.some((role) => reads.includes(role));
}

/** What was written and taken out again tells the writer something: it is on the record of the petition. */
async function note(tx: EntityManager, what: string, { objectId, petitionId }: Concerned): Promise<void> {
  await tx.query('select audit_read($1, $2, $3, $4)', [what, objectId, petitionId, '{}']);
}

/** The officials' words of the body that the handler of a request takes. */
function fieldsOf({ prototype }: Controller, handler: string): WordFields | null {
  const types = (Reflect.getMetadata('design:paramtypes', prototype, handler) ?? []) as (new () => object)[];
  for (const type of types) {
    const fields = typeof type === 'function' ? wordFieldsOf(type) : null;
    if (fields) return fields;
  }
  return null;
}

function answerOf({ headers }: FastifyRequest): (typeof doubtfulWordsAnswers)[number] | null {
  const said = headers[doubtfulWordsHeader];
  if (said === undefined) return null;
  const answer = doubtfulWordsAnswers.find((one) => one === said);
  if (answer) return answer;
  throw new Problem('malformed-request', {
    vi: `Doubtful-Words phải là một trong: ${doubtfulWordsAnswers.join(', ')}.`,
    en: `Doubtful-Words must be one of: ${doubtfulWordsAnswers.join(', ')}.`,
  });
}

/** Whether a body has any words of officials. */
function hasText(body: unknown, fields: WordFields): boolean {
  return textsOf(body, fields).some((text) => text.trim() !== '');
}

function textsOf(body: unknown, fields: WordFields): string[] {
  const texts: string[] = [];
  mapWords(body, fields, (text) => {
    texts.push(text);
    return text;
  });
  return texts;
}

/** Whether a text is one that can be taken: no other is looked through. */
function isRead(text: string): boolean {
  return text.length <= longestWords && !faultOfText(text);
}

function doubtful(pointer: string, words: readonly string[]): FieldProblem {
  const told = words.map((one) => `"${one}"`).join(', ');
  return {
    pointer,
    code: 'doubtful_words',
    detail: { vi: `${told} có thể chỉ người tố cáo.`, en: `${told} may mean whoever denounced.` },
  };
}

function question(errors: FieldProblem[]): Problem {
  return new Problem(
    'doubtful-words',
    {
      vi: 'Có từ ngữ có thể chỉ người tố cáo. Gửi lại với header Doubtful-Words: take-out để bỏ, hoặc keep nếu chỉ người khác.',
      en: 'Some words may mean whoever denounced. Send it again with the header Doubtful-Words: take-out to leave them out, or keep if they mean somebody else.',
    },
    errors,
  );
}
