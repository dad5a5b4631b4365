import type { NamedQuery } from '../../platform/database/transactions.js';
import type { RevealBasis as IdentityBasis } from '../identity/who-may-know.service.js';

/** On what somebody was shown an identity or a file: `entered` for the file that he entered himself. */
export type RevealBasis = IdentityBasis | 'entered';

export interface RevealRow {
  id: string;
  accountId: string;
  username: string;
  displayName: string;
  unitId: string;
  basis: RevealBasis;
  reason: string;
  colleague: boolean;
  attachmentId: string | null;
  documentId: string | null;
  revealedAt: Date;
}

/** Values: petition id. */
export const revealsOf: NamedQuery = {
  name: 'reveals-of',
  text: `select r.id, r.account_id as "accountId", a.username, a.display_name as "displayName", r.unit_id as "unitId", r.basis, r.reason, r.colleague,
    r.attachment_id as "attachmentId", r.document_id as "documentId", r.revealed_at as "revealedAt"
  from identity_reveal r join account a on a.id = r.account_id where r.petition_id = $1 order by r.revealed_at desc, r.id desc limit 1000`,
};

export interface FileRevealRow {
  id: string;
}

/** Values: reveal, account, file, minutes that it holds. */
export const fileReveal: NamedQuery = {
  name: 'file-reveal',
  text: `select id from identity_reveal where id = $1 and account_id = $2 and (attachment_id = $3 or document_id = $3)
    and revealed_at > clock_timestamp() - make_interval(mins => $4::int)`,
};

export interface AssignmentRow {
  id: string;
  accountId: string;
  username: string;
  displayName: string;
  unitId: string;
  assignedOn: string;
  note: string | null;
  endedOn: string | null;
}

/** Values: petition id. */
export const assignmentsOf: NamedQuery = {
  name: 'assignments-of',
  text: `select s.id, s.account_id as "accountId", a.username, a.display_name as "displayName", a.unit_id as "unitId", s.assigned_on as "assignedOn", s.note,
    s.ended_on as "endedOn"
  from petition_assignment s join account a on a.id = s.account_id where s.petition_id = $1 order by s.created_at`,
};
