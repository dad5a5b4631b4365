import { Injectable } from '@nestjs/common';
import { Transactions } from '../../database/transactions.js';
import { Keys } from '../../sealing/keys.service.js';
import { redact } from './redaction.js';
import { readPeople, tellingOf } from './sealed-people.js';

/** What officials write about a petition elsewhere than in it names no denouncer either (Law on Denunciations arts 8, 56). */
@Injectable()
export class NeutralWords {
  constructor(
    private readonly transactions: Transactions,
    private readonly keys: Keys,
  ) {}

  /** The texts without whoever is secret in any of the petitions. */
  async aboutAll<Texts extends Record<string, string | null>>(petitionIds: readonly string[], texts: Texts): Promise<Texts> {
    let told = texts;
    for (const id of petitionIds) told = await this.about(id, told);
    return told;
  }

  /** The texts without whoever is secret in the petition; as they are where nobody is. */
  async about<Texts extends Record<string, string | null>>(petitionId: string | null, texts: Texts): Promise<Texts> {
    if (!petitionId) return texts;
    const manager = this.transactions.manager;
    const [petition] = await manager.query<{ secret: boolean }[]>('select identity_secret as secret from petition where id = $1', [
      petitionId,
    ]);
    if (!petition?.secret) return texts;
    const { parties, signatories } = await readPeople(manager, await this.keys.upToDate(), petitionId);
    const people = [...tellingOf(parties), ...signatories.map((signatory) => ({ ...signatory, phone: null }))];
    return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text && redact(text, people)])) as Texts;
  }
}
