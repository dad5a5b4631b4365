import { Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/database/transactions.js';
import type { PetitionState } from '../transition.js';
import { Problem } from '../../platform/problems/problem.js';
import type { PetitionKind, Stage } from '../../rules/evaluation/filing.js';
import { publicPetition } from './public-status.queries.js';
import { type Asked, digestOf, SecretCodes } from './secret-codes.service.js';

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

/** Looking up the status of a petition without signing in. */
@Injectable()
export class PublicStatusService {
  constructor(
    private readonly transactions: Transactions,
    private readonly codes: SecretCodes,
  ) {}

  /** @throws Problem `not-found` for any wrong pair; `too-many-requests` after five of them from one address for one number in an hour, existing or not */
  find(asked: Asked): Promise<PublicStatus> {
    return this.codes.find(
      asked,
      async (wanted) => {
        const [row] = await this.transactions.rows<StoredStatus>(publicPetition, [wanted]);
        return row && { ...row, codeDigest: digestOf(row.code) };
      },
      () => Problem.notFound('đơn với số và mã này', 'petition with this number and code'),
    );
  }
}
