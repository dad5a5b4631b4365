import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Transactions } from '../database/transactions.js';
import { Problem } from '../problems/problem.js';

/** So many wrong codes of one number in an hour, and nobody learns anything of it until the hour is over. */
const mostFailures = 5;

/** Numbers that whoever holds their code may ask about without signing in. A wrong code and a number that there is not are the same, in answer and in work. */
@Injectable()
export class SecretCodes {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Finds what a number and its code name.
   * @param find looks the number up; `codeDigest` of what it finds is that of its code ({@link digestOf})
   * @param nothing what is answered to any wrong pair
   * @throws Problem `too-many-requests` after five wrong codes for one number in an hour, existing or not
   */
  async find<Found extends { codeDigest: Buffer }>(
    number: string,
    code: string,
    find: (number: string) => Promise<Found | undefined>,
    nothing: () => Problem,
  ): Promise<Found> {
    const wanted = number.trim().toUpperCase();
    const hash = createHash('sha256').update(wanted).digest('hex');
    await this.mustNotBeGuessedAt(hash);
    const found = await find(wanted);
    // Compared also where there is no such number, so that the time tells nothing.
    const matches = timingSafeEqual(digestOf(code), found?.codeDigest ?? digestOf(''));
    if (found && matches) return found;
    await this.countFailure(hash);
    throw nothing();
  }

  private async mustNotBeGuessedAt(hash: string): Promise<void> {
    const [row] = await this.transactions.manager.query<{ failures: number }[]>(
      `select failures from status_guess where number_hash = $1 and since > now() - interval '1 hour'`,
      [hash],
    );
    if ((row?.failures ?? 0) < mostFailures) return;
    throw new Problem('too-many-requests', {
      vi: 'Đã nhập sai mã nhiều lần; hãy thử lại sau một giờ.',
      en: 'The code was wrong too often; try again in an hour.',
    });
  }

  private async countFailure(hash: string): Promise<void> {
    const { manager } = this.transactions;
    await manager.query(
      `insert into status_guess as guess (number_hash, failures, since) values ($1, 1, now())
       on conflict (number_hash) do update set
         failures = case when guess.since > now() - interval '1 hour' then guess.failures + 1 else 1 end,
         since = case when guess.since > now() - interval '1 hour' then guess.since else now() end`,
      [hash],
    );
    await manager.query(
      `delete from status_guess where number_hash = any (array(select number_hash from status_guess where since < now() - interval '1 hour' limit 20))`,
    );
  }
}

/** Digest of a code, however it is written: with dashes, spaces or in small letters. */
export function digestOf(code: string): Buffer {
  return createHash('sha256').update(code.replace(/[\s-]/g, '').toUpperCase()).digest();
}
