import { DocumentedAnswers } from './documented-answers.ts';

export const demoPassword = 'TiepDan-Demo-2026';

/** Any JSON that the API answers; tests look at what they expect. */
export type Json = ReturnType<typeof JSON.parse>;

export interface Answer {
  status: number;
  headers: Headers;
  body: Json;
}

/** Somebody who calls the API over HTTP. */
export class Client {
  readonly token: string | undefined;
  private readonly url: string;

  constructor(url: string, token?: string) {
    this.url = url;
    this.token = token;
  }

  static async signIn(url: string, username: string): Promise<Client> {
    const { status, body } = await new Client(url).post('/auth/token', { username, password: demoPassword });
    if (status !== 200) throw new Error(`${username} cannot sign in: ${status}`);
    return new Client(url, (body as { accessToken: string }).accessToken);
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('POST', path, body, headers);
  }

  put(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('PUT', path, body, headers);
  }

  delete(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('DELETE', path, undefined, headers);
  }

  patch(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('PATCH', path, body, headers);
  }

  /** Uploads a file with form fields. */
  async upload(
    path: string,
    file: string | Buffer,
    fields: Record<string, string>,
    filename = 'file.csv',
    method: 'POST' | 'PUT' = 'POST',
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('file', new Blob([typeof file === 'string' ? file : new Uint8Array(file)]), filename);
    return this.answer(
      method,
      path,
      await fetch(this.address(path), { method, body: form, headers: { ...this.authorization(), ...headers } }),
    );
  }

  /** A content as it comes, for what is not JSON; a stream is read by whoever asked for it. */
  async fetch(path: string, headers: Record<string, string> = {}, signal?: AbortSignal): Promise<Response> {
    const response = await fetch(this.address(path), { headers: { ...this.authorization(), ...headers }, ...(signal && { signal }) });
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    mustBeDocumented('GET', this.address(path), response, isJson ? await response.clone().text() : undefined);
    return response;
  }

  async download(path: string): Promise<Buffer> {
    return Buffer.from(await (await this.fetch(path)).arrayBuffer());
  }

  /** A request as it stands, for bodies that are not JSON. */
  async raw(method: string, path: string, body: string | undefined, headers: Record<string, string>): Promise<Answer> {
    return this.answer(
      method,
      path,
      await fetch(this.address(path), { method, headers: { ...this.authorization(), ...headers }, ...(body !== undefined && { body }) }),
    );
  }

  private send(method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Answer> {
    const json = body === undefined ? undefined : JSON.stringify(body);
    return this.raw(method, path, json, { ...(json !== undefined && { 'content-type': 'application/json' }), ...headers });
  }

  private address(path: string): string {
    return /^\/(health|metrics|openapi|docs|api|reports\/view)/.test(path) ? `${this.url}${path}` : `${this.url}/api/v1${path}`;
  }

  private authorization(): Record<string, string> {
    return this.token ? { authorization: `Bearer ${this.token}` } : {};
  }

  private async answer(method: string, path: string, response: Response): Promise<Answer> {
    const text = await response.text();
    mustBeDocumented(method, this.address(path), response, text);
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: isJson && text ? JSON.parse(text) : text };
  }
}

let documented: DocumentedAnswers | undefined;

/** Every answer of the suite is one that the OpenAPI document has: an answer that it does not have fails the test that asked. */
function mustBeDocumented(method: string, address: string, { status, headers }: Response, body: string | undefined): void {
  documented ??= DocumentedAnswers.ofFile();
  const { pathname, search } = new URL(address);
  const fault = documented.faultOf({ method, path: pathname + search, status, headers, ...(body !== undefined && { body }) });
  if (fault) throw new Error(`Not as documented: ${fault}`);
}
