import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { PetitionDetailRow, PetitionRow } from '../../petitions/petition.js';
import { filingGrounds, refusalGrounds } from '../../petitions/dto/actions.dto.js';
import { PetitionActionsService } from '../../petitions/petition-actions.service.js';
import { PetitionsService } from '../../petitions/petitions.service.js';
import { transitionOf } from '../../petitions/lifecycle.js';
import type { PetitionAction } from '../../petitions/transition.js';
import { Problem } from '../../platform/problems/problem.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import type { TriageOutcome } from '../../rules/triage/eligibility.js';
import { TransfersService } from '../transfers.service.js';
import { EligibilityService } from './eligibility.service.js';
import { openProposal, type OpenProposalRow, type ProposalRow, proposalsOf } from './triage.queries.js';
import { own } from '../../platform/text/own.js';

/** What an outcome needs beside itself: the fields of its step. */
export interface OutcomeDetails {
  toUnitId?: string | null;
  content?: string | null;
  reason?: string | null;
  ground?: string | null;
  returnedTo?: string | null;
  replyBy?: LegalDate | null;
  documentNumber?: string | null;
  /** Of the leader who approves. */
  overrideReason?: string | null;
}

export interface ProposalOrder {
  outcome: TriageOutcome;
  details: OutcomeDetails;
  proposedOn?: LegalDate | null;
  note?: string | null;
}

export interface ApprovalOrder {
  /** Instead of what was proposed. */
  outcome?: TriageOutcome | null;
  details?: OutcomeDetails | null;
  approvedOn?: LegalDate | null;
  note?: string | null;
}

/** The step that each outcome is. */
const stepOf: Record<TriageOutcome, PetitionAction> = {
  propose_acceptance: 'accept',
  guidance: 'guide',
  transfer: 'transfer',
  return: 'return',
  filing_away: 'file_away',
  notice: 'refuse',
  information_referral: 'refer',
};

/** The outcome of triage in two steps: a clerk proposes, the leader approves, changes or sends back. */
@Injectable()
export class ProposalsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly petitions: PetitionsService,
    private readonly actions: PetitionActionsService,
    private readonly transfers: TransfersService,
    private readonly eligibility: EligibilityService,
  ) {}

  /** @throws Problem naming a field that the outcome needs */
  propose(id: string, order: ProposalOrder, expected: number | null, by: Official): Promise<PetitionDetailRow> {
    mustHaveFields(order.outcome, order.details, '/details');
    mustBeAGround(order.outcome, order.details);
    return this.transactions.run(async (tx) => {
      const { on } = await this.actions.step(
        tx,
        id,
        'propose',
        { on: order.proposedOn, dayField: 'proposedOn', reason: order.note ?? null, facts: { outcome: order.outcome } },
        expected,
        by,
      );
      await tx.query(
        'insert into triage_proposal (petition_id, outcome, details, note, proposed_on, proposed_by) values ($1, $2, $3, $4, $5, $6)',
        [id, order.outcome, JSON.stringify(order.details), order.note ?? null, on, by.accountId],
      );
      return this.petitions.get(id, by);
    });
  }

  /**
   * Approves the proposal, as it is or changed, and takes its step in the same transaction.
   * @throws Problem `forbidden` for who proposed it; those of the step
   */
  approve(id: string, order: ApprovalOrder, expected: number | null, by: Official): Promise<PetitionDetailRow> {
    return this.transactions.run(async (tx) => {
      const petition = await this.actions.lock(id, by);
      const proposal = await this.open(id);
      if (proposal?.proposedByAccountId === by.accountId) throw fourEyes();
      const outcome = order.outcome ?? (proposal?.outcome as TriageOutcome | undefined) ?? 'propose_acceptance';
      const details = { ...proposal?.details, ...order.details };
      mustHaveFields(outcome, details, '/details');
      mustBeAGround(outcome, details);
      const facts = { outcome, changed: outcome !== proposal?.outcome || Boolean(order.details) };
      const { on } = await this.actions.step(
        tx,
        id,
        'approve',
        { on: order.approvedOn, dayField: 'approvedOn', reason: order.note ?? null, facts },
        expected,
        by,
      );
      await this.settle(tx, proposal!.id, { state: 'approved', outcome, details, on, note: order.note ?? null }, by);
      await this.actions.store(tx, petition, { state: 'classified' });
      await this.take(tx, petition, outcome, details, on, by);
      return this.petitions.get(id, by);
    });
  }

  sendBack(
    id: string,
    { reason, sentBackOn }: { reason: string; sentBackOn?: LegalDate | null },
    expected: number | null,
    by: Official,
  ): Promise<PetitionDetailRow> {
    return this.transactions.run(async (tx) => {
      const proposal = await this.open(id);
      const { on } = await this.actions.step(tx, id, 'send_back', { on: sentBackOn, dayField: 'sentBackOn', reason }, expected, by);
      await this.settle(tx, proposal!.id, { state: 'sent_back', outcome: null, details: null, on, note: reason }, by);
      return this.petitions.get(id, by);
    });
  }

  async list(id: string, by: Official): Promise<ProposalRow[]> {
    await this.petitions.get(id, by);
    return this.transactions.rows<ProposalRow>(proposalsOf, [id]);
  }

  private async open(id: string): Promise<OpenProposalRow | undefined> {
    const [row] = await this.transactions.rows<OpenProposalRow>(openProposal, [id]);
    return row;
  }

  private async settle(
    tx: EntityManager,
    proposalId: string,
    {
      state,
      outcome,
      details,
      on,
      note,
    }: { state: string; outcome: string | null; details: OutcomeDetails | null; on: LegalDate; note: string | null },
    by: Official,
  ): Promise<void> {
    await tx.query(
      `update triage_proposal set state = $2, approved_outcome = $3, approved_details = $4, decided_on = $5, decided_by = $6, decision_note = $7 where id = $1`,
      [proposalId, state, outcome, details && JSON.stringify(details), on, by.accountId, note],
    );
  }

  private async take(
    tx: EntityManager,
    { id }: PetitionRow,
    outcome: TriageOutcome,
    { toUnitId, content, reason, documentNumber, overrideReason, ...facts }: OutcomeDetails,
    on: LegalDate,
    by: Official,
  ): Promise<void> {
    const step = { on, dayField: 'approvedOn', reason: reason ?? null, overrideReason, facts: { ...facts, documentNumber } };
    switch (outcome) {
      case 'propose_acceptance':
        await this.actions.step(tx, id, 'accept', { ...step, dayColumn: 'accepted_on' }, null, by);
        return;
      case 'notice':
        await this.actions.step(tx, id, 'refuse', { ...step, dayColumn: 'refused_on' }, null, by);
        return;
      case 'guidance':
        await this.actions.guide(id, { ...step, reason: content ?? null, toUnitId: toUnitId ?? null }, null, by);
        return;
      case 'transfer':
        await this.transfers.transfer(
          id,
          {
            toUnitId: toUnitId ?? '',
            reason: reason ?? '',
            sentOn: on,
            replyBy: facts.replyBy ?? null,
            documentNumber: documentNumber ?? null,
            overrideReason: overrideReason ?? null,
          },
          null,
          by,
        );
        return;
      case 'information_referral':
        await this.eligibility.refer(
          id,
          { toUnitId: toUnitId ?? '', reason: reason ?? '', referredOn: on, documentNumber: documentNumber ?? null },
          null,
          by,
        );
        return;
      case 'return':
      case 'filing_away':
        await this.actions.step(tx, id, stepOf[outcome], step, null, by);
    }
  }
}

/** @throws Problem naming the first field of the outcome's step that is missing */
function mustHaveFields(outcome: TriageOutcome, details: OutcomeDetails, pointer: string): void {
  const given = details as Record<string, unknown>;
  const missing = transitionOf(stepOf[outcome]).fields.find(({ name, required }) => required && !own(given, name));
  if (missing)
    throw Problem.field('validation-failed', `${pointer}/${missing.name}`, 'required', {
      vi: `Kết quả xử lý này cần trường "${missing.name}".`,
      en: `The outcome "${outcome}" needs the field "${missing.name}".`,
    });
}

/** @throws Problem where the ground is none of the law's for that outcome */
function mustBeAGround(outcome: TriageOutcome, { ground }: OutcomeDetails): void {
  const allowed: readonly string[] | null = outcome === 'notice' ? refusalGrounds : outcome === 'filing_away' ? filingGrounds : null;
  if (!allowed || allowed.includes(ground ?? '')) return;
  throw Problem.field('validation-failed', '/details/ground', 'one_of', {
    vi: `Giá trị cho phép: ${allowed.join(', ')}.`,
    en: `Allowed: ${allowed.join(', ')}.`,
  });
}

function fourEyes(): Problem {
  return new Problem('forbidden', {
    vi: 'Người đề xuất không tự duyệt đề xuất của mình.',
    en: 'Who proposes does not approve.',
  });
}
