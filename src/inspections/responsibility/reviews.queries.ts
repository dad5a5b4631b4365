import type { NamedQuery } from '../../platform/database/transactions.js';
import { seenFindings } from '../inspections.queries.js';

/** Values: units, first and last day. What came to the units or lies with them, received in the period, whoever of the team asks. */
export const populationOf: NamedQuery = {
  name: 'inspection-population',
  text: `select p.id, p.number, p.kind, p.state from petition p
    where (p.received_unit_id = any ($1::uuid[]) or p.responsible_unit_id = any ($1::uuid[])) and p.received_on between $2 and $3
    order by p.kind, p.state, p.number`,
};

/** Values: inspection. */
export const sampleOf: NamedQuery = {
  name: 'inspection-sample',
  text: `select s.inspection_id as "inspectionId", s.seed, s.size, s.sheet_version as "sheetVersion", s.drawn_on as "drawnOn", s.strata
    from inspection_sample s where s.inspection_id = $1`,
};

const columns = `r.id, r.inspection_id as "inspectionId", r.position, r.petition_id as "petitionId", p.number as "petitionNumber", p.received_on as "receivedOn",
    r.kind, r.state, r.system, r.answers, r.note, a.username as "reviewedBy", r.reviewed_at as "reviewedAt", r.version`;
const tables = `inspection_review r join petition p on p.id = r.petition_id join inspection i on i.id = r.inspection_id left join account a on a.id = r.reviewed_by`;

/** Values: id, account, whether the caller oversees, roots, subtree. */
export const reviewById: NamedQuery = {
  name: 'inspection-review',
  text: `select ${columns} from ${tables} where r.id = $1 and ${seenFindings('$2', '$3', '$4', '$5')}`,
};

/** Values: inspection, whether reviewed or null, position to start after, limit or null. */
export const reviewsOf: NamedQuery = {
  name: 'inspection-reviews',
  text: `select ${columns} from ${tables}
    where r.inspection_id = $1 and ($2::boolean is null or (r.answers is not null) = $2) and r.position > $3 order by r.position limit $4`,
};
