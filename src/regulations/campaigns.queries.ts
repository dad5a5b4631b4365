import type { NamedQuery } from '../platform/database/transactions.js';
import { seenUnit } from '../structure/units/seen-unit.js';
import { itemStates } from './campaign.js';
import { workLeft } from './regulations.queries.js';

/** The items of campaigns with how far they are on the day $1; the last review counts. */
const items = `regulation_campaign_item i
    join regulation_campaign plan on plan.id = i.campaign_id
    left join regulation r on r.id = i.regulation_id
    left join lateral (select * from regulation_review w where w.item_id = i.id order by w.created_at desc, w.id desc limit 1) w on true`;
/** What was missing and is there now needs no review. */
const madeMeanwhile = `(i.regulation_id is null and exists (select from regulation made where made.unit_id = i.unit_id and made.type = i.type and made.repealed_on is null))`;
const state = `case
    when w.id is null and ${madeMeanwhile} then 'done'
    when w.id is null then case when plan.due_on < $1::date then 'overdue' else 'open' end
    when not ${workLeft('w')} then 'done'
    when w.do_by < $1::date then 'work_overdue'
    else 'decided' end`;

const counted = ['count(*)::int as items', ...itemStates.map((name) => `count(*) filter (where state = '${name}')::int as "${name}"`)].join(
  ', ',
);
const campaignColumns = `c.id, c.unit_id as "unitId", c.title, c.number, c.starts_on as "startsOn", c.due_on as "dueOn", c.types,
    c.only_proposed as "onlyProposed", c.state, c.ended_on as "endedOn", c.end_note as "endNote", c.version, figures.units,
    (to_jsonb(figures) - 'units') as figures`;
/** Whoever runs it, leads above, or has something to review in it. */
const seen = (roots: string, subtree: string) => `(${seenUnit('c.unit_id', roots, subtree)}
    or exists (select from regulation_campaign_item own where own.campaign_id = c.id and ${seenUnit('own.unit_id', roots, subtree)}))`;
const figures = `cross join lateral (select ${counted}, count(distinct unit_id)::int as units
      from (select i.unit_id, ${state} as state from ${items} where i.campaign_id = c.id) counted) figures`;

/** Values: day, id, roots, subtree. */
export const campaignById: NamedQuery = {
  name: 'regulation-campaign',
  text: `select ${campaignColumns} from regulation_campaign c ${figures} where c.id = $2 and ${seen('$3', '$4')}`,
};

/** Values: day, roots, subtree, state or null, first day and id to start after or null, limit. */
export const campaignList: NamedQuery = {
  name: 'regulation-campaigns',
  text: `select ${campaignColumns} from (
      select * from regulation_campaign c where ${seen('$2', '$3')} and ($4::text is null or c.state = $4)
        and ($5::date is null or (c.starts_on, c.id) < ($5, $6::uuid)) order by c.starts_on desc, c.id desc limit $7
    ) c ${figures} order by c.starts_on desc, c.id desc`,
};

/** Values: day, campaign or null, units or null, state or null, item or null, id to start after or null, limit. */
export const campaignItems: NamedQuery = {
  text: `select * from (
      select i.id, i.campaign_id as "campaignId", i.unit_id as "unitId", i.type, i.regulation_id as "regulationId", r.title, ${state} as state, w.outcome, w.reason,
        w.reviewed_on as "reviewedOn", w.do_by as "doBy"
      from ${items}
      where ($2::uuid is null or i.campaign_id = $2) and ($3::uuid[] is null or i.unit_id = any ($3)) and ($5::uuid is null or i.id = $5)
        and ($6::uuid is null or i.id > $6)
    ) item where $4::text is null or state = $4 order by id limit $7`,
};

/** Values: day, campaign. How far each unit is. */
export const campaignFiguresByUnit: NamedQuery = {
  name: 'regulation-campaign-by-unit',
  text: `select "unitId", ${counted} from (select i.unit_id as "unitId", ${state} as state from ${items} where i.campaign_id = $2) counted group by "unitId"`,
};

/** Values: day, units. What campaigns that run leave these units to do; a unit that has ended does nothing any more. */
export const campaignGaps: NamedQuery = {
  name: 'regulation-campaign-gaps',
  text: `select "regulationId", "unitId", type, 'due' as gap, "dueOn" from (
      select i.regulation_id as "regulationId", i.unit_id as "unitId", i.type, ${state} as state, coalesce(w.do_by, plan.due_on) as "dueOn"
      from ${items} join unit u on u.id = i.unit_id
      where i.unit_id = any ($2::uuid[]) and plan.state = 'open' and plan.starts_on <= $1 and (u.valid_to is null or u.valid_to >= $1)
    ) item where state <> 'done'`,
};

/**
 * Values: campaign, units, types of these units, only what is missing or proposed, last day of the campaign. Enters what is to be reviewed: the
 * regulation that there is, or the lack of one; of other types what there is.
 */
export const enterItems: NamedQuery = {
  name: 'regulation-campaign-enter',
  text: `insert into regulation_campaign_item (campaign_id, unit_id, type, regulation_id)
    select $1, asked.unit_id, asked.type, r.id
    from unnest($2::uuid[], $3::text[]) asked (unit_id, type)
    left join regulation r on r.unit_id = asked.unit_id and r.type = asked.type and r.repealed_on is null
    where (asked.type <> 'other' or r.id is not null) and (not $4 or r.id is null or r.id = any ($5::uuid[]))
    returning id`,
};

/** Values: id. */
export const lockCampaign: NamedQuery = {
  name: 'regulation-campaign-locked',
  text: 'select id, unit_id as "unitId", state, starts_on as "startsOn", version from regulation_campaign where id = $1 for update',
};
