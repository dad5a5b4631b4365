import type { Json } from '../test/support/client.js';

/** An operation of the OpenAPI document, with what a caller has to know of it. */
export interface Operation {
  /** `GET /api/v1/petitions/{id}` */
  key: string;
  method: string;
  route: string;
  permission: string | undefined;
  isOpen: boolean;
  parameters: Parameter[];
  /** Media type and schema of the body; undefined where it takes none. */
  body: { type: string; schema: Json; examples: Json[] } | undefined;
  statuses: string[];
}

export interface Parameter {
  in: 'path' | 'query' | 'header';
  name: string;
  required: boolean;
  schema: Json;
  example?: Json;
}

/** The operations of a document, and its schemas without references. */
export class ApiDocument {
  readonly operations: Operation[];
  readonly source: Json;

  constructor(source: Json) {
    this.source = source;
    this.operations = Object.entries<Json>(source.paths).flatMap(([route, item]) =>
      Object.entries<Json>(item).map(([method, operation]) => this.operationOf(method.toUpperCase(), route, operation)),
    );
  }

  /** What a schema stands for. */
  resolved(schema: Json): Json {
    let found = schema ?? {};
    for (let depth = 0; found.$ref && depth < 20; depth++)
      found = String(found.$ref)
        .split('/')
        .slice(1)
        .reduce((at: Json, key) => at?.[key], this.source);
    if (found?.allOf?.length === 1) return this.resolved(found.allOf[0]);
    return found ?? {};
  }

  private operationOf(method: string, route: string, operation: Json): Operation {
    const [content] = Object.entries<Json>(operation.requestBody?.content ?? {});
    return {
      key: `${method} ${route}`,
      method,
      route,
      permission: operation['x-permission'],
      isOpen: !operation.security?.length,
      parameters: (operation.parameters ?? []).map((parameter: Json) => ({ required: false, ...this.resolved(parameter) })),
      body: content && {
        type: content[0],
        schema: content[1].schema,
        examples: Object.values<Json>(content[1].examples ?? {}).map(({ value }) => value),
      },
      statuses: Object.keys(operation.responses),
    };
  }
}

/** Permission → roles, as docs/access-matrix.md has them. */
export function permissionsOf(matrix: string): Map<string, string[]> {
  const found = [...matrix.matchAll(/^\| `([a-z_]+\.[a-z_]+)` \| \w+ \| ([a-z_, ]+) \|/gm)];
  return new Map(found.map(([, permission, roles]) => [permission!, roles!.split(', ')]));
}
