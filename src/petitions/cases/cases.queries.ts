import type { NamedQuery } from '../../platform/database/transactions.js';
import { visibleTo } from '../visible-to.js';

export interface CaseRow {
  id: string;
  openedUnitId: string;
  openedOn: string;
  mergedIntoId: string | null;
  version: number;
  /** Petitions of the case, parts apart; whoever may see them. */
  petitions: number;
  openPetitions: number;
  kinds: string[];
}

export interface MergeRow {
  id: string;
  intoCaseId: string;
  fromCaseId: string;
  petitionIds: string[];
  reason: string;
  mergedOn: string;
  undoneOn: string | null;
  undoReason: string | null;
}

const caseColumns = `c.id, c.opened_unit_id as "openedUnitId", c.opened_on as "openedOn", c.merged_into_id as "mergedIntoId", c.version,
  (select count(*)::int from petition p where p.case_id = c.id and p.parent_id is null) as petitions,
  (select count(*)::int from petition p where p.case_id = c.id and p.open) as "openPetitions",
  array(select distinct kind from petition p where p.case_id = c.id order by 1) as kinds`;

/** A case is seen by whoever sees a petition that is or was in it. */
const seen = (roots: string, subtree: string) => `(
  exists (select from petition p where p.case_id = c.id and ${visibleTo(roots, subtree)})
  or exists (select from case_merge m join petition p on p.id = any (m.petition_ids) where m.from_case_id = c.id and not m.withheld and ${visibleTo(roots, subtree)}))`;

/** Values: id, roots, subtree. */
export const caseById: NamedQuery = {
  name: 'case-by-id',
  text: `select ${caseColumns} from petition_case c where c.id = $1 and ${seen('$2', '$3')}`,
};

/** Values: roots, subtree, units of opening or null, least number of petitions, opened on and id to start after, limit. */
export const caseList: NamedQuery = {
  text: `select ${caseColumns} from petition_case c
    where c.merged_into_id is null and ($3::uuid[] is null or c.opened_unit_id = any ($3))
      and exists (select from petition p where p.case_id = c.id and ${visibleTo('$1', '$2')})
      and ($4::int <= 1 or (select count(*) from petition p where p.case_id = c.id and p.parent_id is null) >= $4)
      and ($5::date is null or (c.opened_on, c.id) < ($5::date, $6::uuid))
    order by c.opened_on desc, c.id desc limit $7`,
};

const mergeColumns = `id, into_case_id as "intoCaseId", from_case_id as "fromCaseId", petition_ids as "petitionIds", reason, merged_on as "mergedOn",
  undone_on as "undoneOn", undo_reason as "undoReason"`;

/** Values: case id. */
export const mergesOfCase: NamedQuery = {
  name: 'merges-of-case',
  text: `select ${mergeColumns} from case_merge where (into_case_id = $1 or from_case_id = $1) and not withheld order by created_at`,
};

/** Values: merge id. */
export const lockMerge: NamedQuery = {
  name: 'lock-merge',
  text: `select ${mergeColumns} from case_merge where id = $1 for update`,
};
