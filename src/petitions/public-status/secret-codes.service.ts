import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/database/transactions.js';
import { Problem } from '../../platform/problems/problem.js';
import { Keys } from '../../platform/sealing/keys.service.js';

/** So many wrong codes of one number from one address in an hour, and that address learns nothing of it until the hour is over. */
const mostFailures = 5;

/** What is asked for without signing in. */
export interface Asked {
  number: string;
  code: string;
  /** Network address of whoever asks. */
  address: string;
}

/**
 * Numbers that whoever holds their code may ask about without signing in. A wrong code and a number that there is not are the same, in answer and
 * in work. Wrong ones are counted by number and address: numbers follow one another, and nobody can close one to the citizen who holds its code.
 * A code has 48 bits: a million addresses with five tries an hour each need six thousand years for one number.
 */
@Injectable()
export class SecretCodes {
  constructor(
    private readonly transactions: Transactions,
    private readonly keys: Keys,
  ) {}

  /**
   * Finds what a number and its code name. Works beside a running transaction: what is counted stays counted.
   * @param find looks the number up; `codeDigest` of what it finds is that of its code ({@link digestOf})
   * @param nothing what is answered to any wrong pair
   * @throws Problem `too-many-requests` after five wrong codes of one address for one number in an hour, existing or not
   */
  async find<Found extends { codeDigest: Buffer }>(
    { number, code, address }: Asked,
    find: (number: string) => Promise<Found | undefined>,
    nothing: () => Problem,
  ): Promise<Found> {
    const wanted = number.trim().toUpperCase();
    const guessed = this.keys.ring.index(`guess ${address} ${wanted}`).toString('hex');
    const found = await this.transactions.beside(() =>
      this.transactions.run(async () => {
        // Whoever guesses many at once waits for the guess before: none is answered that was not counted.
        await this.mustNotBeGuessedAt(guessed);
        const row = await find(wanted);
        // Compared also where there is no such number, so that the time tells nothing.
        const matches = timingSafeEqual(digestOf(code), row?.codeDigest ?? digestOf(''));
        if (row && matches) return row;
        await this.countFailure(guessed);
        return undefined;
      }),
    );
    if (!found) throw nothing();
    return found;
  }

  private async mustNotBeGuessedAt(guessed: string): Promise<void> {
    const { manager } = this.transactions;
    await manager.query('insert into status_guess (guessed, failures, since) values ($1, 0, now()) on conflict do nothing', [guessed]);
    const [row] = await manager.query<{ failures: number; secondsLeft: number }[]>(
      `select case when since > now() - interval '1 hour' then failures else 0 end as failures,
         ceil(extract(epoch from since + interval '1 hour' - now()))::int as "secondsLeft" from status_guess where guessed = $1 for update`,
      [guessed],
    );
    if (!row || row.failures < mostFailures) return;
    throw new Problem(
      'too-many-requests',
      { vi: 'Đã nhập sai mã nhiều lần; hãy thử lại sau một giờ.', en: 'The code was wrong too often; try again in an hour.' },
      [],
      { retryAfter: row.secondsLeft },
    );
  }

  private async countFailure(guessed: string): Promise<void> {
    const { manager } = this.transactions;
    await manager.query(
      `update status_guess set
         failures = case when since > now() - interval '1 hour' then failures + 1 else 1 end,
         since = case when since > now() - interval '1 hour' and failures > 0 then since else now() end
       where guessed = $1`,
      [guessed],
    );
    await manager.query(
      `delete from status_guess where guessed = any (array(
         select guessed from status_guess where since < now() - interval '1 hour' limit 20 for update skip locked))`,
    );
  }
}

/** Digest of a code, however it is written: with dashes, spaces or in small letters. */
export function digestOf(code: string): Buffer {
  return createHash('sha256').update(code.replace(/[\s-]/g, '').toUpperCase()).digest();
}
