import type { NamedQuery } from '../../platform/database/transactions.js';
import { visibleTo } from '../visible-to.js';

/** As many petitions are looked at under one key: the newest. */
const perKey = 20;

/** Values: keys, the petition itself, roots, subtree. What costs is bounded by the number of keys, not by the table. */
export const petitionsAlike: NamedQuery = {
  name: 'petitions-alike',
  text: `with alike as materialized (
      select distinct found.petition_id
      from unnest($1::bigint[]) as probe (key)
      cross join lateral (
        select petition_id from petition_match_key known where known.key = probe.key and known.petition_id <> $2
        order by petition_id desc limit ${perKey}
      ) found
    )
    select p.id, p.number, p.case_id as "caseId", p.kind, p.state, p.received_on as "receivedOn", p.summary, p.received_unit_id as "receivedUnitId",
      m.signature, m.person_keys::text[] as "personKeys", m.subject_key::text as "subjectKey", review.decision
    from alike join petition_match m on m.petition_id = alike.petition_id join petition p on p.id = alike.petition_id
    left join duplicate_review review
      on review.petition_id = least(p.id, $2) and review.other_petition_id = greatest(p.id, $2)
    where ${visibleTo('$3', '$4')} and review.decision is distinct from 'dismissed'`,
};

/** Values: petition id. */
export const storedFingerprint: NamedQuery = {
  name: 'stored-fingerprint',
  text: `select signature, person_keys::text[] as "personKeys", subject_key::text as "subjectKey",
      keys::text[] as keys
    from petition_match where petition_id = $1`,
};
