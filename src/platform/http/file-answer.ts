import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.js';

/** A content to be downloaded. */
export interface FileToSend {
  filename: string;
  mediaType: string;
  size: number;
  sha256: string;
  read: (range?: { first: number; last: number }) => Promise<Readable>;
}

/**
 * Sends a file as a download, whole or the one range that was asked for (RFC 9110 section 14). It is never shown in the page of this server:
 * what somebody uploaded must not run here.
 * @throws Problem `range-not-satisfiable`
 */
export async function sendFile(request: FastifyRequest, reply: FastifyReply, file: FileToSend): Promise<void> {
  const etag = `"${file.sha256}"`;
  void reply.headers({
    'content-type': file.mediaType,
    'content-disposition': contentDisposition(file.filename),
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, no-store',
    'accept-ranges': 'bytes',
    etag,
  });
  if (request.headers['if-none-match'] === etag) {
    await reply.status(304).send();
    return;
  }
  const range =
    request.headers['if-range'] === undefined || request.headers['if-range'] === etag ? rangeOf(request.headers.range, file.size) : null;
  if (!range) {
    await reply.header('content-length', file.size).send(await file.read());
    return;
  }
  void reply.status(206).headers({
    'content-range': `bytes ${range.first}-${range.last}/${file.size}`,
    'content-length': range.last - range.first + 1,
  });
  await reply.send(await file.read(range));
}

/** `attachment` with the name in ASCII and in UTF-8 (RFC 6266). */
export function contentDisposition(filename: string): string {
  const ascii = filename
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll(/đ/gi, 'd')
    .replace(/[^\w.() -]/g, '_');
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(filename).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)}`;
}

/** One range of bytes; null where the whole is to be sent, also for several ranges, which a server may ignore. */
function rangeOf(header: string | undefined, size: number): { first: number; last: number } | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  const [, from = '', to = ''] = match;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (first <= last && first < size) return { first, last };
  throw new Problem(
    'range-not-satisfiable',
    { vi: `Tệp có ${size} byte; khoảng yêu cầu nằm ngoài.`, en: `The file has ${size} bytes; the range lies outside.` },
    [],
    { size },
  );
}
