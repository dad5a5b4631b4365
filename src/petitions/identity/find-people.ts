import { atOnce, type Sliced } from '../../platform/parsing/slices.js';
import type { Party } from '../petition.js';
import { addressWords, isHouseWord, streetOfKinds } from './address-words.js';
import { type BareWord, bareWords, readWords } from './bare-words.js';
import { asMeant, isSyllable, mended, spokenDigits } from './mistyped-words.js';
import { nameParts } from './name-parts.js';
import { LetterTree, WordRuns } from './search-words.js';
import { middleWords, ShortForms } from './short-forms.js';

/** What gives a person away in a text. */
export type Telling = Pick<Party, 'name' | 'nationalId' | 'address' | 'phone'>;

/** A place in a text, and whether it surely means somebody who is looked for. */
export interface Place {
  from: number;
  to: number;
  sure: boolean;
}

/** How far apart two parts of one name, and of one number, may stand in visible signs: `**Quách** **Thị**`, `(0977) 700 - 077`. */
const [leastLetters, nameGap, numberGap] = [8, 8, 3];
/** A name of more words than this is an organisation's: its words are looked for in their order alone. */
const mostWords = 6;
/** An address shorter than this is a street or a ward that many live in. */
const leastAddress = 10;
const leastPhone = 8;
/** Behind a comma two words are a place as often as a name. */
const leastBehindASign = 3;

/**
 * Looks for people in texts, however they are written: their names in any order of the words, run together, spaced out or with initials,
 * their numbers with any signs between the digits, in words and with any prefix of the country, their addresses with or without words like
 * "số" and "phố", their e-mail addresses; names also where keys for marks were left in them (Telex, VNI) or digits stand for letters. What
 * could mean somebody else as well is found as not sure: the last two words of a longer name, its first with its last, a name of two words
 * turned round, initials with words left out or without any whole word (`short-forms.ts`), an e-mail address that is no office's.
 *
 * The time grows with the length of the text and not with its square: at each word no more is looked at than the longest thing that is
 * looked for. A name of one word is not looked for, because it is a word like others.
 */
export class PeopleFinder {
  private readonly names = new WordRuns();
  /** The last two words of names, and the first with the last: what others may be called as well. */
  private readonly ends = new WordRuns();
  private readonly addresses = new WordRuns();
  private readonly letters = new LetterTree();
  private readonly initials = new LetterTree();
  private readonly mailboxes = new LetterTree();
  private readonly shortForms = new ShortForms();
  /** Names of streets that are words like "phố" and "đường" themselves. */
  private readonly streets = new Set<string>();
  private looked = false;
  private readonly parts = [this.names, this.ends, this.addresses, this.letters, this.initials, this.mailboxes, this.shortForms];

  private constructor(private readonly barrier: string) {}

  /** Takes in whoever is looked for: a thousand people with the longest addresses take some hundred milliseconds. */
  static *of(people: readonly Telling[], barrier: string): Sliced<PeopleFinder> {
    const finder = new PeopleFinder(barrier);
    for (const person of people) {
      finder.lookFor(person);
      yield;
    }
    return finder;
  }

  /** Looks for one name. @param words bare, in their order */
  static ofName(words: readonly string[]): PeopleFinder {
    const finder = new PeopleFinder('\0');
    finder.looked = true;
    finder.lookForName(words);
    return finder;
  }

  /** Number of elementary steps of searching so far, for the test that they grow with the text alone. */
  get steps(): number {
    return this.parts.reduce((sum, { steps }) => sum + steps, 0);
  }

  /** Number of elementary steps of taking people in, for the test that they grow with what is known of them alone. */
  get built(): number {
    return this.parts.reduce((sum, { built }) => sum + built, 0);
  }

  /** Leaves out what may mean somebody else whom everybody may know: two words that are the end of a longer name mean its bearer. */
  leaveOut(name: string): void {
    for (const { words } of nameParts(name)) {
      if (words.length < 3) continue;
      this.ends.leaveOut(words.slice(-2));
      this.shortForms.leaveOut(words);
    }
  }

  /** {@link finding} without an interruption, for a text that is short. */
  find(text: string): Place[] {
    return atOnce(this.finding(text));
  }

  /** Where the people stand in a text in NFC: places in order that do not touch each other, the sure ones before the others. */
  *finding(text: string): Sliced<Place[]> {
    if (!this.looked) return [];
    const { barrier } = this;
    const found = yield* this.among(yield* readWords(text, { skipTags: false, barrier }), text);
    if (text.includes('<')) found.push(...(yield* this.among(yield* readWords(text, { skipTags: true, barrier }), text)));
    found.push(...(yield* this.mailPlaces(text)));
    return apart(found);
  }

  private *among(words: readonly BareWord[], text: string): Sliced<Place[]> {
    const places = yield* this.names.find(words, nameGap);
    places.push(...(yield* this.ends.find(words, nameGap)), ...(yield* this.letters.find(words, nameGap, numberGap)));
    const initials = yield* this.initials.find(words, nameGap, numberGap);
    places.push(...initials.filter(({ first, last }) => !areWhole(words.slice(first, last + 1))));
    places.push(...(yield* this.shortForms.find(words, text)));
    const { kept, at } = addressWords(words, this.streets);
    for (const { first, last, sure } of yield* this.addresses.find(kept, nameGap)) {
      let start = at[first]!;
      while (start > 0 && words[start]!.gap <= 1 && isHouseWord(words[start - 1]!.text)) start--;
      places.push({ first: start, last: at[last]!, sure });
    }
    const found = places.map(({ first, last, sure }) => ({ from: opening(text, words[first]!, words[last]!), to: words[last]!.to, sure }));
    return [...found, ...(yield* this.amongMeant(words))];
  }

  /** Names that are mistyped, and numbers in words. */
  private *amongMeant(words: readonly BareWord[]): Sliced<Place[]> {
    const places: Place[] = [];
    const meant = yield* mended(words, (word) => this.names.knows(word));
    if (meant)
      for (const runs of [this.names, this.ends])
        for (const { first, last, sure } of yield* runs.find(meant, nameGap)) places.push(placeOf(meant, first, last, sure));
    const spoken = spokenDigits(words);
    if (spoken)
      for (const { first, last, sure } of yield* this.letters.find(spoken, -1, numberGap)) places.push(placeOf(spoken, first, last, sure));
    return places;
  }

  /** E-mail addresses that hold a name or a number, and those that are no office's. */
  private *mailPlaces(text: string): Sliced<Place[]> {
    const places: Place[] = [];
    for (const { index: at } of text.matchAll(/[@＠]/g)) {
      yield;
      let [from, to] = [at, at + 1];
      while (from > 0 && at - from < 64 && /[\p{L}\p{M}\p{N}\p{Cf}._%+-]/u.test(text[from - 1]!)) from--;
      while (to < text.length && to - at < 255 && /[\p{L}\p{M}\p{N}\p{Cf}.-]/u.test(text[to]!)) to++;
      while (text[to - 1] === '.') to--;
      if (from === at || to === at + 1) continue;
      const box = bareWords(text.slice(from, at), { skipTags: false, barrier: this.barrier });
      const sure = this.mailboxes.within(box.map((word) => word.text).join(''));
      // Where no domain follows it is none: rules are named with their version, `id@version`.
      const domain = text.slice(at, to);
      if (sure || (domain.includes('.') && !/\.gov\.vn$/i.test(domain))) places.push({ from, to, sure });
    }
    return places;
  }

  private lookFor({ name, nationalId, address, phone }: Telling): void {
    this.looked = true;
    for (const words of namesOf(name, (written) => this.names.add(written, true))) this.lookForName(words);
    const meant = asMeant(name, isSyllable);
    if (meant !== name) for (const words of namesOf(meant, () => undefined)) this.lookForName(words);
    if (nationalId) this.letters.add(digitsOf(nationalId), true);
    const number = phone
      ? digitsOf(phone)
          .replace(/^(?:00)?84/, '')
          .replace(/^0/, '')
      : '';
    if (number.length >= leastPhone)
      for (const prefix of ['0', '84', '840', '0084', ...(number.length > leastPhone ? [''] : [])]) this.letters.add(prefix + number, true);
    if (number.length >= leastPhone) this.mailboxes.add(number, true);
    if (address && address.length >= leastAddress) this.addresses.addInAnyOrder(addressCore(address, this.streets));
  }

  private lookForName(words: readonly string[]): void {
    if (words.length < 2) return;
    const last = words.at(-1)!;
    const joined = words.join('');
    if (joined.length >= leastLetters) this.letters.add(joined, true);
    this.names.add(words, true);
    if (words.length > mostWords) return;
    const initials = words.slice(0, -1).map((word) => word[0]!);
    for (const box of [words.slice(-2).join(''), words[0]! + last, last + words[0]!, initials.join('') + last, last + initials.join('')])
      if (box.length >= 5) this.mailboxes.add(box, true);
    if (words.length === 2) {
      this.names.add([last, words[0]!], false);
      return;
    }
    this.names.addInAnyOrder(words);
    this.shortForms.add(words);
    const [first, ...rest] = initials;
    const begun = words.map((word) => /^[^aeiouy]+/.exec(word)?.[0] ?? word[0]!);
    for (const start of [first, begun[0], words[0]])
      for (const middle of [rest, begun.slice(1, -1)]) {
        const short = [start, ...middle, last].join('');
        this.initials.add(short, short.length >= 5);
      }
    const without = words.filter((word, index) => index === 0 || word === last || !middleWords.has(word));
    if (without.length >= 3) this.names.addInAnyOrder(without);
    if (words.length > 3)
      for (let left = 1; left < words.length - 1; left++)
        this.names.add(
          words.filter((_word, index) => index !== left),
          false,
        );
    for (const pair of [words.slice(-2), [words[0]!, last]]) this.ends.add(pair, false);
  }
}

/** The part of an address that tells the house: up to the street where it has a number, else all of it. */
function addressCore(address: string, streets: Set<string>): string[] {
  const core: string[] = [];
  for (const part of address.split(/[,;]/)) {
    const words = bareWords(part, plain);
    const street = streetOfKinds(words);
    if (street) streets.add(street);
    core.push(...addressWords(words, streets).kept.map(({ text }) => text));
    if (core.some((word) => /\d/.test(word)) && core.some((word) => word.length > 1 && !/\d/.test(word))) break;
  }
  return core;
}

const plain = { skipTags: false, barrier: '\0' };

/**
 * The names that a field of a name holds, without titles, offices and years; several where it names several.
 * @param whole is told the words as they stand there, where these are others
 */
function namesOf(field: string, whole: (words: readonly string[]) => void): string[][] {
  const written = lettersOf(field);
  const names = nameParts(field)
    .filter(({ behind, capital, words }) => behind === 'nothing' || (capital && words.length >= (behind === 'word' ? 2 : leastBehindASign)))
    .map(({ words }) => words)
    .filter(({ length }) => length > 1);
  if (names.length === 0) return [written];
  if (written.length > 1 && !names.some((name) => name.join(' ') === written.join(' '))) whole(written);
  return names;
}

function lettersOf(name: string): string[] {
  return bareWords(name.normalize('NFC'), plain).map(({ text }) => text);
}

function digitsOf(number: string): string {
  return bareWords(number, plain)
    .filter((word) => word.number)
    .map(({ text }) => text)
    .join('');
}

/** "Nguyễn Văn" is no "Nguyễn V. An": where each word is one of its own there are no initials. */
function areWhole(words: readonly BareWord[]): boolean {
  return words.every(({ text }) => text.length > 1 && isSyllable(text));
}

function placeOf(words: readonly BareWord[], first: number, last: number, sure: boolean): Place {
  return { from: words[first]!.from, to: words[last]!.to, sure };
}

/** Where a number begins: `+84` with its plus, `(0977) 700` with its bracket. */
function opening(text: string, first: BareWord, last: BareWord): number {
  let { from } = first;
  if (!first.number) return from;
  if (text[from - 1] === '(' && text.slice(from, last.to).includes(')')) from--;
  if (text[from - 1] === '+') from--;
  return from;
}

/** Places that overlap are one; one that is not sure gives way to the sure ones. */
function apart(places: readonly Place[]): Place[] {
  const result: Place[] = [];
  const sure = joined(places.filter((place) => place.sure));
  for (const place of [...sure, ...joined(places.filter((one) => !one.sure))].sort(
    (one, other) => one.from - other.from || other.to - one.to,
  )) {
    const before = result.at(-1);
    if (!before || place.from >= before.to) result.push(place);
    else if (place.sure && !before.sure) result[result.length - 1] = { ...place, to: Math.max(place.to, before.to), from: before.from };
    else if (place.sure || place.to > before.to) before.to = Math.max(before.to, place.to);
  }
  return result;
}

function joined(places: readonly Place[]): Place[] {
  const result: Place[] = [];
  for (const place of [...places].sort((one, other) => one.from - other.from || other.to - one.to)) {
    const before = result.at(-1);
    if (before && place.from < before.to) before.to = Math.max(before.to, place.to);
    else result.push({ ...place });
  }
  return result;
}
