import type { EntityManager } from 'typeorm';

/** The two petitions `one` and `other`: one of them is secret, the other names who filed it. */
const across = 'one.identity_secret <> other.identity_secret';

/**
 * A denunciation and a petition that names who filed it are neither related nor of one case: one step from the denunciation would lead to the
 * name. The relations end, the denunciations of the case become a case of their own, and what says that they were one is told no more.
 */
export async function cutLinks(tx: EntityManager, petitionId: string): Promise<void> {
  await tx.query(
    `update petition_relation r set ended_on = (now() at time zone 'Asia/Ho_Chi_Minh')::date
     from petition one, petition other
     where one.id = r.petition_id and other.id = r.related_petition_id and (one.id = $1 or other.id = $1) and ${across} and r.ended_on is null`,
    [petitionId],
  );
  for (const [table, column] of [
    ['appeal', 'further_petition_id'],
    ['superior_outcome', 'further_petition_id'],
  ] as const)
    await tx.query(
      `update ${table} t set ${column} = null from petition one, petition other
       where one.id = t.petition_id and other.id = t.${column} and (one.id = $1 or other.id = $1) and ${across}`,
      [petitionId],
    );
  await forgetPriors(tx, petitionId);
  await ownCase(tx, petitionId);
}

/** What was done before stays known, but not in which petition. */
async function forgetPriors(tx: EntityManager, petitionId: string): Promise<void> {
  await tx.query(
    `update petition p set prior_handling = (
       select jsonb_agg(case when exists (
           select from petition prior where prior.id = (item ->> 'petitionId')::uuid and prior.identity_secret <> p.identity_secret
         ) then item || '{"petitionId": null}' else item end order by place)
       from jsonb_array_elements(p.prior_handling) with ordinality as priors (item, place))
     where p.prior_handling <> '[]'
       and (p.id = $1 or p.id in (select petition_id from petition_relation where related_petition_id = $1))`,
    [petitionId],
  );
}

async function ownCase(tx: EntityManager, petitionId: string): Promise<void> {
  const [mixed] = await tx.query<{ caseId: string; ids: string[] }[]>(
    `select p.case_id as "caseId", array_agg(p.id) filter (where p.identity_secret) as ids
     from petition p where p.case_id = (select case_id from petition where id = $1)
     group by 1 having bool_or(p.identity_secret) and not bool_and(p.identity_secret)`,
    [petitionId],
  );
  if (!mixed) return;
  const [opened] = await tx.query<{ id: string }[]>(
    `insert into petition_case (opened_unit_id, opened_on) select received_unit_id, received_on from petition where id = any ($1)
     order by received_on limit 1 returning id`,
    [mixed.ids],
  );
  await tx.query('update petition set case_id = $2, version = version + 1, updated_at = now() where id = any ($1)', [
    mixed.ids,
    opened!.id,
  ]);
  await tx.query(
    'update case_merge set withheld = true where petition_ids && $1 or (into_case_id = $2 and undone_on is null) or (from_case_id = $2 and undone_on is null)',
    [mixed.ids, mixed.caseId],
  );
}
