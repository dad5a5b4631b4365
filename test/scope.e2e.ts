import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Client, type Json } from './support/client.js';
import type { Operation } from './support/openapi-bodies.js';
import { startServer, type TestServer } from './support/server.js';
import { isBesideScope, openToAll, widenedByBelow } from './support/beside-scope.js';
import { contentOf, type NamedUnit, UnitsNamed } from './support/units-named.js';

/*
 * Nothing that is asked for shows more than the scope: every operation that reads a list or a figure is called as every role at every level, with each of its
 * parameters about units, on the demo's data of a city with its communes. Each unit in the answers is compared with what `GET /auth/me` says of the caller.
 */
const roles = ['clerk', 'handler', 'leader', 'reception_board', 'inspector', 'analyst', 'admin'] as const;
const levels = ['commune', 'district', 'city'] as const;

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: { type?: string | string[]; format?: string; enum?: string[]; example?: Value | Value[] };
}
interface Reading {
  route: string;
  path: string;
  parameters: Parameter[];
  permission: string;
}
interface Caller {
  name: string;
  client: Client;
  unitId: string;
  inScope: Set<string>;
  /** Nothing below the own unit is in scope. */
  ownUnitAlone: boolean;
}

/** What stands for the parameters of paths that name no record. */
const inPath: Record<string, string> = { code: '02-XLD', column: '3', check: 'petition_without_address' };
const inQuery: Record<string, string | number> = { period: '2026-Y', direction: 'in', from: '2026-01-01', to: '2026-12-31', limit: 200 };

type Value = string | number | boolean;
type Asked = Record<string, Value>;

const document: Json = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
const readings: Reading[] = Object.entries<Record<string, Operation & { parameters?: Parameter[] }>>(document.paths).flatMap(
  ([path, { get }]) => {
    const filled = path.replaceAll(/\{(\w+)\}/g, (all, name: string) => inPath[name] ?? all);
    const ofRecord = filled.includes('{') && !/^\/api\/v1\/regulation-campaigns\/\{id\}\//.test(filled);
    return !get?.security?.length || ofRecord
      ? []
      : [{ route: path.replace('/api/v1', ''), path: filled, parameters: get.parameters ?? [], permission: get['x-permission']! }];
  },
);

let server: TestServer;
let callers: Caller[];
let named: UnitsNamed;
let campaignId: string;
const seen = { answers: 0, things: 0, units: 0, compared: 0, opened: 0 };

beforeAll(async () => {
  server = await startServer({ template: 'demo' });
  named = new UnitsNamed(await server.sql('select id, name from unit'));
  [{ id: campaignId }] = (await server.sql<{ id: string }>('select id from regulation_campaign limit 1')) as [{ id: string }];
  const accounts = levels.flatMap((level) => roles.map((role) => ({ name: `${level}.${role}`, role })));
  callers = await Promise.all(
    accounts.map(async ({ name, role }) => {
      const client = await server.as(name);
      const { unit, unitsInScope } = (await client.get('/auth/me')).body;
      const ownUnitAlone = role === 'clerk' || role === 'handler' || role === 'admin';
      return { name, client, unitId: unit.id, inScope: new Set<string>(unitsInScope.map(({ id }: { id: string }) => id)), ownUnitAlone };
    }),
  );
}, 300_000);
afterAll(() => {
  process.stdout.write(
    `${readings.length} operations × ${callers.length} callers: ${seen.answers} answers, ${seen.things} things, ${seen.units} units compared; ` +
      `${seen.compared} pairs with and without what is below, ${seen.opened} items opened\n`,
  );
  return server.stop();
});

const isUnit = ({ name, in: place }: Parameter) => place === 'query' && /unit|subordinate/i.test(name);
const isSwitch = ({ schema }: Parameter) => [schema.type].flat().includes('boolean');

/** Every way to ask for units: none, the own unit, the city above or a commune that is not the caller's, each with and without what is below. */
function waysToAsk({ parameters }: Reading, caller: Caller, others: string[]): Asked[] {
  const units = parameters.filter((one) => isUnit(one) && !isSwitch(one));
  const switches = parameters.filter((one) => isUnit(one) && isSwitch(one));
  const below = [{}, ...switches.flatMap(({ name }) => [{ [name]: true }, ...(caller.ownUnitAlone ? [{ [name]: false }] : [])])];
  const asked = [{}, ...units.flatMap(({ name }) => [caller.unitId, ...others].map((unitId) => ({ [name]: unitId })))];
  return asked.flatMap((one) => below.map((how) => ({ ...one, ...how })));
}

function addressOf({ path, parameters }: Reading, asked: Asked): string {
  const known = parameters.filter(({ name, required }) => required || name in inQuery || name in asked);
  const query = new URLSearchParams();
  for (const { name, in: place, schema } of known) {
    if (place !== 'query') continue;
    const value = asked[name] ?? (name === 'format' ? formatOf(path, schema) : (inQuery[name] ?? schema.example));
    // A form is asked for a period or for days, not for both.
    if (value !== undefined && !(path.includes('/reports/') && (name === 'from' || name === 'to')))
      for (const one of [value].flat()) query.append(name, String(name === 'limit' && path.includes('/pivot') ? 100 : one));
  }
  return `${path.replace('{id}', campaignId)}?${query.toString()}`;
}

function formatOf(path: string, { enum: formats = [] }: Parameter['schema']): string {
  return formats.includes('csv') && path !== '/api/v1/reports/file' ? 'csv' : 'xlsx';
}

/** Classes of a picture are numbered from the start of the process, and when something was counted is not what was counted. */
const comparable = (content: Json): string =>
  (typeof content === 'string' ? content : JSON.stringify(content))
    .replaceAll(/zr\d+-(cls|c)-?\d+/g, '')
    .replaceAll(/zr\d+/g, '')
    .replaceAll(/\d{1,2}:\d{2}(:\d{2})?(\.\d+)?/g, '');

describe.each(readings)('GET $route', (reading) => {
  const faults: string[] = [];

  async function ask(caller: Caller, asked: Asked): Promise<{ status: number; content: Json }> {
    const address = addressOf(reading, asked);
    const response = await caller.client.fetch(address);
    const content = await contentOf(response);
    if (response.status >= 500) faults.push(`${caller.name} ${address}: ${response.status}`);
    if (response.status !== 200) return { status: response.status, content: null };
    seen.answers++;
    for (const together of named.in(content, caller.inScope)) judge(caller, address, together);
    return { status: response.status, content };
  }

  function judge({ name, inScope }: Caller, address: string, together: NamedUnit[]): void {
    seen.things++;
    seen.units += together.length;
    if (openToAll.has(reading.route)) return;
    const anyInScope = together.some(({ unitId }) => inScope.has(unitId));
    for (const { field, unitId } of together)
      if (!inScope.has(unitId) && !isBesideScope(reading.route, field, anyInScope))
        faults.push(`${name} ${address}: ${field} is ${unitId}`);
  }

  it('shows nobody a unit out of scope, and each thing listed can be opened', async () => {
    const others = ['city.clerk', 'commune.clerk'].map((username) => callers.find(({ name }) => name === username)!.unitId);
    const byId = document.paths[`${reading.path}/{id}`]?.get && reading.path.replace('/api/v1', '');
    for (const caller of callers) {
      const ids = new Set<string>();
      const answers = new Map<string, string>();
      for (const asked of waysToAsk(
        reading,
        caller,
        others.filter((id) => id !== caller.unitId),
      )) {
        const { status, content } = await ask(caller, asked);
        // A permission is one of the role, whatever is asked.
        if (status === 403) break;
        if (status !== 200) continue;
        for (const { id } of content?.items ?? []) if (id) ids.add(id);
        const { includeSubordinates, ...rest } = asked;
        const others = JSON.stringify(rest);
        if (includeSubordinates === undefined || !caller.ownUnitAlone || widenedByBelow.has(reading.route)) continue;
        if (!answers.has(others)) answers.set(others, comparable(content));
        else {
          seen.compared++;
          if (answers.get(others) !== comparable(content)) faults.push(`${caller.name} ${others}: what is below changes the answer`);
        }
      }
      if (!byId) continue;
      for (const id of [...ids].filter((_id, index) => index % Math.ceil(ids.size / 20) === 0)) {
        seen.opened++;
        const { status } = await caller.client.get(`${byId}/${id}`);
        if (status !== 200 && status !== 403) faults.push(`${caller.name} lists ${byId}/${id}, which is ${status}`);
      }
    }
    expect(faults.slice(0, 20)).toEqual([]);
  }, 300_000);
});

describe('the whole', () => {
  it('looked at every parameter about units, and at answers that name some', () => {
    const asked = readings.filter(({ parameters }) => parameters.some(isUnit));
    expect(asked.length).toBeGreaterThan(65);
    expect(readings.filter(({ route }) => openToAll.has(route)).length).toBe(openToAll.size);
    expect(seen.units).toBeGreaterThan(20_000);
    expect(seen.compared).toBeGreaterThan(100);
    expect(seen.opened).toBeGreaterThan(100);
  });
});
