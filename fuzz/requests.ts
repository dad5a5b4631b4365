import type { Json } from '../test/support/client.js';
import { Chance } from './chance.ts';
import type { ApiDocument, Operation, Parameter } from './document.ts';
import { brokenBodies, fileNames, files, hostileTexts } from './hostile.ts';
import type { Knowledge } from './knowledge.ts';
import { pathValues, recipeFor, statesFor } from './recipes.ts';
import type { Mode } from './values.ts';
import { Values } from './values.ts';

/** A request as it is sent, kept whole with a failure so that it can be sent again. */
export interface FuzzRequest {
  operation: string;
  mode: Mode;
  method: string;
  path: string;
  headers: Record<string, string>;
  /** User name of the caller; null for nobody. */
  who: string | null;
  body?: string;
  form?: { fields: Record<string, string>; file: number; filename: string; twice: boolean };
}

export const levels = ['city', 'district', 'commune'] as const;
export const roles = ['clerk', 'handler', 'leader', 'reception_board', 'inspector', 'analyst', 'admin'] as const;
/** The accounts of the demo. */
export const accounts: readonly string[] = levels.flatMap((level) => roles.map((role) => `${level}.${role}`));

/** Makes requests: who asks for what, with what, each by its own chance. */
export class Requests {
  private readonly document: ApiDocument;
  private readonly knowledge: Knowledge;
  private readonly permissions: Map<string, string[]>;
  private readonly values: Values;
  private readonly keysUsed: string[] = [];

  constructor(document: ApiDocument, knowledge: Knowledge, permissions: Map<string, string[]>) {
    this.document = document;
    this.knowledge = knowledge;
    this.permissions = permissions;
    this.values = new Values(document, knowledge);
  }

  make(operation: Operation, chance: Chance, mode: Mode): FuzzRequest {
    const who = this.callerOf(operation, chance);
    const method =
      mode === 'hostile' && chance.happens(0.04) ? chance.one(['HEAD', 'OPTIONS', 'PATCH', 'DELETE', 'PUT', 'TRACE']) : operation.method;
    const recipe = mode === 'valid' || chance.happens(0.5) ? recipeFor(operation, { chance, knowledge: this.knowledge, who }) : undefined;
    const path = this.pathOf(operation, chance, mode, who);
    const query = this.queryOf(operation, chance, mode, who, recipe?.query);
    const request: FuzzRequest = {
      operation: operation.key,
      mode,
      method: method === 'TRACE' ? 'OPTIONS' : method,
      path: path + query,
      headers: this.headersOf(operation, chance, mode, path),
      who: recipe?.who ?? who,
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') this.addBody(request, operation, chance, mode, recipe?.body);
    return request;
  }

  /** Mostly somebody who may, now and then anybody, sometimes nobody. */
  private callerOf({ permission, isOpen }: Operation, chance: Chance): string | null {
    if (chance.happens(isOpen ? 0.5 : 0.03)) return null;
    const fitting = accounts.filter((name) => !permission || this.permissions.get(permission)?.includes(name.split('.')[1]!));
    return fitting.length > 0 && chance.happens(0.88) ? chance.one(fitting) : chance.one(accounts);
  }

  private pathOf(operation: Operation, chance: Chance, mode: Mode, who: string | null): string {
    const segments = operation.route.split('/');
    return segments
      .map((segment, at) =>
        segment.replace(/\{(\w+)\}/g, (_all, name: string) => {
          if (mode === 'hostile' && chance.happens(0.25))
            return chance.happens(0.3)
              ? chance.one(['%ff', '%', '..%2f..', '%00', 'x'.repeat(201)])
              : encoded(chance.one(hostileTexts).slice(0, 150)) || '%20';
          const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name);
          return encoded(this.pathValue(operation, parameter, segments[at - 1] ?? '', name, chance, who));
        }),
      )
      .join('/');
  }

  private pathValue(
    operation: Operation,
    parameter: Parameter | undefined,
    before: string,
    name: string,
    chance: Chance,
    who: string | null,
  ): string {
    if (parameter?.schema?.enum) return chance.one<string>(parameter.schema.enum);
    const fixed = pathValues(operation, name, chance, this.knowledge);
    if (fixed !== undefined) return fixed;
    const states = statesFor(operation);
    const pool = name === 'id' || name === before.replace(/s$/, 'Id') ? before : name.replace(/Id$/, '');
    return (
      this.knowledge.thing(chance, pool, { seenBy: who, ...(states && { states }) })?.id ??
      this.knowledge.thing(chance, before, { seenBy: who })?.id ??
      this.knowledge.idFor(chance, name, who)
    );
  }

  private queryOf({ parameters }: Operation, chance: Chance, mode: Mode, who: string | null, given: Record<string, string> = {}): string {
    const pairs = parameters
      .filter((one) => one.in === 'query' && !(one.name in given))
      .filter(({ required }) => (required ? mode === 'valid' || chance.happens(0.9) : chance.happens(mode === 'valid' ? 0.12 : 0.35)))
      .flatMap(({ name, schema, example }) => {
        const value: Json = mode === 'valid' && example !== undefined ? example : this.values.of(chance, schema, name, mode, who);
        // Each PDF starts a program of its own.
        const list: Json[] = [name === 'format' && value === 'pdf' && chance.happens(0.97) ? 'csv' : value].flat();
        const texts = list.map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one)));
        return texts.map((text) => `${encodeURIComponent(name)}${mode === 'hostile' && chance.happens(0.03) ? '[]' : ''}=${encoded(text)}`);
      });
    for (const [name, value] of Object.entries(given)) pairs.push(`${name}=${encoded(value)}`);
    if (mode === 'hostile' && chance.happens(0.1))
      pairs.push(
        chance.one([
          'x=1',
          '__proto__[a]=1',
          'constructor=1',
          'limit=1&limit=2',
          'unitId[$ne]=1',
          '&&&',
          '=',
          'a%00b=1',
          'limit=%',
          'q=%ff%fe',
        ]),
      );
    return pairs.length > 0 ? `?${pairs.join('&')}` : '';
  }

  private headersOf({ parameters, key }: Operation, chance: Chance, mode: Mode, path: string): Record<string, string> {
    const headers: Record<string, string> = {};
    for (const { name } of parameters.filter((one) => one.in === 'header'))
      if (name === 'If-Match') {
        const wrong = ['"1"', '"999999999"', '"99999999999999"', 'W/"1"', '1', '"-1"', '"1", "2"', ''];
        const tag = chance.happens(0.5) ? '*' : (this.knowledge.etagOf(path) ?? '*');
        if (mode === 'valid' || !chance.happens(0.1))
          headers['if-match'] = mode !== 'valid' && chance.happens(0.3) ? chance.one(wrong) : tag;
      } else if (name === 'Idempotency-Key' && chance.happens(0.2)) {
        const fresh = `${key.length}-${chance.int(0, 2 ** 30)}`;
        headers['idempotency-key'] =
          mode === 'valid' ? fresh : chance.one([fresh, 'x', 'k'.repeat(255), 'k'.repeat(256), '__proto__', ...this.keysUsed.slice(-20)]);
        this.keysUsed.push(headers['idempotency-key']);
      } else if (name === 'Range' && chance.happens(0.4))
        headers['range'] = chance.one([
          'bytes=0-0',
          'bytes=-1',
          'bytes=0-',
          'bytes=5-1',
          'bytes=999999999999-',
          'bytes=0-1,3-4',
          'items=0-1',
          `bytes=0-${'9'.repeat(300)}`,
        ]);
    if (chance.happens(0.04)) headers['prefer'] = chance.one(['return=minimal', 'return=minimal; x', ';']);
    if (chance.happens(0.04)) headers['accept-language'] = chance.one(['en', 'vi;q=0, en', 'en;q=x', `${'a,'.repeat(300)}en`]);
    if (mode !== 'hostile') return headers;
    if (chance.happens(0.03)) headers['on-behalf-of'] = chance.one(['a', 'a b', 'x'.repeat(101)]);
    if (chance.happens(0.03)) headers['x-request-id'] = chance.one(['abc', 'x'.repeat(200), 'a b', '<x>']);
    if (chance.happens(0.03)) headers['x-forwarded-for'] = chance.one(['1.2.3.4', '::1', 'x', '1.2.3.4, 5.6.7.8']);
    if (chance.happens(0.03)) headers['if-none-match'] = chance.one(['*', '"x"']);
    if (chance.happens(0.01)) headers['x-large'] = 'a'.repeat(20_000);
    return headers;
  }

  private addBody(request: FuzzRequest, { body }: Operation, chance: Chance, mode: Mode, given: Json): void {
    if (!body) {
      if (mode === 'hostile' && chance.happens(0.1)) [request.headers['content-type'], request.body] = chance.one(brokenBodies);
      return;
    }
    if (mode === 'hostile' && chance.happens(0.12)) {
      const [type, text] = chance.one(brokenBodies);
      if (type) request.headers['content-type'] = type;
      request.body = text;
      return;
    }
    if (body.type === 'multipart/form-data') {
      request.form = this.formOf(body.schema, chance, mode, request.who, given);
      return;
    }
    const example: Json = given ?? (body.examples.length > 0 ? chance.one(body.examples) : undefined);
    const value: Json =
      example !== undefined && (given !== undefined || chance.happens(0.8))
        ? this.values.varied(chance, example, body.schema, mode, request.who)
        : this.values.of(chance, body.schema, '', mode, request.who);
    request.headers['content-type'] = 'application/json';
    request.body = JSON.stringify(given !== undefined && mode === 'valid' ? given : value);
  }

  private formOf(schema: Json, chance: Chance, mode: Mode, who: string | null, given: Json): NonNullable<FuzzRequest['form']> {
    const fields: Record<string, string> = {};
    const { properties = {}, required = [] } = this.document.resolved(schema);
    for (const [name, property] of Object.entries<Json>(properties))
      if (name !== 'file' && (required.includes(name) || chance.happens(mode === 'valid' ? 0.1 : 0.4))) {
        const value: Json = property.example ?? this.values.of(chance, property, name, mode, who);
        fields[name] = typeof value === 'object' ? JSON.stringify(value) : String(value);
      }
    const file = given?.file ?? chance.int(0, files.length - 1);
    return {
      fields: { ...fields, ...(mode === 'valid' && given?.fields) },
      file,
      filename: mode === 'hostile' && chance.happens(0.3) ? chance.one(fileNames) : files[file]![0],
      twice: mode === 'hostile' && chance.happens(0.1),
    };
  }
}

/** Percent-encoded; a lone surrogate has no encoding and becomes U+FFFD. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
