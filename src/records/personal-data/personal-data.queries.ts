import type { NamedQuery } from '../../platform/database/transactions.js';
import { type PartyIdentity, selectedWhole, type SignatoryIdentity } from '../../petitions/identity/person-attributes.js';
import { visibleTo } from '../../petitions/visible-to.js';
import type { PetitionKind } from '../../rules/evaluation/filing.js';

export interface SignatoryNumber extends Pick<SignatoryIdentity, 'name' | 'nationalId'> {
  position: number;
}

/** Values: petition id. */
export const signatoryNumbers: NamedQuery = {
  name: 'signatory-numbers',
  text: `select position, name, national_id as "nationalId" from petition_signatory where petition_id = $1 and sealed is null order by position`,
};

/** Values: person id, units. Whether a petition of the person lies with one of the units. */
export const liesWith: NamedQuery = {
  name: 'person-lies-with',
  text: `select exists (select from petition_party party join petition p on p.id = party.petition_id
    where party.person_id = $1 and not p.identity_secret and p.responsible_unit_id = any ($2::uuid[])) as lies`,
};

/** What a petition holds about a person. */
export interface HeldRow extends PartyIdentity {
  petitionId: string;
  number: string;
  kind: PetitionKind;
  state: string;
  receivedOn: string;
  summary: string;
  role: string;
  visible: boolean;
}

/**
 * Values: person id and those merged into it, national id or null, roots, subtree. As a party, and as one who signed; whoever denounced is
 * not found by this.
 */
export const heldAbout: NamedQuery = {
  name: 'held-about-person',
  text: `select p.id as "petitionId", p.number, p.kind, p.state, p.received_on as "receivedOn", p.summary, mention.*, ${visibleTo('$3', '$4')} as visible
    from (
      select petition_id, role, ${selectedWhole('petition_party')} from petition_party
      where person_id = any ($1::uuid[])
      union all
      select petition_id, 'signatory', ${selectedWhole('petition_signatory')} from petition_signatory
      where national_id is not null and national_id = $2
    ) mention join petition p on p.id = mention.petition_id
    where not p.identity_secret order by p.received_on, p.id`,
};

export interface LookRow {
  at: Date;
  username: string | null;
  what: string;
  petitionId: string | null;
}

/** Values: person id, petition ids. Who looked at the numbers of the person or of those petitions. */
export const looksAt: NamedQuery = {
  name: 'looks-at-person',
  text: `select r.recorded_at as at, a.username, r.object_type as what, r.petition_id as "petitionId"
    from audit_record r left join account a on a.id = r.account_id
    where r.operation = 'read' and ((r.object_type in ('person_numbers', 'person_export') and r.object_id = $1::text)
      or (r.object_type = 'petition_numbers' and r.petition_id = any ($2::uuid[]))) order by r.id`,
};

export interface RetentionRow {
  kind: PetitionKind;
  years: number;
  source: string;
  verified: boolean;
  version: number;
  /** Petitions whose time is over and that nothing holds. */
  due: number;
  /** Petitions whose time is over and that a legal hold keeps. */
  held: number;
  anonymised: number;
}

const timeIsOver = `not p.open and p.anonymised_on is null and greatest(p.closed_on, p.last_step_on) < now()::date - make_interval(years => rule.years)`;
const isHeld = 'exists (select from legal_hold hold where hold.petition_id in (p.id, p.parent_id) and hold.lifted_on is null)';

export const retention: NamedQuery = {
  name: 'retention',
  text: `select rule.kind, rule.years, rule.source, rule.verified, rule.version,
      count(p.id) filter (where ${timeIsOver} and not ${isHeld})::int as due, count(p.id) filter (where ${timeIsOver} and ${isHeld})::int as held,
      count(p.anonymised_on)::int as anonymised
    from retention_rule rule left join petition p on p.kind = rule.kind group by rule.kind order by rule.kind`,
};

/**
 * Values: id to start after, limit. Petitions whose time is over by a period that somebody compared with the law, locked; those that somebody
 * holds are left for the next run.
 */
export const toAnonymise: NamedQuery = {
  name: 'to-anonymise',
  text: `select p.id from petition p join retention_rule rule on rule.kind = p.kind
    where p.id > $1 and rule.verified and ${timeIsOver} and not ${isHeld}
      and not exists (select from petition part where part.parent_id = p.id and part.open)
    order by p.id limit $2 for update of p skip locked`,
};

export interface HoldRow {
  id: string;
  reason: string;
  placedOn: string;
  placedBy: string;
  liftedOn: string | null;
  liftedBy: string | null;
  liftReason: string | null;
}

/** Values: petition id. */
export const holdsOf: NamedQuery = {
  name: 'holds-of',
  text: `select h.id, h.reason, h.placed_on as "placedOn", placer.username as "placedBy", h.lifted_on as "liftedOn", lifter.username as "liftedBy",
      h.lift_reason as "liftReason"
    from legal_hold h join account placer on placer.id = h.placed_by left join account lifter on lifter.id = h.lifted_by
    where h.petition_id = $1 order by h.created_at`,
};
