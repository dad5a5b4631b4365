import type { FastifyReply } from 'fastify';
import { contentDisposition } from './file-answer.js';

/** Sends a picture to be shown in the page; nothing in it runs or loads. */
export async function sendSvg(reply: FastifyReply, filename: string, svg: string): Promise<void> {
  await reply
    .headers({
      'content-type': 'image/svg+xml; charset=utf-8',
      'content-disposition': contentDisposition(filename).replace('attachment', 'inline'),
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'cache-control': 'private, no-store',
    })
    .send(svg);
}
