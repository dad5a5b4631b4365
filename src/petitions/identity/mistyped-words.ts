import { atOnce, type Sliced } from '../../platform/parsing/slices.js';
import { type BareWord, bareWords } from './bare-words.js';
import { wordsOfSlice } from './search-words.js';

/** What a syllable without marks begins with, and its rimes. */
const onsets = 'b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x';
const rimes =
  'a ac ach ai am an ang anh ao ap at au ay e ec em en eng enh ep et eo eu ech i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao ' +
  'oap oat oay oc oe oen oeo oet oi om on ong op ot u ua uan uang uat uau uay uc ue uech uen uenh uet ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy uya uych ' +
  'uyen uyet uynh uyt uyu y yem yen yet yeu';
const syllables = new Set(['', ...onsets.split(' ')].flatMap((onset) => rimes.split(' ').map((rime) => onset + rime)));

/** Whether a word is a syllable without marks. */
export function isSyllable(word: string): boolean {
  return syllables.has(word);
}

/** The longest syllable has seven letters, and as many keys for its marks as it can have. */
const mostLetters = 14;
/** What each digit from 0 to 9 is drawn like; one is drawn like two letters. */
const likeLetters = ['oizeasgtbg', 'olzeasgtbg'];

/**
 * What a word may mean that was typed with the keys for marks left in it – Telex `Nguyeenx`, `Vawn`, VNI `Nguye64n`, `Va8n` – or with digits in
 * the place of letters: `Nguy3n`. Syllables without marks, none where it means nothing else.
 * @param word letters without marks in lower case, and digits
 */
export function meaningsOf(word: string): string[] {
  // In a syllable no key for marks is left.
  if (word.length > mostLetters || isSyllable(word)) return [];
  const digits = /\d/.test(word);
  const written = digits
    ? [word.replaceAll(/\d/g, ''), ...likeLetters.map((like) => word.replaceAll(/\d/g, (sign) => like[Number(sign)]!))]
    : [];
  const meant = [word, ...written].flatMap((one) => [one, ...withoutTelex(one)]);
  return [...new Set(meant)].filter((one) => one !== word && isSyllable(one));
}

/** Without the keys for marks: `aa`, `ee`, `oo`, `dd`, `w` and one tone behind a vowel, each where it belongs or at the end. */
function withoutTelex(letters: string): string[] {
  return ['', 'u'].map((horn) => {
    const plain = letters
      .replaceAll(/(?<=[aou])w/g, '')
      .replaceAll('w', horn)
      .replaceAll(/([aeo])\1/g, '$1')
      .replace(/(?<=[aeiouy][a-z]{0,4})[sfrxj]/, '')
      .replace(/^dd/, 'd');
    const stroked = /^d[a-z]+d$/.test(plain) ? plain.slice(0, -1) : plain;
    return stroked.replace(/(?<=([aeo])[a-z]?(?:[cmnpt]|ng|nh|ch))\1$/, '');
  });
}

/**
 * The words as they may be meant, where at least one of them is mistyped; else null.
 * @param isWanted whether a word is one that is looked for: nothing else is taken for mistyped
 */
export function* mended(words: readonly BareWord[], isWanted: (word: string) => boolean): Sliced<BareWord[] | null> {
  const result: BareWord[] = [];
  let changed = false;
  for (let [at, rest] = [0, wordsOfSlice]; at < words.length; rest--) {
    if (rest === 0) {
      rest = wordsOfSlice;
      yield;
    }
    const run = runAt(words, at);
    const written = run.map(({ text }) => text).join('');
    const meant = isWanted(written) || (run.length === 1 && run[0]!.number) ? undefined : meaningsOf(written).find(isWanted);
    const [first] = run;
    changed ||= meant !== undefined;
    if (meant === undefined) result.push(...run);
    else result.push({ ...first!, text: meant, number: false, to: run.at(-1)!.to });
    at += run.length;
  }
  return changed ? result : null;
}

/** A word with the digits that stand in it or right behind it. */
function runAt(words: readonly BareWord[], at: number): BareWord[] {
  let end = at + 1;
  while (end < words.length && words[end]!.from === words[end - 1]!.to && words[end]!.number !== words[end - 1]!.number) end++;
  return words.slice(at, end);
}

/** The text with mistyped words as they may be meant. @param isWanted as for {@link mended} */
export function asMeant(text: string, isWanted: (word: string) => boolean): string {
  let [result, at] = ['', 0];
  for (const word of atOnce(mended(bareWords(text, { skipTags: true, barrier: '\0' }), isWanted)) ?? []) {
    const written = text.slice(word.from, word.to);
    const meant = /^\p{Lu}/u.test(written) ? word.text.replace(/^./, (letter) => letter.toUpperCase()) : word.text;
    result += text.slice(at, word.from) + (isTyped(written, word.text) ? written : meant);
    at = word.to;
  }
  return result + text.slice(at);
}

function isTyped(written: string, word: string): boolean {
  return bareWords(written, { skipTags: true, barrier: '\0' }).every(({ text }) => text === word);
}

/** Words for digits, without marks. */
const digitWords = new Map<string, string>(
  'khong mot hai ba bon nam sau bay tam chin'
    .split(' ')
    .map((word, digit): [string, string] => [word, String(digit)])
    .concat([
      ['tu', '4'],
      ['lam', '5'],
    ]),
);

/** The words with digits that are written as words in their place, also by tens (`bảy mươi`, `mười hai`); null where there are none. */
export function spokenDigits(words: readonly BareWord[]): BareWord[] | null {
  let changed = false;
  const result = words.map((word, index): BareWord | null => {
    const digit = word.number ? undefined : digitWords.get(word.text);
    const ten = digit === undefined && word.text === 'muoi';
    if (!ten && digit === undefined) return word;
    changed = true;
    const isDigit = (other: BareWord | undefined): boolean => other !== undefined && !other.number && digitWords.has(other.text);
    if (!ten) return { ...word, text: digit!, number: true };
    const [before, behind] = [isDigit(words[index - 1]), isDigit(words[index + 1])];
    if (before && behind) return null;
    return { ...word, text: before ? '0' : behind ? '1' : '10', number: true };
  });
  return changed ? result.filter((word) => word !== null) : null;
}
