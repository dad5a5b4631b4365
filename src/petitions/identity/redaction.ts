import { PeopleFinder, type Place, type Telling } from './find-people.js';

export type { Telling } from './find-people.js';

/** What stands in a text in place of whoever is not to be known from it. */
export const redacted = '[người tố cáo]';

/** The same in what tells of whoever is denounced, where it must not say that he shares a name with whoever denounced him. */
export const withheld = '[không nêu]';

const id = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Takes people who are secret out of texts (Law on Denunciations arts 8, 56); how they are found: `find-people.ts`. */
export class Redaction {
  private readonly finder: PeopleFinder;

  /** @param others names that everybody may know, such as of whoever is denounced; who is secret does not become known by standing in one */
  constructor(people: readonly Telling[], others: readonly string[] = []) {
    const known = others.length > 0 ? new Redaction(people) : null;
    this.finder = new PeopleFinder(people, redacted, known ? others.map((name) => known.sure(name)) : []);
  }

  /**
   * What tells of somebody else who may be known – his name, his address, which may be the same –, without whatever could mean one of the people.
   * Whether he is kept from what he must not see follows from the words as they were written (`as-written.ts`), never from this.
   */
  ofAnother(text: string): string {
    return id.test(text) ? text : this.all(text).replaceAll(redacted, withheld);
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
