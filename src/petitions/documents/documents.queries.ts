import type { NamedQuery } from '../../platform/database/transactions.js';
import type { PaperCode } from '../papers.js';

export interface DocumentRow {
  id: string;
  unitId: string;
  number: string;
  paper: PaperCode;
  petitionId: string | null;
  gist: string;
  issuedOn: string;
  signerTitle: string;
  signerName: string;
  recipients: string[];
  sha256: string;
  size: number;
  signedCopyId: string | null;
  createdBy: string | null;
  /** The denunciation or the visit to denounce that it was made for before anybody was secret; null where it names nobody who is. */
  secretPetitionId: string | null;
  secretVisit: { id: string; unitId: string; createdBy: string | null } | null;
  version: number;
}

const columns = `d.id, d.unit_id as "unitId", d.number, d.paper, d.petition_id as "petitionId", d.gist, d.issued_on as "issuedOn",
  d.signer_title as "signerTitle", d.signer_name as "signerName", d.recipients, d.sha256, b.size, d.signed_copy_id as "signedCopyId", d.created_by as "createdBy",
  case when about.identity_secret and not d.withheld then about.id end as "secretPetitionId",
  case when about.id is null and v.identity_secret and not d.withheld
    then jsonb_build_object('id', v.id, 'unitId', v.unit_id, 'createdBy', v.created_by) end as "secretVisit", d.version`;

// A slip of an appointment belongs to the visit that was agreed on with it, or that came of it.
const tables = `document d join blob b using (sha256)
  left join lateral (
    select v.id, v.unit_id, v.created_by, v.identity_secret, v.petition_id from reception_visit v
    where v.id = d.visit_id
      or (d.appointment_id is not null and (v.appointment_id = d.appointment_id
        or v.ticket_id in (select id from reception_ticket where appointment_id = d.appointment_id)))
    order by v.identity_secret desc limit 1
  ) v on d.visit_id is not null or d.appointment_id is not null
  left join petition about on about.id = coalesce(d.petition_id, v.petition_id)`;

/** A register is seen by whoever sees the unit; a paper by whoever sees a unit that it is addressed to as well. */
const seen = (roots: string, subtree: string) => `exists (
  select from unit_closure seen where seen.descendant_id = any (d.unit_id || d.addressee_unit_ids) and seen.ancestor_id = any (${roots}::uuid[])
    and (${subtree}::boolean or seen.depth = 0))`;

/** Values: id, roots, subtree. */
export const documentById: NamedQuery = {
  name: 'document-by-id',
  text: `select ${columns} from ${tables} where d.id = $1 and ${seen('$2', '$3')}`,
};

/** Values: roots, subtree, units, petition or null, paper or null, from and to or null, issued on and id to start after, limit. */
export const documentList: NamedQuery = {
  text: `select ${columns} from ${tables}
    where ${seen('$1', '$2')} and d.unit_id = any ($3::uuid[]) and ($4::uuid is null or d.petition_id = $4) and ($5::text is null or d.paper = $5)
      and ($6::date is null or d.issued_on >= $6) and ($7::date is null or d.issued_on <= $7)
      and ($8::date is null or (d.issued_on, d.id) < ($8::date, $9::uuid))
    order by d.issued_on desc, d.id desc limit $10`,
};
