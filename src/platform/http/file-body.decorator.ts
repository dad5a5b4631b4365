import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FileUse } from '../incoming/received-file.js';
import { UploadInterceptor } from './upload.interceptor.js';
import { ExpectsUpload } from './upload.js';

interface FieldSchema {
  type: 'string' | 'boolean';
  format?: string;
  enum?: string[];
  example?: string | boolean;
  description?: string;
}

/** A form without fields beside the file. */
export class NoFields {}

/**
 * Takes `multipart/form-data` with the form fields of a DTO and one part `file`, in any order, and documents it.
 * The handler gets both as `@Uploaded()`.
 * @param use what the file is taken for: how large it may be, and how it is looked at
 */
export function FileBody(
  use: FileUse,
  dto: new () => object = NoFields,
  fields: Record<string, FieldSchema> = {},
  { required = [], file }: { required?: string[]; file?: string } = {},
): MethodDecorator {
  const properties: Record<string, FieldSchema> = {
    ...fields,
    file: { type: 'string', format: 'binary', ...(file && { description: file }) },
  };
  return applyDecorators(
    ExpectsUpload({ fields: dto, use }),
    UseInterceptors(UploadInterceptor),
    ApiConsumes('multipart/form-data'),
    ApiBody({ schema: { type: 'object', required: [...required, 'file'], properties } }),
  );
}
