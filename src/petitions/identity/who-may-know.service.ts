import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Problem } from '../../platform/problems/problem.js';
import type { KeyRing } from '../../platform/sealing/key-ring.js';
import { Keys } from '../../platform/sealing/keys.service.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { asWritten, type HiddenRespondentRow, hiddenRespondents, lacksSomebody, possibleNames } from './as-written.js';
import { type Accountable, type Accusation, isDenounced } from './denounced.js';
import { couldMean } from './names.js';
import {
  type AccountableRow,
  accountables,
  type AccusationRow,
  accusationsAround,
  secretByNationalId,
  secretFacts,
} from './secret-facts.queries.js';
import { everybodyOf, readPeople } from './sealed-people.js';
import type { SecretFacts } from './secret-facts.js';

/** On what somebody may know who denounced. */
export const revealBases = ['assigned', 'deciding_leader'] as const;
export type RevealBasis = (typeof revealBases)[number];

/** Who may know who denounced, and who is denounced (Law on Denunciations arts 8, 11, 56): asked anew at each look and each step. */
@Injectable()
export class WhoMayKnow {
  constructor(
    private readonly transactions: Transactions,
    private readonly units: UnitDirectory,
    private readonly scope: AccessScope,
    private readonly keys: Keys,
  ) {}

  /** What decides it; undefined where there is no such petition. */
  async facts(petitionId: string, by: Official): Promise<SecretFacts | undefined> {
    const [facts] = await this.transactions.rows<SecretFacts & Record<string, unknown>>(secretFacts, [petitionId, by.accountId]);
    return facts;
  }

  /** Petitions whose secret author has one of these blind indexes, and of which the caller may know it. */
  async knownBy(indexes: Buffer[], by: Official): Promise<{ facts: SecretFacts; basis: RevealBasis }[]> {
    const rows = await this.transactions.rows<SecretFacts & Record<string, unknown>>(secretByNationalId, [indexes, by.accountId]);
    const known: { facts: SecretFacts; basis: RevealBasis }[] = [];
    for (const facts of rows) {
      const basis = await this.basisOf(facts, by);
      if (basis) known.push({ facts, basis });
    }
    return known;
  }

  /**
   * Whoever handles the denunciation while it is open, and the leader who decides it: at the unit that is competent, or where it was received
   * and is triaged. Never the one whom it is directed against (law.md 6 `sec.who`, `sec.transfer`).
   */
  async basisOf(facts: SecretFacts, by: Official): Promise<RevealBasis | null> {
    const basis = facts.open && this.handles(facts, by) ? 'assigned' : this.decides(facts, by) ? 'deciding_leader' : null;
    return basis && !(await this.isDenounced(facts.id, by)) ? basis : null;
  }

  /** An assignment is that of the unit which the denunciation lies with: who passed it on, or works elsewhere since, handles it no more. */
  private handles({ assigned, onTeam, responsibleUnitId }: SecretFacts, by: Official): boolean {
    return onTeam || (assigned && this.scope.actsFor(by, responsibleUnitId));
  }

  private decides({ responsibleUnitId, receivedUnitId, withinCompetence }: SecretFacts, by: Official): boolean {
    const lies = this.scope.actsFor(by, responsibleUnitId);
    return by.roles.includes('leader') && lies && (withinCompetence || responsibleUnitId === receivedUnitId);
  }

  /** Whether a petition, the whole or a part of it, or a denunciation of its case is directed against an account. */
  async isDenounced(petitionId: string, { accountId }: Pick<Official, 'accountId'>): Promise<boolean> {
    const [account] = await this.transactions.rows<AccountableRow & Record<string, unknown>>(accountables, [[accountId]]);
    return account !== undefined && this.isAccused(account, await this.accusations(petitionId));
  }

  /** The first of those who are to work on a petition whom it is directed against, by account or by name; -1 where it is nobody. */
  async firstDenounced(petitionId: string, people: readonly { accountId?: string | null; name?: string }[]): Promise<number> {
    const ids = people.flatMap(({ accountId }) => (accountId ? [accountId] : []));
    const accounts = await this.transactions.rows<AccountableRow & Record<string, unknown>>(accountables, [ids]);
    const accusations = await this.accusations(petitionId);
    const names = accusations.flatMap(namesOf);
    return people.findIndex(({ accountId, name }) => {
      const account = accounts.find(({ id }) => id === accountId);
      return (account && this.isAccused(account, accusations)) || (name && names.some((accused) => couldMean(accused, name, false)));
    });
  }

  /** @throws Problem `forbidden` for whom a denunciation is directed against: he may pass it on, and do nothing else with it */
  async mustNotBeDenounced({ id, identitySecret }: { id: string; identitySecret: boolean }, by: Official): Promise<void> {
    if (identitySecret && (await this.isDenounced(id, by))) throw keptOut();
  }

  /**
   * What turns out to be no denunciation shows who is behind it to everybody: only whoever may know it, or entered it, says so, and it is a look
   * that is kept.
   * @param what a petition, or a visit with the petition that it is about
   * @throws Problem `forbidden`
   */
  async mustBeAllowedToOpen(
    tx: EntityManager,
    { id, petitionId, createdBy }: { id: string; petitionId: string | null; createdBy: string | null },
    reason: string | null | undefined,
    by: Official,
  ): Promise<void> {
    const facts = petitionId === null ? undefined : await this.facts(petitionId, by);
    const basis = createdBy === by.accountId ? 'entered' : facts && (await this.basisOf(facts, by));
    if (!basis) throw notToBeOpened();
    await tx.query(`select audit_read('identity_opened', $1::text, $2::uuid, $3)`, [
      id,
      petitionId,
      JSON.stringify({ basis, reason: reason ?? null }),
    ]);
  }

  private isAccused(account: Accountable, accusations: readonly Accusation[]): boolean {
    return isDenounced(account, accusations, this.units.structure);
  }

  private async accusations(petitionId: string): Promise<Accusation[]> {
    const shown = await this.transactions.rows<AccusationRow & Record<string, unknown>>(accusationsAround, [petitionId]);
    const ids = shown.map(({ id }) => id);
    const hidden = await this.transactions.rows<HiddenRespondentRow & Record<string, unknown>>(hiddenRespondents, [ids]);
    if (hidden.length === 0 && !shown.some(isIncomplete)) return shown;
    const ring = await this.keys.upToDate();
    const accusations: Accusation[] = [];
    for (const accusation of shown) {
      const written = asWritten(
        accusation,
        hidden.filter(({ petitionId: of }) => of === accusation.id),
        ring,
      );
      accusations.push(isIncomplete(accusation) ? await this.asItMayHaveBeen(accusation.id, written, ring) : written);
    }
    return accusations;
  }

  /** With the names that may have stood where somebody was taken out: what an earlier version stored, or who entered anew what is shown, kept them nowhere. */
  private async asItMayHaveBeen(id: string, accusation: Accusation, ring: KeyRing): Promise<Accusation> {
    const people = await this.transactions.run(async (tx) => everybodyOf(await readPeople(tx, ring, id)));
    const may = namesOf(accusation).flatMap((name) => possibleNames(name, people));
    return { ...accusation, named: [...accusation.named, ...may] };
  }
}

function namesOf({ named, respondent }: Accusation): string[] {
  return [...named, ...(respondent?.name ? [respondent.name] : [])];
}

function isIncomplete(accusation: Accusation): boolean {
  return namesOf(accusation).some(lacksSomebody);
}

/** What whom a denunciation is directed against is told. */
export function keptOut(): Problem {
  return new Problem('forbidden', {
    vi: 'Người bị tố cáo không được xử lý đơn này; chỉ được chuyển đến cơ quan có thẩm quyền (Điều 8 Luật Tố cáo).',
    en: 'Whom it is directed against takes no step in this denunciation but passing it on to the competent authority (Law on Denunciations art. 8).',
  });
}

function notToBeOpened(): Problem {
  return new Problem('forbidden', {
    vi: 'Phân loại lại đơn tố cáo thành loại khác làm lộ người gửi: chỉ người được phân công, lãnh đạo giải quyết hoặc người đã nhập đơn được thực hiện (Điều 56 Luật Tố cáo).',
    en: 'A denunciation that becomes another kind shows who filed it: only officials assigned to it, the leader who decides it, or who entered it may say so (Law on Denunciations art. 56).',
  });
}

/** Whoever is to work on what is directed against himself. */
export function conflictOfInterest(pointer: string): Problem {
  return Problem.field('validation-failed', pointer, 'conflict_of_interest', {
    vi: 'Không phân công người bị tố cáo, bị khiếu nại (Điều 8 Luật Tố cáo).',
    en: 'Whoever the petition is directed against does not handle it (Law on Denunciations art. 8).',
  });
}
