/*
 * Every column that can hold words, by table: what kind of words, and so how they are kept and what the audit tells of them. The one list
 * for the triggers of the audit (`audit-triggers.ts`), for the ways from rows to petitions (`ways-to-petitions.ts`)
 * and for the tests that compare it with the database: a column that is in no kind fails there, and stands in the audit as a digest until
 * then; a column of the kind `words` that is not hidden with a denunciation fails in `test/what-hangs.e2e.ts`.
 */
import { own } from '../text/own.js';

/** What the words of a column are. `audit` says how they stand in the audit; only what is clear can be read there. */
export const textKinds = {
  code: { audit: 'clear', because: 'one word of a closed list: it says nothing about anybody' },
  own: { audit: 'clear', because: 'a number, a name or a path that the product makes itself' },
  reference: { audit: 'clear', because: 'reference data that everybody may read: structure, calendar, law' },
  hash: { audit: 'clear', because: 'SHA-256 of a content, which is found by it' },
  account: { audit: 'clear', because: 'names of accounts: the audit has to say whose they are' },
  /** What officials write about a petition, a visit or a case: whoever denounced is taken out before it is stored. */
  words: { audit: 'digest', because: 'free text about a petition' },
  /** What officials write about offices, plans and papers that belong to no petition, and who signs there. */
  office: { audit: 'digest', because: 'free text of officials' },
  /** What a citizen said or wrote: redacted where the author is secret, and kept sealed as it was. */
  told: { audit: 'digest', because: 'words of a citizen' },
  /** What tells who somebody is: sealed where that is secret (`petitions/identity/person-attributes.ts`). */
  person: { audit: 'digest', because: 'personal data' },
  sealed: { audit: 'digest', because: 'opens with a key alone' },
  secret: { audit: 'digest', because: 'passwords, codes and addresses that open something, as digests' },
  /** What follows from other columns, or only says how far something is. */
  derived: { audit: 'left out', because: 'follows from other columns' },
} as const;
export type TextKind = keyof typeof textKinds;

/** How rows of a table lead to petitions: by a column of it, or by a column that leads to a row of another table which does. */
export type Step = 'petition_id' | { by: string; of: string };

/** A table as it stands in the list; columns are separated by spaces. */
export interface TableText {
  /** Columns that name a row in the audit; `id` when left out. */
  ids?: string;
  /** Column of the petition in the audit. */
  petition?: string;
  /** Columns without words that are left out of the audit: they follow from others. */
  leftOut?: string;
  /** Columns without words that tell who somebody is. */
  digested?: string;
  /** Columns whose change counts, where others only tell how far something is. */
  when?: string;
  /** Why rows are in no audit. */
  notAudited?: string;
  /** How a row with `words` leads to petitions. */
  ways?: readonly Step[];
  text?: Partial<Record<TextKind, string>>;
}

const about = { petition: 'petition_id', ways: ['petition_id'] } as const;
const itself = { notAudited: 'it is the record itself' };
const follows = { notAudited: 'its rows follow from others that are recorded' };

export const textColumns: Record<string, TableText> = {
  account: {
    text: {
      account: 'username display_name other_names external_issuer external_subject',
      code: 'roles kind scopes lost_roles lost_scopes',
      secret: 'password_hash client_secret_digest invitation_digest',
      sealed: 'totp_sealed totp_next_sealed',
    },
  },
  account_proposal: {
    text: { code: 'type state roles scopes', office: 'reason', account: 'display_name external_issuer external_subject' },
  },
  account_session: { text: { code: 'revoked_because', own: 'address user_agent network' } },
  appeal: { ...about, text: { code: 'type', words: 'agency number note' } },
  // The hash of what a citizen handed in says where else he handed it in.
  attachment: { ...about, text: { code: 'purpose scan', told: 'filename sha256' } },
  attachment_usage: follows,
  audit_checkpoint: { ...itself, text: { hash: 'hash', own: 'token' } },
  audit_link: { ...itself, text: { hash: 'previous_hash hash' } },
  audit_record: {
    ...itself,
    text: { account: 'on_behalf_of', own: 'address request_id action object_type object_id', code: 'operation', derived: 'before after' },
  },
  audit_rewrite: { ...itself, text: { hash: 'former_leaf' } },
  audit_walk: { ...itself, text: { own: 'token' } },
  background_job: {
    leftOut: 'heartbeat_at done created unchanged refused',
    when: 'state, cancel_requested',
    text: { code: 'type state', own: 'error', office: 'parameters' },
  },
  background_job_fault: {
    notAudited: 'faults of jobs, which are recorded when they begin and end',
    text: { own: 'column_name code reason_vi reason_en' },
  },
  backlog_commitment: { ...about, text: { words: 'note' } },
  backlog_plan: { ids: 'petition_id', ...about, leftOut: 'updated_at', text: { code: 'cause', words: 'cause_note' } },
  backlog_review: {
    ways: [{ by: 'id', of: 'backlog_review_item.review_id' }],
    text: { words: 'conclusion', office: 'chaired_by participants' },
  },
  backlog_review_item: { ids: 'review_id position', ...about, text: { words: 'decision' } },
  backlog_step: { ...about, text: { words: 'action responsible result' } },
  blob: { notAudited: 'contents under their own hash; what they belong to is recorded', text: { hash: 'sha256', code: 'media_type' } },
  booking_count: { notAudited: 'how often one caller has booked, for a day', text: { secret: 'counted' } },
  calendar_day: { ids: 'date', text: { reference: 'name', code: 'status' } },
  calendar_year: { ids: 'year', text: { code: 'status', reference: 'source' } },
  case_merge: { ways: [{ by: 'into_case_id', of: 'petition.case_id' }], text: { words: 'reason undo_reason' } },
  citizen_contact: {
    ...about,
    ways: ['petition_id', { by: 'matter_id', of: 'superior_matter.id' }, { by: 'incident_id', of: 'reception_incident.id' }],
    text: { code: 'way', words: 'officials together_with content', office: 'result' },
  },
  data_key: { ids: 'version', text: { own: 'master_key_id', sealed: 'wrapped' } },
  complexity_finding: { ...about, text: { code: 'criteria complexity', words: 'reason document_number' } },
  dialogue: {
    ...about,
    text: { code: 'presided_by circumstances', words: 'place participants minutes presider_name absence_reason' },
  },
  dispatch: { ...about, text: { code: 'type', words: 'recipients method document_number note' } },
  document: {
    ...about,
    text: { own: 'number', code: 'paper', hash: 'sha256', words: 'gist recipients', office: 'signer_title signer_name' },
  },
  document_counter: follows,
  document_template: { text: { code: 'paper', office: 'filename', hash: 'sha256' } },
  duplicate_review: { ids: 'petition_id other_petition_id', ...about, text: { code: 'decision', words: 'reason' } },
  guidance_article: { text: { code: 'roles' } },
  guidance_version: { text: { office: 'title body change_note', derived: 'search' } },
  idempotency_key: {
    notAudited: 'answers given, for two days',
    text: { secret: 'key request_digest', own: 'headers', sealed: 'sealed body' },
  },
  hidden_words: { petition: 'petition_id', text: { own: 'object_table object_key', sealed: 'sealed' } },
  identity_reveal: { ...about, text: { code: 'basis', words: 'reason' } },
  inspection: {
    text: { code: 'type state', own: 'checklist_version', office: 'decision_number subject cancel_reason assessment inspected_head' },
  },
  inspection_draw: { text: { own: 'seed', office: 'reason candidates' } },
  inspection_finding: { text: { own: 'item_code', code: 'severity state', office: 'description recommendation withdrawn_reason' } },
  inspection_finding_entry: { ids: 'finding_id number', text: { code: 'type', office: 'text' } },
  inspection_finding_evidence: {},
  inspection_item: { ids: 'inspection_id code', text: { own: 'code', code: 'result', office: 'note', derived: 'system' } },
  inspection_member: { ids: 'inspection_id position', text: { code: 'role', office: 'name office' } },
  inspection_photo: { text: { own: 'code client_key' } },
  inspection_plan: { text: { office: 'title number' } },
  inspection_plan_item: { text: { office: 'subject' } },
  inspection_review: { ...about, text: { code: 'kind state', words: 'answers note', derived: 'system' } },
  inspection_sample: { ids: 'inspection_id', text: { own: 'seed sheet_version', office: 'strata' } },
  ledger_counter: follows,
  legal_hold: { ...about, text: { words: 'reason lift_reason' } },
  legal_instrument: { text: { reference: 'number issuer title', code: 'type', office: 'note' } },
  legal_instrument_change: { text: { code: 'kind', office: 'note' } },
  limit_extension: { ways: [{ by: 'limit_id', of: 'petition_limit.id' }], text: { words: 'document_number reason' } },
  long_case: { ...about, text: { code: 'grounds', words: 'document_number dossier_summary end_reason' } },
  migrations: { notAudited: 'the schema itself', text: { own: 'name' } },
  obligation: { ...about, text: { code: 'type', words: 'description responsible' } },
  opening_figure: { text: { code: 'form_code', office: 'figures note' } },
  outgoing_event: { notAudited: 'told from the history; append-only itself', text: { code: 'type', derived: 'data' } },
  outgoing_message: { text: { code: 'channel state', sealed: 'sealed' } },
  performance: { ways: [{ by: 'obligation_id', of: 'obligation.id' }], text: { words: 'performed_by document note' } },
  person: {
    ways: [{ by: 'id', of: 'petition_party.person_id' }],
    digested: 'birth_year',
    text: { code: 'type', person: 'name national_id address phone', derived: 'folded_name folded_address' },
  },
  person_merge: { ways: [{ by: 'into_id', of: 'petition_party.person_id' }], text: { words: 'reason undo_reason' } },
  petition: {
    petition: 'id',
    ways: [{ by: 'id', of: 'petition.id' }],
    leftOut: 'open over_level updated_at',
    text: {
      own: 'number',
      code: 'kind subject channel state stage field_code complexity stated_stage flag_codes recommended_outcome outcome eligibility',
      told: 'summary content respondent external_reference',
      person: 'search_names',
      // Flags explain themselves with what they were found by, whoever forwarded it as well.
      words: 'forwarded_by flags',
      secret: 'status_code',
      derived: 'search prior_handling',
    },
  },
  petition_assignment: { ...about, text: { words: 'note' } },
  petition_case: { ways: [{ by: 'id', of: 'petition.case_id' }] },
  petition_event: {
    ids: 'petition_id sequence',
    notAudited: 'the history of a petition has a chain of its own',
    ways: ['petition_id'],
    text: { code: 'type', words: 'reason facts', hash: 'previous_hash hash' },
  },
  petition_limit: { ...about, text: { code: 'rule_id rule_version unit calendar_status', derived: 'sources' } },
  petition_match: { ...follows, text: { derived: 'signature' } },
  petition_match_key: follows,
  petition_party: {
    ...about,
    digested: 'birth_year',
    text: { code: 'role type', person: 'name national_id address phone office authorisation', sealed: 'sealed national_id_index' },
  },
  petition_relation: { ids: 'petition_id related_petition_id', ...about, text: { code: 'relation', words: 'reason' } },
  petition_signatory: {
    ids: 'petition_id position',
    ...about,
    digested: 'birth_year',
    text: { person: 'name national_id address', sealed: 'sealed' },
  },
  petition_stay: { ...follows, text: { code: 'channel arrival outcome kind stage field_code signatories matter settled_by result' } },
  protection_request: {
    ...about,
    text: { code: 'protected_person state end_ground', words: 'content document_number reason measures' },
  },
  reception_appointment: {
    text: {
      own: 'number',
      code: 'kind source state confirm_by',
      told: 'matter',
      words: 'state_reason',
      sealed: 'sealed',
      secret: 'code_hash contact_index confirmation_hash held_from',
    },
    ways: [{ by: 'id', of: 'reception_visit.appointment_id' }],
  },
  reception_board: follows,
  reception_duty: { text: { code: 'shift state', office: 'official reason' } },
  reception_incident: { ...about, text: { own: 'number', code: 'place_type kind', words: 'place matter outcome', sealed: 'sealed' } },
  reception_incident_entry: {
    ways: [{ by: 'incident_id', of: 'reception_incident.id' }],
    text: { code: 'type informed', words: 'who content' },
  },
  reception_notice: { text: { code: 'type', office: 'title removal_reason' } },
  reception_office: { text: { office: 'name address directions phone opening_hours' } },
  reception_online: {
    ids: 'session_id',
    ways: [{ by: 'session_id', of: 'reception_session.id' }],
    text: { code: 'ground', words: 'ground_reason participants late_reason test_note recording' },
  },
  reception_receiver: { text: { office: 'name title phone appointed_by' } },
  reception_room: { text: { office: 'name equipment' } },
  reception_schedule: {
    text: { own: 'recurrence', code: 'on_day_off state', office: 'title head_name head_title late_reason end_reason' },
  },
  reception_session: {
    leftOut: 'during updated_at',
    ways: [{ by: 'id', of: 'reception_visit.session_id' }],
    text: {
      code: 'type ad_hoc_ground state held_by',
      office: 'title head_name head_title delegate_name delegate_title presider',
      words: 'ad_hoc_reason delegation_reason cancel_reason minutes conclusion no_citizen_minutes',
    },
  },
  reception_session_change: {
    ways: [{ by: 'session_id', of: 'reception_session.id' }],
    text: { code: 'type', words: 'reason before after' },
  },
  reception_session_room: { ids: 'session_id room_id', leftOut: 'during' },
  reception_slot: follows,
  reception_task: { ways: [{ by: 'session_id', of: 'reception_session.id' }], text: { words: 'description result' } },
  reception_ticket: { ways: [{ by: 'id', of: 'reception_visit.ticket_id' }], text: { code: 'state' } },
  reception_visit: {
    ...about,
    leftOut: 'updated_at',
    text: {
      own: 'number',
      code: 'kind field_code state result refusal_ground',
      office: 'receiver_name',
      told: 'matter content',
      person: 'search_names',
      words: 'earlier_resolver papers result_note refusal_reason refusal_basis answer_document answer_content',
      sealed: 'sealed',
      derived: 'search',
    },
  },
  reception_visit_revision: {
    ids: 'visit_id revision',
    ways: [{ by: 'visit_id', of: 'reception_visit.id' }],
    text: { told: 'content', words: 'reason', sealed: 'sealed' },
  },
  reference_version: { ...follows, text: { own: 'name' } },
  refresh_token: { notAudited: 'tokens issued, for some days', text: { secret: 'digest' } },
  regulation: { text: { code: 'type', office: 'title repeal_number repeal_reason' } },
  regulation_basis: { ids: 'version_id position', text: { reference: 'article' } },
  regulation_campaign: { text: { code: 'types state', office: 'title number end_note' } },
  regulation_campaign_item: { text: { code: 'type' } },
  regulation_review: { text: { code: 'type outcome', office: 'reason' } },
  regulation_version: { text: { code: 'action', office: 'number signer_title signer_name gist' } },
  report_deadline: { ids: 'reporter period', text: { code: 'reporter period', reference: 'source' } },
  report_file: { ids: 'job_id', text: { own: 'filename media_type', hash: 'sha256' } },
  report_form_set: { text: { own: 'circular', office: 'title provisional reason', derived: 'forms' } },
  report_urging: { text: { own: 'period_code' } },
  retention_rule: { ids: 'kind', text: { code: 'kind', reference: 'source' } },
  rollout_milestone: { ids: 'unit_id milestone', leftOut: 'updated_at', text: { code: 'milestone', office: 'note' } },
  running_number: { ...follows, text: { own: 'name period' } },
  sealed_text: { ids: 'petition_id', petition: 'petition_id', text: { sealed: 'sealed' } },
  status_guess: { notAudited: 'wrong guesses, for an hour', text: { secret: 'guessed' } },
  sign_in_failure: { notAudited: 'failed attempts to sign in, for some hours', text: { secret: 'name_digest', own: 'network' } },
  statutory_report: {
    text: {
      own: 'period_code circular',
      code: 'state',
      hash: 'digest',
      office: 'narrative revision_reason signer_title signer_name return_reason',
      derived: 'frozen',
    },
  },
  superior_matter: {
    ...about,
    leftOut: 'open',
    text: { code: 'kind agency_type stage effect', words: 'matter agency reference outcome_number outcome_gist', derived: 'folded_agency' },
  },
  superior_matter_news: { ways: [{ by: 'matter_id', of: 'superior_matter.id' }], text: { code: 'stage effect source', words: 'content' } },
  superior_outcome: { ...about, text: { code: 'agency_type effect', words: 'agency number gist' } },
  system_epoch: { text: { code: 'because' } },
  transfer: { ...about, text: { code: 'state', words: 'reason return_reason reply' } },
  triage_proposal: {
    ...about,
    text: { code: 'outcome state approved_outcome', words: 'details note approved_details decision_note' },
  },
  unit: { leftOut: 'valid', text: { reference: 'code symbol name', code: 'level kind' } },
  unit_closure: follows,
  unit_request: {
    ways: [{ by: 'id', of: 'unit_request_petition.request_id' }],
    leftOut: 'updated_at',
    text: { own: 'number', code: 'type state', words: 'title content' },
  },
  unit_request_entry: { ways: [{ by: 'request_id', of: 'unit_request.id' }], text: { code: 'state', words: 'content' } },
  unit_request_petition: { ...about, ids: 'request_id petition_id' },
  unit_setting: { ids: 'unit_id', text: { code: 'triage_mode late_publication booking_confirmation' } },
  unit_succession: { ids: 'predecessor_id successor_id', text: { code: 'portion' } },
  urging: { ...about, text: { words: 'content answer handling' } },
  urging_letter: { ways: [{ by: 'id', of: 'urging.letter_id' }], text: { words: 'content' } },
  verification: { ...about, text: { words: 'purpose document_number plan report report_proposal' } },
  verification_entry: { ways: [{ by: 'verification_id', of: 'verification.id' }], text: { code: 'type', words: 'content source' } },
  verification_member: { ids: 'verification_id position', text: { code: 'role', office: 'name office' } },
  webhook_delivery: { notAudited: 'how far messages are', text: { code: 'state', own: 'last_error' } },
  webhook_subscription: { text: { secret: 'url', code: 'types stopped_because', sealed: 'sealed' } },
  visit_guidance: { ...follows, text: { derived: 'signature' } },
  withdrawal: { ...about, text: { code: 'form extent goes_on_because', words: 'content reason document_number' } },
};

/** The columns of a table that are of the kinds. */
export function columnsOf(table: string, ...kinds: readonly TextKind[]): string[] {
  const { text = {} } = own(textColumns, table) ?? {};
  return kinds.flatMap((kind) => namesIn(text[kind]));
}

/** Names of columns as the list writes them. */
export function namesIn(names: string | undefined): string[] {
  return names?.split(' ') ?? [];
}
