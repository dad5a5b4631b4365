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

/** The words of an address that tell it from others, and where each stands among all words. */
export function addressWords(words: readonly BareWord[]): { kept: BareWord[]; at: number[] } {
  const kept: BareWord[] = [];
  const at: number[] = [];
  let gap = 0;
  words.forEach((word, index) => {
    gap = Math.max(gap, word.gap);
    if (!word.number && kinds.has(word.text)) return;
    kept.push({ ...word, gap });
    at.push(index);
    gap = 0;
  });
  return { kept, at };
}
