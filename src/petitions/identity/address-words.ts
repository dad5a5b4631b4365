import type { BareWord } from './bare-words.js';

/** Words that say what a name or number of an address is, and are written or left out as everybody likes: số nhà, phố, đường, ngõ, tổ … */
const kinds = new Set(
  'so nha sn pho duong d ngo ngach hem kiet to thon ap ban khu kp khom lo block can ho chung cu phong tang dan xa phuong p thi tran tt quan q huyen h tinh tp thanh'.split(
    ' ',
  ),
);
const houseWords = new Set(['so', 'nha', 'sn']);

/** Whether the word opens the number of a house. */
export function isHouseWord(word: string): boolean {
  return houseWords.has(word);
}

/** Two of them beside each other that are no name of a street. */
const pairsOfKinds = new Set([
  'so nha',
  'to dan',
  'dan pho',
  'khu dan',
  'khu pho',
  'thanh pho',
  'thi tran',
  'chung cu',
  'can ho',
  'khu tt',
  'nha so',
  'khu nha',
  'dan cu',
]);

/** The last two words of an address that has no others behind its number: `12 Quán Thánh`, `5 Đường Thành` are streets; else null. */
export function streetOfKinds(words: readonly BareWord[]): string | null {
  const behind = words.slice(words.findLastIndex(({ number }) => number) + 1);
  if (behind.length < 2 || behind.length === words.length || !behind.every(({ text }) => kinds.has(text))) return null;
  const street = behind
    .slice(-2)
    .map(({ text }) => text)
    .join(' ');
  return pairsOfKinds.has(street) ? null : street;
}

/**
 * The words of an address that tell it from others, and where each stands among all words.
 * @param streets pairs of words that are the name of a street
 */
export function addressWords(words: readonly BareWord[], streets: ReadonlySet<string>): { kept: BareWord[]; at: number[] } {
  const kept: BareWord[] = [];
  const at: number[] = [];
  const isStreet = (index: number): boolean => streets.size > 0 && streets.has(`${words[index]?.text} ${words[index + 1]?.text}`);
  let gap = 0;
  words.forEach((word, index) => {
    gap = Math.max(gap, word.gap);
    if (!word.number && kinds.has(word.text) && !isStreet(index) && !isStreet(index - 1)) return;
    kept.push({ ...word, gap });
    at.push(index);
    gap = 0;
  });
  return { kept, at };
}
