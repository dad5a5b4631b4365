import type { NamedQuery } from '../../platform/database/transactions.js';
import { visibleTo } from '../../petitions/visible-to.js';
import { seenUnit } from '../../structure/units/seen-unit.js';

/** The case of a matter: that of the petition that one of its gatherings is about. */
const caseOf = (incident: string) =>
  `(select about.case_id from reception_incident linked join petition about on about.id = linked.petition_id where linked.matter_id = ${incident}.matter_id order by linked.id limit 1)`;

/** How many gatherings there are about the matter of `i`, or about another one of its case. */
const sameMatter = (condition: string) => `(select count(*)::int from reception_incident e where ${condition} and e.matter_id in (
    select i.matter_id union
    select beside.matter_id from petition other join reception_incident beside on beside.petition_id = other.id where other.case_id = ${caseOf('i')}))`;

/** A petition `p` is told to whoever may see it, and of the unit that said that the gathering `i` is about it. */
const toldOf = (roots: string, subtree: string) => `(${seenUnit('i.unit_id', roots, subtree)} or ${visibleTo(roots, subtree)})`;
const columns = (
  roots: string,
  subtree: string,
) => `i.id, i.number, i.unit_id as "unitId", i.office_id as "officeId", o.name as "officeName", i.place_type as "placeType", i.place,
  i.on_date as "onDate", i.started_at as "startedAt", i.ended_at as "endedAt", i.persons, i.most_persons as "mostPersons", i.kind, i.matter,
  i.sealed, i.sealed_key as "sealedKey", i.identity_secret as "identitySecret", i.representatives as "representativeCount", i.petition_id as "petitionId", p.number as "petitionNumber",
  p.case_id as "caseId", coalesce(p.id is not null and ${toldOf(roots, subtree)}, false) as "petitionTold", i.matter_id as "matterId", i.origin_unit_id as "originUnitId", i.acknowledged_at as "acknowledgedAt",
  a.username as "acknowledgedBy", i.outcome, ${sameMatter('(e.started_at, e.id) <= (i.started_at, i.id)')} as occurrence, ${sameMatter('true')} as occurrences,
  i.version`;
const tables = `reception_incident i left join reception_office o on o.id = i.office_id left join petition p on p.id = i.petition_id
  left join account a on a.id = i.acknowledged_by`;
/** Seen where it was recorded, and by the unit that the matter comes from. */
const seen = `(${seenUnit('i.unit_id', '$2', '$3')} or ${seenUnit('i.origin_unit_id', '$2', '$3')})`;

/** Values: id, roots, subtree. */
export const incidentById: NamedQuery = {
  name: 'reception-incident',
  text: `select ${columns('$2', '$3')} from ${tables} where i.id = $1 and ${seen}`,
};

/** Values: id, roots, subtree. Held until the end of the transaction. */
export const lockIncident: NamedQuery = { name: 'reception-incident-locked', text: `${incidentById.text} for update of i` };

/**
 * Values: units, role of them (`recorded`, `origin` or null for either), open or null, acknowledged or null, first and last day or null, petition or
 * null, day and id to start after or null, limit, elsewhere than at the unit of origin's own office or null, roots, subtree.
 */
export const incidentList: NamedQuery = {
  name: 'reception-incidents',
  text: `select ${columns('$12', '$13')} from ${tables}
    where ((coalesce($2, 'recorded') = 'recorded' and i.unit_id = any ($1::uuid[])) or (coalesce($2, 'origin') = 'origin' and i.origin_unit_id = any ($1::uuid[])))
      and ($3::boolean is null or (i.ended_at is null) = $3) and ($4::boolean is null or (i.acknowledged_at is not null) = $4)
      and ($5::date is null or i.on_date >= $5) and ($6::date is null or i.on_date <= $6) and ($7::uuid is null or (i.petition_id = $7 and ${toldOf('$12', '$13')}))
      and ($11::boolean is null or (i.place_type <> 'own_office' or i.unit_id is distinct from i.origin_unit_id) = $11)
      and ($8::date is null or (i.on_date, i.id) < ($8, $9::uuid))
    order by i.on_date desc, i.id desc limit $10`,
};

/** Values: incident. */
export const entriesOf: NamedQuery = {
  name: 'reception-incident-entries',
  text: `select e.id, e.type, e.at, e.informed, e.who, e.persons, e.content, a.username as "recordedBy"
    from reception_incident_entry e left join account a on a.id = e.created_by where e.incident_id = $1 order by e.at, e.created_at, e.id`,
};

/** Values: units, first and last day, fewest gatherings, limit, roots, subtree. Repeated gatherings over one matter, those with the most first. */
export const seriesOf: NamedQuery = {
  name: 'reception-incident-series',
  text: `select (array_agg(p.case_id) filter (where p.id is not null and ${toldOf('$6', '$7')}))[1] as "caseId", (array_agg(i.matter order by i.started_at desc))[1] as matter,
      (array_agg(i.kind order by i.started_at desc))[1] as kind, count(*)::int as gatherings, sum(i.most_persons)::int as persons,
      max(i.most_persons) as "mostPersons", min(i.on_date) as "firstOn", max(i.on_date) as "lastOn", count(*) filter (where i.ended_at is null)::int as open,
      array_agg(distinct i.place_type) as "placeTypes", (array_agg(i.origin_unit_id order by i.started_at desc))[1] as "originUnitId",
      array_agg(i.id order by i.started_at) as "incidentIds"
    from reception_incident i left join petition p on p.id = i.petition_id
    where (i.unit_id = any ($1::uuid[]) or i.origin_unit_id = any ($1::uuid[])) and i.on_date between $2 and $3
    group by coalesce(${caseOf('i')}, i.matter_id) having count(*) >= $4 order by count(*) desc, max(i.on_date) desc limit $5`,
};

/**
 * Values: first gathering of a matter, roots, subtree. The petition that the matter is about, whoever linked it, and whether the caller is told of it.
 */
export const petitionOfMatter: NamedQuery = {
  name: 'reception-incident-matter-petition',
  text: `select p.id, p.number, p.identity_secret as "identitySecret", bool_or(${toldOf('$2', '$3')}) as told
    from reception_incident i join petition p on p.id = i.petition_id where i.matter_id = $1 group by p.id order by told desc, p.id limit 1`,
};

/** Values: first gathering of a matter. Whether the matter holds who is secret, and a petition that names who filed it. */
export const secrecyOfMatter: NamedQuery = {
  name: 'reception-incident-matter-secrecy',
  text: `select bool_or(i.kind = 'denunciation' or coalesce(p.identity_secret, false)) as secret, bool_or(coalesce(not p.identity_secret, false)) as open
    from reception_incident i left join petition p on p.id = i.petition_id where i.matter_id = $1`,
};
