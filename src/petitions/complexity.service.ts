import { Injectable } from '@nestjs/common';
import type { Official } from '../platform/access/official.js';
import { Transactions } from '../platform/database/transactions.js';
import type { LegalDate } from '../platform/text/legal-date.js';
import { complexityOf, type ComplexityCriterionId } from '../rules/resolution/complexity.js';
import type { PetitionDetailRow } from './petition.js';
import { PetitionActionsService } from './petition-actions.service.js';
import { type ComplexityFindingRow, complexityFindingsOf } from './petition.queries.js';
import { PetitionsService } from './petitions.service.js';

export interface ComplexityFinding {
  foundOn?: LegalDate | null;
  /** Which of the seven are met; none where the matter turns out not to be complex. */
  criteria: ComplexityCriterionId[];
  reason: string;
  documentNumber?: string | null;
}

/** Whether a matter is complex, with the criteria of the decree and the reason: what longer limits and extensions follow from. */
@Injectable()
export class ComplexityService {
  constructor(
    private readonly transactions: Transactions,
    private readonly petitions: PetitionsService,
    private readonly actions: PetitionActionsService,
  ) {}

  /**
   * Records a finding. What a matter is follows from the criteria; a limit that runs already is prolonged by an extension alone.
   * @throws Problem `rule-not-applicable` before the law had criteria
   */
  find(
    id: string,
    { foundOn, criteria: named, reason, documentNumber }: ComplexityFinding,
    expected: number | null,
    by: Official,
  ): Promise<PetitionDetailRow> {
    const criteria = [...new Set(named)];
    return this.transactions.run(async (tx) => {
      const petition = await this.actions.lock(id, by);
      const complexity = complexityOf(petition.kind, criteria);
      const { on } = await this.actions.step(
        tx,
        id,
        'find_complexity',
        { on: foundOn, dayField: 'foundOn', reason, facts: { criteria, complexity, documentNumber }, columns: { complexity } },
        expected,
        by,
      );
      await tx.query(
        `insert into complexity_finding (petition_id, found_on, criteria, complexity, reason, document_number, created_by)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [id, on, criteria, complexity, reason, documentNumber ?? null, by.accountId],
      );
      return this.petitions.get(id, by);
    });
  }

  async list(id: string, by: Official): Promise<ComplexityFindingRow[]> {
    await this.petitions.get(id, by);
    return this.transactions.rows<ComplexityFindingRow>(complexityFindingsOf, [id]);
  }
}
