import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { today } from '../platform/text/today.js';
import { Transactions } from '../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../platform/http/page.js';
import { Problem } from '../platform/problems/problem.js';
import { existsOn, type Unit } from '../rules/structure/unit-structure.js';
import { AccessScope } from '../structure/units/access-scope.js';
import { UnitDirectory } from '../structure/units/unit-directory.js';
import { type AccountChange, lockAccount, storeChange, storeIdentity } from './account-changes.js';
import type { AccountEntity } from './account.entity.js';
import {
  pendingOf,
  proposalById,
  type ProposalRow,
  proposalsOf,
  type ProposalState,
  type ProposalType,
  unitsWithLeader,
  waitingAt,
} from './account-proposals.queries.js';
import { mustFit, reading } from './account-rules.js';
import { type Invitation, Invitations } from './invitations.js';
import type { Official } from '../platform/access/official.js';
import { removeSecondFactor } from './own-account.service.js';
import { Revocations } from './revocations.js';

/** What an administrator wants of an account that reads petitions, or is going to. */
export interface Proposed {
  type: ProposalType;
  change?: AccountChange;
  identity?: { issuer: string; subject: string };
  removeSecondFactor?: boolean;
}

/** What became of a proposal; the invitation is told this once, to who agreed. */
export interface Agreed {
  proposal: ProposalRow;
  invitation: Invitation | null;
}

/**
 * Who may see petitions is nothing that one administrator settles: he proposes, and a leader agrees – of the unit, of what carries it on, or of
 * a unit above, where the unit has no other leader yet. Nobody agrees to what he proposed or to what is about himself, and nobody of a unit
 * that is no more. What is proposed waits beside the account, which stays as it is until then.
 */
@Injectable()
export class AccountProposalsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly units: UnitDirectory,
    private readonly scope: AccessScope,
    private readonly invitations: Invitations,
    private readonly revocations: Revocations,
  ) {}

  /** Proposals for accounts of units that the caller leads or administers. */
  async list(
    { state, unitId, limit = defaultLimit, cursor }: { state?: ProposalState; unitId?: string; limit?: number; cursor?: string },
    by: Official,
  ): Promise<Page<ProposalRow>> {
    const seen = this.seenBy(by);
    const after = decodeCursor(cursor, [isMoment, isUuid]);
    const units = unitId ? [unitId].filter((id) => seen.includes(id)) : seen;
    const rows = await this.transactions.rows<ProposalRow>(proposalsOf, [
      units,
      state ?? null,
      after?.[0] ?? null,
      after?.[1] ?? null,
      limit + 1,
    ]);
    return page(
      rows,
      limit,
      ({ proposedAt, id }) => [proposedAt.toISOString(), id],
      (row) => row,
    );
  }

  /** @throws Problem `not-found` */
  async get(id: string, by: Official): Promise<ProposalRow> {
    const [row] = await this.transactions.rows<ProposalRow>(proposalById, [id, this.seenBy(by)]);
    if (!row) throw Problem.notFound('đề nghị này', 'proposal');
    return row;
  }

  /** Which of these accounts wait for somebody to agree: id of the proposal by that of the account. */
  async pendingOf(accountIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.transactions.rows<{ accountId: string; id: string }>(pendingOf, [accountIds]);
    return new Map(rows.map(({ accountId, id }) => [accountId, id]));
  }

  /** How many wait for the caller's office. */
  async waitingFor(by: Official): Promise<number> {
    if (!by.roles.includes('leader')) return 0;
    const [row] = await this.transactions.rows<{ count: number }>(waitingAt, [by.unitId, by.accountId]);
    return row?.count ?? 0;
  }

  /** Puts something down for a leader to agree to; what was proposed of the account before is withdrawn by it. */
  async propose(tx: EntityManager, account: AccountEntity, proposed: Proposed, by: Official): Promise<string> {
    const { type, change = {}, identity } = proposed;
    await this.withdrawPending(tx, account.id, by);
    const unit = this.units.structure.get(change.unitId ?? account.unitId);
    const [row] = await tx.query<{ id: string }[]>(
      `insert into account_proposal (account_id, type, unit_id, approving_unit_id, roles, active, scopes, rate_limit, display_name,
         external_issuer, external_subject, remove_second_factor, proposed_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning id`,
      [
        account.id,
        type,
        unit.id,
        (await this.approvingUnit(unit, account.id))?.id ?? null,
        change.roles ?? null,
        change.active ?? null,
        change.scopes ?? null,
        change.rateLimit ?? null,
        change.displayName ?? null,
        identity?.issuer ?? null,
        identity?.subject ?? null,
        proposed.removeSecondFactor ?? false,
        by.accountId,
      ],
    );
    return row!.id;
  }

  /** A proposal is about the account as it was: any other change of it takes back what waits. */
  async withdrawPending(tx: EntityManager, accountId: string, by: Official): Promise<void> {
    await tx.query(
      `update account_proposal set state = 'withdrawn', decided_by = $2, decided_at = now() where account_id = $1 and state = 'pending'`,
      [accountId, by.accountId],
    );
  }

  /**
   * Agrees: what was proposed happens now. Of parallel decisions one counts.
   * @throws Problem `not-found`; `forbidden` where the caller may not decide this one; `action-not-allowed` once it is decided; `validation-failed`
   * where roles and unit do not go together any more
   */
  async approve(id: string, by: Official): Promise<Agreed> {
    const agreed = await this.transactions.run(async (tx) => {
      const { proposal, account } = await this.decidable(tx, id, by);
      await this.decide(tx, id, 'approved', null, by);
      return this.carryOut(tx, proposal, account);
    });
    await this.revocations.refresh();
    return { proposal: await this.get(id, by), invitation: agreed };
  }

  /** Does not agree, for a reason; the account stays as it is. */
  async refuse(id: string, reason: string, by: Official): Promise<ProposalRow> {
    await this.transactions.run(async (tx) => {
      await this.decidable(tx, id, by);
      await this.decide(tx, id, 'refused', reason, by);
    });
    return this.get(id, by);
  }

  /** Takes back what an administrator proposed. */
  async withdraw(id: string, by: Official): Promise<ProposalRow> {
    const { state } = await this.get(id, by);
    await this.transactions.run(async (tx) => {
      const [row] = await tx.query<{ state: ProposalState }[]>('select state from account_proposal where id = $1 for update', [id]);
      if (row?.state !== 'pending') throw decidedAlready(row?.state ?? state);
      await this.decide(tx, id, 'withdrawn', null, by);
    });
    return this.get(id, by);
  }

  private async carryOut(tx: EntityManager, proposal: ProposalRow, account: AccountEntity): Promise<Invitation | null> {
    const { type, proposedRoles, proposedScopes, proposedActive, proposedRateLimit, proposedName, externalIssuer, externalSubject } =
      proposal;
    if (type === 'identity') {
      await storeIdentity(tx, account.id, externalIssuer!, externalSubject!);
      return null;
    }
    if (type === 'credentials') {
      if (proposal.removeSecondFactor) await removeSecondFactor(tx, account.id);
      return this.invitations.issue(tx, account.id);
    }
    const roles = proposedRoles ?? account.roles;
    const scopes = proposedScopes ?? account.scopes;
    const unit = (await this.units.upToDate(tx)).get(proposal.unitId);
    mustFit(unit, { kind: account.kind, roles, scopes });
    await storeChange(tx, account, {
      unitId: unit.id,
      roles,
      scopes,
      active: type === 'account' || (proposedActive ?? account.active),
      approvedAt: new Date(),
      ...(proposedRateLimit !== null && { rateLimit: proposedRateLimit }),
      ...(proposedName !== null && { displayName: proposedName }),
    });
    return reading(account).length === 0 ? this.openAnew(tx, account) : null;
  }

  /**
   * Who reads petitions now and did not before chooses a new password, with a code that an administrator never held: he may have that of
   * before. Of the provider's accounts a leader agreed to the identity, and services have their secret.
   */
  private async openAnew(tx: EntityManager, { id, kind, externalSubject }: AccountEntity): Promise<Invitation | null> {
    if (kind === 'service' || externalSubject !== null) return null;
    await removeSecondFactor(tx, id);
    return this.invitations.issue(tx, id);
  }

  /** The proposal and its account, held, where the caller may decide it. */
  private async decidable(tx: EntityManager, id: string, by: Official): Promise<{ proposal: ProposalRow; account: AccountEntity }> {
    const { accountId } = await this.get(id, by);
    // The account first, as every change of one does: two that wait for each other would never end.
    const account = await lockAccount(tx, accountId);
    await tx.query('select from account_proposal where id = $1 for update', [id]);
    const proposal = await this.get(id, by);
    if (!account) throw Problem.notFound('tài khoản này', 'account');
    if (proposal.proposedBy === by.accountId || accountId === by.accountId || !this.isOfUnitOfToday(by)) throw decidesNot();
    if (proposal.state !== 'pending') throw decidedAlready(proposal.state);
    return { proposal, account };
  }

  private async decide(tx: EntityManager, id: string, state: ProposalState, reason: string | null, by: Official): Promise<void> {
    await tx.query('update account_proposal set state = $2, reason = $3, decided_by = $4, decided_at = now() where id = $1', [
      id,
      state,
      reason,
      by.accountId,
    ]);
  }

  private isOfUnitOfToday(by: Official): boolean {
    return existsOn(this.scope.home(by), today());
  }

  /** Whose leader is asked: the nearest of the unit as it is carried on today and those above it that has one. */
  private async approvingUnit(unit: Unit, accountId: string): Promise<Unit | null> {
    const { structure } = this.units;
    const day = today();
    const chain = structure.chainOn(structure.onDate(unit, day) ?? unit, day).filter((candidate) => existsOn(candidate, day));
    const rows = await this.transactions.rows<{ unitId: string }>(unitsWithLeader, [chain.map(({ id }) => id), accountId]);
    return chain.find(({ id }) => rows.some(({ unitId }) => unitId === id)) ?? null;
  }

  /** A leader sees those of the units that he leads, an administrator those of the units that he administers. */
  private seenBy(by: Official): string[] {
    return [...(by.roles.includes('leader') ? this.scope.units(by).map(({ id }) => id) : []), ...this.scope.administered(by)];
  }
}

function isMoment(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function decidesNot(): Problem {
  return new Problem('forbidden', {
    vi: 'Không ai duyệt đề nghị của mình hoặc về chính mình; lãnh đạo đơn vị hiện có hoặc cấp trên duyệt.',
    en: 'Nobody decides what he proposed or what is about himself; a leader of the unit of today or of one above does.',
  });
}

function decidedAlready(state: ProposalState): Problem {
  const words: Record<ProposalState, string> = { pending: 'đang chờ', approved: 'đã duyệt', refused: 'đã từ chối', withdrawn: 'đã rút' };
  return new Problem('action-not-allowed', {
    vi: `Đề nghị này ${words[state]}, không quyết định lại được.`,
    en: `The proposal is ${state} and is not decided again.`,
  });
}
