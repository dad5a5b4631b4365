import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import { NeutralWords } from '../identity/neutral-words.js';
import { type HiddenPeople, readPeople } from '../identity/sealed-people.js';
import { type RevealBasis, WhoMayKnow } from '../identity/who-may-know.service.js';
import type { SecretFacts } from '../identity/secret-facts.js';
import { noSuchPetition, PetitionsService } from '../petitions.service.js';
import { Problem } from '../../platform/problems/problem.js';
import { Keys } from '../../platform/sealing/keys.service.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { type RevealRow, revealsOf } from './identity.queries.js';

/** An identity as it is shown once, to one official, for a reason. */
export interface Revealed extends HiddenPeople {
  id: string;
  basis: RevealBasis;
  revealedAt: Date;
}

/** A petition that somebody with a national id denounced with. */
export interface FoundByNationalId {
  id: string;
  number: string;
  state: string;
  receivedOn: string;
}

/** The identities of denouncers (Law on Denunciations arts 8, 11, 56): who may know them, each look with its reason. */
@Injectable()
export class RevealsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly petitions: PetitionsService,
    private readonly scope: AccessScope,
    private readonly units: UnitDirectory,
    private readonly keys: Keys,
    private readonly whoMayKnow: WhoMayKnow,
    private readonly words: NeutralWords,
  ) {}

  /**
   * Shows who is behind a petition, and keeps who was shown it and why; what is not kept is not shown.
   * @throws Problem `not-found`; `action-not-allowed` where no identity is secret; `forbidden` for whoever neither is assigned nor decides,
   *   which is kept, too
   */
  async reveal(petitionId: string, reason: string, by: Official): Promise<Revealed> {
    const facts = await this.factsOf(petitionId, by);
    if (!facts.identitySecret) throw nothingSecret();
    const basis = await this.whoMayKnow.basisOf(facts, by);
    if (!basis) {
      await this.transactions.run((tx) =>
        tx.query(`select audit_read('refused_identity_reveal', $1::text, $1::uuid, $2)`, [petitionId, JSON.stringify({ refused: true })]),
      );
      throw notForYou();
    }
    return this.transactions.run(async (tx) => {
      const kept = await this.keep(tx, facts, { basis, reason }, by);
      return { ...(await readPeople(tx, await this.keys.upToDate(), petitionId)), ...kept, basis };
    });
  }

  /**
   * Who was shown the identity: for the leader of the unit that it lies with, and for inspectors above.
   * @throws Problem `not-responsible` for leaders of other units
   */
  async reveals(petitionId: string, by: Official): Promise<RevealRow[]> {
    const { responsibleUnitId } = await this.petitions.get(petitionId, by);
    if (!by.roles.includes('inspector') && !this.scope.actsFor(by, responsibleUnitId))
      throw new Problem('not-responsible', {
        vi: `Chỉ lãnh đạo ${this.units.structure.get(responsibleUnitId).name} và thanh tra cấp trên xem được.`,
        en: 'Only the leader of the unit that it lies with, and inspectors above, see this.',
      });
    return this.transactions.rows<RevealRow>(revealsOf, [petitionId]);
  }

  /**
   * Petitions that somebody with this national id denounced with, among those whose identity the caller may know. With each of them the look is
   * kept; that of the look-up itself tells how many there were, not which are of one and the same person.
   */
  lookUp(nationalId: string, reason: string, by: Official): Promise<FoundByNationalId[]> {
    return this.transactions.run(async (tx) => {
      const ring = await this.keys.upToDate();
      const found = await this.whoMayKnow.knownBy(ring.indexes(nationalId), by);
      const told = await this.words.about(
        found.map(({ facts: { id } }) => id),
        { reason },
        by,
      );
      await tx.query(`select audit_read('identity_look_up', $1, null, $2)`, [
        by.accountId,
        JSON.stringify({ ...told, found: found.length }),
      ]);
      for (const { facts, basis } of found) await this.keep(tx, facts, { basis, reason: told.reason }, by);
      return found.map(({ facts: { id, number, state, receivedOn } }) => ({ id, number, state, receivedOn }));
    });
  }

  /** Keeps that somebody was told who is behind a petition, for its leader and in the audit. */
  private async keep(
    tx: EntityManager,
    { id, respondentUnitId }: SecretFacts,
    { basis, reason }: { basis: RevealBasis; reason: string },
    by: Official,
  ): Promise<{ id: string; revealedAt: Date }> {
    const [reveal] = await tx.query<{ id: string; revealedAt: Date }[]>(
      `insert into identity_reveal (petition_id, account_id, unit_id, basis, reason, colleague) values ($1, $2, $3, $4, $5, $6)
       returning id, revealed_at as "revealedAt"`,
      [id, by.accountId, by.unitId, basis, reason, respondentUnitId === by.unitId],
    );
    await tx.query(`select audit_read('identity', $1, $2, $3)`, [reveal!.id, id, JSON.stringify({ basis })]);
    return reveal!;
  }

  private async factsOf(petitionId: string, by: Official): Promise<SecretFacts> {
    const facts = await this.whoMayKnow.facts(petitionId, by);
    if (!facts) throw noSuchPetition();
    // A member of a verification team may come from a unit that does not see the petition otherwise.
    if (!facts.onTeam) await this.petitions.get(petitionId, by);
    return facts;
  }
}

function nothingSecret(): Problem {
  return new Problem('action-not-allowed', {
    vi: 'Đơn này không có danh tính được giữ bí mật.',
    en: 'No identity of this petition is secret.',
  });
}

function notForYou(): Problem {
  return new Problem('forbidden', {
    vi: 'Chỉ người được phân công xử lý và lãnh đạo giải quyết được biết danh tính người tố cáo (Điều 56 Luật Tố cáo).',
    en: 'Only officials assigned to the denunciation and the leader who decides it may know the denouncer (Law on Denunciations art. 56).',
  });
}
