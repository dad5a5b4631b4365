import { files } from './hostile.ts';
import type { FuzzAnswer } from './judge.ts';
import type { FuzzRequest } from './requests.ts';

/** What is no answer is a fault of its own: the connection was cut, or nothing came in time. */
export class NoAnswer extends Error {
  readonly kind: 'stuck' | 'torn';

  constructor(kind: 'stuck' | 'torn', message: string) {
    super(message);
    this.kind = kind;
  }
}

const longestWait = 45_000;

/**
 * Sends a request of the fuzzer with its caller's token.
 * @returns null for a request that cannot be sent: a header or an address that HTTP itself does not have
 * @throws NoAnswer
 */
export async function send(base: string, request: FuzzRequest, token: string | undefined): Promise<FuzzAnswer | null> {
  const { method, path, headers, body, form } = request;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const started = performance.now();
  try {
    const response = await fetch(base + path, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(longestWait),
      headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }) },
      ...(hasBody && body !== undefined && { body: body }),
      ...(hasBody && form && { body: formData(form) }),
    });
    const isStream = (response.headers.get('content-type') ?? '').startsWith('text/event-stream');
    if (isStream) await response.body?.cancel();
    const text = isStream ? '' : await response.text();
    return { status: response.status, headers: response.headers, body: text, milliseconds: performance.now() - started };
  } catch (error) {
    // Over 16 KiB of header the connection ends with the answer, which may come too late for a body that is still being sent.
    if (headers['x-large'] && !(error instanceof Error && error.name === 'TimeoutError')) return null;
    return noAnswer(error);
  }
}

function noAnswer(error: unknown): null {
  const { name, message, cause } = error as Error & { cause?: NodeJS.ErrnoException };
  if (name === 'TimeoutError' || cause?.name === 'TimeoutError') throw new NoAnswer('stuck', `no answer in ${longestWait / 1000} s`);
  if (!cause || cause.code === 'UND_ERR_INVALID_ARG' || /invalid/i.test(cause.message)) return null;
  throw new NoAnswer('torn', cause.code ?? cause.message ?? message);
}

function formData({ fields, file, filename, twice }: NonNullable<FuzzRequest['form']>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([bytesOf(files[file]![1])]), filename);
  if (twice) form.append('file', new Blob(['again']), 'again.txt');
  return form;
}

/** Texts as UTF-8; what is no text stands with one letter a byte. */
function bytesOf(content: string): Uint8Array<ArrayBuffer> {
  return /^(PK|\u0089PNG|\u0000)/.test(content)
    ? Uint8Array.from(content, (letter) => letter.charCodeAt(0))
    : new TextEncoder().encode(content);
}

/** The request as a command; `$API` is the address of the server, `$TOKEN` the caller's. */
export function curlOf({ method, path, headers, body, form, who }: FuzzRequest): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
  return [
    `curl -sS -i -X ${method} "$API"${quoted(path)}`,
    ...(who ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body !== undefined ? [`--data-binary ${quoted(body)}`] : []),
    ...(form ? Object.entries(form.fields).map(([name, value]) => `-F ${quoted(`${name}=${value}`)}`) : []),
    ...(form ? [`-F ${quoted(`file=@-;filename=${form.filename}`)} <<< ${quoted(files[form.file]![1].slice(0, 500))}`] : []),
    ...(who ? [`# as ${who}`] : []),
  ].join(' ');
}
