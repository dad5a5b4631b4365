import { Problem } from '../../platform/problems/problem.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Ids and numbers of one request that are followed: as many as the longest list of a body, and some. What names more is refused, never looked at in part. */
export const mostNamed = { ids: 6_000, numbers: 1_000 } as const;

/** What stands between the parts of a number as somebody types it: dashes of whatever length, spaces, strokes. */
const between = String.raw`[\s\p{Pd}\u2212_/]`;
/** Year and running number, with which every number of a petition ends. */
const ending = new RegExp(String.raw`(?<!\d)(\d{4})${between}{1,5}(\d{6,12})(?!\d)`, 'gu');
const outside = /[^\p{L}\d.\s\p{Pd}\u2212_/]/u;
const separators = new RegExp(`${between}+`, 'u');
/** Letters before the year in which the symbol of a unit stands, and how many words of them may be its parts. */
const longest = { symbol: 60, words: 6 };

/** What a request names. */
export interface Named {
  /** Ids that are a value of their own. */
  ids: string[];
  /** Numbers of petitions that are a value of their own, in capitals and with hyphens. */
  numbers: string[];
  /** Those within a text, with every beginning that the words before can be. */
  mentioned: string[];
}

/**
 * Every id that is a value of its own, and every number of a petition that stands anywhere in the words of a request, however its dashes and spaces are typed.
 * @throws Problem `validation-failed` (422, `names_too_much`) where there are more than {@link mostNamed}: nothing is left unfollowed
 */
export function namedIn(value: unknown): Named {
  const [ids, numbers, mentioned, places] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>()];
  const look = (item: unknown): void => {
    if (typeof item === 'string') {
      if (uuid.test(item)) ids.add(item.toLowerCase());
      else
        for (const { place, whole, candidates } of numbersIn(item)) {
          places.add(place);
          for (const candidate of candidates) (whole ? numbers : mentioned).add(candidate);
        }
      if (ids.size > mostNamed.ids || places.size > mostNamed.numbers) throw namesTooMuch();
    } else if (item !== null && typeof item === 'object' && !Buffer.isBuffer(item)) Object.values(item).forEach(look);
  };
  look(value);
  return { ids: [...ids], numbers: [...numbers], mentioned: [...mentioned] };
}

/** The numbers in a text, each with what it may be: nobody knows where the symbol begins when it stands among words. */
function* numbersIn(text: string): Generator<{ place: string; whole: boolean; candidates: string[] }> {
  const folded = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .toUpperCase()
    .trim();
  for (const { 0: found, 1: year, 2: running, index } of folded.matchAll(ending)) {
    const before = folded
      .slice(Math.max(0, index - longest.symbol), index)
      .split(outside)
      .at(-1)!;
    const parts = before.split(separators);
    // Something is between the symbol and the year.
    if (parts.pop() !== '') continue;
    const words = parts.filter((word) => word !== '');
    const candidates = Array.from({ length: Math.min(words.length, longest.words) }, (_, count) =>
      [...words.slice(-count - 1), year, running].join('-'),
    );
    yield { place: `${before}${found}`, whole: before.length === index && index + found.length === folded.length, candidates };
  }
}

function namesTooMuch(): Problem {
  return Problem.field('validation-failed', '', 'names_too_much', {
    vi: `Một yêu cầu nêu nhiều nhất ${mostNamed.ids} mã định danh và ${mostNamed.numbers} số đơn: chia thành nhiều yêu cầu.`,
    en: `A request names at most ${mostNamed.ids} ids and ${mostNamed.numbers} numbers of petitions: divide it.`,
  });
}
