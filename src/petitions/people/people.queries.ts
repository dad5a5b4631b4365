import type { NamedQuery } from '../../platform/database/transactions.js';
import { type RegisteredIdentity, selected, type SignatoryIdentity } from '../identity/person-attributes.js';
import { visibleTo } from '../visible-to.js';

export interface PersonRow extends RegisteredIdentity {
  id: string;
  type: 'person' | 'organisation';
  mergedIntoId: string | null;
  /** Petitions that name this person, those out of scope included. */
  petitions: number;
}

export interface PersonMergeRow {
  id: string;
  intoId: string;
  fromId: string;
  partyIds: string[];
  reason: string;
  mergedOn: string;
  undoneOn: string | null;
  undoReason: string | null;
}

const personColumns = `n.id, n.type, ${selected('person', 'n')}, n.merged_into_id as "mergedIntoId",
  (select count(distinct party.petition_id)::int from petition_party party where party.person_id = n.id) as petitions`;

/** A person is known to whoever sees a petition that names him; nobody who denounced is a person here. */
const known = (roots: string, subtree: string) => `exists (
    select from petition_party party join petition p on p.id = party.petition_id
    where party.person_id = n.id and not p.identity_secret and ${visibleTo(roots, subtree)})`;

/** Values: id, roots, subtree; those who were merged into another are found too. */
export const personById: NamedQuery = {
  name: 'person-by-id',
  text: `select ${personColumns} from person n where n.id = $1 and (${known('$2', '$3')}
    or exists (select from person_merge m join petition_party party on party.id = any (m.party_ids) join petition p on p.id = party.petition_id
               where m.from_id = n.id and not p.identity_secret and ${visibleTo('$2', '$3')}))`,
};

/**
 * Values: roots, subtree, national id or null, name or null, year of birth or null, address or null, limit. What is given must agree; a name
 * and an address agree when they are the same but for case, diacritics and spaces.
 */
export const personSearch: NamedQuery = {
  text: `select ${personColumns} from person n
    where n.merged_into_id is null
      and ($3::text is null or n.national_id = $3)
      and ($4::text is null or n.folded_name = fold($4))
      and ($5::int is null or n.birth_year is null or n.birth_year = $5)
      and ($6::text is null or n.folded_address = fold($6))
      and ${known('$1', '$2')}
    order by n.folded_name, n.birth_year nulls last, n.id limit $7`,
};

/** Values: id, roots, subtree. Others who may be the same, by national id or by name with year of birth or address, with what agrees. */
export const personMatches: NamedQuery = {
  name: 'person-matches',
  text: `select ${personColumns},
      coalesce(n.national_id = own.national_id, false) as "sameNationalId",
      n.folded_name = own.folded_name as "sameName",
      n.birth_year is not null and n.birth_year = own.birth_year as "sameBirthYear",
      n.folded_address is not null and n.folded_address = own.folded_address as "sameAddress"
    from person own join person n on n.id <> own.id and n.merged_into_id is null
      and ((n.national_id = own.national_id)
        or (n.folded_name = own.folded_name and (n.birth_year = own.birth_year or n.folded_address = own.folded_address)))
    where own.id = $1 and (n.national_id is null or own.national_id is null or n.national_id = own.national_id) and ${known('$2', '$3')}
    order by (n.national_id = own.national_id) desc nulls last, n.id limit 50`,
};

export interface PersonMatchRow extends PersonRow {
  sameNationalId: boolean;
  sameName: boolean;
  sameBirthYear: boolean | null;
  sameAddress: boolean | null;
}

const mergeColumns = `id, into_id as "intoId", from_id as "fromId", party_ids as "partyIds", reason, merged_on as "mergedOn", undone_on as "undoneOn",
  undo_reason as "undoReason"`;

/** Values: person id. */
export const mergesOfPerson: NamedQuery = {
  name: 'merges-of-person',
  text: `select ${mergeColumns} from person_merge where into_id = $1 or from_id = $1 order by created_at`,
};

/** Values: merge id. */
export const lockPersonMerge: NamedQuery = {
  name: 'lock-person-merge',
  text: `select ${mergeColumns} from person_merge where id = $1 for update`,
};

/** Values: person id, roots, subtree. */
export const petitionsOfPerson: NamedQuery = {
  name: 'petitions-of-person',
  text: `select p.id, p.number, party.role, p.received_on as "receivedOn", p.summary, p.state
    from petition_party party join petition p on p.id = party.petition_id
    where party.person_id = $1 and not p.identity_secret and ${visibleTo('$2', '$3')} order by p.received_on desc, p.id desc limit 200`,
};

export interface PetitionOfPersonRow {
  id: string;
  number: string;
  role: string;
  receivedOn: string;
  summary: string;
  state: string;
}

export interface SignatoryRow extends SignatoryIdentity {
  position: number;
  representative: boolean;
  /** When he withdrew of several people. */
  withdrawnOn: string | null;
}

/** Values: petition id. */
export const signatoriesOf: NamedQuery = {
  name: 'signatories-of',
  text: `select position, ${selected('petition_signatory')}, representative,
      (select min(w.withdrawn_on) from withdrawal w where w.petition_id = $1 and not w.coerced and position = any (w.signatory_positions)) as "withdrawnOn"
    from petition_signatory where petition_id = $1 order by position`,
};
