import { PeopleFinder, type Place, type Telling } from './find-people.js';

export type { Telling } from './find-people.js';

/** What stands in a text in place of whoever is not to be known from it. */
export const redacted = '[người tố cáo]';

/** Takes people who are secret out of texts (Law on Denunciations arts 8, 56); how they are found: `find-people.ts`. */
export class Redaction {
  private readonly finder: PeopleFinder;

  /** @param others names that everybody may know, such as of whoever is denounced */
  constructor(people: readonly Telling[], others: readonly string[] = []) {
    this.finder = new PeopleFinder(people, redacted, others);
  }

  /** The text, in NFC, without the names, numbers and addresses that surely mean one of the people. */
  sure(text: string): string {
    return this.without(text, (place) => place.sure);
  }

  /** The same, without what is doubtful as well: where nobody can be asked. */
  all(text: string): string {
    return this.without(text, () => true);
  }

  /** What in the text is doubtful, each once. */
  doubts(text: string): string[] {
    const normal = text.normalize('NFC');
    const places = this.finder.find(normal).filter((place) => !place.sure);
    return [...new Set(places.map(({ from, to }) => normal.slice(from, to)))];
  }

  private without(text: string, which: (place: Place) => boolean): string {
    const normal = text.normalize('NFC');
    let [result, at] = ['', 0];
    for (const { from, to } of this.finder.find(normal).filter(which)) {
      result += normal.slice(at, from) + redacted;
      at = to;
    }
    return result + normal.slice(at);
  }
}

/** A text without people who are secret, where they are surely meant. */
export function redact(text: string, people: readonly Telling[]): string {
  return new Redaction(people).sure(text);
}
