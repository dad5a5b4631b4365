import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import { WhoMayKnow } from '../../petitions/identity/who-may-know.service.js';
import { Problem } from '../../platform/problems/problem.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import type { SealedVisit } from './visit.js';
import { VisitWords } from './visit-words.js';
import { VisitsService } from './visits.service.js';

/** Who came and what was said, shown once to one official for a reason. */
@Injectable()
export class VisitIdentityService {
  constructor(
    private readonly transactions: Transactions,
    private readonly visits: VisitsService,
    private readonly words: VisitWords,
    private readonly scope: AccessScope,
    private readonly whoMayKnow: WhoMayKnow,
  ) {}

  /**
   * Whole numbers of those who came; of a denunciation also who they are. The look is kept with its reason; what is not kept is not shown.
   * @throws Problem `forbidden` for a denunciation to anybody but who received it and, once a petition came of it, the leader of the unit, and to whoever is denounced (Law on Denunciations art. 56);
   *   `not-responsible` at another unit
   */
  reveal(id: string, reason: string, by: Official): Promise<SealedVisit> {
    return this.transactions
      .run(async (tx) => {
        const row = await this.visits.row(id, by);
        const acts = this.scope.actsFor(by, row.unitId);
        const received = row.createdBy === by.accountId;
        const denounced = row.identitySecret && row.petitionId !== null && (await this.whoMayKnow.isDenounced(row.petitionId, by));
        // Until a petition says whom it is against, it may be the leader.
        const leads = row.petitionId !== null && acts && by.roles.includes('leader');
        const may = !denounced && (row.identitySecret ? received || leads : received || acts);
        await tx.query('select audit_read($1, $2, $3, $4)', [
          may ? 'visit_identity' : 'refused_visit_identity',
          id,
          row.petitionId,
          JSON.stringify(may ? { reason } : { refused: true }),
        ]);
        return may ? this.words.open(row) : null;
      })
      .then((opened) => {
        // Refused after the look was kept, so that the refusal is kept, too.
        if (opened) return opened;
        throw new Problem('forbidden', {
          vi: 'Chỉ người đã tiếp và, khi đã có đơn, lãnh đạo cơ quan không bị tố cáo được xem (Điều 56 Luật Tố cáo).',
          en: 'Only who received them and, once there is a petition, the leader of the unit who is not denounced may see this (Law on Denunciations art. 56).',
        });
      });
  }
}
