import { once } from 'node:events';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';

/** What describes a file and would describe the problem that is answered in its place. */
const headersOfFiles = ['content-disposition', 'content-length', 'content-range', 'accept-ranges', 'etag'];

/**
 * An answer that is streamed begins when its first bytes are there: whatever is found wrong before that – a filter that names an unknown unit, a
 * file that is gone – is a problem answer like any other and not a torn connection. Whoever writes a stream reads its first row before its heading.
 */
export function beginWithFirstBytes(server: FastifyInstance): void {
  server.addHook('onSend', async (_request, reply, payload) => {
    if (!(payload instanceof Readable)) return payload;
    try {
      await firstBytesOf(payload);
    } catch (error) {
      for (const header of headersOfFiles) void reply.removeHeader(header);
      throw error;
    }
    return payload;
  });
}

/** Waits until something can be read, or nothing will come. @throws what the stream fails with before that */
async function firstBytesOf(stream: Readable): Promise<void> {
  if (stream.errored) throw stream.errored;
  if (stream.readableLength > 0 || stream.readableEnded || stream.destroyed) return;
  const done = new AbortController();
  try {
    // `once` rejects with what the stream fails with.
    await Promise.race(['readable', 'end', 'close'].map((event) => once(stream, event, { signal: done.signal })));
  } finally {
    done.abort();
  }
}
