import type { NamedQuery } from '../platform/database/transactions.js';
import type { Complexity } from '../rules/limits/limit-rule.js';
import { owedBeforeClosure } from '../rules/limits/limits-by-event.js';
import type { ComplexityCriterionId } from '../rules/resolution/complexity.js';
import { since2026 } from '../rules/source.js';
import { asJson, inserted } from './identity/person-attributes.js';
import { visibleTo } from './visible-to.js';

const [party, person] = [inserted('petition_party', 'named'), inserted('person', 'named')];

const listColumns = `p.id, p.number, p.case_id as "caseId", p.kind, p.state, p.stage, p.channel, p.received_on as "receivedOn", p.summary,
  p.field_code as "fieldCode", p.signatories, p.flag_codes as "flagCodes", p.levels_skipped as "levelsSkipped",
  p.recommended_outcome as "recommendedOutcome", p.within_competence as "withinCompetence", p.received_unit_id as "receivedUnitId",
  p.competent_unit_id as "competentUnitId", p.responsible_unit_id as "responsibleUnitId", p.parent_id as "partOfId", p.next_due_on as "nextDueOn",
  p.next_backlog_on as "nextBacklogOn", p.version`;

const petitionColumns = `${listColumns}, p.subject, p.written_on as "writtenOn", p.content, p.respondent, p.matter_unit_id as "matterUnitId",
  p.remote_area as "remoteArea", p.complexity,
  p.complexity = 'normal' or coalesce(p.complexity = (select f.complexity from complexity_finding f where f.petition_id = p.id
    order by f.created_at desc, f.id desc limit 1), false) as "complexityReasoned", p.multiple_places as "multiplePlaces", p.decision_known_on as "decisionKnownOn", p.obstacle_days as "obstacleDays",
  p.forwarded_by as "forwardedBy", p.also_sent_to_unit_ids as "alsoSentToUnitIds", p.prior_handling as "priorHandling",
  p.stated_stage as "statedStage", p.stated_competent_unit_id as "statedCompetentUnitId", p.responsible_since as "responsibleSince",
  p.involved_unit_ids as "involvedUnitIds", p.flags, p.accepted_on as "acceptedOn", p.decided_on as "decidedOn",
  p.decision_received_on as "decisionReceivedOn", p.refused_on as "refusedOn", p.closed_on as "closedOn", p.last_step_on as "lastStepOn",
  p.outcome, p.suspended_on as "suspendedOn", p.terminated_on as "terminatedOn", p.in_force_on as "inForceOn", p.anonymous, p.identity_secret as "identitySecret", p.eligibility,
  coalesce((select triage_mode from unit_setting where unit_id = p.responsible_unit_id), 'one_step') as "triageMode",
  array(select distinct rule_id from petition_limit where petition_id = p.id and met_on is null and void_on is null
        and rule_id in (${owedBeforeClosure.map((rule) => `'${rule}'`).join(', ')}) order by 1) as owed,
  p.created_at as "createdAt", p.updated_at as "updatedAt"`;

/** Values: id, roots, subtree. */
export const petitionById: NamedQuery = {
  name: 'petition-by-id',
  text: `select ${petitionColumns},
    coalesce((select json_agg(json_build_object('role', party.role, 'type', party.type, ${asJson('petition_party', 'party')},
                'personId', party.person_id, 'withdrawnOn', (select min(w.withdrawn_on) from withdrawal w
                  where w.petition_id = p.id and not w.coerced and party.position = any (w.party_positions))) order by party.position)
              from petition_party party where party.petition_id = p.id), '[]') as parties,
    coalesce((select json_agg(json_build_object('relation', r.relation, 'petitionId',
                (select p.id from petition p where p.id = r.related_petition_id and ${visibleTo('$2', '$3')})))
              from petition_relation r where r.petition_id = p.id and r.ended_on is null), '[]') as "relatedTo",
    coalesce((select json_agg(json_build_object('id', part.id, 'number', part.number, 'kind', part.kind, 'state', part.state, 'summary', part.summary,
                'fieldCode', part.field_code, 'competentUnitId', part.competent_unit_id, 'recommendedOutcome', part.recommended_outcome,
                'outcome', part.outcome) order by part.part_no)
              from petition part where part.parent_id = p.id), '[]') as parts,
    coalesce((select json_agg(json_build_object('id', l.id, 'unitId', l.unit_id, 'ruleId', l.rule_id, 'ruleVersion', l.rule_version,
                'startsOn', l.starts_on, 'dueOn', l.due_on, 'backlogOn', l.backlog_on, 'amount', l.amount, 'unit', l.unit,
                'calendarStatus', l.calendar_status, 'sources', l.sources, 'metOn', l.met_on, 'voidOn', l.void_on, 'extensionsDays', l.extensions_days,
                'suspendedDays', l.suspended_days, 'suspendedOn', l.suspended_on, 'subjectId', l.subject_id) order by l.created_at, l.due_on, l.id)
              from petition_limit l where l.petition_id = p.id), '[]') as limits
  from petition p
  where p.id = $1 and ${visibleTo('$2', '$3')}`,
};

/** Values: id, roots, subtree. Held until the end of the transaction, so that of two parallel steps one waits and then sees the other. */
export const lockPetition: NamedQuery = {
  name: 'lock-petition',
  text: `select ${petitionColumns} from petition p where p.id = $1 and ${visibleTo('$2', '$3')} for update of p`,
};

/** Values: id. */
export const lockPetitionById: NamedQuery = {
  name: 'lock-petition-by-id',
  text: `select ${petitionColumns} from petition p where p.id = $1 for update of p`,
};

/** Values: ids, roots, subtree. Earlier petitions with the last day of their resolution. */
export const relatedPetitions: NamedQuery = {
  name: 'related-petitions',
  text: `select ${petitionColumns},
    (select max(due_on) from petition_limit l where l.petition_id = p.id and l.void_on is null and (l.rule_id like '%.resolution%' or l.rule_id = 'recommendation.settlement')) as "resolutionDueOn",
    (select occurred_on from petition_event e where e.petition_id = p.id and p.state = 'guided' and e.type = 'guided' order by e.sequence desc limit 1) as "guidedOn"
  from petition p where p.id = any ($1::uuid[]) and ${visibleTo('$2', '$3')}`,
};

/** Condition on an `earlier` petition of the case: a clerk said that `$1` repeats it, or both have the same petitioner. */
const ofTheSamePerson = `(exists (select from petition_relation r where r.petition_id = $1 and r.related_petition_id = earlier.id
                   and r.relation in ('repeats', 'duplicate_of') and r.ended_on is null)
      or exists (select from petition_party mine join petition_party theirs
                   on theirs.person_id = mine.person_id
                   or (lower(theirs.name) = lower(mine.name) and coalesce(theirs.national_id = mine.national_id, true))
                 where mine.petition_id = $1 and mine.role = 'petitioner' and theirs.petition_id = earlier.id and theirs.role = 'petitioner'
                   and mine.person_id is not null and theirs.person_id is not null))`;

/** Values: petition. The last complaint of the same person in the case that was withdrawn since that ends the right (Law on Complaints art. 10(3)). */
export const earlierWithdrawal: NamedQuery = {
  name: 'earlier-withdrawal',
  text: `select earlier.id as "petitionId", earlier.number, earlier.terminated_on as "withdrawnOn" from petition earlier
  where earlier.case_id = (select case_id from petition where id = $1) and earlier.id <> $1 and earlier.kind = 'complaint' and earlier.state = 'terminated'
    and earlier.outcome = 'withdrawn' and earlier.terminated_on >= '${since2026}' and ${ofTheSamePerson}
  order by earlier.terminated_on desc, earlier.id desc limit 1`,
};

/**
 * Values: petition, day of receipt, stage. One row: the last guidance of the same person about the matter – of the petition that a clerk said
 * it repeats, or of one in its case with the same petitioner –, nulls where there is none; and the national ids of its petitioners, none of
 * one whose author is secret.
 */
export const earlierGuidance: NamedQuery = {
  name: 'earlier-guidance',
  text: `select found.*, array(select national_id from petition_party where petition_id = $1 and role = 'petitioner' and national_id is not null) as "nationalIds"
  from (values (1)) as always left join (
    select earlier.id as "petitionId", earlier.number, event.occurred_on as "guidedOn"
    from petition earlier join lateral (
      select occurred_on from petition_event where petition_id = earlier.id and type = 'guided' order by sequence desc limit 1
    ) event on true
    where earlier.case_id = (select case_id from petition where id = $1) and earlier.id <> $1 and earlier.state = 'guided' and earlier.received_on <= $2
      and earlier.stage is not distinct from $3
      and ${ofTheSamePerson}
    order by event.occurred_on desc, earlier.id desc limit 1
  ) found on true`,
};

/** Values: petition id. Whether somebody stands behind it: a representative, or people who signed. */
export const whetherNamed: NamedQuery = {
  name: 'whether-named',
  text: `select exists (select from petition_party where petition_id = $1 and role in ('petitioner', 'representative'))
    or exists (select from petition_signatory where petition_id = $1) as named`,
};

/** Values: petition id. Whether a verification of it was reported. */
export const whetherVerified: NamedQuery = {
  name: 'whether-verified',
  text: 'select exists (select from verification where petition_id = $1 and reported_on is not null) as verified',
};

/** Values: ids, roots, subtree. People who are named in a petition that may be seen. */
export const knownPeople: NamedQuery = {
  name: 'known-people',
  text: `select distinct party.person_id as id from petition_party party join petition p on p.id = party.petition_id
  where party.person_id = any ($1::uuid[]) and not p.identity_secret and ${visibleTo('$2', '$3')}`,
};

/** Values: petition id. */
export const petitionHistory: NamedQuery = {
  name: 'petition-history',
  text: `select event.sequence, event.type, event.occurred_on as "occurredOn", event.recorded_at as "recordedAt", event.account_id as "accountId",
    account.username, event.unit_id as "unitId", event.reason, event.facts, event.previous_hash as "previousHash", event.hash,
    event.redacted, event.hash = petition_event_hash(event) and event.previous_hash is not distinct from lag(event.hash) over (order by event.sequence) as intact
  from petition_event event left join account on account.id = event.account_id
  where event.petition_id = $1 order by event.sequence`,
};

/**
 * One statement for a new petition and all that belongs to it: the number is taken and the row of the unit's ledger locked for no longer
 * than this takes. Values: petition, parties, relations, limits, event, fingerprint, sealed words or null – each as JSON.
 */
export const filePetition: NamedQuery = {
  name: 'file-petition',
  text: `
  with wanted as (
    select * from jsonb_to_record($1::jsonb) as w (
      unit_id uuid, symbol text, case_id uuid, kind text, subject text, channel text, stage text, received_on date, written_on date, summary text,
      content text, field_code text, respondent jsonb, matter_unit_id uuid, signatories int, remote_area boolean, complexity text,
      multiple_places boolean, decision_known_on date, obstacle_days int, forwarded_by text, also_sent_to_unit_ids uuid[], prior_handling jsonb,
      competent_unit_id uuid, within_competence boolean, flags jsonb, flag_codes text[], levels_skipped int, recommended_outcome text,
      id uuid, next_due_on date, next_backlog_on date, created_by uuid, search_names text, anonymous boolean, identity_secret boolean, external_reference text, state text, last_step_on date, closed_on date)
  ), opened as (
    insert into petition_case (opened_unit_id, opened_on) select unit_id, received_on from wanted where case_id is null returning id
  ), counted as (
    insert into ledger_counter as counter (unit_id, year, last_number)
    select unit_id, extract(year from received_on), 1 from wanted
    on conflict (unit_id, year) do update set last_number = counter.last_number + 1
    returning last_number, year
  ), filed as (
    insert into petition (id, number, ledger_unit_id, ledger_year, ledger_number, case_id, kind, subject, channel, state, stage, received_on, written_on,
      summary, content, field_code, respondent, matter_unit_id, signatories, remote_area, complexity, multiple_places, decision_known_on, obstacle_days, forwarded_by,
      also_sent_to_unit_ids, prior_handling, received_unit_id, competent_unit_id, responsible_unit_id, responsible_since, involved_unit_ids,
      within_competence, flags, flag_codes, levels_skipped, recommended_outcome, last_step_on, next_due_on, next_backlog_on, created_by, search_names, anonymous,
      identity_secret, external_reference, closed_on)
    select coalesce(w.id, new_id()), w.symbol || '-' || c.year || '-' || lpad(c.last_number::text, greatest(6, length(c.last_number::text)), '0'), w.unit_id, c.year, c.last_number,
      coalesce(w.case_id, (select id from opened)), w.kind, w.subject, w.channel, w.state, w.stage, w.received_on, w.written_on,
      w.summary, w.content, w.field_code, w.respondent, w.matter_unit_id, w.signatories, w.remote_area, w.complexity, w.multiple_places, w.decision_known_on, w.obstacle_days, w.forwarded_by,
      w.also_sent_to_unit_ids, w.prior_handling, w.unit_id, w.competent_unit_id, w.unit_id, w.received_on, array[w.unit_id],
      w.within_competence, w.flags, w.flag_codes, w.levels_skipped, w.recommended_outcome, w.last_step_on, w.next_due_on, w.next_backlog_on, w.created_by, w.search_names, w.anonymous,
      w.identity_secret, w.external_reference, w.closed_on
    from wanted w, counted c
    returning *
  ), named as (
    select filed.id as petition_id, party.*, "personId" is null as is_new,
      case when not filed.identity_secret and role <> 'respondent' then coalesce("personId", new_id()) end as person_id
    from filed, rows from (jsonb_to_recordset($2::jsonb) as (role text, type text, ${party.record}, "personId" uuid, sealed text, "sealedKey" int, "nationalIdIndex" text)) with ordinality as party
  ), people as (
    insert into person (id, type, ${person.columns})
    select person_id, type, ${person.values} from named where person_id is not null and is_new
  ), parties as (
    insert into petition_party (petition_id, position, role, type, ${party.columns}, person_id,
      sealed, sealed_key, national_id_index)
    select petition_id, ordinality, role, type, ${party.values}, person_id,
      decode(sealed, 'hex'), "sealedKey", decode("nationalIdIndex", 'hex') from named
  ), worded as (
    insert into sealed_text (petition_id, sealed, sealed_key)
    select filed.id, decode(t.sealed, 'hex'), t."sealedKey" from filed, jsonb_to_record($7::jsonb) as t (sealed text, "sealedKey" int) where $7 is not null
  ), compared as (
    insert into petition_match (petition_id, signature, person_keys, subject_key, keys)
    select filed.id, decode(signature, 'hex'), "personKeys", "subjectKey", f.keys
    from filed, jsonb_to_record($6::jsonb) as f (signature text, "personKeys" bigint[], "subjectKey" bigint, keys bigint[])
  ), keyed as (
    insert into petition_match_key (key, petition_id)
    select key, filed.id from filed, jsonb_to_record($6::jsonb) as f (keys bigint[]), unnest(f.keys) as key
  ), contested as (
    -- A second complaint keeps the decision before it from coming into force (Law on Complaints art. 44).
    update petition earlier set in_force_on = null, version = version + 1
    from jsonb_to_recordset($3::jsonb) as r ("petitionId" uuid, relation text)
    where earlier.id = r."petitionId" and r.relation = 'appeals' and earlier.in_force_on > (select received_on from filed)
  ), related as (
    insert into petition_relation (petition_id, related_petition_id, relation)
    select filed.id, "petitionId", relation from filed, jsonb_to_recordset($3::jsonb) as r ("petitionId" uuid, relation text)
  ), limited as (
    insert into petition_limit (petition_id, unit_id, rule_id, rule_version, starts_on, due_on, backlog_on, amount, unit, calendar_status, sources, met_on)
    select filed.id, filed.responsible_unit_id, "ruleId", "ruleVersion", "startsOn", "dueOn", "backlogOn", amount, l.unit, "calendarStatus", sources, "metOn"
    from filed, jsonb_to_recordset($4::jsonb) as l ("ruleId" text, "ruleVersion" text, "startsOn" date, "dueOn" date, "backlogOn" date, amount int, unit text, "calendarStatus" text, sources jsonb, "metOn" date)
  ), recorded as (
    insert into petition_event (petition_id, type, occurred_on, account_id, unit_id, facts)
    select filed.id, 'received', filed.received_on, filed.created_by, filed.received_unit_id, $5::jsonb || jsonb_build_object('number', filed.number) from filed
  )
  select id from filed`,
};

/** A finding of how complex a matter is. */
export interface ComplexityFindingRow {
  id: string;
  foundOn: string;
  criteria: ComplexityCriterionId[];
  complexity: Complexity;
  reason: string;
  documentNumber: string | null;
  foundBy: string;
}

/** Values: petition id. The last one governs. */
export const complexityFindingsOf: NamedQuery = {
  name: 'complexity-findings-of',
  text: `select f.id, f.found_on as "foundOn", f.criteria, f.complexity, f.reason, f.document_number as "documentNumber", account.username as "foundBy"
    from complexity_finding f join account on account.id = f.created_by where f.petition_id = $1 order by f.created_at, f.id`,
};

/** A list: conditions and keyset are put together by the caller there; the text follows from which filters are set. */
export function petitionList(conditions: string[], order: string, limitParameter: string): string {
  return `select ${listColumns} from petition p where ${conditions.join(' and ')} order by ${order} limit ${limitParameter}`;
}

/** A list with the first petitioner of each row, unless that is a secret. */
export function withPetitioner(list: string): string {
  return list.replace(
    ' from petition p where',
    `, p.identity_secret as "identitySecret", p.closed_on as "closedOn", first.name as petitioner, first.address as "petitionerAddress"
    from petition p left join lateral (
      select name, address from petition_party where petition_id = p.id and role = 'petitioner' and not p.identity_secret order by position limit 1
    ) first on true where`,
  );
}
