import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { ProblemCode } from '../problems/problem.js';
import { ProblemResponse } from './problem.response.js';
import { problemCatalogue, problemType } from './problem-catalogue.js';

/** Documents the problems that a route can answer with; those that every route has are added to the document as a whole. */
export function Problems(...codes: ProblemCode[]): MethodDecorator & ClassDecorator {
  const statuses = [...new Set(codes.map((code) => problemCatalogue[code].status))];
  return applyDecorators(
    ApiExtraModels(ProblemResponse),
    ...statuses.map((status) =>
      ApiResponse({ status, ...problemResponse(codes.filter((code) => problemCatalogue[code].status === status)) }),
    ),
  );
}

/** When it may go better, where that can be told (RFC 9110, 10.2.3). */
const retryAfter = {
  'Retry-After': {
    description: 'Số giây nên chờ trước khi thử lại – seconds to wait before trying again',
    schema: { type: 'integer' as const },
  },
};

/** Description, schema and an example of each code, all of one status. */
export function problemResponse(codes: ProblemCode[]): {
  description: string;
  headers?: typeof retryAfter;
  content: Record<string, { schema: { $ref: string }; examples: Record<string, { value: unknown }> }>;
} {
  return {
    description: codes.map((code) => `${problemCatalogue[code].title.vi} – ${problemCatalogue[code].title.en} (\`${code}\`)`).join('; '),
    ...([429, 503].includes(problemCatalogue[codes[0]!].status) && { headers: retryAfter }),
    content: {
      'application/problem+json': {
        schema: { $ref: getSchemaPath(ProblemResponse) },
        examples: Object.fromEntries(
          codes.map((code) => {
            const { status, title } = problemCatalogue[code];
            return [
              code,
              {
                value: {
                  type: problemType(code),
                  title: title.vi,
                  status,
                  detail: title.vi,
                  instance: '/api/v1/petitions',
                  requestId: 'req-1',
                },
              },
            ];
          }),
        ),
      },
    },
  };
}
