import type { NamedQuery } from '../../platform/database/transactions.js';
import { visibleTo } from '../../petitions/visible-to.js';
import { isUnanswered } from '../../routing/urging-state.js';

/** Values: today, units. What is open, overdue, backlog, and planned of that; from the index on open petitions alone. */
export const openFigures: NamedQuery = {
  name: 'overview-open',
  text: `select p.responsible_unit_id as "unitId", count(*)::int as open,
      count(*) filter (where p.next_due_on < $1::date and p.next_backlog_on > $1::date)::int as overdue,
      count(*) filter (where p.next_backlog_on <= $1::date)::int as backlog
    from petition p where p.open and p.responsible_unit_id = any ($2::uuid[]) group by p.responsible_unit_id`,
};

/** Values: today, units. How much of the backlog is planned: there are fewer plans than petitions. */
export const plannedFigures: NamedQuery = {
  name: 'overview-planned',
  text: `select p.responsible_unit_id as "unitId", count(*)::int as planned
    from backlog_plan plan join petition p on p.id = plan.petition_id
    where p.open and p.next_backlog_on <= $1::date and p.responsible_unit_id = any ($2::uuid[]) group by p.responsible_unit_id`,
};

/** Values: units, first and last day, roots, subtree. Petitions in the competence of these units that the caller sees, and those filed over their heads. */
export const overLevelFigures: NamedQuery = {
  name: 'overview-over-level',
  text: `select p.competent_unit_id as "unitId", count(*)::int as of, count(*) filter (where p.over_level)::int as part
    from petition p where p.competent_unit_id = any ($1::uuid[]) and p.received_on between $2 and $3 and ${visibleTo('$4', '$5')} group by p.competent_unit_id`,
};

/** Values: units, first day for checklists, for the responsibility of heads. Whether each was inspected since. */
export const inspectedUnits: NamedQuery = {
  name: 'overview-inspected',
  text: `select inspected_unit_id as "unitId", bool_or(type <> 'responsibility' and started_on >= $2) as checklist,
      bool_or(type = 'responsibility' and started_on >= $3) as responsibility
    from inspection where inspected_unit_id = any ($1::uuid[]) and started_on is not null group by inspected_unit_id`,
};

/** Values: today, units. Findings of concluded inspections that are not mended, and those whose limit has passed. */
export const findingFigures: NamedQuery = {
  name: 'overview-findings',
  text: `select i.inspected_unit_id as "unitId", count(*) filter (where f.state in ('open', 'returned') and f.due_on < $1)::int as part, count(*)::int as of
    from inspection_finding f join inspection i on i.id = f.inspection_id
    where i.inspected_unit_id = any ($2::uuid[]) and i.state = 'concluded' and f.state not in ('accepted', 'withdrawn') group by i.inspected_unit_id`,
};

/** Values: today, units. */
export const urgingFigures: NamedQuery = {
  name: 'overview-urging',
  text: `select u.to_unit_id as "unitId", count(*) filter (where p.open)::int as of, count(*) filter (where ${isUnanswered('$1')})::int as part
    from urging u join petition p on p.id = u.petition_id where u.to_unit_id = any ($2::uuid[]) group by u.to_unit_id`,
};

/** Values: units, first and last day. Gatherings over matters that come from these units, and those elsewhere than at their own offices. */
export const gatheringFigures: NamedQuery = {
  name: 'overview-gatherings',
  text: `select i.origin_unit_id as "unitId", count(*)::int as of, count(*) filter (where i.place_type <> 'own_office' or i.unit_id <> i.origin_unit_id)::int as part
    from reception_incident i where i.origin_unit_id = any ($1::uuid[]) and i.on_date between $2 and $3 group by i.origin_unit_id`,
};
