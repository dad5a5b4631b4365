import { atOnce, type Sliced } from '../../platform/parsing/slices.js';

/** A run of letters or of digits in a text, bare of everything that can be written in another way. */
export interface BareWord {
  /** Latin letters without marks in lower case, or digits. */
  text: string;
  number: boolean;
  /** Where it stands in the text that was given. */
  from: number;
  to: number;
  /** How many visible signs stand before it since the last word, white space of any length counted as one. */
  gap: number;
}

/**
 * Letters of other scripts that are drawn like Latin ones: the part of the Unicode confusables (UTS #39) that keyboards and documents
 * bring. Capital letters stand apart, because some are drawn like another letter than their small ones.
 */
const lookalikes = new Map<string, string>([
  ...pairs('аbсԁеһіјӏморԛѕтuѵԝхуєкнв', 'abcdehijlmopqstuvwxyeknb'),
  ...pairs('АВСЕНІЈКМОРЅТУХԜԚ', 'abcehijkmopstyxwq'),
  ...pairs('αβγεικνορτυχωη', 'abyeikvoptuxwn'),
  ...pairs('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'abezhikmnoptyx'),
  ...pairs('đĐðÐɖƉɗƊøØłŁıħŧɡɑƀ', 'ddddddddoollihtgab'),
]);

function pairs(from: string, to: string): [string, string][] {
  const letters = [...to];
  return [...from].map((letter, index) => [letter, letters[index]!]);
}

/** Signs that HTML and Markdown are written with hide no name; letters can be written so, too. */
const namedEntities = new Map(
  Object.entries({ nbsp: ' ', ensp: ' ', emsp: ' ', thinsp: ' ', shy: '', zwnj: '', zwj: '', lrm: '', rlm: '' }),
);
const accentedEntity = /^([a-z])(?:acute|grave|tilde|circ|uml|ring|cedil|breve|horn|hook|dot)$/i;
const entity = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/iy;
/** Only tags that are short: each is looked at once more by its letters, so that nothing hides in one. */
const tag = /<\/?[a-z][^<>]{0,200}>/iy;

interface HowToRead {
  /** Whether `<b>` counts as white space, or as the letters it is written with. */
  skipTags: boolean;
  /** Stands for something that nothing reaches across. */
  barrier: string;
}

/** So many letters are read without an interruption. */
const lettersOfSlice = 1_000;

/** {@link readWords} without an interruption, for what is short. */
export function bareWords(text: string, how: HowToRead): BareWord[] {
  return atOnce(readWords(text, how));
}

/**
 * The words of a text as one can search them: compatibility forms, full width, marks, case, look-alikes, invisible characters, entities
 * and tags make no difference. One pass; a place in the answer is a place in the text.
 */
export function* readWords(text: string, { skipTags, barrier }: HowToRead): Sliced<BareWord[]> {
  const words: BareWord[] = [];
  // Whether the last word may still go on, and what stands behind it.
  let [open, gap, white] = [false, 0, false];
  for (let at = 0, rest = lettersOfSlice; at < text.length; rest--) {
    if (rest === 0) {
      rest = lettersOfSlice;
      yield;
    }
    const { bare, length } = signAt(text, at, skipTags, barrier);
    if (bare === null) [open, gap] = [false, Infinity];
    for (const { letter, kind } of bare ?? []) {
      const word = open ? words.at(-1) : undefined;
      if (kind === 'letter' || kind === 'number') {
        const number = kind === 'number';
        if (word?.number === number) {
          word.text += letter;
          word.to = at + length;
          continue;
        }
        words.push({ text: letter, number, from: at, to: at + length, gap: gap + (white ? 1 : 0) });
        [open, gap, white] = [true, 0, false];
      } else {
        open = false;
        if (kind === 'white') white = true;
        else gap++;
      }
    }
    // A mark or an invisible character belongs to the letter that it follows.
    const last = words.at(-1);
    if (bare?.length === 0 && open && last) last.to = at + length;
    at += length;
  }
  return words;
}

/** What is left of a sign. */
interface BareSign {
  letter: string;
  kind: 'letter' | 'number' | 'white' | 'sign';
}

/** What stands at a place: how long it is, and what is left of it; null for the barrier. */
function signAt(text: string, at: number, skipTags: boolean, barrier: string): { length: number; bare: readonly BareSign[] | null } {
  const first = text[at];
  if (first === barrier[0] && text.startsWith(barrier, at)) return { length: barrier.length, bare: null };
  if (first === '&') {
    entity.lastIndex = at;
    const found = entity.exec(text);
    const meant = found && meaningOf(found);
    if (found && meant !== null) return { length: found[0].length, bare: signsOf(meant) };
  }
  if (first === '<' && skipTags) {
    tag.lastIndex = at;
    const found = tag.exec(text);
    if (found) return { length: found[0].length, bare: signsOf(' ') };
  }
  const code = text.codePointAt(at)!;
  return { length: code > 0xffff ? 2 : 1, bare: code < commonCodes ? commonSign(code) : signsOf(String.fromCodePoint(code)) };
}

function meaningOf([, decimal, hexadecimal, name]: RegExpExecArray): string | null {
  if (name) return namedEntities.get(name.toLowerCase()) ?? accentedEntity.exec(name)?.[1] ?? null;
  const code = decimal ? Number(decimal) : Number.parseInt(hexadecimal!, 16);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : null;
}

/** Latin with the letters of Vietnamese, and the scripts that are drawn like it: what is left of each of these is worked out once. */
const commonCodes = 0x2000;
const commonSigns: (readonly BareSign[])[] = [];

function commonSign(code: number): readonly BareSign[] {
  return (commonSigns[code] ??= signsOf(String.fromCodePoint(code)));
}

function signsOf(text: string): BareSign[] {
  return [...bareOf(text)].map((letter) => ({ letter, kind: kindOf(letter) }));
}

function kindOf(letter: string): BareSign['kind'] {
  if (/\p{N}/u.test(letter)) return 'number';
  if (/\p{L}/u.test(letter)) return 'letter';
  return /\s/u.test(letter) ? 'white' : 'sign';
}

function bareOf(text: string): string {
  if (/^[\x20-\x7e]$/.test(text)) return text.toLowerCase();
  let bare = '';
  for (const sign of text.normalize('NFKD')) {
    if (/[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(sign)) continue;
    bare += lookalikes.get(sign) ?? sign.toLowerCase();
  }
  return bare;
}
