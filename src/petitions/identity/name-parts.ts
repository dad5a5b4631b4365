import { type BareWord, bareWords } from './bare-words.js';

/** A name as it stands in a field, without titles, offices, years and places. */
export interface NamePart {
  /** Bare words, at least one. */
  words: string[];
  /** Whether it is the first one, stands behind a word such as "và", or behind a sign such as a comma. */
  behind: 'nothing' | 'word' | 'sign';
  /** Whether each of its words begins with a capital letter, where the field has small ones at all. */
  capital: boolean;
}

/** "phường Ba Đình" holds no name. */
const leastBehindAPlace = 3;

interface Word {
  bare: string;
  /** As written, in lower case and without invisible characters. */
  raw: string;
  capital: boolean;
}

/** Words of phrases in their order, by the first of them, the longest first. */
type ByFirst = ReadonlyMap<string, readonly (readonly string[])[]>;

/** Phrases as they are looked up at a word: how they are written, and without marks those that are known from other words so. */
interface Phrases {
  written: ByFirst;
  plain: ByFirst;
}

const words = (list: string): string[] => list.split(', ');
/** What is no part of a name even where a text has no accents: `van phong` and `truong phong` are names then. */
const plainWords = new Set(
  words(
    'pct, ct, ubnd, hdnd, gd, pgd, sn, cccd, cmnd, pho chu tich, chu tich, pho giam doc, giam doc, uy ban nhan dan, hoi dong nhan dan, can bo, cong chuc, vien chuc, chuyen vien, ' +
      'lanh dao, sinh nam, thuong tru, bi danh, ten that, con goi la',
  ),
);
const titleWords = words('ông, bà, anh, chị, cô, chú, bác, em, cụ, thầy, dì, cậu, đồng chí');
/** Titles that are shortened to a small letter before a name in capitals: `ô. Nguyễn Văn An`, `b. Mai`. */
const shortTitles = new Set(words('ô, o, b, a, c, đc'));
/** Titles that no name begins with, however they are accented. */
const titlesWithoutMarks = new Set(words('ba, anh, chi, co, bac, em, thay'));
const officeWords = words(
  'phó chủ tịch, chủ tịch, pct, ct, phó bí thư, bí thư, ubnd, hđnd, ủy ban nhân dân, uỷ ban nhân dân, hội đồng nhân dân, phó trưởng phòng, trưởng phòng, phó phòng, ' +
    'phó trưởng ban, trưởng ban, phó ban, phó giám đốc, giám đốc, gđ, pgđ, chánh văn phòng, phó chánh văn phòng, chánh thanh tra, phó chánh thanh tra, phó, trưởng, ' +
    'cán bộ, công chức, viên chức, chuyên viên, địa chính, tư pháp, hộ tịch, kế toán, cảnh sát, quân sự, chỉ huy, tổ trưởng, thư ký, lãnh đạo, hiệu trưởng, hiệu phó, viện trưởng',
);
/** Behind these no name goes on. */
const endWords = words(
  'thanh tra, phường, xã, quận, huyện, tỉnh, thành phố, tp, thị trấn, thị xã, thôn, xóm, ấp, khu, tổ, phòng, ban, sở, cục, chi cục, ngõ, ngách, phố, đường, số, sinh năm, sn, cccd, cmnd, ' +
    'thường trú, trú, ở, tại, do',
);
/** Between two names. */
const jointWords = words('và, cùng, với, tức, hay, bí danh, tên thật, còn gọi là');
const titles = phrasesOf(titleWords);
const offices = phrasesOf(officeWords);
const officesAndEnds = phrasesOf([...officeWords, ...endWords]);
const joints = phrasesOf(jointWords);

/**
 * The names that a field of a name holds: `Bà NGUYỄN THỊ ĐÀO, SN 1970` one, `Nguyễn Thị Đào (tức Mai Đào)` and `Nguyễn Thị Đào và Lê Văn
 * Tám` two. Where a field begins with offices, what stands behind them counts as its name.
 */
export function nameParts(field: string): NamePart[] {
  const text = field.normalize('NFC').replaceAll(/đ\s?\/\s?c(?!\p{L})/giu, 'đồng chí');
  const marked = /\p{M}|đ/u.test(text.normalize('NFD').toLowerCase());
  const small = /\p{Ll}/u.test(text);
  return partsOf(text, marked).flatMap(({ words: part, behind }, index) => {
    const name = nameOf(part, index === 0, marked);
    return name.length > 0
      ? [{ words: name.map(({ bare }) => bare), behind, capital: !small || name.every(({ capital }) => capital) }]
      : [];
  });
}

function partsOf(text: string, marked: boolean): { words: Word[]; behind: NamePart['behind'] }[] {
  const parts: { words: Word[]; behind: NamePart['behind'] }[] = [{ words: [], behind: 'nothing' }];
  let before = 0;
  const all = bareWords(text, { skipTags: true, barrier: '\0' });
  for (const word of all) {
    const between = text.slice(before, word.from).replaceAll(/<[^<>]*>|&#?\w+;/g, ' ');
    before = word.to;
    if (parts.at(-1)!.words.length > 0 && /[,;:()[\]|\n]|\s[-–—+&]\s/u.test(between)) parts.push({ words: [], behind: 'sign' });
    if (!word.number) parts.at(-1)!.words.push(asWord(text, word));
  }
  return parts.flatMap(({ words: part, behind }) => apart(part, behind, marked));
}

/** Cuts a part at what joins names. */
function apart(part: readonly Word[], behind: NamePart['behind'], marked: boolean): { words: Word[]; behind: NamePart['behind'] }[] {
  const result: { words: Word[]; behind: NamePart['behind'] }[] = [{ words: [], behind }];
  for (let at = 0; at < part.length;) {
    const length = longestAt(part, at, joints, marked);
    if (length === 0) result.at(-1)!.words.push(part[at]!);
    else result.push({ words: [], behind: 'word' });
    at += Math.max(1, length);
  }
  return result;
}

function nameOf(part: readonly Word[], first: boolean, marked: boolean): Word[] {
  // "…, Trưởng phòng Tài chính": what stands behind a name and begins with an office is none.
  if (!first && longestAt(part, 0, offices, marked) > 0) return [];
  let start = 0;
  for (;;) {
    const length = longestAt(part, start, offices, marked) || titleAt(part, start, marked);
    // A title alone is a word of a name.
    if (length === 0 || start + length >= part.length) break;
    start += length;
  }
  let end = start;
  while (end < part.length && !endsAt(part, end, marked)) end++;
  // "UBND phường Ba Đình Lê Thu Hằng": the name stands behind the place.
  return end === start && first && part.length - start > leastBehindAPlace ? part.slice(start) : part.slice(start, end);
}

/** One word that ends a name, as "đường" and "phòng" do, is the last word of a name itself where nothing follows. */
function endsAt(part: readonly Word[], at: number, marked: boolean): boolean {
  const length = longestAt(part, at, officesAndEnds, marked);
  return length > 1 || (length === 1 && (at + 1 < part.length || plainWords.has(part[at]!.bare)));
}

function titleAt(part: readonly Word[], at: number, marked: boolean): number {
  const length = longestAt(part, at, titles, marked);
  if (length > 0) return length;
  const [word, next] = [part[at], part[at + 1]];
  if (word && next?.capital && (word.raw === 'ô' || (!word.capital && shortTitles.has(word.raw)))) return 1;
  return word && titlesWithoutMarks.has(word.bare) && !/\p{M}/u.test(word.raw.normalize('NFD')) ? 1 : 0;
}

/** How many words the longest of the phrases has that stands at a place; 0 for none. Several words without marks are none in a text that has marks. */
function longestAt(part: readonly Word[], at: number, { written, plain }: Phrases, marked: boolean): number {
  const word = part[at];
  if (!word) return 0;
  if (!marked) return longestOf(plain.get(word.bare), (index) => part[at + index]?.bare);
  const length = longestOf(written.get(word.raw), (index) => part[at + index]?.raw);
  return length === 0 && plain.get(word.bare)?.some((said) => said.length === 1) ? 1 : length;
}

function longestOf(phrases: readonly (readonly string[])[] | undefined, wordAt: (index: number) => string | undefined): number {
  return phrases?.find((said) => said.every((one, index) => wordAt(index) === one))?.length ?? 0;
}

function phrasesOf(list: readonly string[]): Phrases {
  return { written: byFirst(list), plain: byFirst(list.map(withoutMarks).filter((phrase) => plainWords.has(phrase))) };
}

function byFirst(list: readonly string[]): ByFirst {
  const phrases = list.map((phrase) => phrase.split(' ')).sort((one, other) => other.length - one.length);
  return Map.groupBy(phrases, ([first]) => first!);
}

function asWord(text: string, { text: bare, from, to }: BareWord): Word {
  const written = text
    .slice(from, to)
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '');
  return { bare, raw: written.toLowerCase(), capital: /^\P{Ll}/u.test(written) };
}

function withoutMarks(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd');
}
