import type { Party } from '../petition.js';

/** What stands in a text in place of whoever is not to be known from it. */
export const redacted = '[người tố cáo]';

/** What gives a person away in a text. */
export type Telling = Pick<Party, 'name' | 'nationalId' | 'address' | 'phone'>;

/** An address shorter than this is a street or a ward that many live in. */
const leastAddress = 10;

/**
 * A text without the names, numbers and addresses of people who are secret: found whatever their case, tone marks and spaces, as whole
 * words. A name of one word is left, because it is a word like others.
 */
export function redact(text: string, people: readonly Telling[]): string {
  const normal = text.normalize('NFC');
  const folded = foldEach(normal);
  const places = people
    .flatMap(patternsOf)
    .flatMap((pattern) => [...folded.matchAll(pattern)].map(({ index, 0: found }) => ({ from: index, to: index + found.length })))
    .sort((one, other) => one.from - other.from || other.to - one.to);
  let [result, at] = ['', 0];
  for (const { from, to } of places) {
    if (to <= at) continue;
    result += from >= at ? normal.slice(at, from) + redacted : '';
    at = to;
  }
  return result + normal.slice(at);
}

function patternsOf({ name, nationalId, address, phone }: Telling): RegExp[] {
  const words = wordsOf(name);
  return [
    ...(words.length > 1 ? [wholeWords(words)] : []),
    ...(nationalId ? [digits(nationalId)] : []),
    ...(phone && phone.replace(/\D/g, '').length >= 8 ? [digits(phone.replace(/\D/g, ''))] : []),
    ...(address && address.length >= leastAddress ? [wholeWords(wordsOf(address))] : []),
  ];
}

function wordsOf(text: string): string[] {
  return foldEach(text.normalize('NFC')).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Between two words stands anything but a letter or a digit, for no more than a few characters. */
function wholeWords(words: string[]): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])${words.join('[^\\p{L}\\p{N}]{1,4}')}(?![\\p{L}\\p{N}])`, 'gu');
}

/** Numbers are written with spaces, dots or hyphens between their groups. */
function digits(number: string): RegExp {
  return new RegExp(`(?<!\\d)${[...number].join('[ .-]?')}(?!\\d)`, 'g');
}

/** Each letter without its marks and in lower case, one for one, so that places in the result are places in the text. */
function foldEach(text: string): string {
  return text
    .replace(/\p{L}/gu, (letter) => {
      const bare = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
      return bare.length === letter.length ? bare : letter;
    })
    .replace(/[đĐ]/g, 'd');
}
