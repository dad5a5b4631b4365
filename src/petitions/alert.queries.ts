import type { NamedQuery } from '../platform/database/transactions.js';
import { isUnprocessed } from './alert-condition.js';

/** Figures of one unit's own petitions. */
export interface AlertFiguresRow {
  unitId: string;
  open: number;
  dueSoon: number;
  overdue: number;
  backlog: number;
  overLevel: number;
}

/** Of one unit's own petitions, what has lain unprocessed too long. */
export interface UnprocessedRow extends Record<string, unknown> {
  unitId: string;
  unprocessed: number;
}

/** Visible to the caller, where the unit is. */
const seenFrom = (roots: string, subtree: string) => `exists (
    select from unit_closure seen
    where seen.descendant_id = counted."unitId" and seen.ancestor_id = any (${roots}::uuid[]) and (${subtree}::boolean or seen.depth = 0)
  )`;

/** Counted by the unit that has to act, which is always one that the petition involves; then only what the caller may see. */
const summary = (petitions: string) => `select counted.* from (
    select "unitId", count(*) as open,
      count(*) filter (where due_on between $1::date and $2::date and backlog_on > $1::date) as "dueSoon",
      count(*) filter (where due_on < $1::date and backlog_on > $1::date) as overdue,
      count(*) filter (where backlog_on <= $1::date) as backlog,
      count(*) filter (where over_level) as "overLevel"
    from (${petitions}) as petition group by "unitId"
  ) as counted
  where ${seenFrom('$3', '$4')}`;

/** As things stand, seen on a day that is today or later. Values: day, last day that is due soon, roots, subtree, units. */
export const alertFigures: NamedQuery = {
  name: 'alert-figures',
  text: summary(`
    select responsible_unit_id as "unitId", next_due_on as due_on, next_backlog_on as backlog_on, over_level
    from petition where open and responsible_unit_id = any ($5::uuid[])`),
};

/**
 * As things stood on an earlier day, from the limits that were open then, at the unit that had to keep them.
 * Values as for {@link alertFigures}.
 */
export const earlierAlertFigures: NamedQuery = {
  name: 'earlier-alert-figures',
  text: summary(`
    select l.unit_id as "unitId", min(l.due_on) as due_on, min(l.backlog_on) as backlog_on, p.over_level
    from petition_limit l join petition p on p.id = l.petition_id
    where l.unit_id = any ($5::uuid[]) and l.starts_on <= $1::date and coalesce(l.met_on, l.void_on, 'infinity') > $1::date
    group by l.unit_id, p.id`),
};

/** Petitions that have lain unprocessed too long, as things stand. Values: last day of receipt, units, roots, subtree. */
export const unprocessedFigures: NamedQuery = {
  name: 'unprocessed-figures',
  text: `select counted.* from (
      select p.responsible_unit_id as "unitId", count(*) as unprocessed from petition p
      where ${isUnprocessed('$1')} and p.responsible_unit_id = any ($2::uuid[]) group by p.responsible_unit_id
    ) as counted where ${seenFrom('$3', '$4')}`,
};
