import { createHash } from 'node:crypto';
import { whoActs } from '../database/acting.js';
import { Problem } from '../problems/problem.js';

/** One page of a list; the next one starts after `nextCursor`. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
  /** Only where the caller asked for it. */
  total?: number;
}

/** Values of the last row of a page that the next page starts after. */
export type Position = (string | number | null)[];

export const defaultLimit = 50;
export const largestLimit = 200;

/**
 * Cuts a page from rows that were asked for with one more than `limit`.
 * @param positionOf the sort values of a row, its id last
 */
export function page<Row, Item>(rows: Row[], limit: number, positionOf: (row: Row) => Position, toItem: (row: Row) => Item): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(toItem), nextCursor: rows.length > limit && last ? encodeCursor(positionOf(last)) : null };
}

export function encodeCursor(position: Position): string {
  return Buffer.from(JSON.stringify([listOfCursor(), ...position])).toString('base64url');
}

/** The list that a cursor is of: a position in another one means nothing here, even where it has the same form. */
function listOfCursor(): string {
  return createHash('sha256')
    .update(whoActs()?.action ?? '')
    .digest('base64url')
    .slice(0, 8);
}

/**
 * @param checks one for each value: whether it can be a value of that place
 * @throws Problem when the cursor was not made by {@link encodeCursor} for the same list and sort order
 */
export function decodeCursor(cursor: string | undefined, checks: ((value: unknown) => boolean)[]): Position | null {
  if (!cursor) return null;
  try {
    const [list, ...position] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (
      list === listOfCursor() &&
      position.length === checks.length &&
      position.every((value, index) => isPlain(value) && checks[index]!(value))
    )
      return position as Position;
  } catch {
    // Answered like any other text that is no cursor.
  }
  throw Problem.field('validation-failed', '?cursor', 'cursor', {
    vi: 'Con trỏ trang không hợp lệ; dùng nguyên văn nextCursor với cùng cách sắp xếp.',
    en: 'Not a cursor of this list; pass nextCursor as it was given, with the same sort.',
  });
}

/** What a column can be compared with, whatever the list checks besides. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= 400 && !value.includes('\0') && value.isWellFormed();
  return value === null || Number.isSafeInteger(value);
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && uuid.test(value);
}
