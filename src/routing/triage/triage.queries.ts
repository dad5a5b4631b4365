import type { NamedQuery } from '../../platform/database/transactions.js';

export interface ProposalRow {
  id: string;
  outcome: string;
  details: Record<string, unknown>;
  note: string | null;
  proposedOn: string;
  proposedBy: string;
  state: 'proposed' | 'approved' | 'sent_back';
  approvedOutcome: string | null;
  approvedDetails: Record<string, unknown> | null;
  decidedOn: string | null;
  decidedBy: string | null;
  decisionNote: string | null;
}

/** Values: petition id. */
export const proposalsOf: NamedQuery = {
  name: 'proposals-of',
  text: `select t.id, t.outcome, t.details, t.note, t.proposed_on as "proposedOn", proposer.username as "proposedBy",
      t.state, t.approved_outcome as "approvedOutcome", t.approved_details as "approvedDetails", t.decided_on as "decidedOn",
      decider.username as "decidedBy", t.decision_note as "decisionNote"
    from triage_proposal t join account proposer on proposer.id = t.proposed_by left join account decider on decider.id = t.decided_by
    where t.petition_id = $1 order by t.created_at, t.id`,
};

export interface OpenProposalRow {
  id: string;
  outcome: string;
  details: Record<string, unknown>;
  proposedByAccountId: string;
}

/** Values: petition id. */
export const openProposal: NamedQuery = {
  name: 'open-proposal',
  text: `select id, outcome, details, proposed_by as "proposedByAccountId" from triage_proposal where petition_id = $1 and state = 'proposed'`,
};
