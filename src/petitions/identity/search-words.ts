import type { Sliced } from '../../platform/parsing/slices.js';
import type { BareWord } from './bare-words.js';

/** Words from the first to the last of a list that were looked for. */
export interface Run {
  first: number;
  last: number;
  sure: boolean;
}

/** So many words are looked at without an interruption. */
export const wordsOfSlice = 128;

/**
 * Runs of words that are looked for, in their order or in any. Those in their order are a walk along a tree; of those in any order there is one sum
 * over the numbers of their words, which each word gets by chance, so that a run in a text costs one subtraction however long it is.
 */
export class WordRuns {
  private readonly numbers = new Map<string, number>();
  private readonly inOrder: WordBranch = {};
  private readonly inAnyOrder = new Set<number>();
  private readonly lengths: number[] = [];
  /** Elementary steps of searching, and of taking in what is looked for. */
  steps = 0;
  built = 0;

  add(words: readonly string[], sure: boolean): void {
    if (words.length === 0) return;
    let branch = this.inOrder;
    for (const word of words) {
      this.numberOf(word);
      branch.next ??= new Map();
      let next = branch.next.get(word);
      if (!next) branch.next.set(word, (next = {}));
      branch = next;
    }
    branch.sure = sure || (branch.sure ?? false);
  }

  addInAnyOrder(words: readonly string[]): void {
    if (words.length === 0) return;
    this.inAnyOrder.add(words.reduce((sum, word) => plus(sum, this.numberOf(word)), 0));
    if (this.lengths.includes(words.length)) return;
    this.lengths.push(words.length);
    this.lengths.sort((one, other) => other - one);
  }

  /** Runs of just these words in their order are looked for no more. */
  leaveOut(words: readonly string[]): void {
    let branch: WordBranch | undefined = this.inOrder;
    for (const word of words) branch = branch?.next?.get(word);
    if (branch) branch.sure = undefined;
  }

  /**
   * Of runs that begin at the same word, or end at it, those that lie within another one that is as sure are left out.
   * @param most how many visible signs may stand between two words
   */
  *find(words: readonly BareWord[], most: number): Sliced<Run[]> {
    const found = yield* this.findInOrder(words, most);
    // Sums of all words before a place.
    const sums = new Float64Array(words.length + 1);
    let begin = 0;
    for (const [last, { text, gap }] of words.entries()) {
      if (last % wordsOfSlice === 0) yield;
      this.steps++;
      const number = this.numbers.get(text);
      sums[last + 1] = plus(sums[last]!, number ?? 0);
      // Where words that belong to nobody stand between, no run goes across.
      if (number === undefined) begin = last + 1;
      else if (gap > most) begin = last;
      for (const length of this.lengths) {
        const first = last - length + 1;
        if (first < begin) continue;
        this.steps++;
        if (!this.inAnyOrder.has(minus(sums[last + 1]!, sums[first]!))) continue;
        found.push({ first, last, sure: true });
        break;
      }
    }
    return found;
  }

  /** Whether the word stands in anything that is looked for. */
  knows(word: string): boolean {
    return this.numbers.has(word);
  }

  private *findInOrder(words: readonly BareWord[], most: number): Sliced<Run[]> {
    const found: Run[] = [];
    for (let first = 0; first < words.length; first++) {
      if (first % wordsOfSlice === 0) yield;
      const longest = new Longest();
      let branch: WordBranch | undefined = this.inOrder;
      for (let last = first; last < words.length; last++) {
        const { text, gap }: BareWord = words[last]!;
        this.steps++;
        if (last > first && gap > most) break;
        branch = branch.next?.get(text);
        if (!branch) break;
        longest.take({ first, last, sure: branch.sure });
      }
      found.push(...longest.runs());
    }
    return found;
  }

  private numberOf(word: string): number {
    this.built++;
    let number = this.numbers.get(word);
    if (number === undefined) this.numbers.set(word, (number = Math.floor(Math.random() * modulus)));
    return number;
  }
}

interface WordBranch {
  next?: Map<string, WordBranch>;
  /** Undefined where nothing ends here. */
  sure?: boolean | undefined;
}

/** Sums below it are exact, and two of different words are as good as never the same. */
const modulus = 2 ** 52;

function plus(one: number, other: number): number {
  const sum = one + other;
  return sum >= modulus ? sum - modulus : sum;
}

function minus(one: number, other: number): number {
  return one >= other ? one - other : one - other + modulus;
}

/** Of runs from one word on the longest, and the longest sure one: the others lie within them. */
class Longest {
  private any: Run | null = null;
  private sure: Run | null = null;

  /** Runs in the order of their lengths; undefined where nothing ends. */
  take({ first, last, sure }: Omit<Run, 'sure'> & { sure: boolean | undefined }): void {
    if (sure === undefined) return;
    this.any = { first, last, sure };
    if (sure) this.sure = this.any;
  }

  runs(): Run[] {
    return [...new Set([this.any, this.sure])].filter((run) => run !== null);
  }
}

interface Branch {
  next?: Map<string, Branch>;
  /** Undefined where nothing ends here. */
  sure?: boolean | undefined;
  /** The letters of the only thing that is looked for below, and whether it is sure: a branch divides where another one comes. */
  rest?: { letters: string; sure: boolean } | undefined;
}

/** Letters and digits that are looked for however words cut them: a walk from each word along a tree of what is looked for. */
export class LetterTree {
  private readonly root: Branch = { next: new Map() };
  /** As of {@link WordRuns}. */
  steps = 0;
  built = 0;

  add(letters: string, sure: boolean): void {
    if (letters !== '') this.addBelow(this.root, letters, sure);
  }

  /** Runs that begin and end with whole words; visible signs between them are counted for letters and for digits apart. */
  *find(words: readonly BareWord[], mostOfLetters: number, mostOfDigits: number): Sliced<Run[]> {
    const found: Run[] = [];
    for (let first = 0; first < words.length; first++) {
      if (first % wordsOfSlice === 0) yield;
      const longest = new Longest();
      const walk = new Walk(this.root);
      for (let last = first; last < words.length; last++) {
        const word = words[last]!;
        if (last > first && word.gap > (word.number ? mostOfDigits : mostOfLetters)) break;
        if (!this.goes(walk, word.text)) break;
        longest.take({ first, last, sure: walk.sure });
      }
      found.push(...longest.runs());
    }
    return found;
  }

  /** Whether anything that is surely looked for stands anywhere in one word. */
  within(text: string): boolean {
    for (let from = 0; from < text.length; from++) {
      const walk = new Walk(this.root);
      for (let at = from; at < text.length; at++) {
        if (!this.goes(walk, text[at]!)) break;
        if (walk.sure) return true;
      }
    }
    return false;
  }

  private goes(walk: Walk, letters: string): boolean {
    for (const letter of letters) {
      this.steps++;
      if (!walk.goes(letter)) return false;
    }
    return true;
  }

  private addBelow(start: Branch, letters: string, sure: boolean): void {
    let branch = start;
    for (let at = 0; ; at++) {
      this.built++;
      const { rest } = branch;
      if (at === letters.length) {
        branch.sure = sure || (branch.sure ?? false);
        return;
      }
      if (rest) {
        branch.rest = undefined;
        branch.next = new Map([[rest.letters[0]!, below(rest)]]);
      }
      if (!branch.next) {
        branch.rest = { letters: letters.slice(at), sure };
        return;
      }
      let next = branch.next.get(letters[at]!);
      if (!next) branch.next.set(letters[at]!, (next = {}));
      branch = next;
    }
  }
}

/** What stands behind the first letter of a rest. */
function below({ letters, sure }: { letters: string; sure: boolean }): Branch {
  return letters.length === 1 ? { sure } : { rest: { letters: letters.slice(1), sure } };
}

/** A place in a tree of letters. */
class Walk {
  /** How many letters of the rest of the branch are behind. */
  private passed = 0;

  constructor(private branch: Branch) {}

  /** Undefined where nothing ends here. */
  get sure(): boolean | undefined {
    if (this.passed === 0) return this.branch.sure;
    const { letters, sure } = this.branch.rest!;
    return this.passed === letters.length ? sure : undefined;
  }

  /** Goes on by a letter; false where nothing goes on. */
  goes(letter: string): boolean {
    const { rest, next } = this.branch;
    if (rest) return rest.letters[this.passed++] === letter;
    const branch = next?.get(letter);
    if (!branch) return false;
    this.branch = branch;
    return true;
  }
}
