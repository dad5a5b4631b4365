import type { NamedQuery } from '../../platform/database/transactions.js';
import { visibleTo } from '../visible-to.js';
import { seenUnit } from '../../structure/units/seen-unit.js';

const columns = `a.id, a.petition_id as "petitionId", a.filename, a.purpose, b.media_type as "mediaType", b.size, a.sha256, a.scan, a.created_at as "createdAt",
  a.created_by as "createdBy", about.id as "secretPetitionId", about.responsible_unit_id as "responsibleUnitId"`;
// What a superior authority sent in a matter belongs to the petition that the matter is about.
const tables = `attachment a join blob b using (sha256) left join petition p on p.id = a.petition_id
  left join superior_matter m on m.document_id = a.id
  left join petition about on about.id = coalesce(a.petition_id, m.petition_id) and about.identity_secret`;

/** Values: petition id, id of the file to start after, limit. */
export const attachmentsOf: NamedQuery = {
  name: 'attachments-of',
  text: `select ${columns} from ${tables} where a.petition_id = $1
    and ($2::uuid is null or (a.created_at, a.id) > (select created_at, id from attachment where id = $2 and petition_id = $1))
    order by a.created_at, a.id limit $3`,
};

/** Values: ids of petitions and units. */
export const usageOf: NamedQuery = {
  name: 'attachment-usage',
  text: 'select owner_id as "ownerId", files, bytes::float8 as bytes from attachment_usage where owner_id = any ($1::uuid[])',
};

/** Values: id, roots, subtree. A file without a petition is that of a unit; regulations are public. Recordings of sessions are read at their session alone. */
export const attachmentById: NamedQuery = {
  name: 'attachment-by-id',
  text: `select ${columns} from ${tables} where a.id = $1 and ((p.id is not null and ${visibleTo('$2', '$3')})
    or (p.id is null and a.session_id is null and (a.purpose = 'regulation' or ${seenUnit('a.unit_id', '$2', '$3')})))`,
};

/** Values: contents. Those of them that have a row. */
export const namedContents: NamedQuery = {
  name: 'named-contents',
  text: 'select sha256 from blob where sha256 = any ($1)',
};

/** Values: content to start after, limit. In the order of bytes, as a store lists them. */
export const contentRows: NamedQuery = {
  name: 'content-rows',
  text: 'select sha256, size::float8 as size from blob where sha256 collate "C" > $1 order by sha256 collate "C" limit $2',
};

/** Values: content. What names it: kind and id, never a filename, which can be secret. */
export const namesOf: NamedQuery = {
  name: 'content-names',
  text: `select 'attachment' as kind, id from attachment where sha256 = $1
    union all select 'document', id from document where sha256 = $1
    union all select 'document_template', id from document_template where sha256 = $1
    union all select 'report_file', job_id from report_file where sha256 = $1
    union all select 'background_job', id from background_job where parameters ->> 'sha256' = $1 and state <> 'succeeded'
    order by 1, 2`,
};
