import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Client } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aReflectionOn, file, unitId } from './support/stories.js';

let server: TestServer;
let clerk: Client;
let leader: Client;
let petitionId: string;
let baDinh: string;

beforeAll(async () => {
  server = await startServer({ env: { TIEPDAN_WORKERS: '0' } });
  [clerk, leader] = await Promise.all([server.as('commune.clerk'), server.as('city.leader')]);
  baDinh = await unitId(clerk, '00004');
  for (let index = 0; index < 60; index++) petitionId = (await file(clerk, aReflectionOn(baDinh))).id;
  await server.sql('create extension pg_stat_statements');
});
afterAll(() => server.stop());

/**
 * Statements that a piece of work sent to the database, but for the look at the version of units and calendars, and the audit's own at a
 * commit: what its triggers `perform` counts as `SELECT …` in capitals on a connection that runs them for the first time.
 */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const here = '(select oid from pg_database where datname = current_database())';
  await server.sql(`select pg_stat_statements_reset(0, ${here})`);
  await work();
  const rows = await server.sql<{ query: string; calls: number }>(
    `select left(query, 120) as query, calls::int from pg_stat_statements where dbid = ${here} and query !~* 'reference_version|pg_stat_statements|audit_|pg_advisory_xact_lock|outgoing_event|webhook_fan_out'
       and query !~ '^SELECT set_config'`,
  );
  return rows.flatMap(({ query, calls }) => Array<string>(calls).fill(query));
}

it.each([
  ['a petition', 1, () => clerk.get(`/petitions/${petitionId}`)],
  // One of each looks whether the caller is whom a denunciation is directed against, for all that belongs to a petition.
  ['its history', 3, () => clerk.get(`/petitions/${petitionId}/history`)],
  ['what may be done with it', 2, () => clerk.get(`/petitions/${petitionId}/actions`)],
  ['a list of 50', 1, () => leader.get('/petitions?limit=50')],
  ['a list of 50 with its total', 2, () => leader.get('/petitions?limit=50&count=exact')],
  ['a search', 1, () => leader.get('/petitions?q=đèn đường')],
  ['the alerts of a city', 2, () => leader.get('/alerts/summary')],
  ['an inbox', 1, () => clerk.get('/transfers?direction=in')],
  ['sessions of a city', 1, () => leader.get('/reception-sessions?limit=50')],
  ['the ledger of visits', 1, () => leader.get('/reception-visits?limit=50')],
  ['the public calendar', 1, () => leader.get(`/public/reception-calendar?unitId=${baDinh}&includeSubordinates=true`)],
  ['the days of all heads', 1, () => leader.get('/reception-head-days?from=2026-01-01&to=2026-12-31&includeSubordinates=true')],
  ['the figures of reception', 4, () => leader.get('/reception-figures?from=2026-01-01&to=2026-12-31')],
  ['an evaluation', 0, () => clerk.post('/rules/evaluations', { kind: 'reflection', filedOn: '2026-05-11', filedAtUnitId: baDinh })],
  ['the units of a day', 0, () => clerk.get('/units?asOf=2026-05-11')],
  [
    'filing: begin, who acts, guidance at a visit, one statement, reading it back, commit, looking for duplicates',
    7,
    () => clerk.post('/petitions', aComplaintAbout(baDinh)),
  ],
])('%s takes %i statement(s), however many rows there are', async (_what, expected, work) => {
  const statements = await statementsOf(work);
  // Where there are others than expected, they are told.
  expect(statements.length === expected ? [] : statements).toEqual([]);
});
