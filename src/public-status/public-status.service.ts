import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Transactions } from '../database/transactions.js';
import type { PetitionState } from '../petitions/transition.js';
import { Problem } from '../problems/problem.js';
import type { PetitionKind, Stage } from '../rules/evaluation/filing.js';
import { publicPetition } from './public-status.queries.js';

/** What anybody may know of a petition who holds its number and its code. */
export interface PublicStatus {
  number: string;
  kind: PetitionKind;
  state: PetitionState;
  stage: Stage | null;
  receivedOn: string;
  receivedUnitId: string;
  responsibleUnitId: string;
  lastStepOn: string;
  nextDueOn: string | null;
  parts: { number: string; state: PetitionState; responsibleUnitId: string; nextDueOn: string | null }[];
}

/** With its code, which goes no further than here. */
interface StoredStatus extends PublicStatus {
  code: string;
}

/** So many wrong codes of one number in an hour, and nobody learns anything of it until the hour is over. */
const mostFailures = 5;

/** Looking up the status of a petition without signing in. A wrong code and a number that there is not are the same, in answer and in work. */
@Injectable()
export class PublicStatusService {
  constructor(private readonly transactions: Transactions) {}

  /** @throws Problem `not-found` for any wrong pair; `too-many-requests` after five of them for one number in an hour, existing or not */
  async find(number: string, code: string): Promise<PublicStatus> {
    const wanted = number.trim().toUpperCase();
    const digest = createHash('sha256').update(wanted).digest('hex');
    await this.mustNotBeGuessedAt(digest);
    const [row] = await this.transactions.rows<StoredStatus>(publicPetition, [wanted]);
    // Compared also where there is no such number, so that the time tells nothing.
    const matches = same(code.replace(/[\s-]/g, '').toUpperCase(), row?.code ?? '');
    if (row && matches) return row;
    await this.countFailure(digest);
    throw Problem.notFound('đơn với số và mã này', 'petition with this number and code');
  }

  private async mustNotBeGuessedAt(digest: string): Promise<void> {
    const [row] = await this.transactions.manager.query<{ failures: number }[]>(
      `select failures from status_guess where number_hash = $1 and since > now() - interval '1 hour'`,
      [digest],
    );
    if ((row?.failures ?? 0) < mostFailures) return;
    throw new Problem('too-many-requests', {
      vi: 'Đã nhập sai mã nhiều lần; hãy thử lại sau một giờ.',
      en: 'The code was wrong too often; try again in an hour.',
    });
  }

  private async countFailure(digest: string): Promise<void> {
    const { manager } = this.transactions;
    await manager.query(
      `insert into status_guess as guess (number_hash, failures, since) values ($1, 1, now())
       on conflict (number_hash) do update set
         failures = case when guess.since > now() - interval '1 hour' then guess.failures + 1 else 1 end,
         since = case when guess.since > now() - interval '1 hour' then guess.since else now() end`,
      [digest],
    );
    await manager.query(
      `delete from status_guess where number_hash = any (array(select number_hash from status_guess where since < now() - interval '1 hour' limit 20))`,
    );
  }
}

function same(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
