import { type Permission, ruleOf } from '../platform/access/permissions.js';
import type { Official } from '../platform/access/official.js';
import type { Transactions } from '../platform/database/transactions.js';
import type { SourceName } from '../rules/reports/vocabulary.js';
import { type SubjectName, sourcesSql } from './sources.js';

/** What is counted, as far as a list may tell it: never who it is about, and in no words where that is a secret. */
export interface Subject {
  type: SubjectName;
  id: string;
  /** Number in the ledger; none for a session. */
  number: string | null;
  /** Day of receipt, of the visit, of the session. */
  on: string;
  /** What it is about; null where it is secret, or where the caller may read figures alone. */
  summary: string | null;
  /** Its words are secret. */
  masked: boolean;
}

type SubjectRow = Omit<Subject, 'type'> & Record<string, unknown>;

/** Values: ids, whether the caller may read more than figures. */
const described: Record<SubjectName, string> = {
  petition: `select id, number, received_on as on, identity_secret as masked, case when $2::boolean and not identity_secret then summary end as summary
    from petition where id = any ($1::uuid[])`,
  visit: `select id, number, visited_on as on, identity_secret as masked, case when $2::boolean and not identity_secret then matter end as summary
    from reception_visit where id = any ($1::uuid[])`,
  session: `select id, null as number, on_date as on, false as masked, case when $2::boolean then title end as summary
    from reception_session where id = any ($1::uuid[])`,
  regulation: `select r.id, newest.number, newest.issued_on as on, false as masked, case when $2::boolean then r.title end as summary
    from regulation r left join lateral (
      select number, issued_on from regulation_version where regulation_id = r.id order by sequence desc limit 1) as newest on true
    where r.id = any ($1::uuid[])`,
  inspection: `select id, decision_number as number, decided_on as on, false as masked, case when $2::boolean then subject end as summary
    from inspection where id = any ($1::uuid[])`,
};
const readBy: Record<SubjectName, Permission> = {
  petition: 'petitions.read',
  visit: 'reception.read',
  session: 'reception.read',
  regulation: 'regulations.read',
  inspection: 'inspections.read',
};

/** The things that a page of a list counts, by their ids. */
export async function describeSubjects(
  transactions: Transactions,
  of: SourceName,
  ids: readonly string[],
  by: Official,
): Promise<Map<string, Subject>> {
  const type = sourcesSql[of].subject;
  const mayRead = ruleOf(readBy[type]).roles.some((role) => by.roles.includes(role));
  const rows = await transactions.rows<SubjectRow>({ text: described[type] }, [ids, mayRead]);
  return new Map(rows.map((row) => [row.id, { ...row, type }]));
}
