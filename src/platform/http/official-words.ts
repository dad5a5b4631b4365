import { getMetadataStorage } from 'class-validator';

/** Marks of fields, among the checks of `fields.ts`. */
export const [officialWords, partOf] = ['officialWords', 'partOf'];
/** The same in the OpenAPI document. */
export const officialWordsInDocument = 'x-official-words';

/** Letters of the longest text that any of the fields may hold: nobody is looked for in a longer one, which is refused as it is. */
export const longestWords = 100_000;

/** Which fields of a request body are officials' words, and which hold objects that have some. */
export interface WordFields {
  words: ReadonlySet<string>;
  parts: ReadonlyMap<string, WordFields>;
}

type Dto = new () => object;

const known = new WeakMap<Dto, WordFields>();

/** The officials' words of a DTO; null where it has none. */
export function wordFieldsOf(dto: Dto): WordFields | null {
  const fields = read(dto);
  return hasWords(fields) ? fields : null;
}

function read(dto: Dto): WordFields {
  const before = known.get(dto);
  if (before) return before;
  const words = new Set<string>();
  const parts = new Map<string, WordFields>();
  const fields: WordFields = { words, parts };
  known.set(dto, fields);
  for (const { name, propertyName, constraints } of getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false)) {
    if (name === officialWords) words.add(propertyName);
    if (name === partOf) parts.set(propertyName, read((constraints as [() => Dto])[0]()));
  }
  return fields;
}

function hasWords({ words, parts }: WordFields, seen = new Set<WordFields>()): boolean {
  if (words.size > 0) return true;
  return [...parts.values()].some((part) => !seen.has(part) && hasWords(part, seen.add(part)));
}

/** The body with each of its officials' words as `change` answers it; told the JSON pointer of each. The body itself stays as it was. */
export function mapWords(body: unknown, fields: WordFields, change: (text: string, pointer: string) => string, pointer = ''): unknown {
  if (Array.isArray(body)) return body.map((item, index) => mapWords(item, fields, change, `${pointer}/${index}`));
  if (body === null || typeof body !== 'object') return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (fields.words.has(name)) return [name, mapTexts(value, change, at)];
      const part = fields.parts.get(name);
      return [name, part ? mapWords(value, part, change, at) : value];
    }),
  );
}

/** All officials' words of a body. */
export function textsOf(body: unknown, fields: WordFields): string[] {
  const texts: string[] = [];
  mapWords(body, fields, (text) => {
    texts.push(text);
    return text;
  });
  return texts;
}

function mapTexts(value: unknown, change: (text: string, pointer: string) => string, pointer: string): unknown {
  if (typeof value === 'string') return change(value, pointer);
  if (Array.isArray(value)) return value.map((item, index) => mapTexts(item, change, `${pointer}/${index}`));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapTexts(item, change, `${pointer}/${name}`)]));
}
