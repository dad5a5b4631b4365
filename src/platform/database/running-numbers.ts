import type { NamedQuery, Transactions } from './transactions.js';

/** Values: owner, name, period. */
const takeNumber: NamedQuery = {
  name: 'take-running-number',
  text: `insert into running_number as counter (owner_id, name, period, last_number) values ($1, $2, $3, 1)
    on conflict (owner_id, name, period) do update set last_number = counter.last_number + 1 returning last_number as "lastNumber"`,
};

/**
 * The next running number, without gaps: it is taken in the transaction that uses it, and whoever comes next waits for its end.
 * @param period what the numbers begin anew with: a year, a day
 */
export async function nextNumber(transactions: Transactions, ownerId: string, name: string, period: string): Promise<number> {
  const [row] = await transactions.rows<{ lastNumber: number }>(takeNumber, [ownerId, name, period]);
  return row!.lastNumber;
}

/** `P004-TCD-2026-000123`: symbol of the unit, what it is, year, running number. */
export function asNumber(symbol: string, what: string, year: string | number, sequence: number): string {
  return `${symbol}-${what}-${year}-${String(sequence).padStart(6, '0')}`;
}
