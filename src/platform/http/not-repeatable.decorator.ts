import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';

/** Metadata of a handler, and the extension of its operation in the document: why it takes no `Idempotency-Key`. */
export const notRepeatable = 'x-not-repeatable';

/** Why a POST is not repeatable that only answers: nothing that it is told is kept, so that nothing is taken out of it either. */
export const storesNothing = 'It stores nothing.';

/** Why a POST is not repeatable that shows somebody who is secret, or numbers. */
export const eachLookCounts = 'Each look is on the record of its own.';

/**
 * A POST that takes no `Idempotency-Key`, unlike all others: it stores nothing, it hands out what must not lie anywhere, or each call is
 * another one on the record.
 * @param why for whoever reads the document
 */
export function NotRepeatable(why: string): MethodDecorator {
  return applyDecorators(SetMetadata(notRepeatable, why), ApiExtension(notRepeatable, why));
}
