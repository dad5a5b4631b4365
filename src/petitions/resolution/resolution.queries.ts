import type { DialogueCircumstance, Presider } from '../../rules/resolution/dialogue-presider.js';
import type { GoingOnGround, WithdrawalExtent, WithdrawalForm } from '../../rules/resolution/ending-grounds.js';
import type { NamedQuery } from '../../platform/database/transactions.js';

export interface VerificationRow {
  id: string;
  purpose: string;
  documentNumber: string;
  assignedOn: string;
  dueOn: string;
  members: { role: 'official' | 'head' | 'member'; name: string; office: string | null; accountId: string | null }[];
  entries: {
    id: string;
    type: 'plan' | 'work' | 'evidence' | 'extension';
    occurredOn: string;
    content: string;
    source: string | null;
    attachmentId: string | null;
    dueOnBefore: string | null;
    dueOn: string | null;
  }[];
  reportedOn: string | null;
  findings: string | null;
  proposal: string | null;
  viewsDiffer: boolean | null;
}

/** Values: petition id. */
export const verificationsOf: NamedQuery = {
  name: 'verifications-of',
  text: `select v.id, v.purpose, v.document_number as "documentNumber", v.assigned_on as "assignedOn", v.due_on as "dueOn",
      (select json_agg(json_build_object('role', role, 'name', name, 'office', office, 'accountId', account_id) order by position)
       from verification_member where verification_id = v.id) as members,
      coalesce((select json_agg(json_build_object('id', id, 'type', type, 'occurredOn', occurred_on, 'content', content, 'source', source,
                  'attachmentId', attachment_id, 'dueOnBefore', due_on_before, 'dueOn', e.due_on) order by occurred_on, id)
                from verification_entry e where verification_id = v.id), '[]') as entries,
      v.reported_on as "reportedOn", v.report as findings, v.report_proposal as proposal, v.views_differ as "viewsDiffer"
    from verification v where v.petition_id = $1 order by v.assigned_on, v.id`,
};

export interface DialogueRow {
  id: string;
  heldOn: string;
  noticeSentOn: string | null;
  noticeInTime: boolean | null;
  place: string;
  participants: { name: string; capacity: string }[];
  minutes: string;
  complainantAttended: boolean;
  absenceWithoutReason: boolean;
  /** Why the complainant was away, with what shows it. */
  absenceReason: string | null;
  /** Null where it was held before this was asked. */
  presidedBy: Presider | null;
  presiderName: string | null;
  circumstances: DialogueCircumstance[];
  presidedLawfully: boolean;
}

export const dialoguesOf: NamedQuery = {
  name: 'dialogues-of',
  text: `select id, held_on as "heldOn", notice_sent_on as "noticeSentOn", place, participants, minutes, complainant_attended as "complainantAttended",
      absence_without_reason as "absenceWithoutReason", absence_reason as "absenceReason", presided_by as "presidedBy", presider_name as "presiderName",
      circumstances, presided_lawfully as "presidedLawfully"
    from dialogue where petition_id = $1 order by held_on, id`,
};

export interface DispatchRow {
  id: string;
  type: string;
  dispatchedOn: string;
  recipients: { role: string; name: string | null }[];
  method: string | null;
  documentNumber: string | null;
  note: string | null;
}

export const dispatchesOf: NamedQuery = {
  name: 'dispatches-of',
  text: `select id, type, dispatched_on as "dispatchedOn", recipients, method, document_number as "documentNumber", note
    from dispatch where petition_id = $1 order by dispatched_on, id`,
};

export interface AppealRow {
  id: string;
  type: string;
  agency: string;
  filedOn: string;
  number: string | null;
  note: string | null;
  furtherPetitionId: string | null;
}

/** What was recorded by hand, and the further petitions that were filed here. */
export const appealsOf: NamedQuery = {
  name: 'appeals-of',
  text: `select id, type, agency, filed_on as "filedOn", number, note, further_petition_id as "furtherPetitionId" from appeal where petition_id = $1
    union all
    select p.id, case r.relation when 'appeals' then 'second_complaint' else 'continuing_denunciation' end, unit.name, p.received_on, p.number, null, p.id
    from petition_relation r join petition p on p.id = r.petition_id join unit on unit.id = p.received_unit_id
    where r.related_petition_id = $1 and r.relation in ('appeals', 'continues') and r.ended_on is null
    order by 4, 1`,
};

export interface SuperiorOutcomeRow {
  id: string;
  agencyType: 'superior' | 'court' | 'other';
  agency: string;
  number: string;
  issuedOn: string;
  gist: string;
  effect: 'upheld' | 'changed' | 'annulled' | 'to_be_resolved_again' | 'other';
  furtherPetitionId: string | null;
}

export const superiorOutcomesOf: NamedQuery = {
  name: 'superior-outcomes-of',
  text: `select id, agency_type as "agencyType", agency, number, issued_on as "issuedOn", gist, effect, further_petition_id as "furtherPetitionId"
    from superior_outcome where petition_id = $1 order by issued_on, id`,
};

/** Money in đồng, land in m². */
export interface Quantities {
  money: number;
  land: number;
  organisations: number;
  persons: number;
  officials: number;
  cases: number;
}

export interface PerformanceRow extends Quantities {
  id: string;
  performedOn: string;
  performedBy: string | null;
  document: string | null;
  note: string | null;
}

export interface ObligationRow extends Quantities {
  id: string;
  type: string;
  description: string;
  responsible: string;
  dueOn: string;
  fulfilledOn: string | null;
  performances: PerformanceRow[];
}

export const quantityNames = ['money', 'land', 'organisations', 'persons', 'officials', 'cases'] as const;

export const obligationsOf: NamedQuery = {
  name: 'obligations-of',
  text: `select o.id, o.type, o.description, o.responsible, o.due_on as "dueOn", o.fulfilled_on as "fulfilledOn",
      o.money::float8, o.land::float8, o.organisations, o.persons, o.officials, o.cases,
      coalesce((select json_agg(json_build_object('id', id, 'performedOn', performed_on, 'performedBy', performed_by, 'document', document, 'note', note,
                  'money', money, 'land', land, 'organisations', organisations, 'persons', persons, 'officials', officials, 'cases', cases)
                  order by performed_on, id)
                from performance where obligation_id = o.id), '[]') as performances
    from obligation o where o.petition_id = $1 order by o.due_on, o.id`,
};

export interface ProtectionRow {
  id: string;
  requestedOn: string;
  urgent: boolean;
  protectedPerson: string;
  content: string;
  state: 'requested' | 'granted' | 'refused' | 'ended';
  decidedOn: string | null;
  documentNumber: string | null;
  reason: string | null;
  measures: { kind: string; body: string; from: string; to: string | null }[];
  endedOn: string | null;
  endGround: string | null;
}

export const protectionRequestsOf: NamedQuery = {
  name: 'protection-requests-of',
  text: `select id, requested_on as "requestedOn", urgent, protected_person as "protectedPerson", content, state, decided_on as "decidedOn",
      document_number as "documentNumber", reason, ended_on as "endedOn", end_ground as "endGround",
      (select coalesce(jsonb_agg('{"to": null}'::jsonb || measure order by place), '[]')
        from jsonb_array_elements(measures) with ordinality as one (measure, place)) as measures
    from protection_request where petition_id = $1 order by requested_on, id`,
};

/** A withdrawal as it was made. */
export interface WithdrawalRow {
  id: string;
  withdrawnOn: string;
  form: WithdrawalForm;
  extent: WithdrawalExtent;
  content: string | null;
  partyPositions: number[];
  signatoryPositions: number[];
  coerced: boolean;
  goesOnBecause: GoingOnGround | null;
  goesOn: boolean;
  reason: string;
  documentNumber: string | null;
}

/** Values: petition id. */
export const withdrawalsOf: NamedQuery = {
  name: 'withdrawals-of',
  text: `select id, withdrawn_on as "withdrawnOn", form, extent, content, party_positions as "partyPositions", signatory_positions as "signatoryPositions",
      coerced, goes_on_because as "goesOnBecause", goes_on as "goesOn", reason, document_number as "documentNumber"
    from withdrawal where petition_id = $1 order by created_at, id`,
};
