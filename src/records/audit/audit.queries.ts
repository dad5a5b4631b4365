import type { NamedQuery } from '../../platform/database/transactions.js';

/**
 * Values: position to start after, how many links. Each link with the text of its records in their order, and beside each the hash that its
 * link was made from where its words have become digests since; else ''.
 */
export const linksAfter: NamedQuery = {
  name: 'audit-links-after',
  text: `select link.position, link.transaction_id as "transactionId", link.records, link.previous_hash as "previousHash", link.hash,
    array(select audit_text(record) from audit_record record where record.transaction_id = link.transaction_id order by record.id) as texts,
    array(select coalesce(rewrite.former_leaf, '') from audit_record record left join audit_rewrite rewrite on rewrite.record_id = record.id
      where record.transaction_id = link.transaction_id order by record.id) as "formerLeaves"
  from (select * from audit_link where position > $1 order by position limit $2) as link order by link.position`,
};

/** Values: id to start after, how many. Records whose words have become digests since they were linked. */
export const rewrittenAfter: NamedQuery = {
  name: 'audit-rewritten',
  text: `select record.id::int8 as id, rewrite.former_leaf as "formerLeaf", audit_text(record) as text
    from (select * from audit_rewrite where record_id > $1 order by record_id limit $2) rewrite join audit_record record on record.id = rewrite.record_id
    order by record.id`,
};

/** What binds the rewritten records: records of the chain, the newest first. */
export const rewriteAnchors: NamedQuery = {
  name: 'audit-rewrite-anchors',
  text: `select object_id as migration, (after ->> 'records')::int as records, after ->> 'digest' as digest
    from audit_record where object_type = 'audit_rewrite' order by id desc`,
};

/** The last link. */
export const headOfChain: NamedQuery = {
  name: 'audit-head',
  text: 'select position, hash, linked_at as "linkedAt" from audit_link order by position desc limit 1',
};

/** Values: ids after which and up to which, null for none. A record that stands in no link: written around the chain. */
export const unlinkedRecord: NamedQuery = {
  name: 'audit-unlinked',
  text: `select id::text from audit_record record where id > $1::bigint and ($2::bigint is null or id <= $2)
    and not exists (select from audit_link where transaction_id = record.transaction_id) order by id limit 1`,
};

/** Value: position. The last record of a link. */
export const lastRecordOf: NamedQuery = {
  name: 'audit-last-record',
  text: `select max(record.id)::text as id from audit_link link join audit_record record using (transaction_id) where link.position = $1`,
};

/** Value: how many at most. */
export const rewrittenCount: NamedQuery = {
  name: 'audit-rewritten-count',
  text: 'select count(*)::int as records from (select from audit_rewrite limit $1) as counted',
};

export const newestWalk: NamedQuery = {
  name: 'audit-newest-walk',
  text: 'select token, walked_at as "walkedAt" from audit_walk order by id desc limit 1',
};

/** Value: the first position. */
export const checkpoints: NamedQuery = {
  name: 'audit-checkpoints',
  text: 'select position, hash, token, created_at as "createdAt" from audit_checkpoint where position >= $1 order by position desc limit 400',
};

/**
 * What a record tells of a look at people who became secret since: the reason may name them. It stays in the record, whose hash covers it.
 */
const afterwards = `case when record.operation = 'read' and record.after ? 'reason' and case
    when record.petition_id is not null then exists (select from petition p where p.id = record.petition_id and p.identity_secret)
    when record.object_type = 'visit_identity' then exists (select from reception_visit v where v.id = record.object_id::uuid and v.identity_secret)
    when record.object_type like 'person\\_%' then not exists (select from person where id = record.object_id::uuid)
    else false
  end then record.after || '{"reason": "(giữ bí mật)"}' else record.after end`;

/** Columns of the record as the API answers them, with the link that each stands in. */
export const recordColumns = `record.id::text as id, link.position, record.recorded_at as "recordedAt", record.account_id as "accountId", account.username,
  record.on_behalf_of as "onBehalfOf", record.unit_id as "unitId", record.address, record.request_id as "requestId", record.action, record.operation,
  record.object_type as "objectType", record.object_id as "objectId", record.petition_id as "petitionId", record.before, ${afterwards} as after`;
