import type { Json } from '../test/support/client.js';
import { DocumentedAnswers } from '../test/support/documented-answers.ts';
import { Chance } from './chance.ts';
import { ApiDocument, type Operation } from './document.ts';
import { type FuzzAnswer, Judge, tellsWhoDenounced } from './judge.ts';
import { files } from './hostile.ts';
import { Knowledge } from './knowledge.ts';
import { oversightStories } from './oversight-stories.ts';
import { receptionStories } from './reception-stories.ts';
import { onlyByRecipe } from './recipes.ts';
import { accounts, type FuzzRequest, Requests } from './requests.ts';
import { NoAnswer, send } from './sender.ts';
import { stories, type World } from './stories.ts';
import { Tally } from './tally.ts';
import { type Mode, Values } from './values.ts';

export interface FuzzOptions {
  /** Of the server, without a slash at the end. */
  url: string;
  /** The parsed OpenAPI document, and docs/access-matrix.md as `permissionsOf` reads it. */
  document: Json;
  permissions: Map<string, string[]>;
  password: string;
  seed: number;
  requests: number;
  concurrency: number;
  /** The run ends then, whatever is left. */
  minutes?: number;
  /** Ends the run early, with what there is. */
  signal?: AbortSignal;
  /** Only operations whose name holds this. */
  only?: string;
  /** Where failures are kept. */
  failuresFile?: string;
  /** Bytes in use after what is garbage was collected; the run looks three times. */
  memory?: () => Promise<number>;
  progress?: (tally: Tally) => void;
}

export interface FuzzResult {
  tally: Tally;
  neverReached: string[];
  seconds: number;
  /** After each third of the run. */
  memory: number[];
}

/** Every so many requests the stories are told again, so that there are fresh things in every state. */
const requestsBetweenStories = 2_500;

/** Calls all operations of the document as everybody, with values that are meant, at the edge and hostile, several at once. */
export class Fuzzer {
  private readonly options: FuzzOptions;
  private readonly document: ApiDocument;
  private readonly knowledge = new Knowledge();
  private readonly tally: Tally;
  private readonly judge: Judge;
  private readonly requests: Requests;
  private readonly values: Values;
  private readonly tokens = new Map<string, { token: string; unitId: string }>();
  private made = 0;

  constructor(options: FuzzOptions) {
    this.options = options;
    this.document = new ApiDocument(options.document);
    this.tally = new Tally(options.failuresFile);
    this.judge = new Judge(this.document, new DocumentedAnswers(options.document), options.permissions);
    this.requests = new Requests(this.document, this.knowledge, options.permissions);
    this.values = new Values(this.document, this.knowledge);
    this.made = options.seed * 100_000;
  }

  async run(): Promise<FuzzResult> {
    const started = Date.now();
    const { requests, concurrency, minutes = Infinity, memory, signal } = this.options;
    for (const name of accounts) await this.signIn(name);
    await this.tellStories(0);
    await this.readLists();
    const samples: number[] = [];
    let next = 0;
    const mayGoOn = (until: number): boolean => next < until && !signal?.aborted && Date.now() - started < minutes * 60_000;
    for (const third of [1, 2, 3]) {
      const until = Math.round((requests * third) / 3);
      const worker = async (): Promise<void> => {
        while (mayGoOn(until)) {
          const index = next++;
          if (index > 0 && index % requestsBetweenStories === 0) await this.tellStories(index);
          await this.one(index);
        }
      };
      await Promise.all(Array.from({ length: concurrency }, worker));
      if (memory) samples.push(await memory());
    }
    const operations = this.wanted.map(({ key }) => key);
    return {
      tally: this.tally,
      neverReached: this.tally.neverReached(operations),
      seconds: (Date.now() - started) / 1000,
      memory: samples,
    };
  }

  /** Sends kept failures again; answers those that still fail. */
  async replay(
    kept: { kind: string; request: FuzzRequest }[],
  ): Promise<{ kind: string; operation: string; still: boolean; status: number }[]> {
    for (const name of new Set(kept.flatMap(({ request }) => request.who ?? []))) await this.signIn(name);
    const results = [];
    for (const { kind, request } of kept) {
      const answer = await this.answerTo(request);
      const still = answer === null ? false : this.judge.judge(request, answer).some((failure) => failure.kind === kind);
      results.push({ kind, operation: request.operation, still, status: answer?.status ?? 0 });
    }
    return results;
  }

  private get wanted(): Operation[] {
    const { only } = this.options;
    return this.document.operations.filter(({ key }) => !only || key.includes(only));
  }

  private async one(index: number): Promise<void> {
    const chance = Chance.of(this.options.seed, index);
    const { wanted } = this;
    const operation = wanted[index % wanted.length]!;
    const mode: Mode = onlyByRecipe.has(operation.key) ? 'valid' : chance.one(['valid', 'valid', 'edge', 'hostile'] as const);
    const request = this.requests.make(operation, chance, mode);
    // The same at the same time: what is done once must not be done four times, and nothing may fall over it.
    const times = chance.happens(0.03) ? 4 : 1;
    await Promise.all(Array.from({ length: times }, () => this.exchange(request)));
    if (index % 5_000 === 4_999) this.options.progress?.(this.tally);
  }

  /** Sends, judges, learns. */
  private async exchange(request: FuzzRequest): Promise<FuzzAnswer | null> {
    let answer = await this.answerTo(request);
    // Tokens last a quarter of an hour.
    if (answer?.status === 401 && request.who && this.tokens.has(request.who)) {
      await this.signIn(request.who);
      answer = await this.answerTo(request);
    }
    if (!answer) return null;
    this.tally.count(request, answer);
    for (const failure of this.judge.judge(request, answer)) this.tally.fail(request, failure, answer.status);
    if (answer.status < 300) this.learn(request, answer);
    return answer;
  }

  private async answerTo(request: FuzzRequest): Promise<FuzzAnswer | null> {
    try {
      return await send(this.options.url, request, request.who === null ? undefined : this.tokens.get(request.who)?.token);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      this.tally.fail(request, { kind: error.kind, detail: error.message }, 0);
      if (!(await this.isAlive())) throw new Error(`The server is gone after ${request.operation}: ${error.message}`);
      return null;
    }
  }

  private async isAlive(): Promise<boolean> {
    return fetch(`${this.options.url}/health/live`, { signal: AbortSignal.timeout(60_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  private learn(request: FuzzRequest, { body, headers }: FuzzAnswer): void {
    if (!/json/.test(headers.get('content-type') ?? '')) return;
    this.knowledge.learn(request.operation.split(' ')[1]!, request.path, parsed(body), headers.get('etag'), request.who);
  }

  private async signIn(username: string): Promise<void> {
    const { url, password } = this.options;
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/api/v1/auth/token`, { method: 'POST', headers, body: JSON.stringify({ username, password }) });
    const { accessToken } = (await answer.json()) as { accessToken?: string };
    if (!answer.ok || !accessToken) {
      this.tokens.delete(username);
      return;
    }
    const me = await fetch(`${url}/api/v1/auth/me`, { headers: { authorization: `Bearer ${accessToken}` } });
    const { unit } = (await me.json()) as { unit?: { id: string } };
    this.tokens.set(username, { token: accessToken, unitId: unit?.id ?? '' });
    if (unit) this.knowledge.keep('units', unit.id, username);
  }

  /** What there is to ask with: every list that takes no more than a look. */
  private async readLists(): Promise<void> {
    const lists = this.wanted.filter(
      ({ method, route, parameters }) =>
        method === 'GET' &&
        !route.includes('{') &&
        !parameters.some(({ required }) => required) &&
        !/exports|file|svg|verification/.test(route),
    );
    for (const who of ['commune.clerk', 'city.leader', 'city.inspector', 'city.admin'])
      for (const { key, route } of lists)
        await this.exchange({ operation: key, mode: 'valid', method: 'GET', path: route, headers: {}, who });
  }

  private async tellStories(index: number): Promise<void> {
    const world = this.worldOf(Chance.of(this.options.seed, -1 - index));
    for (const tell of Object.values({ ...stories, ...receptionStories, ...oversightStories })) await tell(world);
  }

  private worldOf(chance: Chance): World {
    const sendTo = async (who: string | null, method: string, address: string, body: (operation: Operation) => Json): Promise<Json> => {
      const path = `/api/v1${address}`;
      const operation = this.operationAt(method, path);
      if (!operation || (this.options.only && !operation.key.includes(this.options.only))) return undefined;
      const request: FuzzRequest = { operation: operation.key, mode: 'plain', method, path, headers: {}, who };
      if (operation.parameters.some(({ name }) => name === 'If-Match')) request.headers['if-match'] = '*';
      if (operation.body?.type === 'multipart/form-data') {
        const { file = 0, fields = {} } = body(operation);
        request.form = { fields, file, filename: files[file]![0], twice: false };
      } else if (operation.body) {
        request.headers['content-type'] = 'application/json';
        request.body = JSON.stringify(body(operation));
      }
      const answer = await this.exchange(request);
      return answer && answer.status < 300 ? (parsed(answer.body) ?? {}) : undefined;
    };
    return {
      next: () => ++this.made,
      password: this.options.password,
      unitOf: (who) => this.tokens.get(who)?.unitId ?? '',
      ask: (who, method, address, more = {}) =>
        sendTo(who, method, address, ({ body }) =>
          body?.type === 'multipart/form-data' ? more : { ...this.values.of(chance, body!.schema, '', 'plain', who), ...more },
        ),
      asShown: (who, method, address, more = {}) =>
        sendTo(who, method, address, ({ body }) => ({
          ...(body!.examples[0] === undefined ? {} : this.values.varied(chance, body!.examples[0], body!.schema, 'plain', who)),
          ...more,
        })),
    };
  }

  private operationAt(method: string, path: string): Operation | undefined {
    const address = path.split('?')[0]!;
    const fits = ({ route }: Operation): boolean =>
      new RegExp(`^${route.replace(/[.*+?^$()|[\]\\]/g, String.raw`\$&`).replace(/\{\w+\}/g, '[^/]+')}$`).test(address);
    return this.document.operations
      .filter((operation) => operation.method === method && fits(operation))
      .sort((one, other) => one.route.split('{').length - other.route.split('{').length)[0];
  }
}

/** What a server wrote while it was asked: nobody who denounced, and nothing that nobody caught. */
export function faultsOfLog(log: string): string[] {
  return [
    ...(tellsWhoDenounced(log) ? ['the log names who denounced'] : []),
    ...(/unhandled ?rejection|uncaught ?exception/i.test(log) ? ['the log has a failure that nobody caught'] : []),
  ];
}

/** Memory that is still in use after each third: a leak grows by as much each time, a cache does not. */
export function growsWithoutEnd([first = 0, second = 0, third = 0]: readonly number[]): boolean {
  const most = 40 * 1024 * 1024;
  return third - first > most && third - second > most / 2 && second > first;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
