import { createHash } from 'node:crypto';
import type { NamedQuery } from '../../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid } from '../../platform/http/page.js';
import { alertCondition } from '../../petitions/alert-condition.js';
import type { PetitionKind } from '../../rules/evaluation/filing.js';
import { isLegalDate, type LegalDate } from '../../platform/text/legal-date.js';
import type { Alert, AlertDays } from '../../rules/limits/alert.js';
import type { VisitResult } from '../../rules/reception/reception-rules.js';
import { seenUnit } from '../../structure/units/seen-unit.js';
import { broughtBefore } from './brought-before.js';
import type { VisitState } from './visit.js';

const columns = `v.id, v.unit_id as "unitId", v.office_id as "officeId", o.name as "officeName", v.session_id as "sessionId", s.type as "sessionType",
  s.held_by as "heldBy", v.ticket_id as "ticketId", v.number, v.visited_on as "visitedOn", v.arrived_at as "arrivedAt", v.started_at as "startedAt",
  v.ended_at as "endedAt", v.receiver_name as "receiverName", v.kind, v.field_code as "fieldCode", v.persons, v.representatives,
  v.large_group as "largeGroup", v.sealed, v.sealed_key as "sealedKey", v.identity_secret as "identitySecret", v.matter, v.content,
  v.earlier_resolver as "earlierResolver", v.papers, v.petition_id as "petitionId", p.number as "petitionNumber", p.case_id as "caseId",
  v.matter_id as "matterId", ${broughtBefore} as repeated, v.state, v.result, v.result_note as "resultNote", v.to_unit_id as "toUnitId",
  v.refusal_ground as "refusalGround", v.refusal_reason as "refusalReason", v.refusal_basis as "refusalBasis", v.appointment_id as "appointmentId", a.number as "appointmentNumber",
  v.answer_due_on as "answerDueOn", v.answer_backlog_on as "answerBacklogOn", v.answered_on as "answeredOn",
  v.answer_document as "answerDocument", v.answer_content as "answerContent", v.revision, v.version, v.created_by as "createdBy",
  v.created_at as "createdAt"`;
const tables = `reception_visit v join reception_office o on o.id = v.office_id left join reception_session s on s.id = v.session_id
  left join petition p on p.id = v.petition_id left join reception_appointment a on a.id = v.appointment_id`;

/** Values: id, roots, subtree. Seen by the unit whose ledger it is, and by the one that received at an online session. */
export const visitById: NamedQuery = {
  name: 'reception-visit',
  text: `select ${columns} from ${tables} where v.id = $1 and (${seenUnit('v.unit_id', '$2', '$3')} or ${seenUnit('o.unit_id', '$2', '$3')})`,
};

/** Values: id, roots, subtree. Held until the end of the transaction. */
export const lockVisit: NamedQuery = { name: 'reception-visit-locked', text: `${visitById.text} for update of v` };

/** Values: units, folded name. Visits in which that name stands, the newest first. */
export const visitsNaming: NamedQuery = {
  name: 'reception-visits-naming',
  text: `select ${columns} from ${tables} where v.unit_id = any ($1::uuid[]) and v.search @@ phraseto_tsquery('simple', $2)
    and position($2 in v.search_names) > 0 order by v.visited_on desc, v.id desc limit 1000`,
};

/** Values: visit. The newest first. */
export const revisionsOf: NamedQuery = {
  name: 'reception-visit-revisions',
  text: `select r.revision, r.content, r.reason, a.username as "replacedBy", r.replaced_at as "replacedAt"
    from reception_visit_revision r left join account a on a.id = r.replaced_by where r.visit_id = $1 order by r.revision desc`,
};

/** The answer that is owed; null where none is. */
const owed = {
  dueOn: 'case when v.answered_on is null then v.answer_due_on end',
  backlogOn: 'case when v.answered_on is null then v.answer_backlog_on end',
};

/** What a list of visits is asked for. */
export interface VisitFilter {
  q?: string;
  kind?: PetitionKind;
  state?: VisitState;
  result?: VisitResult;
  alert?: Alert;
  from?: LegalDate;
  to?: LegalDate;
  sessionId?: string;
  officeId?: string;
  petitionId?: string;
  largeGroup?: boolean;
  limit?: number;
  cursor?: string;
}

/** The rows of one page and one more, the newest first; a ledger goes the other way. */
export function visitPage(
  filter: VisitFilter,
  units: readonly string[],
  days: AlertDays,
  order: 'newest' | 'ledger' = 'newest',
): NamedQuery & { values: unknown[] } {
  const values: unknown[] = [];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const conditions = [`v.unit_id = any (${add(units)}::uuid[])`];
  const equal = (column: string, value: unknown) => {
    if (value !== undefined) conditions.push(`v.${column} = ${add(value)}`);
  };
  equal('kind', filter.kind);
  equal('state', filter.state);
  equal('result', filter.result);
  equal('session_id', filter.sessionId);
  equal('office_id', filter.officeId);
  equal('petition_id', filter.petitionId);
  equal('large_group', filter.largeGroup);
  if (filter.from) conditions.push(`v.visited_on >= ${add(filter.from)}::date`);
  if (filter.to) conditions.push(`v.visited_on <= ${add(filter.to)}::date`);
  if (filter.q) conditions.push(`v.search @@ plainto_tsquery('simple', fold(${add(filter.q)}))`);
  if (filter.alert) conditions.push(alertCondition(filter.alert, days, add, owed));
  const after = decodeCursor(filter.cursor, order === 'newest' ? [isLegalDate, isUuid] : [isUuid, Number.isInteger, Number.isInteger]);
  const inLedger = 'v.unit_id, v.year, v.sequence';
  if (after && order === 'newest') conditions.push(`(v.visited_on, v.id) < (${add(after[0])}::date, ${add(after[1])}::uuid)`);
  if (after && order === 'ledger')
    conditions.push(`(${inLedger}) > (${add(after[0])}::uuid, ${add(after[1])}::int, ${add(after[2])}::int)`);
  const sorted = order === 'newest' ? 'v.visited_on desc, v.id desc' : inLedger;
  // The page first, from narrow rows; what it shows is looked up for it alone.
  const text = `with asked as (
      select v.id from reception_visit v where ${conditions.join(' and ')} order by ${sorted} limit ${add((filter.limit ?? defaultLimit) + 1)}
    )
    select ${columns}, v.year, v.sequence from asked join ${tables.replace('reception_visit v', 'reception_visit v using (id)')} order by ${sorted}`;
  return { name: `reception-visits-${createHash('sha1').update(text).digest('hex')}`, text, values };
}
