import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Json } from './client.js';

/** An answer as it came over the wire; `body` is left out where it was not read (a stream that has no end). */
export interface AnswerOnTheWire {
  method: string;
  /** As it was sent, with its query. */
  path: string;
  status: number;
  headers: Headers;
  body?: string;
}

interface Operation {
  responses: Record<string, Json>;
}

interface Route {
  path: string;
  pattern: RegExp;
  operations: Map<string, Operation>;
}

/** Pages and figures that are no part of the API: they have no operation in the document. */
const outsideDocument = /^\/(docs(\/|$|\?)|openapi\.json$|metrics$|reports\/view|\?|$)/;
const problemJson = 'application/problem+json';

/**
 * Judges answers by the OpenAPI document: an answer that the document does not have – its status, its kind of content, a field that is not
 * named, a null that is not allowed – is a fault of the product or of the document.
 */
export class DocumentedAnswers {
  private readonly routes: Route[];
  private readonly ajv: Ajv2020;
  private readonly compiled = new Map<object, ValidateFunction>();
  /** A wrong method is no operation's answer. */
  private readonly statusOf = new Map<string, number>([['/api/v1/problems/method-not-allowed', 405]]);
  private readonly document: Json;

  /** @param document the parsed OpenAPI document */
  constructor(document: Json) {
    this.document = document;
    this.routes = Object.entries<Json>(document.paths).map(([path, operations]) => ({
      path,
      pattern: patternOf(path),
      operations: new Map(Object.entries<Operation>(operations).map(([method, operation]) => [method.toUpperCase(), operation])),
    }));
    this.stateCodes = new Set(statesIn(document.components.schemas));
    this.ajv = ajvFor(document);
    for (const { content } of Object.values<Json>(document.components.responses))
      for (const { value } of Object.values<Json>(content?.[problemJson]?.examples ?? {})) this.statusOf.set(value.type, value.status);
  }

  static ofFile(file = 'docs/openapi.json'): DocumentedAnswers {
    return new DocumentedAnswers(JSON.parse(readFileSync(file, 'utf8')));
  }

  /** What the document does not have of an answer, in words; null where it is as documented. */
  faultOf(answer: AnswerOnTheWire): string | null {
    const address = answer.path.split(/[?#]/)[0]!;
    if (outsideDocument.test(address) || address.startsWith('http')) return null;
    const routes = this.routesOf(address);
    const method = answer.method === 'HEAD' ? 'GET' : answer.method;
    const route = routes.find(({ operations }) => operations.has(method));
    if (!route) return this.faultOutside(answer, routes);
    const said = `${answer.method} ${route.path} answered ${answer.status}`;
    // A cached copy is still good (RFC 9110 section 15.4.5): there is nothing to describe but the status.
    const response = this.resolved(route.operations.get(method)!.responses[answer.status]);
    if (!response) return `${said}, which the document does not have${problemTypeOf(answer)}`;
    const fault = this.faultOfContent(answer, response);
    return fault && `${said}: ${fault}`;
  }

  /** What the document forbids of a JSON body, in words; null where the operation may be sent it. Outer spaces do not count. */
  faultOfBody(method: string, path: string, body: string): string | null {
    const { requestBody } = (this.document.paths[path]?.[method.toLowerCase()] ?? {}) as { requestBody?: Json };
    const schema = requestBody?.content?.['application/json']?.schema;
    return schema ? this.faultOfJson(body, schema, trimmed) : null;
  }

  /** Of an address or a method that the document does not have: only problems are answered there. */
  private faultOutside(answer: AnswerOnTheWire, routes: Route[]): string | null {
    const said = `${answer.method} ${answer.path.split('?')[0]} answered ${answer.status}`;
    // Preflights of browsers are answered by the settings, not by a route.
    if (answer.method === 'OPTIONS' && answer.status === 204) return null;
    const expected = routes.length > 0 ? [405, 400, 413, 414, 415, 429, 431] : [404, 400, 413, 414, 429, 431];
    if (!expected.includes(answer.status)) return `${said}, expected ${expected[0]}`;
    if (answer.status === 405 && !answer.headers.get('allow')) return `${said} without Allow`;
    const fault = this.faultOfProblem(answer);
    return fault && `${said}: ${fault}`;
  }

  private faultOfContent(answer: AnswerOnTheWire, response: Json): string | null {
    const content: Record<string, Json> = response.content ?? {};
    const type = mediaTypeOf(answer.headers);
    const isEmpty = answer.body === '' || answer.method === 'HEAD';
    // `Prefer: return=minimal` (RFC 7240 section 4.2): the status of the whole answer without its content.
    if (isEmpty && answer.headers.get('preference-applied') === 'return=minimal') return null;
    if (Object.keys(content).length === 0)
      return isEmpty || answer.body === undefined ? null : 'has content, which the document does not name';
    if (answer.method === 'HEAD') return null;
    if (isEmpty && !type) return 'has no content';
    // What a caller uploaded comes back as what it is.
    const documented = content[type] ?? content['application/octet-stream'];
    if (!documented) return `is ${type || 'of no type'}, the document says ${Object.keys(content).join(', ')}`;
    if (type === problemJson) return this.faultOfProblem(answer, documented.schema);
    if (type !== 'application/json' || answer.body === undefined) return null;
    return this.faultOfJson(answer.body, documented.schema);
  }

  private faultOfProblem(answer: AnswerOnTheWire, schema?: Json): string | null {
    const type = mediaTypeOf(answer.headers);
    if (type !== problemJson) return `is ${type || 'of no type'} instead of a problem`;
    if (answer.body === undefined || answer.method === 'HEAD') return null;
    const fault = this.faultOfJson(answer.body, schema ?? this.problemSchema);
    if (fault) return fault;
    const problem: Json = JSON.parse(answer.body);
    if (this.statusOf.get(problem.type) !== answer.status || problem.status !== answer.status)
      return `is the problem ${problem.type} with status ${problem.status}`;
    return answer.headers.get('content-language') === 'vi' ? this.faultOfWords(problem) : null;
  }

  /** What users read in Vietnamese has days as they are written there, and names of states instead of their codes. */
  private faultOfWords({ detail, errors = [] }: Json): string | null {
    for (const text of [detail, ...errors.map((error: Json) => error.detail)] as (string | undefined)[]) {
      const day = /\b\d{4}-\d{2}-\d{2}\b/.exec(text ?? '')?.[0];
      if (day) return `says the day ${day} in Vietnamese: "${text}"`;
      const code = [...(text ?? '').matchAll(/"([a-z]+(?:_[a-z]+)*)"/g)]
        .map((match) => match[1]!)
        .find((word) => this.stateCodes.has(word));
      if (code) return `says the state "${code}" in Vietnamese: "${text}"`;
    }
    return null;
  }

  /** Every code of a state that the document has. */
  private readonly stateCodes: ReadonlySet<string>;

  private readonly problemSchema = { $ref: '#/components/schemas/ProblemResponse' };

  private faultOfJson(body: string, schema: Json, read: (key: string, value: unknown) => unknown = (_key, value) => value): string | null {
    let value: unknown;
    try {
      value = JSON.parse(body, read);
    } catch {
      return 'is not JSON';
    }
    const validate = this.validatorOf(schema);
    if (validate(value)) return null;
    return (validate.errors ?? [])
      .slice(0, 3)
      .map(
        ({ instancePath, message, params }) =>
          `${instancePath.replace(/\/\d+(?=\/|$)/g, '/*')} ${message}${'additionalProperty' in params ? ` (${params['additionalProperty']})` : ''}`,
      )
      .join('; ');
  }

  private validatorOf(schema: object): ValidateFunction {
    const known = this.compiled.get(schema);
    if (known) return known;
    const made = this.ajv.compile(closed(schema) as object);
    this.compiled.set(schema, made);
    return made;
  }

  /** Routes without parameters first: `/persons/merges` is not `/persons/{id}`. */
  private routesOf(address: string): Route[] {
    return this.routes
      .filter(({ pattern }) => pattern.test(address))
      .sort((one, other) => (one.path.split('{').length > other.path.split('{').length ? 1 : -1));
  }

  private resolved(response: Json): Json {
    if (!response?.$ref) return response;
    return this.document.components.responses[response.$ref.split('/').at(-1)];
  }
}

function ajvFor(document: Json): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, validateFormats: true });
  ajv.addFormat('uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  ajv.addFormat('date', /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
  for (const format of ['binary', 'uri', 'uri-reference', 'csv', 'email']) ajv.addFormat(format, true);
  const $defs = Object.fromEntries(Object.entries(document.components.schemas).map(([name, schema]) => [name, closed(schema)]));
  ajv.addSchema({ $id: 'components', $defs });
  return ajv;
}

/** A copy of a schema in which an object has no fields but those that it names, unless it says itself that it may. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== 'object') return schema;
  const { example, examples, description, default: _default, ...rest } = schema as Record<string, unknown>;
  void [example, examples, description];
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(rest)) {
    if (key === '$ref') copy[key] = String(value).replace('#/components/schemas/', 'components#/$defs/');
    else if (key === 'properties')
      copy[key] = Object.fromEntries(Object.entries(value as object).map(([name, property]) => [name, closed(property)]));
    else copy[key] = key === 'enum' || key === 'required' ? value : closed(value);
  }
  if (copy['properties'] && copy['additionalProperties'] === undefined) copy['additionalProperties'] = false;
  return copy;
}

function trimmed(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.trim() : value;
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, String.raw`\$&`).replace(/\{\w+\}/g, '[^/]+')}$`);
}

function mediaTypeOf(headers: Headers): string {
  return (headers.get('content-type') ?? '').split(';')[0]!.trim();
}

function problemTypeOf({ headers, body = '' }: AnswerOnTheWire): string {
  return mediaTypeOf(headers) === problemJson ? ` (${/"type":"[^"]*\/([\w-]+)"/.exec(body)?.[1]})` : '';
}

/** The codes of every property that is called `state`. */
function statesIn(node: Json): string[] {
  if (node === null || typeof node !== 'object') return [];
  const own: string[] = node.properties?.state?.enum ?? [];
  return [...own, ...Object.values<Json>(node).flatMap(statesIn)];
}
