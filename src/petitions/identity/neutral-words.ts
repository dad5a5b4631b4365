import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import { mapWords, textsOf, type WordFields } from '../../platform/http/official-words.js';
import { type Concerned, ConcernedPeople } from './concerned-people.service.js';
import { keptOut, WhoMayKnow } from './who-may-know.service.js';

/** `all`: what is doubtful goes as well; `sure`: what was asked about before, and kept, stays. */
export type Taken = 'all' | 'sure';

/** Who is secret in petitions, by their ids, for whoever writes many words about the same ones; as long as nobody in them changes. */
export type KnownPeople = Map<string, Promise<Concerned | null>>;

/**
 * Words about a petition that come by another way than the body of a request: from a file, for petitions that a request does not name, or from the
 * system itself. What a request brings loses whoever denounced before it gets anywhere: `OfficialWords` in `src/platform/http/fields.ts`. By either way it
 * stands on the record that something was taken out, because it tells something.
 */
@Injectable()
export class NeutralWords {
  constructor(
    private readonly people: ConcernedPeople,
    private readonly whoMayKnow: WhoMayKnow,
    private readonly transactions: Transactions,
  ) {}

  /**
   * The texts without whoever is secret in any of the petitions; as they are where nobody is.
   * @param by who wrote them
   * @throws Problem `forbidden` where one of the petitions is directed against him: what became of his words would tell him who it was
   */
  about<Texts extends Record<string, string | null>>(
    petitionIds: readonly string[],
    texts: Texts,
    by: Official,
    taken: Taken = 'all',
  ): Promise<Texts> {
    return this.inFields(petitionIds, texts, { words: new Set(Object.keys(texts)), parts: new Map() }, by, taken);
  }

  /** {@link about} for those fields of an object that are officials' words (`wordFieldsOf`). */
  async inFields<Facts extends object>(
    petitionIds: readonly string[],
    facts: Facts,
    fields: WordFields,
    by: Official,
    taken: Taken = 'all',
    known: KnownPeople = new Map(),
  ): Promise<Facts> {
    const about = [...new Set(petitionIds)].sort();
    const people = known.get(about.join()) ?? this.people.of(about);
    known.set(about.join(), people);
    const concerned = await people;
    if (!concerned) return facts;
    for (const id of concerned.petitionIds) if (await this.whoMayKnow.isDenounced(id, by)) throw keptOut();
    const redaction = await concerned.redaction.read(textsOf(facts, fields));
    let changed = false;
    const clean = mapWords(facts, fields, (text) => {
      const told = redaction[taken](text);
      changed ||= told !== text.normalize('NFC');
      return told;
    }) as Facts;
    if (changed) await this.note('words_taken_out', concerned);
    return clean;
  }

  /** Keeps on the record of each of the petitions that something was taken out, or asked about; of what is no petition, on its own. */
  async note(what: 'words_taken_out' | 'doubtful_words', { objectId, petitionIds }: Concerned): Promise<void> {
    await this.transactions.run((tx) =>
      petitionIds.length > 0
        ? tx.query(`select audit_read($1, id::text, id, '{}') from unnest($2::uuid[]) id`, [what, petitionIds])
        : tx.query(`select audit_read($1, $2, null, '{}')`, [what, objectId]),
    );
  }
}
