import type { BareWord } from './bare-words.js';

/** Words from the first to the last of a list that were looked for. */
export interface Run {
  first: number;
  last: number;
  sure: boolean;
}

/** Runs of words that are looked for, in their order or in any: each is one look-up in a map. */
export class WordRuns {
  private readonly words = new Set<string>();
  private readonly inOrder = new Map<string, boolean>();
  private readonly inAnyOrder = new Set<string>();
  private readonly lengths = new Set<number>();
  steps = 0;

  add(words: readonly string[], sure: boolean): void {
    if (!this.know(words)) return;
    const key = words.join(' ');
    this.inOrder.set(key, sure || (this.inOrder.get(key) ?? false));
  }

  addInAnyOrder(words: readonly string[]): void {
    if (this.know(words)) this.inAnyOrder.add([...words].sort().join(' '));
  }

  /** @param most how many visible signs may stand between two words */
  find(words: readonly BareWord[], most: number): Run[] {
    const found: Run[] = [];
    const lengths = [...this.lengths];
    let begin = 0;
    words.forEach(({ text, gap }, last) => {
      this.steps++;
      // Where words that belong to nobody stand between, no run goes across.
      if (!this.words.has(text)) begin = last + 1;
      else if (gap > most) begin = last;
      for (const length of lengths) {
        const first = last - length + 1;
        if (first < begin) continue;
        this.steps += length;
        const run = words.slice(first, last + 1).map((word) => word.text);
        const ordered = this.inOrder.get(run.join(' '));
        const sure = (ordered ?? false) || this.inAnyOrder.has(run.sort().join(' '));
        if (sure || ordered !== undefined) found.push({ first, last, sure });
      }
    });
    return found;
  }

  /** Whether the word stands in anything that is looked for. */
  knows(word: string): boolean {
    return this.words.has(word);
  }

  private know(words: readonly string[]): boolean {
    if (words.length === 0) return false;
    for (const word of words) this.words.add(word);
    this.lengths.add(words.length);
    return true;
  }
}

interface Branch {
  next: Map<string, Branch>;
  /** Undefined where nothing ends here. */
  sure?: boolean;
}

/** Letters and digits that are looked for however words cut them: a walk from each word along a tree of what is looked for. */
export class LetterTree {
  private readonly root: Branch = { next: new Map() };
  steps = 0;

  add(letters: string, sure: boolean): void {
    if (letters === '') return;
    let branch = this.root;
    for (const letter of letters) {
      const next = branch.next.get(letter) ?? { next: new Map<string, Branch>() };
      branch.next.set(letter, next);
      branch = next;
    }
    branch.sure = sure || (branch.sure ?? false);
  }

  /** Runs that begin and end with whole words; visible signs between them are counted for letters and for digits apart. */
  find(words: readonly BareWord[], mostOfLetters: number, mostOfDigits: number): Run[] {
    const found: Run[] = [];
    for (let first = 0; first < words.length; first++) {
      let branch: Branch | undefined = this.root;
      for (let last = first; branch && last < words.length; last++) {
        const word = words[last]!;
        if (last > first && word.gap > (word.number ? mostOfDigits : mostOfLetters)) break;
        for (const letter of word.text) {
          this.steps++;
          branch = branch?.next.get(letter);
          if (!branch) break;
        }
        if (branch?.sure !== undefined) found.push({ first, last, sure: branch.sure });
      }
    }
    return found;
  }

  /** Whether anything that is looked for stands anywhere in one word. */
  within(text: string): boolean {
    for (let from = 0; from < text.length; from++) {
      let branch: Branch | undefined = this.root;
      for (let at = from; branch && at < text.length; at++) {
        this.steps++;
        branch = branch.next.get(text[at]!);
        if (branch?.sure) return true;
      }
    }
    return false;
  }
}
