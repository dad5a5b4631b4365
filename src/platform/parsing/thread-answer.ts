import type { Bilingual, FieldProblem, ProblemCode } from '../problems/problem.js';

/** What a thread answers: a value, what is wrong with the file, or a fault of the product. Classes do not pass from thread to thread. */
export type ThreadAnswer =
  | { value: unknown }
  | { fault: { code: string; detail: Bilingual; line: number | undefined } }
  | { problem: { code: ProblemCode; detail: Bilingual; errors: FieldProblem[] } }
  | { error: Error; systemCode: string | undefined };
