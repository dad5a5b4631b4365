import { inSlices, type Sliced } from '../../platform/parsing/slices.js';
import { PeopleFinder, type Place, type Telling } from './find-people.js';

export type { Telling } from './find-people.js';

/** What stands in a text in place of whoever is not to be known from it. */
export const redacted = '[người tố cáo]';

/** The same in what tells of whoever is denounced, where it must not say that he shares a name with whoever denounced him. */
export const withheld = '[không nêu]';

const id = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Takes people who are secret out of texts (Law on Denunciations arts 8, 56); how they are found: `find-people.ts`. There is one for a petition
 * and a use: to take in a thousand people costs more than to look through many texts, so that whoever has many texts asks one.
 */
export class Redaction {
  /** Places in the texts that were read before, in NFC. */
  private places: ReadonlyMap<string, readonly Place[]> = new Map();

  private constructor(private readonly finder: PeopleFinder) {}

  /**
   * Takes the people in, and lets other requests in meanwhile.
   * @param others names that everybody may know, such as of whoever is denounced; who is secret does not become known by standing in one
   */
  static of(people: readonly Telling[], others: readonly string[] = []): Promise<Redaction> {
    return inSlices(Redaction.taking(people, others));
  }

  /** {@link of} as work that may be interrupted. */
  static *taking(people: readonly Telling[], others: readonly string[] = []): Sliced<Redaction> {
    const redaction = new Redaction(yield* PeopleFinder.of(people, redacted));
    // All are read before any is left out: each may name somebody who is secret.
    const known: string[] = [];
    for (const name of others) {
      known.push(redaction.sure(name));
      yield;
    }
    for (const name of known) {
      redaction.finder.leaveOut(name);
      yield;
    }
    return redaction;
  }

  /**
   * Looks through texts, and lets other requests in meanwhile; what is asked about them afterwards is known. A text that was not among the last
   * ones is looked through when it is asked about: right for names and what has some lines.
   */
  async read(texts: Iterable<string>): Promise<this> {
    const places = new Map<string, readonly Place[]>();
    for (const text of new Set(texts)) {
      const normal = text.normalize('NFC');
      if (!places.has(normal)) places.set(normal, this.places.get(normal) ?? (await inSlices(this.finder.finding(normal))));
    }
    this.places = places;
    return this;
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
    const places = this.placesIn(normal).filter((place) => !place.sure);
    return [...new Set(places.map(({ from, to }) => normal.slice(from, to)))];
  }

  private without(text: string, which: (place: Place) => boolean): string {
    const normal = text.normalize('NFC');
    let [result, at] = ['', 0];
    for (const { from, to } of this.placesIn(normal).filter(which)) {
      result += normal.slice(at, from) + redacted;
      at = to;
    }
    return result + normal.slice(at);
  }

  private placesIn(normal: string): readonly Place[] {
    return this.places.get(normal) ?? this.finder.find(normal);
  }
}

/** A text without people who are secret, where they are surely meant. */
export async function redact(text: string, people: readonly Telling[]): Promise<string> {
  return (await (await Redaction.of(people)).read([text])).sure(text);
}
