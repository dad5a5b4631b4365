import type { NamedQuery } from '../../platform/database/transactions.js';

const columns = `r.id, r.unit_id as "unitId", r.period_code as "periodCode", r.from_day as "from", r.to_day as "to", r.revision, r.supersedes_id as "supersedesId",
  r.revision_reason as "revisionReason", (select later.id from statutory_report later where later.supersedes_id = r.id) as "supersededById", r.state,
  r.due_on as "dueOn", r.narrative, r.narrative_document_id as "narrativeDocumentId", r.circular, r.as_of as "asOf", r.digest, r.signer_title as "signerTitle",
  r.signer_name as "signerName", r.submitted_on as "submittedOn", r.decided_on as "decidedOn", r.return_reason as "returnReason",
  r.consolidated_into_id as "consolidatedIntoId", r.version`;

/** Values: id, units that the caller may see. */
export const submissionById: NamedQuery = {
  name: 'statutory-report',
  text: `select ${columns} from statutory_report r where r.id = $1 and r.unit_id = any ($2::uuid[])`,
};

/** Values: id, units that the caller may see. Held until the end of the transaction. */
export const lockSubmission: NamedQuery = { name: 'statutory-report-locked', text: `${submissionById.text} for update of r` };

/** Values: id. */
export const frozenOf: NamedQuery = { name: 'statutory-report-frozen', text: 'select frozen from statutory_report where id = $1' };

/** Values: units, period or null, state or null, last id or null, limit. */
export const submissionList: NamedQuery = {
  name: 'statutory-reports',
  text: `select ${columns} from statutory_report r
    where r.unit_id = any ($1::uuid[]) and ($2::text is null or r.period_code = $2) and ($3::text is null or r.state = $3) and ($4::uuid is null or r.id < $4)
    order by r.id desc limit $5`,
};

/** Values: units, period. The newest revision of each unit, whatever its state. */
export const newestOf: NamedQuery = {
  name: 'statutory-reports-newest',
  text: `select distinct on (r.unit_id) ${columns} from statutory_report r where r.unit_id = any ($1::uuid[]) and r.period_code = $2
    order by r.unit_id, r.revision desc`,
};

/** Values: units, period, circular. The newest accepted revision of each unit with what was frozen. */
export const acceptedOf: NamedQuery = {
  name: 'statutory-reports-accepted',
  text: `select distinct on (r.unit_id) r.id, r.unit_id as "unitId", r.revision, r.frozen -> 'forms' as forms, r.frozen -> 'set' -> 'forms' as definitions from statutory_report r
    where r.unit_id = any ($1::uuid[]) and r.period_code = $2 and r.state = 'accepted' and r.circular = $3 order by r.unit_id, r.revision desc`,
};

export const deadlines: NamedQuery = {
  name: 'report-deadlines',
  text: `select reporter, period, days_after as "daysAfter", source, verified, version from report_deadline
    order by array_position(array['commune', 'department', 'district', 'province'], reporter), period desc`,
};

/** Values: units, period. How often and when last each was urged. */
export const urgedReports: NamedQuery = {
  name: 'report-urgings',
  text: `select unit_id as "unitId", count(*)::int as count, max(urged_on) as "lastOn", (array_agg(document_id order by id desc))[1] as "documentId" from report_urging where unit_id = any ($1::uuid[]) and period_code = $2
    group by unit_id`,
};

const openingColumns = `id, unit_id as "unitId", form_code as "formCode", from_day as "from", to_day as "to", figures, note, version, declared_at as "declaredAt"`;

/** Values: unit. */
export const openingOf: NamedQuery = {
  name: 'opening-figures-of',
  text: `select ${openingColumns} from opening_figure where unit_id = $1 order by from_day, form_code`,
};

/** Values: units, forms, first and last day. Those whose stretch touches the period. */
export const openingFor: NamedQuery = {
  name: 'opening-figures-for',
  text: `select ${openingColumns} from opening_figure where unit_id = any ($1::uuid[]) and form_code = any ($2::text[]) and daterange(from_day, to_day, '[]') && daterange($3, $4, '[]')`,
};
