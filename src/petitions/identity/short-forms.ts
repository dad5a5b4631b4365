import type { Sliced } from '../../platform/parsing/slices.js';
import type { BareWord } from './bare-words.js';
import { type Run, wordsOfSlice } from './search-words.js';

/** What a name is often told without. */
export const middleWords: ReadonlySet<string> = new Set(['thi', 'van']);

/** A name of two words has no initials that tell it from others, and one of more than six is an organisation's. */
const [leastWords, mostWords] = [3, 6];
/** Initials without any whole word: fewer are an abbreviation of anything. */
const leastInitials = 3;
/** How many visible signs may stand between two parts: `Q. – T.`. */
const mostSigns = 3;
/** What officials write in capitals every day, and is nobody's initials. */
const abbreviations = new Set(
  (
    'UBND HDND MTTQ UBMTTQ BTTQ VPCP TTCP TTG BTP BTC BCA BQP BNV BTNMT TNMT TANDTC TAND VKSND VKS CSGT CSDT CAP CCCD CMND GCN GCNQSDD QSDD GPMB GPXD HTX KCN KDT ' +
    'TDP THCS THPT BHXH BHYT BHTN TTHC TTDT TCD BTCD KNTC TCCD CBCC CNTT VPDK VPDKDD THA THADS TTR BLDTBXH SXD PCT PGD PCCC HCM TPHCM TTXVN CHXHCN QPPL VBQPPL TNHH DNTN'
  ).split(' '),
);

/**
 * Looks for names with initials in them, as they are written: `Q. S. Mai`, `Quách T. Mai`, `Nguyễn Văn A.`, `Mai Q.T.`, `QTSM`. An initial is a
 * letter that stands alone, in capitals or with a point, or one of a run of capitals without marks, so that the words of a sentence are none.
 * Whatever is found may be somebody else as well.
 */
export class ShortForms {
  private readonly forms = new Set<string>();
  private readonly wholeWords = new Set<string>();
  /** As of `WordRuns`. */
  steps = 0;
  built = 0;

  /** @param words bare words of one name, in their order */
  add(words: readonly string[]): void {
    for (const form of formsOf(words)) {
      this.built++;
      this.forms.add(form);
    }
    for (const word of words) this.wholeWords.add(word);
  }

  /** Forms that are as well those of a name that everybody may know are looked for no more. */
  leaveOut(words: readonly string[]): void {
    for (const form of formsOf(words)) this.forms.delete(form);
  }

  /** @param words bare words of the text */
  *find(words: readonly BareWord[], text: string): Sliced<Run[]> {
    if (this.forms.size === 0) return [];
    const units: Unit[] = [];
    for (const [at, word] of words.entries()) {
      if (at % wordsOfSlice === 0) yield;
      units.push(...this.unitsOf(word, at, text));
    }
    const found: Run[] = [];
    for (let begin = 0; begin < units.length; begin++) {
      if (begin % wordsOfSlice === 0) yield;
      if (!units[begin]!.opens) continue;
      let [form, initials] = ['', 0];
      for (let end = begin; end < units.length && end < begin + mostWords; end++) {
        this.steps++;
        const { text: unit, word, closes } = units[end]!;
        if (end > begin && words[word]!.gap > mostSigns) break;
        form += form === '' ? unit : ` ${unit}`;
        initials += isInitial(unit) ? 1 : 0;
        if (initials === 0 || !closes || !this.forms.has(form)) continue;
        const [first, last] = [units[begin]!.word, word];
        if (initials > end - begin ? !isSymbol(form, words[first]!, text) : !isPlace(units.slice(begin, end + 1), words, text))
          found.push({ first, last, sure: false });
      }
    }
    return found;
  }

  private unitsOf(word: BareWord, at: number, text: string): Unit[] {
    const written = text.slice(word.from, word.to).normalize('NFC');
    if (word.number) return [{ text: '0', word: at, opens: true, closes: true }];
    const signs = text[word.to] === '.' || text[word.from - 1] === '.';
    const capital = /^\p{Lu}/u.test(written);
    if (word.text.length === 1 && (capital || signs)) return [{ text: word.text.toUpperCase(), word: at, opens: true, closes: true }];
    if (!this.wholeWords.has(word.text)) {
      // "Ng.", "Th": of one word; "NVA": of several.
      if (/^[a-z]{2,3}$/.test(word.text) && !/[aeiouy]/.test(word.text) && capital && (signs || !/^\p{Lu}+$/u.test(written)))
        return [{ text: word.text[0]!.toUpperCase(), word: at, opens: true, closes: true }];
      if (word.text.length <= mostWords && /^[A-ZĐĂÂÊÔƠƯ]+$/.test(written)) {
        const letters = [...word.text.toUpperCase()];
        return letters.map((letter, index) => ({ text: letter, word: at, opens: index === 0, closes: index === letters.length - 1 }));
      }
    }
    return [{ text: word.text, word: at, opens: true, closes: true }];
  }
}

/** A whole word in small letters, or an initial as a capital. */
interface Unit {
  text: string;
  /** Index of the word that it stands in. */
  word: number;
  opens: boolean;
  closes: boolean;
}

function isInitial(unit: string): boolean {
  return /^[A-Z]$/.test(unit);
}

/** An abbreviation of every day, or part of the number of a document: `15/GM-NVA`. */
function isSymbol(form: string, first: BareWord, text: string): boolean {
  return abbreviations.has(form.replaceAll(' ', '')) || /[\p{L}\p{N}][/-]$/u.test(text.slice(Math.max(0, first.from - 2), first.from));
}

/** `P. Mai Dịch`, `Q. Hà Đông`: one initial with one word, and another one with a capital right behind it. */
function isPlace(units: readonly Unit[], words: readonly BareWord[], text: string): boolean {
  if (units.length !== 2 || !isInitial(units[0]!.text)) return false;
  const [last, next] = [words[units[1]!.word]!, words[units[1]!.word + 1]];
  if (!next || next.number || !/^\s+$/.test(text.slice(last.to, next.from))) return false;
  return /^\p{Lu}\p{M}*\p{Ll}/u.test(text.slice(next.from, next.to));
}

/** The ways to write a name with initials in it, each word apart, initials in capitals. */
function formsOf(words: readonly string[]): string[] {
  if (words.length < leastWords || words.length > mostWords) return [];
  const units = words.map((word) => (word.length === 1 ? word.toUpperCase() : word));
  const initials = words.map((word) => word[0]!.toUpperCase());
  const last = units.length - 1;
  let forms: string[][] = [[units[0]!], [initials[0]!]];
  for (let at = 1; at < last; at++) forms = forms.flatMap((form) => [form, [...form, units[at]!], [...form, initials[at]!]]);
  const whole = forms.map((form) => [...form, units[last]!]);
  const begun = forms.filter((form) => form.length >= leastInitials - 1).map((form) => [...form, initials[last]!]);
  const heads = [initials.slice(0, -1), initials.slice(0, -1).filter((_initial, at) => !(at > 0 && middleWords.has(words[at]!)))];
  const turned = heads.map((head) => [units[last]!, ...head]);
  const told = [...whole, ...begun, ...turned].filter((form) => form.length > 1 && form.some(isInitial));
  return [...new Set(told.map((form) => form.join(' ')))];
}
