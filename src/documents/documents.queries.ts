import type { NamedQuery } from '../database/transactions.js';
import type { PaperCode } from '../petitions/papers.js';

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
  version: number;
}

const columns = `d.id, d.unit_id as "unitId", d.number, d.paper, d.petition_id as "petitionId", d.gist, d.issued_on as "issuedOn",
  d.signer_title as "signerTitle", d.signer_name as "signerName", d.recipients, d.sha256, b.size, d.signed_copy_id as "signedCopyId", d.version`;

/** A register is seen by whoever sees the unit; a paper by whoever sees a unit that it is addressed to as well. */
const seen = (roots: string, subtree: string) => `exists (
  select from unit_closure seen where seen.descendant_id = any (d.unit_id || d.addressee_unit_ids) and seen.ancestor_id = any (${roots}::uuid[])
    and (${subtree}::boolean or seen.depth = 0))`;

/** Values: id, roots, subtree. */
export const documentById: NamedQuery = {
  name: 'document-by-id',
  text: `select ${columns} from document d join blob b using (sha256) where d.id = $1 and ${seen('$2', '$3')}`,
};

/** Values: roots, subtree, units, petition or null, paper or null, from and to or null, issued on and id to start after, limit. */
export const documentList: NamedQuery = {
  text: `select ${columns} from document d join blob b using (sha256)
    where ${seen('$1', '$2')} and d.unit_id = any ($3::uuid[]) and ($4::uuid is null or d.petition_id = $4) and ($5::text is null or d.paper = $5)
      and ($6::date is null or d.issued_on >= $6) and ($7::date is null or d.issued_on <= $7)
      and ($8::date is null or (d.issued_on, d.id) < ($8::date, $9::uuid))
    order by d.issued_on desc, d.id desc limit $10`,
};
