import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';

interface FieldSchema {
  type: 'string' | 'boolean';
  format?: string;
  enum?: string[];
  example?: string | boolean;
  description?: string;
}

/** Documents `multipart/form-data` with the form fields and, after them, one part `file`. */
export function FileBody(
  fields: Record<string, FieldSchema> = {},
  { required = [], file }: { required?: string[]; file?: string } = {},
): MethodDecorator {
  const properties: Record<string, FieldSchema> = {
    ...fields,
    file: { type: 'string', format: 'binary', ...(file && { description: file }) },
  };
  return applyDecorators(
    ApiConsumes('multipart/form-data'),
    ApiBody({ schema: { type: 'object', required: [...required, 'file'], properties } }),
  );
}
