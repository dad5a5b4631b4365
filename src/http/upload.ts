import type { Readable } from 'node:stream';
import { plainToInstance } from 'class-transformer';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.js';
import { RequestPipe } from './request.pipe.js';

const pipe = new RequestPipe();

/** A file and the form fields beside it. */
export interface Upload<Fields> {
  file: Buffer;
  fields: Fields;
}

/**
 * Reads `multipart/form-data` with one part `file` and the fields of a DTO.
 * @throws Problem when it is not multipart, has no file, is too large, or a field is not allowed
 */
export async function readUpload<Fields extends object>(request: FastifyRequest, dto: new () => Fields): Promise<Upload<Fields>> {
  if (!request.isMultipart()) throw notMultipart();
  let file: Buffer | undefined;
  const plain = new Map<string, unknown>();
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') file = part.fieldname === 'file' ? await part.toBuffer() : await ignore(part.toBuffer());
      else if (part.value !== '') plain.set(part.fieldname, part.value);
    }
  } catch (error) {
    throw asRefusal(error);
  }
  const fields = pipe.transform(Object.fromEntries(plain), { type: 'body', metatype: dto }) as Fields;
  if (!file) throw noFile();
  return { file, fields: plainToInstance(dto, fields) };
}

/** A file that is read while it comes in. */
export interface StreamedFile {
  stream: Readable;
  filename: string;
  /** Whether a limit cut it off; known when it was read. */
  wasCut: () => boolean;
}

/**
 * Reads `multipart/form-data` whose fields come before one part `file`, and hands the file on as a stream: it is never held in memory.
 * @throws Problem when it is not multipart, has no file, or a field is not allowed; also when the connection breaks
 */
export async function streamUpload<Fields extends object, T>(
  request: FastifyRequest,
  dto: new () => Fields,
  use: (file: StreamedFile, fields: Fields) => Promise<T>,
): Promise<T> {
  if (!request.isMultipart()) throw notMultipart();
  try {
    return await readParts(request, dto, use);
  } catch (error) {
    // What was refused is read to its end all the same: otherwise the connection is stuck, and with it the client's next request on it.
    request.raw.unpipe();
    request.raw.resume();
    throw asRefusal(error);
  }
}

async function readParts<Fields extends object, T>(
  request: FastifyRequest,
  dto: new () => Fields,
  use: (file: StreamedFile, fields: Fields) => Promise<T>,
): Promise<T> {
  const part = await request.file({ limits: { fileSize: Number.MAX_SAFE_INTEGER } });
  if (part?.fieldname !== 'file') throw noFile();
  const plain = Object.fromEntries(
    Object.entries(part.fields).flatMap(([name, field]) =>
      field && !Array.isArray(field) && field.type === 'field' && field.value !== '' ? [[name, field.value]] : [],
    ),
  );
  const fields = pipe.transform(plain, { type: 'body', metatype: dto }) as Fields;
  return use({ stream: part.file, filename: part.filename, wasCut: () => part.file.truncated }, plainToInstance(dto, fields));
}

/** The parser throws plain errors, without a code, for a body that ends before its last boundary, or whose type names none. */
function asRefusal(error: unknown): unknown {
  return error instanceof Error && /unexpected end of (?:multipart|form)|boundary not found/i.test(error.message) ? cutOff() : error;
}

async function ignore(buffer: Promise<Buffer>): Promise<undefined> {
  await buffer;
  return undefined;
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
