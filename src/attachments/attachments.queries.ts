import type { NamedQuery } from '../database/transactions.js';
import { visibleTo } from '../petitions/visible-to.js';
import { seenUnit } from '../units/seen-unit.js';

const columns = `a.id, a.petition_id as "petitionId", a.filename, a.purpose, b.media_type as "mediaType", b.size, a.sha256, a.scan, a.created_at as "createdAt",
  coalesce(p.identity_secret, false) as "identitySecret", p.responsible_unit_id as "responsibleUnitId"`;
const tables = 'attachment a join blob b using (sha256) left join petition p on p.id = a.petition_id';

/** Values: petition id. */
export const attachmentsOf: NamedQuery = {
  name: 'attachments-of',
  text: `select ${columns} from ${tables} where a.petition_id = $1 order by a.created_at, a.id`,
};

/** Values: id, roots, subtree. A file without a petition is that of a unit; regulations are public. */
export const attachmentById: NamedQuery = {
  name: 'attachment-by-id',
  text: `select ${columns} from ${tables} where a.id = $1 and ((p.id is not null and ${visibleTo('$2', '$3')})
    or (p.id is null and (a.purpose = 'regulation' or ${seenUnit('a.unit_id', '$2', '$3')})))`,
};
