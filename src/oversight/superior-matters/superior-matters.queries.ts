import type { NamedQuery } from '../../platform/database/transactions.js';
import { defaultSuperiorNewsDays } from '../../petitions/unit-settings/unit-settings.service.js';
import { seenUnit } from '../../structure/units/seen-unit.js';

/** Days without news that the unit of origin has set. */
const patience = `coalesce(setting.superior_news_days, ${defaultSuperiorNewsDays})`;
const isStale = `(m.open and m.news_on < $1::date - ${patience})`;
const tables = `superior_matter m left join unit_setting setting on setting.unit_id = m.unit_id`;

/** What is told of each row of a page alone: talks, gatherings, document. */
const columns = `m.id, m.unit_id as "unitId", m.petition_id as "petitionId", p.number as "petitionNumber", m.kind, m.matter, m.agency_type as "agencyType", m.agency,
    m.reference, m.filed_on as "filedOn", m.stage, m.news_on as "newsOn", m.open, case when m.open then $1::date - m.news_on end as "daysSilent", m.stale,
    case when m.effect is null then null else jsonb_build_object('effect', m.effect, 'number', m.outcome_number, 'issuedOn', m.outcome_on, 'gist', m.outcome_gist) end as outcome,
    case when d.id is null then null else jsonb_build_object('id', d.id, 'filename', d.filename) end as document,
    talks.contacts, talks.last_on as "lastContactOn", crowds.gatherings, crowds.last_on as "lastGatheringOn", m.version`;
const told = `left join petition p on p.id = m.petition_id
    left join attachment d on d.id = m.document_id
    cross join lateral (select count(*)::int as contacts, max(on_date) as last_on from citizen_contact c
      where c.matter_id = m.id or c.petition_id = m.petition_id) talks
    cross join lateral (select count(*)::int as gatherings, max(i.on_date) as last_on
      from reception_incident i where i.matter_id in (select linked.matter_id from petition of_case
        join reception_incident linked on linked.petition_id = of_case.id where of_case.case_id = p.case_id)) crowds`;

/** Values: day, id, roots, subtree. */
export const matterById: NamedQuery = {
  name: 'superior-matter',
  text: `select ${columns} from (select m.*, ${isStale} as stale from ${tables} where m.id = $2 and ${seenUnit('m.unit_id', '$3', '$4')}) m ${told}`,
};

/**
 * Values: day, units, open or null, stale or null, agency type or null, effect or null, petition or null, folded words or null, first and last day of
 * the outcome or null, day of news and id to start after or null, limit. Those with the oldest news last.
 */
export const matterList: NamedQuery = {
  text: `select ${columns} from (
      select m.*, ${isStale} as stale from ${tables}
      where m.unit_id = any ($2::uuid[]) and ($3::boolean is null or m.open = $3) and ($4::boolean is null or ${isStale} = $4)
        and ($5::text is null or m.agency_type = $5) and ($6::text is null or case $6 when 'not_upheld' then m.effect <> 'upheld' else m.effect = $6 end)
        and ($7::uuid is null or m.petition_id = $7)
        and ($8::text is null or fold(m.matter || ' ' || m.agency || ' ' || m.reference) like '%' || $8 || '%')
        and ($9::date is null or m.outcome_on >= $9) and ($10::date is null or m.outcome_on <= $10)
        and ($11::date is null or (m.news_on, m.id) < ($11, $12::uuid))
      order by m.news_on desc, m.id desc limit $13
    ) m ${told} order by m.news_on desc, m.id desc`,
};

/** Values: id. */
export const newsOf: NamedQuery = {
  name: 'superior-matter-news',
  text: `select n.on_date as "onDate", n.stage, n.content, n.effect, n.source, a.username as "recordedBy"
    from superior_matter_news n left join account a on a.id = n.created_by where n.matter_id = $1 order by n.on_date desc, n.created_at desc, n.id desc`,
};

export interface KnownMatter extends Record<string, unknown> {
  id: string;
  unitId: string;
  petitionId: string | null;
  filedOn: string;
  stage: string;
  newsOn: string;
  effect: string | null;
  agencyType: string;
  agency: string;
  version: number;
}

const known = `select id, unit_id as "unitId", petition_id as "petitionId", filed_on as "filedOn", stage, news_on as "newsOn", effect, agency_type as "agencyType",
    agency, version from superior_matter`;

/** Values: id. */
export const lockMatter: NamedQuery = { name: 'superior-matter-locked', text: `${known} where id = $1 for update` };

/** Values: unit, agency, reference. */
export const lockMatterByReference: NamedQuery = {
  name: 'superior-matter-by-reference',
  text: `${known} where unit_id = $1 and folded_agency = fold($2) and reference = $3 for update`,
};

/** Values: day, units. */
export const matterFigures: NamedQuery = {
  name: 'superior-matter-figures',
  text: `select m.unit_id as "unitId", count(*) filter (where m.open)::int as open, count(*) filter (where ${isStale})::int as stale,
      count(*) filter (where m.outcome_on > $1::date - 365)::int as decided,
      count(*) filter (where m.outcome_on > $1::date - 365 and m.effect <> 'upheld')::int as "notUpheld"
    from ${tables} where m.unit_id = any ($2::uuid[]) group by m.unit_id`,
};
