import { Injectable } from '@nestjs/common';
import { ConcernedPeople } from './concerned-people.service.js';

/**
 * Words about a petition that come by another way than the body of a request: from a file, or from the system itself. Nobody can be asked
 * there, so that what is doubtful is taken out as well. What a request brings loses whoever denounced before it gets anywhere:
 * `OfficialWords` in `src/platform/http/fields.ts`.
 */
@Injectable()
export class NeutralWords {
  constructor(private readonly people: ConcernedPeople) {}

  /** The texts without whoever is secret in any of the petitions; as they are where nobody is. */
  async about<Texts extends Record<string, string | null>>(petitionIds: readonly string[], texts: Texts): Promise<Texts> {
    const concerned = await this.people.of(petitionIds);
    if (!concerned) return texts;
    const { redaction } = concerned;
    return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text && redaction.all(text)])) as Texts;
  }
}
