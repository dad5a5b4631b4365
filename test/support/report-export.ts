import type { Happening, Told, ToldPetition } from './report-reference.js';
import type { TestServer } from './server.js';

interface EventRow {
  petitionId: string;
  type: string;
  on: string;
  order: number;
  facts: Record<string, string | boolean | null>;
}

/** What a database holds of petitions and visits, read plainly, table by table, for the reference. */
export async function exportTold(server: TestServer): Promise<Told> {
  const petitions = await server.sql<
    ToldPetition & { kind: string; stage: string; field: string; within: boolean; receivedAt: string; lies: string }
  >(
    `select id, case_id as "caseId", case_id as "caseIdThen", parent_id as "parentId", channel, signatories, anonymous, prior_handling as prior, in_force_on::text as "inForceOn", kind, stage,
       field_code as field, within_competence as within, received_unit_id as "receivedAt", responsible_unit_id as lies from petition`,
  );
  const events = await server.sql<EventRow>(
    `select petition_id as "petitionId", type, occurred_on::text as on, row_number() over (order by recorded_at, sequence)::int as "order", facts from petition_event order by 4`,
  );
  const receivers = await pairs(server, 'select id as key, to_unit_id as value from transfer');
  const limits = await pairs(
    server,
    `select petition_id as key, max(due_on)::text as value from petition_limit
     where void_on is null and (rule_id like '%.resolution%' or rule_id = 'recommendation.settlement') group by petition_id`,
  );
  const obligations = await server.sql<ToldPetition['obligations'][number] & { id: string; petitionId: string }>(
    `select id, petition_id as "petitionId", type, fulfilled_on::text as "fulfilledOn", money::float8, land::float8, organisations, persons, officials, cases from obligation`,
  );
  const performances = await server.sql<ToldPetition['obligations'][number]['performances'][number] & { obligationId: string }>(
    `select obligation_id as "obligationId", performed_on::text as on, money::float8, land::float8, organisations, persons, officials, cases from performance`,
  );
  const told = new Map(petitions.map((petition) => [petition.id, petition]));
  for (const petition of petitions) {
    petition.obligations = obligations
      .filter(({ petitionId }) => petitionId === petition.id)
      .map((one) => ({ ...one, performances: performances.filter(({ obligationId }) => obligationId === one.id) }));
    const own = events.filter(({ petitionId }) => petitionId === petition.id);
    let at = petition.receivedAt;
    petition.happenings = own.map(({ type, on, order, facts }, index): Happening => {
      const parent = type === 'split_off' ? told.get(petition.parentId!)! : undefined;
      const arrival = parent?.happenings.filter(({ atUnit }) => atUnit).at(-1);
      const arrivesAt =
        type === 'received'
          ? petition.receivedAt
          : type === 'transfer_received'
            ? receivers.get(String(facts['transferId']))
            : type === 'transfer_returned'
              ? String(facts['toUnitId'])
              : arrival?.atUnit;
      at = arrivesAt ?? at;
      // What a unit found that sent it on is not kept: only that it was not for that unit.
      const leaves = own.slice(index).some((later) => later.type === 'transfer_received') && at !== petition.lies;
      const finding = {
        kind: petition.kind,
        stage: petition.stage,
        field: petition.field,
        within: leaves ? false : petition.within,
      } as Happening['finding'];
      return {
        type,
        on: arrival?.on ?? on,
        ...(type === 'split_off' && { splitOn: on }),
        order,
        finding,
        ...(arrivesAt && { atUnit: arrivesAt }),
        goesOn: facts['goesOn'] === true,
        ground: String(facts['ground']),
        result: (facts['result'] as string | null) ?? null,
        importedState: String(facts['state']),
        dueOn: limits.get(petition.id) ?? null,
      };
    });
  }
  return {
    petitions,
    replies: await server.sql(
      `select t.petition_id as "petitionId", t.from_unit_id as "fromUnitId", t.replied_on::text as on, p.kind from transfer t join petition p on p.id = t.petition_id where t.replied_on is not null`,
    ),
    urgings: await server.sql(`select petition_id as "petitionId", from_unit_id as "fromUnitId", urged_on::text as on from urging`),
    courts: await server.sql(
      `select petition_id as "petitionId", issued_on::text as "issuedOn" from superior_outcome where agency_type = 'court'`,
    ),
    visits: await server.sql(
      `select v.unit_id as "unitId", v.visited_on::text as on, row_number() over (order by v.started_at, v.id)::int as "order", s.held_by as "heldBy", v.persons, v.large_group as "largeGroup",
         v.state = 'refused' as refused, v.petition_id as "petitionId", v.matter_id as "matterId" from reception_visit v left join reception_session s on s.id = v.session_id`,
    ),
    successions: await server.sql(
      `select predecessor_id as "predecessorId", successor_id as "successorId", succeeded_on::text as on from unit_succession where portion = 'whole'`,
    ),
    sessions: await server.sql(
      `select unit_id as "unitId", on_date::text as on, held_by as "heldBy", state, published_on::text as "publishedOn" from reception_session`,
    ),
    regulations: await server.sql(
      `select r.unit_id as "unitId", v.issued_on::text as on, v.action from regulation_version v join regulation r on r.id = v.regulation_id
       union all select unit_id, repealed_on::text, 'repealed' from regulation where repealed_on is not null`,
    ),
    inspections: await server.sql(
      `select unit_id as "unitId", decision_number || ' ' || decided_on as decision, state, started_on::text as "startedOn", concluded_on::text as "concludedOn",
         coalesce((select jsonb_agg(jsonb_build_object('withdrawn', f.state = 'withdrawn', 'acceptedOn', (
           select min((e.created_at at time zone 'Asia/Ho_Chi_Minh')::date)::text from inspection_finding_entry e where e.finding_id = f.id and e.type = 'acceptance')))
           from inspection_finding f where f.inspection_id = i.id), '[]') as findings
       from inspection i where type = 'responsibility'`,
    ),
  };
}

async function pairs(server: TestServer, text: string): Promise<Map<string, string>> {
  return new Map((await server.sql<{ key: string; value: string }>(text)).map(({ key, value }) => [key, value]));
}
