import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import { WhoMayKnow } from '../identity/who-may-know.service.js';
import { Problem } from '../../platform/problems/problem.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { fileReveal, type FileRevealRow, type RevealBasis } from './identity.queries.js';

/** A file that shows who is behind a denunciation, or behind a visit to denounce that no petition came of. */
export interface SecretFile {
  id: string;
  type: 'attachment' | 'document';
  petitionId: string | null;
  visit: { id: string; unitId: string; createdBy: string | null } | null;
  /** Who attached or made it. */
  createdBy: string | null;
}

/** A file opened to one official for some minutes. */
export interface FileReveal {
  id: string;
  basis: RevealBasis;
  revealedAt: Date;
  validUntil: Date;
}

const minutesValid = 15;

/** Contents that show who denounced (Law on Denunciations arts 8, 56): opened for a reason, to whom it may be told, each download on the record. */
@Injectable()
export class FileReveals {
  constructor(
    private readonly transactions: Transactions,
    private readonly scope: AccessScope,
    private readonly whoMayKnow: WhoMayKnow,
  ) {}

  /**
   * Opens a file for some minutes, and keeps for whom and why.
   * @param file null for one that shows nobody who is secret
   * @throws Problem `action-not-allowed` for that one; `forbidden` for whoever may not know who denounced and did not enter the file, which is kept, too
   */
  async reveal(file: SecretFile | null, reason: string, by: Official): Promise<FileReveal> {
    if (!file) throw nothingSecret();
    const basis = await this.basisOf(file, by);
    if (!basis) return this.refuse(file);
    return this.transactions.run(async (tx) => {
      const [reveal] = await tx.query<{ id: string; revealedAt: Date }[]>(
        `insert into identity_reveal (petition_id, visit_id, attachment_id, document_id, account_id, unit_id, basis, reason, colleague)
         values ($1, $2, $3, $4, $5, $6, $7, $8, coalesce((select respondent ->> 'unitId' = $6::uuid::text from petition where id = $1), false))
         returning id, revealed_at as "revealedAt"`,
        [
          file.petitionId,
          file.petitionId ? null : file.visit?.id,
          file.type === 'attachment' ? file.id : null,
          file.type === 'document' ? file.id : null,
          by.accountId,
          by.unitId,
          basis,
          reason,
        ],
      );
      return { ...reveal!, basis, validUntil: new Date(reveal!.revealedAt.getTime() + minutesValid * 60_000) };
    });
  }

  /**
   * A download: within the minutes of a reveal, by whom it was opened to, who may still know; each one is kept.
   * @param file null for one that shows nobody who is secret, which is open to whoever sees it
   * @throws Problem `forbidden`
   */
  async mustBeRevealed(file: SecretFile | null, revealId: string | undefined, by: Official): Promise<void> {
    if (!file) return;
    if (!revealId) throw revealFirst();
    const [reveal] = await this.transactions.rows<FileRevealRow & Record<string, unknown>>(fileReveal, [
      revealId,
      by.accountId,
      file.id,
      minutesValid,
    ]);
    if (!reveal) throw revealFirst();
    const basis = await this.basisOf(file, by);
    if (!basis) return this.refuse(file);
    await this.transactions.run((tx) => note(tx, 'file_content', file, { revealId, basis }));
  }

  /** As who denounced is told; and whoever entered the file while it lies with his office, because he knows what is in it. */
  private async basisOf(file: SecretFile, by: Official): Promise<RevealBasis | null> {
    return file.petitionId ? this.basisOfPetition(file.petitionId, file, by) : this.basisOfVisit(file, by);
  }

  private async basisOfPetition(petitionId: string, { createdBy }: SecretFile, by: Official): Promise<RevealBasis | null> {
    const facts = await this.whoMayKnow.facts(petitionId, by);
    if (!facts) return null;
    const basis = await this.whoMayKnow.basisOf(facts, by);
    if (basis) return basis;
    const entered = createdBy === by.accountId && facts.open && this.scope.actsFor(by, facts.responsibleUnitId);
    return entered && !(await this.whoMayKnow.isDenounced(petitionId, by)) ? 'entered' : null;
  }

  private basisOfVisit({ visit, createdBy }: SecretFile, by: Official): Promise<RevealBasis | null> {
    // No petition says whom it is against yet: it may be the leader.
    const entered = createdBy === by.accountId || visit?.createdBy === by.accountId;
    return Promise.resolve(entered ? 'entered' : null);
  }

  /** Refused after it was kept, so that the refusal is kept, too. */
  private async refuse(file: SecretFile): Promise<never> {
    await this.transactions.beside(() => this.transactions.run((tx) => note(tx, 'refused_file_content', file, { refused: true })));
    throw notForYou();
  }
}

async function note(tx: EntityManager, what: string, { id, type, petitionId }: SecretFile, facts: object): Promise<void> {
  await tx.query('select audit_read($1, $2, $3, $4)', [what, id, petitionId, JSON.stringify({ ...facts, file: type })]);
}

function nothingSecret(): Problem {
  return new Problem('action-not-allowed', {
    vi: 'Tệp này không cho biết ai cần được giữ bí mật; tải trực tiếp.',
    en: 'The file shows nobody who is secret; download it as it is.',
  });
}

function revealFirst(): Problem {
  return new Problem('forbidden', {
    vi: 'Tệp cho biết người tố cáo: hãy nêu lý do xem (POST …/reveals) rồi tải theo đường dẫn trong trả lời (Điều 56 Luật Tố cáo).',
    en: 'The file shows who denounced: say why it is needed (POST …/reveals) and download it by the address in the answer (Law on Denunciations art. 56).',
  });
}

function notForYou(): Problem {
  return new Problem('forbidden', {
    vi: 'Chỉ người được phân công xử lý, lãnh đạo giải quyết và người đã nhập tệp được xem (Điều 56 Luật Tố cáo).',
    en: 'Only officials assigned to the denunciation, the leader who decides it and who entered the file may read it (Law on Denunciations art. 56).',
  });
}
