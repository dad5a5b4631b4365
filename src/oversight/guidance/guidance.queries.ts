import type { NamedQuery } from '../../platform/database/transactions.js';

/** Articles of the caller's unit and of every unit above it; $2 is the caller's unit. */
const readable = `exists (select from unit_closure above where above.descendant_id = any ($2::uuid[]) and above.ancestor_id = g.unit_id)`;
const columns = `g.id, g.unit_id as "unitId", g.roles, g.withdrawn_on as "withdrawnOn", g.version, v.sequence, v.title, v.published_on as "publishedOn",
    v.change_note as "changeNote", (select count(*)::int from guidance_version every where every.article_id = g.id) as versions`;
const current = `guidance_article g join lateral (select * from guidance_version v where v.article_id = g.id and v.published_on <= $1::date
      order by v.sequence desc limit 1) v on true`;

/** Values: day, units of the caller, role or null, words or null, title and id to start after or null, limit. Those that fit best first, else by title. */
export const guidanceList: NamedQuery = {
  text: `select * from (
      select ${columns}, case when $4::text is null then left(v.body, 200)
          else ts_headline('simple', v.body, websearch_to_tsquery('simple', fold($4)), 'StartSel="", StopSel="", MaxWords=30, MinWords=10') end as excerpt,
        case when $4::text is null then 0 else -ts_rank(v.search, websearch_to_tsquery('simple', fold($4))) end as rank
      from ${current}
      where ${readable} and g.withdrawn_on is null and ($3::text[] is null or g.roles = '{}' or g.roles && $3::text[])
        and ($4::text is null or v.search @@ websearch_to_tsquery('simple', fold($4)))
    ) article where ($5::float8 is null or (rank, title, id) > ($5, $6, $7::uuid)) order by rank, title, id limit $8`,
};

/** Values: day, units of the caller, id. */
export const guidanceById: NamedQuery = {
  name: 'guidance',
  text: `select ${columns}, v.body from ${current} where g.id = $3 and ${readable}`,
};

/** Values: id, units of the caller, sequence. */
export const guidanceVersion: NamedQuery = {
  name: 'guidance-version',
  text: `select ${columns}, v.body from guidance_article g join guidance_version v on v.article_id = g.id
    where g.id = $1 and v.sequence = $3 and ${readable}`,
};

/** Values: id. The latest first. */
export const guidanceVersions: NamedQuery = {
  name: 'guidance-versions',
  text: `select v.sequence, v.title, v.published_on as "publishedOn", v.change_note as "changeNote", a.username as "createdBy"
    from guidance_version v left join account a on a.id = v.created_by where v.article_id = $1 order by v.sequence desc`,
};
