import { PeopleFinder } from './find-people.js';
import { asMeant, isSyllable } from './mistyped-words.js';
import { nameParts } from './name-parts.js';
import { middleWords } from './short-forms.js';

/**
 * Whether a name that somebody is denounced by could mean an official, however both are written: with titles and offices, shortened, with
 * initials, in another order, run together or spaced out, with something added, in look-alike letters, mistyped. It errs on the side of yes: whoever
 * could be meant is kept out (Law on Denunciations art. 8). A name that has another word in the place of one of his is another's.
 * @param together whether both belong to one unit: there the last word of a name is enough ("Bà Hằng")
 */
export function couldMean(accused: string, official: string, together: boolean): boolean {
  const [accusedAsMeant, officialAsMeant] = [inWordsOf(official, accused), inWordsOf(accused, official)];
  return isAlike(accused, official, together) || isAlike(accusedAsMeant, officialAsMeant, together);
}

/** The name where it is mistyped, in the words of the other one that it may mean. */
function inWordsOf(other: string, name: string): string {
  const words = new Set(nameParts(other).flatMap((part) => part.words));
  return asMeant(name, (word) => words.has(word));
}

function isAlike(accused: string, official: string, together: boolean): boolean {
  const [names, his] = [accused, official].map((field) => nameParts(field).map(({ words }) => words)) as [string[][], string[][]];
  return (
    his.some((one) => names.some((name) => areOfOne(name, one, together))) ||
    his.some((one) => standsIn(accused, one)) ||
    names.some((name) => standsIn(official, name))
  );
}

/** Whether the name surely stands anywhere in a text. */
function standsIn(text: string, name: readonly string[]): boolean {
  return PeopleFinder.ofName(name)
    .find(text.normalize('NFC'))
    .some(({ sure }) => sure);
}

function areOfOne(one: readonly string[], other: readonly string[], together: boolean): boolean {
  const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one];
  const [few, many] = [shorter.join(''), longer.join('')];
  if (isMadeOf(few, longer) || isMadeOf(many, shorter)) return true;
  if (shorter.length === 1 && together && shorter[0] === longer.at(-1)) return true;
  if (isMistyped(one, other)) return true;
  if (shorter.length > 1 && isPartOf(shorter, longer)) return true;
  return shortForms(longer).has(few) || shortForms(shorter).has(many) || isShortFor(shorter, longer);
}

/** The same words, one of them with a slip that leaves no Vietnamese syllable: `Hằg` for `Hằng`, and not `Hạnh`, which is another's name. */
function isMistyped(one: readonly string[], other: readonly string[]): boolean {
  if (one.length < 2 || one.length !== other.length) return false;
  const unlike = one.flatMap((word, index) => (word === other[index] ? [] : [[word, other[index]!] as const]));
  const [pair] = unlike;
  return unlike.length === 1 && pair !== undefined && !pair.every((word) => isSyllable(word)) && isOneSlip(...pair);
}

/** One letter too many, too few or another one, or two that changed places. */
function isOneSlip(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  return (
    short.slice(at + 1) === long.slice(at + 1) ||
    (short.slice(at + 2) === long.slice(at + 2) && short[at] === long[at + 1] && short[at + 1] === long[at])
  );
}

/** Whether letters are the words in some order, each once. */
function isMadeOf(letters: string, words: readonly string[]): boolean {
  if (words.length > mostWords || letters.length !== words.join('').length) return false;
  return (
    letters === '' ||
    words.some((word, index) => letters.startsWith(word) && isMadeOf(letters.slice(word.length), words.toSpliced(index, 1)))
  );
}

/** More words are no name, and their orders too many to try. */
const mostWords = 8;

function isPartOf(part: readonly string[], whole: readonly string[]): boolean {
  const left = [...whole];
  return part.every((word) => {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

/** `LTH`, `LTHằng`, `HằngLT`, `LêTHằng`, whatever stands between the letters. */
function shortForms(words: readonly string[]): ReadonlySet<string> {
  if (words.length < 3) return new Set();
  const without = words.filter((word, index) => index === 0 || index === words.length - 1 || !middleWords.has(word));
  return without.length < words.length ? new Set([...shortFormsOf(words), ...shortForms(without)]) : shortFormsOf(words);
}

function shortFormsOf(words: readonly string[]): ReadonlySet<string> {
  const initials = words.slice(0, -1).map((word) => word[0]!);
  const last = words.at(-1)!;
  return new Set([
    [...initials, last[0]].join(''),
    [...initials, last].join(''),
    [last, ...initials].join(''),
    [words[0], ...initials.slice(1), last].join(''),
  ]);
}

/** Whether the words, begun with any of them, are those of the other name in their order, some shortened and some left out. */
function isShortFor(shorter: readonly string[], longer: readonly string[]): boolean {
  if (shorter.length < 2 || shorter.length > mostWords) return false;
  return shorter.some((_word, turn) => {
    let [at, whole] = [-1, false];
    for (const word of [...shorter.slice(turn), ...shorter.slice(0, turn)]) {
      const next = longer.findIndex(
        (other, index) => index > at && (other === word || isShortened(word, other) || isShortened(other, word)),
      );
      if (next < 0) return false;
      whole ||= word.length > 1 && longer[next] === word;
      at = next;
    }
    return whole && at === longer.length - 1;
  });
}

/** `T` and `Th` for `Thu`, `Ng` for `Nguyễn`: what has a vowel is a word of its own, unless it is one letter. */
export function isShortened(short: string, word: string): boolean {
  return short.length < word.length && word.startsWith(short) && (short.length === 1 || !/[aeiouy]/.test(short));
}
