import type { Answer, Client, Json } from './client.js';

export interface Operation {
  summary: string;
  security?: object[];
  parameters?: { in: string; name: string; $ref?: string; required?: boolean; example?: Json; schema?: Json }[];
  responses: Record<string, unknown>;
  requestBody?: { content: Record<string, { schema: Json; examples?: Record<string, { value: Json }> }> };
  'x-permission'?: string;
  'x-not-repeatable'?: string;
}

/** How a route is called as its document says: with the body that is given, else one made of the examples and limits of its schema. */
export function bodyFor(
  document: Json,
  operation: Operation,
  given: Json = undefined,
): {
  send(client: Client, method: string, path: string): Promise<Answer>;
  sendJson(client: Client, method: string, path: string, body: Json): Promise<Answer>;
} {
  const sendJson = (client: Client, method: string, path: string, body: Json): Promise<Answer> =>
    client.raw(method, path, body === undefined ? undefined : JSON.stringify(body), {
      'if-match': '*',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    });
  return {
    sendJson,
    send: (client, method, path) => {
      const content = operation.requestBody?.content;
      if (content?.['multipart/form-data']) {
        const { file = '%PDF-1.4\n%%EOF\n', ...fields } = (given ?? {}) as Record<string, string>;
        return client.upload(path, file, fields, 'tep.csv', method as 'POST' | 'PUT');
      }
      return sendJson(client, method, path, given ?? exampleOf(document, operation));
    },
  };
}

/** The first example of an operation with a JSON body, else one made from its schema. */
export function exampleOf(document: Json, { requestBody }: Operation): Json {
  const json = requestBody && Object.values(requestBody.content)[0];
  const [example] = Object.values(json?.examples ?? {});
  return example?.value ?? (json ? valueOf(document, json.schema, 0) : undefined);
}

/** Names of the members that the JSON body of an operation can have. */
export function propertiesOf(document: Json, { requestBody }: Operation): string[] {
  const json = requestBody?.content['application/json'];
  return json ? Object.keys(schemaOf(document, json.schema).properties ?? {}) : [];
}

/** The body again and again, each time with one field null that may be left out; also inside of what it has. */
export function withNulls(document: Json, operation: Operation, body: Json): { at: string; body: Json }[] {
  const json = operation.requestBody?.content['application/json'];
  return json ? nullsIn(document, json.schema, body, '') : [];
}

function nullsIn(document: Json, schema: Json, value: Json, at: string): { at: string; body: Json }[] {
  const { properties = {}, required = [], items } = schemaOf(document, schema);
  if (Array.isArray(value))
    return value
      .slice(0, 1)
      .flatMap((first) => nullsIn(document, items ?? {}, first, `${at}/0`).map((one) => ({ ...one, body: [one.body, ...value.slice(1)] })));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries<Json>(properties).flatMap(([name, inner]) => [
    ...(required.includes(name) ? [] : [{ at: `${at}/${name}`, body: { ...value, [name]: null } }]),
    ...(name in value
      ? nullsIn(document, inner, value[name], `${at}/${name}`).map((one) => ({ ...one, body: { ...value, [name]: one.body } }))
      : []),
  ]);
}

function schemaOf(document: Json, schema: Json): Json {
  if (schema.$ref) return schemaOf(document, resolve(document, schema.$ref));
  const [only] = schema.allOf ?? schema.anyOf ?? schema.oneOf ?? [];
  return only ? schemaOf(document, only) : schema;
}

/** A value that a schema allows, from its example where it has one; of objects what is required. */
function valueOf(document: Json, schema: Json, depth: number): Json {
  if (schema.$ref) return valueOf(document, resolve(document, schema.$ref), depth);
  if (schema.allOf) return valueOf(document, schema.allOf[0], depth);
  if (schema.example !== undefined) return schema.example;
  if (schema.enum) return schema.enum[0];
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'array') return Array.from({ length: schema.minItems ?? 1 }, () => valueOf(document, schema.items ?? {}, depth + 1));
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  if (type === 'boolean') return false;
  if (type === 'string') return textOf(schema);
  const required: string[] = schema.required ?? [];
  return Object.fromEntries(
    required
      .filter((name) => depth < 6 && schema.properties?.[name])
      .map((name) => [name, valueOf(document, schema.properties[name], depth + 1)]),
  );
}

function textOf({ format, minLength = 1 }: { format?: string; minLength?: number }): string {
  if (format === 'uuid') return '0199d3f2-6c7a-7c11-9d1e-2f6f1f6f0a11';
  if (format === 'date') return '2026-05-20';
  return 'x'.repeat(minLength);
}

function resolve(document: Json, reference: string): Json {
  return reference
    .split('/')
    .slice(1)
    .reduce((value: Json, key) => value[key], document);
}
