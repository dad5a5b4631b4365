import type { NamedQuery } from '../database/transactions.js';
import type { Respondent } from '../rules/evaluation/filing.js';

/** What decides who may know an identity. */
export interface SecretFacts {
  id: string;
  number: string;
  state: string;
  receivedOn: string;
  identitySecret: boolean;
  responsibleUnitId: string;
  receivedUnitId: string;
  withinCompetence: boolean;
  open: boolean;
  respondent: (Respondent & { name?: string | null }) | null;
  /** Assigned to it, or a member of its verification that is not reported yet. */
  assigned: boolean;
}

const facts = `p.id, p.number, p.state, p.received_on as "receivedOn", p.identity_secret as "identitySecret", p.responsible_unit_id as "responsibleUnitId",
  p.received_unit_id as "receivedUnitId", p.within_competence as "withinCompetence", p.open, p.respondent,
  (exists (select from petition_assignment a where a.petition_id = p.id and a.account_id = $2 and a.ended_on is null)
   or exists (select from verification v join verification_member m on m.verification_id = v.id
              where v.petition_id = p.id and v.reported_on is null and m.account_id = $2)) as assigned`;

/** Values: petition id, account id. */
export const secretFacts: NamedQuery = { name: 'secret-facts', text: `select ${facts} from petition p where p.id = $1` };

/** Values: blind indexes of a national id, account id. Petitions whose author is secret and has it. */
export const secretByNationalId: NamedQuery = {
  name: 'secret-by-national-id',
  text: `select ${facts} from petition p where p.identity_secret
    and p.id in (select petition_id from petition_party where national_id_index = any ($1::bytea[])) order by p.received_on desc, p.id desc limit 200`,
};

export interface RevealRow {
  id: string;
  accountId: string;
  username: string;
  displayName: string;
  unitId: string;
  basis: 'assigned' | 'deciding_leader';
  reason: string;
  colleague: boolean;
  revealedAt: Date;
}

/** Values: petition id. */
export const revealsOf: NamedQuery = {
  name: 'reveals-of',
  text: `select r.id, r.account_id as "accountId", a.username, a.display_name as "displayName", r.unit_id as "unitId", r.basis, r.reason, r.colleague,
    r.revealed_at as "revealedAt"
  from identity_reveal r join account a on a.id = r.account_id where r.petition_id = $1 order by r.revealed_at desc, r.id desc limit 1000`,
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
