import { placeOf } from './places.js';

/** Columns that rows of the tables below are known by. */
export interface SealedRow {
  id: string;
  petition_id: string;
  position: number;
  visit_id: string;
}

/** A column whose fields are sealed. */
export interface SealedColumn {
  table: string;
  /** Key of a row. */
  ids: string[];
  value: string;
  /** Column of the version of the data key. */
  key: string;
  /** The place that a field is bound to. */
  place: (row: SealedRow) => string;
  /** Column of the blind index, and what it is of. */
  index?: { column: string; of: (content: unknown) => string | null };
}

/** What one contact is known by: the digits of a telephone number, however they are written. */
export function contactOf({ phone }: { phone: string }): string {
  return phone.replace(/\D/g, '').replace(/^84/, '0');
}

/** Everything that is sealed: a rotation seals it anew. */
export const sealedColumns: readonly SealedColumn[] = [
  {
    table: 'petition_party',
    ids: ['petition_id', 'position'],
    value: 'sealed',
    key: 'sealed_key',
    place: (row) => placeOf.party(row.petition_id, row.position),
    index: { column: 'national_id_index', of: (content) => (content as { nationalId: string | null }).nationalId },
  },
  {
    table: 'petition_signatory',
    ids: ['petition_id', 'position'],
    value: 'sealed',
    key: 'sealed_key',
    place: (row) => placeOf.signatory(row.petition_id, row.position),
  },
  {
    table: 'sealed_text',
    ids: ['petition_id'],
    value: 'sealed',
    key: 'sealed_key',
    place: (row) => placeOf.text(row.petition_id),
  },
  {
    table: 'reception_appointment',
    ids: ['id'],
    value: 'sealed',
    key: 'sealed_key',
    place: (row) => placeOf.appointment(row.id),
    index: { column: 'contact_index', of: (content) => contactOf(content as { phone: string }) },
  },
  { table: 'reception_visit', ids: ['id'], value: 'sealed', key: 'sealed_key', place: (row) => placeOf.visit(row.id) },
  {
    table: 'reception_visit_revision',
    ids: ['visit_id', 'revision'],
    value: 'sealed',
    key: 'sealed_key',
    place: (row) => placeOf.visit(row.visit_id),
  },
  { table: 'reception_incident', ids: ['id'], value: 'sealed', key: 'sealed_key', place: (row) => placeOf.incident(row.id) },
  { table: 'outgoing_message', ids: ['id'], value: 'sealed', key: 'sealed_key', place: (row) => placeOf.message(row.id) },
  { table: 'hidden_words', ids: ['id'], value: 'sealed', key: 'sealed_key', place: (row) => placeOf.hiddenWords(row.id) },
  { table: 'idempotency_key', ids: ['id'], value: 'sealed', key: 'sealed_key', place: (row) => placeOf.answer(row.id) },
  {
    table: 'webhook_subscription',
    ids: ['id'],
    value: 'sealed',
    key: 'sealed_key',
    place: (row) => placeOf.webhookSecret(row.id),
  },
  {
    table: 'account',
    ids: ['id'],
    value: 'totp_sealed',
    key: 'totp_key',
    place: (row) => placeOf.totpSecret(row.id),
  },
  {
    table: 'account',
    ids: ['id'],
    value: 'totp_next_sealed',
    key: 'totp_next_key',
    place: (row) => placeOf.totpSecret(row.id),
  },
];
