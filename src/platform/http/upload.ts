import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { FileUse, ReceivedFile } from '../incoming/received-file.js';

/** What a route takes as `multipart/form-data`: the fields of a DTO, and one part `file`. */
export interface ExpectedUpload {
  fields: new () => object;
  use: FileUse;
}

/** An upload that has come in whole, before its handler begins. */
export interface Upload<Fields extends object = object> {
  file: ReceivedFile;
  fields: Fields;
}

declare module 'fastify' {
  interface FastifyRequest {
    upload?: Upload;
  }
}

export const expectedUpload = 'tiepdan:expected-upload';

/** Has the upload received before the handler is called. */
export const ExpectsUpload = (expected: ExpectedUpload): MethodDecorator => SetMetadata(expectedUpload, expected);

/** The {@link Upload} of a route with a `@FileBody`. */
export const Uploaded = createParamDecorator((_data: unknown, context: ExecutionContext): Upload => {
  const { upload } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!upload) throw new Error('A handler asks for an upload, but its route has no @FileBody');
  return upload;
});
