/** A column whose fields are sealed. */
export interface SealedColumn {
  table: string;
  /** Key of a row. */
  ids: string[];
  value: string;
  /** Column of the version of the data key. */
  key: string;
  /** The place that a field is bound to. */
  place: (row: Record<string, unknown>) => string;
  /** Column of the blind index, and what it is of. */
  index?: { column: string; of: (content: unknown) => string | null };
}

/** Everything that is sealed: a rotation seals it anew. */
export const sealedColumns: readonly SealedColumn[] = [
  {
    table: 'petition_party',
    ids: ['petition_id', 'position'],
    value: 'sealed',
    key: 'sealed_key',
    place: (row) => `petition_party:${String(row['petition_id'])}/${String(row['position'])}`,
    index: { column: 'national_id_index', of: (content) => (content as { nationalId: string | null }).nationalId },
  },
  {
    table: 'petition_signatory',
    ids: ['petition_id', 'position'],
    value: 'sealed',
    key: 'sealed_key',
    place: (row) => `petition_signatory:${String(row['petition_id'])}/${String(row['position'])}`,
  },
  {
    table: 'sealed_text',
    ids: ['petition_id'],
    value: 'sealed',
    key: 'sealed_key',
    place: (row) => `sealed_text:${String(row['petition_id'])}`,
  },
  {
    table: 'webhook_subscription',
    ids: ['id'],
    value: 'sealed',
    key: 'sealed_key',
    place: (row) => `webhook_subscription:${String(row['id'])}`,
  },
  {
    table: 'account',
    ids: ['id'],
    value: 'totp_sealed',
    key: 'totp_key',
    place: (row) => `account_totp:${String(row['id'])}`,
  },
];
