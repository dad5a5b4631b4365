import type { NamedQuery } from '../database/transactions.js';
import { visibleTo } from './petition.queries.js';

/** Figures of one unit's own petitions. */
export interface AlertFiguresRow {
  unitId: string;
  open: number;
  dueSoon: number;
  overdue: number;
  backlog: number;
  overLevel: number;
}

const figures = `count(*) as open,
  count(*) filter (where due_on between $1::date and $2::date and backlog_on > $1::date) as "dueSoon",
  count(*) filter (where due_on < $1::date and backlog_on > $1::date) as overdue,
  count(*) filter (where backlog_on <= $1::date) as backlog,
  count(*) filter (where over_level) as "overLevel"`;

/** As things stand, seen on a day that is today or later. Values: day, last day that is due soon, roots, subtree, units. */
export const alertFigures: NamedQuery = {
  name: 'alert-figures',
  text: `select "unitId", ${figures}
  from (
    select p.responsible_unit_id as "unitId", p.next_due_on as due_on, p.next_backlog_on as backlog_on, 'over_level' = any (p.flag_codes) as over_level
    from petition p where p.open and p.responsible_unit_id = any ($5::uuid[]) and ${visibleTo('$3', '$4')}
  ) as p group by "unitId"`,
};

/**
 * As things stood on an earlier day, from the limits that were open then, at the unit that had to keep them.
 * Values as for {@link alertFigures}.
 */
export const earlierAlertFigures: NamedQuery = {
  name: 'earlier-alert-figures',
  text: `select "unitId", ${figures}
  from (
    select l.unit_id as "unitId", min(l.due_on) as due_on, min(l.backlog_on) as backlog_on, 'over_level' = any (p.flag_codes) as over_level
    from petition_limit l join petition p on p.id = l.petition_id
    where l.unit_id = any ($5::uuid[]) and ${visibleTo('$3', '$4')}
      and l.starts_on <= $1::date and coalesce(l.met_on, l.void_on, 'infinity') > $1::date
    group by l.unit_id, p.id
  ) as p group by "unitId"`,
};
