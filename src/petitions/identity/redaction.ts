import { PeopleFinder, type Place, type Telling } from './find-people.js';

export type { Telling } from './find-people.js';

/** What stands in a text in place of whoever is not to be known from it. */
export const redacted = '[người tố cáo]';

/** What stands before a name and is no part of it. */
const titles = /(?<!\p{L})(?:ông|bà|anh|chị|cô|chú|bác|đồng chí)(?!\p{L})/giu;

/** Takes people who are secret out of texts (Law on Denunciations arts 8, 56); how they are found: `find-people.ts`. */
export class Redaction {
  private readonly finder: PeopleFinder;

  /** @param others names that everybody may know, such as of whoever is denounced; who is secret does not become known by standing in one */
  constructor(people: readonly Telling[], others: readonly string[] = []) {
    const known = others.length > 0 ? new Redaction(people) : null;
    this.finder = new PeopleFinder(people, redacted, known ? others.map((name) => known.ofAnother(name)) : []);
  }

  /**
   * What tells of somebody else who may be known – his name, his address, which may be the same –, without one of the people told beside it.
   * It stays as it is where it would be gone: by the name of whoever is denounced he is kept from what he must not see.
   */
  ofAnother(text: string): string {
    const clean = this.sure(text);
    const beside = clean.replaceAll(redacted, '').replace(titles, '');
    return /[\p{L}\p{N}]/u.test(beside) ? clean : text;
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
