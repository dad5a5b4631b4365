/**
 * A table whose rows hang on a petition, directly or by way of a visit, an appointment or a gathering: what somebody wrote in them can tell
 * who denounced, so it is hidden together with the petition (`hide-words.ts`).
 */
export interface HangingTable {
  table: string;
  /** Columns that a row is known by. */
  key?: readonly string[];
  /** Condition on a row `t`: it hangs on the petitions `$1`, the visits `$2`, the appointments `$3` or the gatherings `$4`. */
  hangs: string;
  /** Columns that somebody writes into: whoever is secret is taken out of them. Texts, lists of texts, JSON. */
  words: readonly string[];
  /** Those of them that tell of somebody else who may be known: he stays. */
  others?: readonly string[];
  /** Columns of text that nobody writes into: codes, numbers that the system gives, digests; or that name officials alone. */
  codes?: readonly string[];
  /** Rows that are never changed otherwise. */
  appendOnly?: true;
  /** What stands in place of a text, where it goes whoever is named in it. */
  instead?: (text: string) => string;
}

/** A name of a file that tells nothing but its type. */
export function neutralName(filename: string): string {
  return `tep${(/\.[a-z0-9]{1,8}$/i.exec(filename)?.[0] ?? '').toLowerCase()}`;
}

const ofPetition = 't.petition_id = any ($1)';
const below = (column: string, parent: string) => `t.${column} in (select id from ${parent} where petition_id = any ($1))`;

/** Requests about the software that name the petition, in whatever of their words. */
const requestsNaming = 'select request_id from unit_request_petition where petition_id = any ($1)';

/** Everything that hangs on a petition and holds words. `test/what-hangs.e2e.ts` compares it with the foreign keys and columns of the database. */
export const hangingTables: readonly HangingTable[] = [
  // Summary and content are redacted for themselves (`sealed-people.ts`), because they are shown whole to whoever may know.
  {
    table: 'petition',
    hangs: 't.id = any ($1)',
    // Flags tell with what they were found by, whoever forwarded it as well.
    words: ['forwarded_by', 'respondent', 'external_reference', 'flags'],
    others: ['respondent'],
    codes: [
      'number',
      'kind',
      'subject',
      'channel',
      'state',
      'stage',
      'outcome',
      'summary',
      'content',
      'field_code',
      'complexity',
      'prior_handling',
      'stated_stage',
      'flag_codes',
      'recommended_outcome',
      'search_names',
      'eligibility',
      'status_code',
    ],
  },
  // Whoever else is named in it is sealed for himself (`sealed-people.ts`).
  {
    table: 'petition_party',
    hangs: `(t.petition_id = any ($1) and t.role = 'respondent')`,
    words: ['name', 'address', 'office'],
    others: ['name', 'address', 'office'],
    codes: ['role', 'type', 'national_id', 'phone', 'authorisation'],
  },
  {
    table: 'petition_event',
    key: ['petition_id', 'sequence'],
    hangs: ofPetition,
    words: ['reason', 'facts'],
    codes: ['type', 'previous_hash', 'hash'],
    appendOnly: true,
  },
  {
    table: 'petition_relation',
    key: ['petition_id', 'related_petition_id'],
    hangs: '(t.petition_id = any ($1) or t.related_petition_id = any ($1))',
    words: ['reason'],
    codes: ['relation'],
  },
  {
    table: 'duplicate_review',
    key: ['petition_id', 'other_petition_id'],
    hangs: '(t.petition_id = any ($1) or t.other_petition_id = any ($1))',
    words: ['reason'],
    codes: ['decision'],
  },
  {
    table: 'person_merge',
    hangs: 't.party_ids && array(select id from petition_party where petition_id = any ($1))',
    words: ['reason', 'undo_reason'],
  },
  { table: 'case_merge', hangs: 't.petition_ids && $1', words: ['reason', 'undo_reason'] },
  { table: 'limit_extension', hangs: below('limit_id', 'petition_limit'), words: ['document_number', 'reason'] },
  { table: 'transfer', hangs: ofPetition, words: ['reason', 'return_reason', 'reply'], codes: ['state'] },
  { table: 'urging', hangs: ofPetition, words: ['content', 'answer', 'handling'] },
  { table: 'urging_letter', hangs: 't.id in (select letter_id from urging where petition_id = any ($1))', words: ['content'] },
  {
    table: 'triage_proposal',
    hangs: ofPetition,
    words: ['details', 'note', 'approved_details', 'decision_note'],
    codes: ['outcome', 'state', 'approved_outcome'],
  },
  { table: 'petition_assignment', hangs: ofPetition, words: ['note'] },
  { table: 'legal_hold', hangs: ofPetition, words: ['reason', 'lift_reason'] },
  { table: 'verification', hangs: ofPetition, words: ['purpose', 'document_number', 'plan', 'report', 'report_proposal'] },
  {
    table: 'verification_member',
    key: ['verification_id', 'position'],
    hangs: below('verification_id', 'verification'),
    words: ['name', 'office'],
    codes: ['role'],
  },
  {
    table: 'verification_entry',
    hangs: below('verification_id', 'verification'),
    words: ['content', 'source'],
    codes: ['type'],
    appendOnly: true,
  },
  { table: 'complexity_finding', hangs: ofPetition, words: ['reason', 'document_number'], codes: ['criteria', 'complexity'] },
  {
    table: 'dialogue',
    hangs: ofPetition,
    words: ['place', 'participants', 'minutes', 'presider_name', 'absence_reason'],
    codes: ['presided_by', 'circumstances'],
  },
  { table: 'dispatch', hangs: ofPetition, words: ['recipients', 'method', 'document_number', 'note'], codes: ['type'] },
  {
    table: 'withdrawal',
    hangs: ofPetition,
    words: ['content', 'reason', 'document_number'],
    codes: ['form', 'extent', 'goes_on_because'],
  },
  { table: 'appeal', hangs: ofPetition, words: ['agency', 'number', 'note'], codes: ['type'] },
  { table: 'superior_outcome', hangs: ofPetition, words: ['agency', 'number', 'gist'], codes: ['agency_type', 'effect'] },
  { table: 'obligation', hangs: ofPetition, words: ['description', 'responsible'], codes: ['type'] },
  {
    table: 'performance',
    hangs: below('obligation_id', 'obligation'),
    words: ['performed_by', 'document', 'note'],
    appendOnly: true,
  },
  {
    table: 'protection_request',
    hangs: ofPetition,
    words: ['content', 'document_number', 'reason', 'measures'],
    codes: ['protected_person', 'state', 'end_ground'],
  },
  {
    table: 'document',
    hangs: '(t.petition_id = any ($1) or t.visit_id = any ($2) or t.appointment_id = any ($3))',
    words: ['gist', 'recipients', 'signer_title', 'signer_name'],
    codes: ['number', 'paper', 'sha256'],
  },
  // The name of a file tells as much as the file; the content opens by a reveal alone (`FileReveals`).
  {
    table: 'attachment',
    hangs: `(t.petition_id = any ($1) or t.id in (select document_id from superior_matter where petition_id = any ($1)))`,
    words: ['filename'],
    codes: ['sha256', 'purpose', 'scan'],
    instead: neutralName,
  },
  {
    table: 'superior_matter',
    hangs: ofPetition,
    words: ['matter', 'agency', 'reference', 'outcome_number', 'outcome_gist'],
    codes: ['kind', 'agency_type', 'folded_agency', 'stage', 'effect'],
  },
  { table: 'superior_matter_news', hangs: below('matter_id', 'superior_matter'), words: ['content'], codes: ['stage', 'effect', 'source'] },
  {
    table: 'citizen_contact',
    hangs: `(t.petition_id = any ($1) or t.incident_id = any ($4) or ${below('matter_id', 'superior_matter')})`,
    words: ['officials', 'together_with', 'content'],
    codes: ['way', 'result'],
  },
  { table: 'unit_request', hangs: `t.id in (${requestsNaming})`, words: ['title', 'content'], codes: ['number', 'type', 'state'] },
  { table: 'unit_request_entry', hangs: `t.request_id in (${requestsNaming})`, words: ['content'], codes: ['state'] },
  { table: 'backlog_plan', key: ['petition_id'], hangs: ofPetition, words: ['cause_note'], codes: ['cause'] },
  { table: 'backlog_step', hangs: ofPetition, words: ['action', 'responsible', 'result'] },
  { table: 'backlog_commitment', hangs: ofPetition, words: ['note'] },
  { table: 'backlog_review_item', key: ['review_id', 'position'], hangs: ofPetition, words: ['decision'] },
  {
    table: 'backlog_review',
    hangs: 't.id in (select review_id from backlog_review_item where petition_id = any ($1))',
    words: ['participants', 'conclusion'],
    codes: ['chaired_by'],
  },
  { table: 'long_case', hangs: ofPetition, words: ['document_number', 'dossier_summary', 'end_reason'], codes: ['grounds'] },
  { table: 'inspection_review', hangs: ofPetition, words: ['note', 'answers'], codes: ['kind', 'state', 'system'] },
  {
    table: 'reception_visit',
    hangs: 't.id = any ($2)',
    words: [
      'receiver_name',
      'earlier_resolver',
      'papers',
      'result_note',
      'refusal_reason',
      'refusal_basis',
      'answer_document',
      'answer_content',
    ],
    codes: ['number', 'kind', 'field_code', 'search_names', 'matter', 'content', 'state', 'result', 'refusal_ground'],
  },
  { table: 'reception_visit_revision', key: ['visit_id', 'revision'], hangs: 't.visit_id = any ($2)', words: ['content', 'reason'] },
  {
    table: 'reception_session',
    hangs:
      't.id in (select session_id from reception_visit where id = any ($2) union select session_id from reception_appointment where id = any ($3))',
    words: ['minutes', 'conclusion', 'ad_hoc_reason', 'delegation_reason', 'cancel_reason', 'no_citizen_minutes'],
  },
  {
    table: 'reception_online',
    key: ['session_id'],
    hangs:
      't.session_id in (select session_id from reception_visit where id = any ($2) union select session_id from reception_appointment where id = any ($3))',
    words: ['ground_reason', 'participants', 'late_reason', 'test_note', 'recording'],
    codes: ['ground'],
  },
  {
    table: 'reception_session_change',
    hangs:
      't.session_id in (select session_id from reception_visit where id = any ($2) union select session_id from reception_appointment where id = any ($3))',
    words: ['reason', 'before', 'after'],
    codes: ['type'],
    appendOnly: true,
  },
  {
    table: 'reception_task',
    hangs:
      't.session_id in (select session_id from reception_visit where id = any ($2) union select session_id from reception_appointment where id = any ($3))',
    words: ['description', 'result'],
  },
  {
    table: 'reception_appointment',
    hangs: 't.id = any ($3)',
    words: ['state_reason'],
    codes: ['number', 'kind', 'matter', 'source', 'state', 'confirm_by'],
  },
  { table: 'reception_incident', hangs: 't.id = any ($4)', words: ['place', 'outcome'], codes: ['number', 'place_type', 'matter', 'kind'] },
  {
    table: 'reception_incident_entry',
    hangs: 't.incident_id = any ($4)',
    words: ['who', 'content'],
    codes: ['type', 'informed'],
    appendOnly: true,
  },
];

/** Tables that a foreign key leads to from a petition, a visit, a ticket, an appointment or a gathering, and why no words in them are hidden here. */
export const hiddenOtherwise: Readonly<Record<string, string>> = {
  petition_signatory: 'people: sealed for themselves (sealed-people.ts)',
  sealed_text: 'sealed',
  hidden_words: 'sealed',
  petition_match: 'keyed digests, made anew (seal-open-identities.ts)',
  visit_guidance: 'keyed digests; a trigger takes them away with the secrecy of the visit',
  petition_limit: 'rules, days and numbers',
  petition_stay: 'what is counted: codes and days',
  petition_case: 'days and units',
  outgoing_event: 'numbers, states and units, never words',
  webhook_delivery: 'how far a message is',
  identity_reveal: 'written once somebody is secret, never changed; the reason is redacted when it is written',
  reception_ticket: 'numbers, states and hours; its appointment is hidden',
  unit_request_petition: 'which petitions a request names: ids alone',
  reception_notice: 'what a unit posts; a photo of that is its only file',
  regulation_version: 'published law; its file is public',
  regulation_basis: 'published law',
  statutory_report: 'figures; its paper is a narrative about a period',
  report_urging: 'a letter about figures',
  inspection: 'about a unit, with a paper of its own',
  inspection_member: 'officials',
  inspection_item: 'a checklist about a unit',
  inspection_photo: 'of a unit, taken by inspectors',
  inspection_finding: 'about a unit',
  inspection_finding_entry: 'about a unit',
  inspection_finding_evidence: 'of a unit',
  inspection_sample: 'seeds and counts of a draw',
};
