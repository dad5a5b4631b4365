import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { IncomingFiles, type Spooled } from '../incoming/incoming-files.service.js';
import { Problem } from '../problems/problem.js';
import { RequestPipe } from './request.pipe.js';
import { type ExpectedUpload, expectedUpload } from './upload.js';

const pipe = new RequestPipe();

/**
 * Receives uploads whole, and looks at them, before their handlers and any transaction begin: while a body comes in slowly or a scanner takes its
 * time, no row is locked and no connection held. `@FileBody` puts it before the look at `Idempotency-Key`, which holds for the content as well.
 */
@Injectable()
export class UploadInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly incoming: IncomingFiles,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const expected = this.reflector.get<ExpectedUpload | undefined>(expectedUpload, context.getHandler());
    if (!expected) return next.handle();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    return from(this.receive(request, expected, () => lastValueFrom(next.handle(), { defaultValue: undefined })));
  }

  /** The incoming file is gone afterwards, whatever happens. */
  private async receive(request: FastifyRequest, { fields: dto, use }: ExpectedUpload, handle: () => Promise<unknown>): Promise<unknown> {
    if (!request.isMultipart()) throw notMultipart();
    const spooled: Spooled[] = [];
    try {
      const { filename, plain } = await this.read(request, use, spooled);
      const fields = pipe.transform(plain, { type: 'body', metatype: dto }) as object;
      const [file] = spooled;
      if (!file) throw noFile();
      request.upload = { file: await this.incoming.look(file, filename, use), fields };
      return await handle();
    } finally {
      for (const { path } of spooled) await this.incoming.drop(path);
    }
  }

  private async read(
    request: FastifyRequest,
    use: ExpectedUpload['use'],
    spooled: Spooled[],
  ): Promise<{ filename: string; plain: Record<string, unknown> }> {
    const plain = new Map<string, unknown>();
    let filename = '';
    try {
      // The limit is that of the use, counted while it is written.
      for await (const part of request.parts({ limits: { fileSize: Number.MAX_SAFE_INTEGER } })) {
        if (part.type === 'file') {
          if (part.fieldname !== 'file') throw noFile();
          filename = part.filename;
          spooled.push(await this.incoming.spool(part.file, use));
        } else if (part.value !== '') plain.set(part.fieldname, part.value);
      }
    } catch (error) {
      // What was refused is read to its end all the same: otherwise the connection is stuck, and with it the client's next request on it.
      request.raw.unpipe();
      request.raw.resume();
      throw asRefusal(error);
    }
    return { filename, plain: Object.fromEntries(plain) };
  }
}

/** The parser throws plain errors, without a code, for a body that ends before its last boundary, or whose type names none. */
function asRefusal(error: unknown): unknown {
  return error instanceof Error && /unexpected end of (?:multipart|form)|boundary not found/i.test(error.message) ? cutOff() : error;
}

function cutOff(): Problem {
  return new Problem('malformed-request', {
    vi: 'Nội dung multipart/form-data không nêu dấu phân cách hoặc kết thúc trước dấu phân cách cuối.',
    en: 'The multipart/form-data body names no boundary, or ends before its last one.',
  });
}

function notMultipart(): Problem {
  return new Problem('unsupported-media-type', {
    vi: 'Gửi multipart/form-data với phần "file" và các trường của biểu mẫu.',
    en: 'Send multipart/form-data with a part "file" and the form fields.',
  });
}

function noFile(): Problem {
  return Problem.field('validation-failed', '/file', 'required', { vi: 'Thiếu phần "file".', en: 'The part "file" is missing.' });
}
