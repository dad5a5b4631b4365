import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { INTERCEPTORS_METADATA } from '@nestjs/common/constants.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { accessKey } from '../../platform/access/access.decorators.js';
import { readsPetitions } from '../../platform/access/permissions.js';
import { Transactions } from '../../platform/database/transactions.js';
import { longestWords, mapWords, textsOf, type WordFields, wordFieldsOf } from '../../platform/http/official-words.js';
import { notRepeatable, storesNothing } from '../../platform/http/not-repeatable.decorator.js';
import { type ExpectedUpload, expectedUpload } from '../../platform/http/upload.js';
import { UploadInterceptor } from '../../platform/http/upload.interceptor.js';
import { type Concerned, ConcernedPeople } from '../identity/concerned-people.service.js';
import { DenouncedGuard, isOfDenounced } from '../identity/denounced.guard.js';
import { namedIn } from '../identity/named-in.js';
import { NeutralWords } from '../identity/neutral-words.js';
import { withheld } from '../identity/redaction.js';
import { faultOfText } from '../../platform/problems/normalise-text.js';
import { type FieldProblem, Problem } from '../../platform/problems/problem.js';
import { AccessScope, type Visible } from '../../structure/units/access-scope.js';

/** A class of routes. */
interface Controller {
  prototype: object;
}

/** `Doubtful-Words`: what is to be done with words that may mean whoever denounced, or somebody else. */
export const doubtfulWordsHeader = 'doubtful-words';
export const doubtfulWordsAnswers = ['keep', 'take-out'] as const;
type DoubtfulWordsAnswer = (typeof doubtfulWordsAnswers)[number];

/** What stands in the place of the words of whom a denunciation is directed against. */
const passedOn = 'Chuyển theo Điều 8 Luật Tố cáo';
/** What somebody sees who reads no petitions. */
const nothing: Visible = { roots: [], subtree: false };

/**
 * The one place where what officials write loses whoever denounced: every `OfficialWords` of a body or of the fields of a form, before it is checked,
 * digested or stored, against everybody who is secret in whatever the request names – by its path or its body – by an id or a number of what the caller
 * may refer to, or by a number within a text of what he sees. About what he may refer to and does not see nothing that he writes is kept: what became
 * of his words would tell him who is behind it. Words that may mean somebody else as well are asked about, after all else was found good: the request
 * is undone and answered with `doubtful-words`, and sent again with the header `Doubtful-Words` it is done. That somebody was asked, or that words were
 * taken out, is on the record, because it tells something, too.
 */
@Injectable()
export class OfficialWordsInterceptor implements NestInterceptor {
  constructor(
    private readonly people: ConcernedPeople,
    private readonly words: NeutralWords,
    private readonly guard: DenouncedGuard,
    private readonly transactions: Transactions,
    private readonly scope: AccessScope,
  ) {}

  /**
   * Puts itself before every handler of a controller that takes officials' words: first, or where the body is a form right after that has come in. Not
   * before all routes: a stream of events that has any interceptor is begun before its handler can refuse it.
   */
  standBefore(controller: Controller): void {
    for (const name of Object.getOwnPropertyNames(controller.prototype)) {
      const handler: unknown = Object.getOwnPropertyDescriptor(controller.prototype, name)?.value;
      if (typeof handler !== 'function') continue;
      const others = ((Reflect.getMetadata(INTERCEPTORS_METADATA, handler) ?? []) as unknown[]).filter(
        (other) => !(other instanceof OfficialWordsInterceptor),
      );
      const upload = others.indexOf(UploadInterceptor);
      // Words that nobody keeps are told back as they were said.
      const keepsWords = fieldsOf(controller, name) && Reflect.getMetadata(notRepeatable, handler) !== storesNothing;
      if (upload < 0 && !keepsWords) continue;
      Reflect.defineMetadata(INTERCEPTORS_METADATA, others.toSpliced(upload + 1, 0, this), handler);
    }
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return from(this.withCleanWords(context, () => lastValueFrom(next.handle(), { defaultValue: undefined })));
  }

  private async withCleanWords(context: ExecutionContext, act: () => Promise<unknown>): Promise<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    // The guards went by before the form had come in.
    if (request.upload) await this.guard.look(context, [request.params, request.upload.fields]);
    const fields = fieldsOf(context.getClass() as Controller, context.getHandler().name);
    const body = bodyOf(request);
    if (!fields || body === null) return act();
    const answer = answerOf(request);
    if (!hasText(body, fields)) return act();
    // What became of his words would tell him who it was.
    if (isOfDenounced(request)) return replaced(request, body, fields, passedOn, act);
    const { caller } = request;
    if (!caller) return act();
    const named = namedIn([request.params, body]);
    const [seen, linkable] = [caller.roles.some(readsPetitions) ? this.scope.visible(caller) : nothing, this.scope.linkable(caller)];
    const ids = [
      ...named.ids,
      ...(await this.people.numbered(named.numbers, linkable)),
      // Numbers are in everybody's hands, and stand in words about other things.
      ...(await this.people.numbered(named.mentioned, seen)),
    ];
    const concerned = await this.people.of(ids, linkable);
    if (!concerned) return act();
    const inSight = new Set(await this.people.secretIds(ids, seen));
    // Whoever inspects is shown what the sheet is about, wherever it lies; the route refuses everybody else.
    if (inspects(context)) for (const id of await this.people.secretIds(namedIn([request.params]).ids, linkable)) inSight.add(id);
    if (concerned.ids.some((id) => !inSight.has(id))) return replaced(request, body, fields, withheld, act);
    return this.redacted(context, fields, concerned, answer, act);
  }

  private async redacted(
    context: ExecutionContext,
    fields: WordFields,
    concerned: Concerned,
    answer: DoubtfulWordsAnswer | null,
    act: () => Promise<unknown>,
  ): Promise<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const redaction = await concerned.redaction.read(textsOf(bodyOf(request), fields).filter(isRead));
    let taken = 0;
    const doubts: FieldProblem[] = [];
    const clean = mapWords(bodyOf(request), fields, (text, pointer) => {
      // It is refused as it is.
      if (!isRead(text)) return text;
      const clean = answer === 'take-out' ? redaction.all(text) : redaction.sure(text);
      if (clean !== text.normalize('NFC')) taken++;
      if (answer === 'take-out') return clean;
      const found = answer === 'keep' ? [] : redaction.doubts(text);
      if (found.length > 0) doubts.push(doubtful(pointer, found));
      return clean;
    });
    setBody(request, clean);
    if (doubts.length === 0 && taken === 0) return act();
    return this.transactions.run(async () => {
      const done = await act();
      if (doubts.length === 0) {
        await this.words.note('words_taken_out', concerned);
        return done;
      }
      const reply = context.switchToHttp().getResponse<FastifyReply>();
      for (const header of ['etag', 'location', 'link']) void reply.removeHeader(header);
      await this.transactions.beside(() => this.words.note('doubtful_words', concerned));
      throw question(doubts);
    });
  }
}

/** What a request brings beside its address, as an object or a list: a body of JSON, or the fields of a form; null where it brings none. */
function bodyOf({ upload, body }: FastifyRequest): object | null {
  const brought: unknown = upload ? upload.fields : body;
  return typeof brought === 'object' && !Buffer.isBuffer(brought) ? brought : null;
}

function setBody(request: FastifyRequest, body: unknown): void {
  if (request.upload) request.upload.fields = body as object;
  else request.body = body;
}

/** Does what is asked for with one and the same text in the place of each that was written. */
function replaced(request: FastifyRequest, body: object, fields: WordFields, by: string, act: () => Promise<unknown>): Promise<unknown> {
  setBody(
    request,
    mapWords(body, fields, (text) => (text === '' ? text : by)),
  );
  return act();
}

/** The officials' words of the body, or of the form, that the handler of a request takes. */
function fieldsOf({ prototype }: Controller, handler: string): WordFields | null {
  const form = Reflect.getMetadata(expectedUpload, prototype[handler as keyof object]) as ExpectedUpload | undefined;
  if (form) return wordFieldsOf(form.fields);
  const types = (Reflect.getMetadata('design:paramtypes', prototype, handler) ?? []) as (new () => object)[];
  for (const type of types) {
    const fields = typeof type === 'function' ? wordFieldsOf(type) : null;
    if (fields) return fields;
  }
  return null;
}

function answerOf({ headers }: FastifyRequest): DoubtfulWordsAnswer | null {
  const said = headers[doubtfulWordsHeader];
  if (said === undefined) return null;
  const answer = doubtfulWordsAnswers.find((one) => one === said);
  if (answer) return answer;
  throw new Problem('malformed-request', {
    vi: `Doubtful-Words phải là một trong: ${doubtfulWordsAnswers.join(', ')}.`,
    en: `Doubtful-Words must be one of: ${doubtfulWordsAnswers.join(', ')}.`,
  });
}

/** Whether a route is one of those who were put on an inspection. */
function inspects(context: ExecutionContext): boolean {
  const access: unknown = Reflect.getMetadata(accessKey, context.getHandler()) ?? Reflect.getMetadata(accessKey, context.getClass());
  return access === 'inspections.answer';
}

/** Whether a body has any words of officials. */
function hasText(body: unknown, fields: WordFields): boolean {
  return textsOf(body, fields).some((text) => text.trim() !== '');
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
