import type { FieldProblem } from './problem.js';

/**
 * Brings every text of a request into Unicode NFC, so that `hoà` typed on any keyboard is one word,
 * and finds what nothing here can store: NUL characters, unpaired surrogates, names that every object has.
 */
export function normaliseText(value: unknown, pointer: string, errors: FieldProblem[]): unknown {
  if (typeof value === 'string') {
    const fault = faultOfText(value);
    if (fault) errors.push({ pointer, ...fault });
    // Not what is refused: putting thousands of marks of one letter in their order takes the square of their number.
    return fault ? value : value.normalize('NFC');
  }
  if (Array.isArray(value)) return value.map((item, index) => normaliseText(item, `${pointer}/${index}`, errors));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (!inherited.has(key)) return [[key, normaliseText(item, at, errors)]];
      errors.push({ pointer: at, code: 'unknown_field', detail: { vi: 'Trường không được biết đến.', en: 'Unknown field.' } });
      return [];
    }),
  );
}

/** `constructor`, `toString` and the like: no field is called so, and what reads fields would find what every object inherits. */
const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** More marks on one letter than any language has; Vietnamese has two (Unicode UAX #15, the stream-safe format, lets 30 pass). */
const pileOfMarks = /\p{M}{31}/u;

/** Why a text is refused as it is; what is not refused can be put into NFC in a time that grows with its length alone. */
export function faultOfText(text: string): Omit<FieldProblem, 'pointer'> | undefined {
  if (text.includes('\0'))
    return { code: 'nul_character', detail: { vi: 'Không được chứa ký tự NUL.', en: 'Must not contain a NUL character.' } };
  if (!text.isWellFormed())
    return {
      code: 'unpaired_surrogate',
      detail: { vi: 'Chứa ký tự Unicode hỏng (surrogate lẻ).', en: 'Contains broken Unicode (an unpaired surrogate).' },
    };
  if (pileOfMarks.test(text))
    return {
      code: 'too_many_marks',
      detail: { vi: 'Có quá nhiều dấu trên một chữ.', en: 'Has too many combining marks on one letter.' },
    };
  return undefined;
}
