import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Permission } from '../src/platform/access/permissions.js';
import type { Client, Json } from './support/client.js';
import { bodyFor, type Operation } from './support/openapi-bodies.js';
import { must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';

/*
 * Reference data hold for everybody. Whoever tries an operation on them with the example of the document – it is one click in Swagger UI –
 * must not take the forms, the calendar or the limits of a country away from those who work by them.
 */

/** Whoever has one of these keeps data that others reckon with. */
const referencePermissions: Permission[] = [
  'calendar.keep',
  'form_sets.keep',
  'legal_instruments.keep',
  'retention.keep',
  'rollout.keep',
  'templates.keep',
  'unit_settings.keep',
  'units.keep',
];
const document: Json = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
const operations = Object.entries<Json>(document.paths).flatMap(([path, item]) =>
  Object.entries<Operation & { parameters?: Json[] }>(item)
    .filter(
      ([method, operation]) =>
        ['put', 'post', 'patch'].includes(method) && referencePermissions.includes(operation['x-permission'] as Permission),
    )
    .map(([method, operation]) => ({ method: method.toUpperCase(), path, operation, route: `${method.toUpperCase()} ${path}` })),
);

let server: TestServer;
let admin: Client;
let analyst: Client;

beforeAll(async () => {
  server = await startServer();
  [admin, analyst] = await Promise.all([server.as('city.admin'), server.as('city.analyst')]);
});
afterAll(() => server.stop());

/** What others reckon with, as it can be read. */
async function referenceData(): Promise<Record<string, Json>> {
  const unit = (await must(200, admin.get('/auth/me'))).unit.id as string;
  const readings: [Client, string][] = [
    ...['2021-06-30', '2024-06-30', '2026-11-28', '2027-06-30'].map((day): [Client, string] => [
      analyst,
      `/reports/forms?closingOn=${day}`,
    ]),
    [analyst, '/reports/forms/02-XLD'],
    [analyst, '/reports/forms/02-XLD'],
    [analyst, '/reports/deadlines'],
    [admin, '/calendar/years/2026'],
    [admin, '/calendar/years/2027'],
    [admin, '/calendar?from=2026-11-01&to=2027-03-31'],
    [admin, '/retention'],
    [admin, `/units/${unit}/settings`],
    [admin, '/units?limit=200'],
    [admin, '/document-templates'],
    [admin, '/legal-instruments?limit=200'],
    [admin, '/rules'],
  ];
  const read: Record<string, Json> = {};
  for (const [client, address] of readings) read[address] = withoutNews((await client.get(address)).body);
  return read;
}

/** Without what a change leaves behind even where it changes nothing, and without what the examples themselves made up. */
function withoutNews(value: Json): Json {
  if (Array.isArray(value)) return value.filter((item: Json) => !/2099/.test(JSON.stringify(item))).map(withoutNews);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !['version', 'changedAt', 'changedBy', 'updatedAt', 'nextCursor', 'run'].includes(key))
      .map(([key, item]) => [key, withoutNews(item)]),
  );
}

/** A path as Swagger UI fills it in: the example of each parameter, or the first word that it may be. */
async function pathOf(path: string, operation: { parameters?: Json[] }): Promise<string> {
  const unit = (await admin.get('/auth/me')).body.unit.id as string;
  const instrument = (await admin.get('/legal-instruments')).body.items[0]?.id as string;
  return path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const parameter = operation.parameters?.find((one) => one.in === 'path' && one.name === name);
    const shown = parameter?.example ?? parameter?.schema?.example ?? parameter?.schema?.enum?.[0];
    return encodeURIComponent(shown ?? (path.includes('legal-instruments') ? instrument : unit));
  });
}

describe('the examples of operations on reference data', () => {
  it('leave what others reckon with as it was', async () => {
    const before = await referenceData();
    const statuses: Record<string, number> = {};
    for (const { route, method, path, operation } of operations) {
      const { status } = await bodyFor(document, operation).send(admin, method, await pathOf(path, operation));
      statuses[route] = status;
    }
    expect(await referenceData()).toEqual(before);
    // The examples were really run: most of them are accepted, and the rest is refused for what it is about, not for who asks.
    expect(Object.keys(statuses).length).toBeGreaterThan(8);
    expect(Object.entries(statuses).filter(([, status]) => status < 300).length).toBeGreaterThanOrEqual(5);
    expect(Object.entries(statuses).filter(([, status]) => status === 401 || status >= 500)).toEqual([]);
    expect(statuses['POST /api/v1/reports/form-sets']).toBe(201);
  });
});

describe('a set of forms', () => {
  /** The forms in force as they would be entered, under another name or the same. */
  async function inForce(): Promise<Json> {
    const { items } = await must(200, analyst.get('/reports/forms'));
    const { circular, title, closingFrom, forms } = items.find(({ governs }: Json) => governs);
    const definitions = await Promise.all(forms.map(async ({ code }: Json) => must(200, analyst.get(`/reports/forms/${code}`))));
    return {
      circular,
      title,
      closingFrom,
      verified: false,
      forms: definitions.map(({ code, title: formTitle, columns, checks }: Json) => ({
        code,
        title: formTitle,
        columns: columns.map(asEntered),
        checks: checks.map((check: Json) => (typeof check === 'string' ? check : check.formula)),
      })),
      reason: 'Đính chính',
    };
  }

  function asEntered({ label, number, unit, count, note, columns }: Json): Json {
    if (columns?.length) return { label, columns: columns.map(asEntered) };
    return { label, number, unit: unit.code, count: { of: count.of, measure: count.measure, where: count.where }, ...(note && { note }) };
  }

  it('that drops forms or columns of the former one says which, or is refused', async () => {
    const set = await inForce();
    const [first, ...others] = set.forms;
    const shorter = { ...set, forms: others };
    const refused = await admin.post('/reports/form-sets', shorter);
    expect([refused.status, refused.body.errors]).toEqual([422, [expect.objectContaining({ pointer: '/drops', code: 'drops' })]]);
    expect(refused.body.errors[0].detail).toContain(first.code);
    expect((await admin.post('/reports/form-sets', { ...set, drops: [first.code] })).body.errors[0].detail).toContain(first.code);
    expect((await must(200, analyst.get('/reports/forms'))).items.find(({ governs }: Json) => governs).forms).toHaveLength(
      set.forms.length,
    );
  });

  it('is tried without a trace, entered with what it drops, and put back', async () => {
    const set = await inForce();
    const [first, ...others] = set.forms;
    const shorter = { ...set, forms: others, drops: [first.code] };
    const tried = await must(200, admin.post('/reports/form-sets?dryRun=true', shorter));
    expect(tried).toMatchObject({ circular: set.circular, dryRun: true, dropped: [first.code], governs: true });
    expect((await analyst.get(`/reports/forms/${first.code}`)).status).toBe(200);

    const entered = await must(201, admin.post('/reports/form-sets', shorter));
    expect(entered).toMatchObject({ dryRun: false, revision: tried.revision, dropped: [first.code] });
    expect((await analyst.get(`/reports/forms/${first.code}`)).status).toBe(404);

    const { items: revisions } = await must(200, admin.get(`/reports/form-sets?circular=${encodeURIComponent(set.circular)}`));
    expect(revisions.map(({ revision }: Json) => revision)).toEqual([entered.revision, entered.revision - 1].filter((one) => one >= 0));
    const back = { circular: set.circular, revision: revisions.at(-1).revision, reason: 'Nhập nhầm' };
    expect(await must(200, admin.post('/reports/form-sets/restoration?dryRun=true', back))).toMatchObject({ dryRun: true, dropped: [] });
    expect((await analyst.get(`/reports/forms/${first.code}`)).status).toBe(404);
    expect(await must(200, admin.post('/reports/form-sets/restoration', back))).toMatchObject({
      revision: entered.revision + 1,
      dropped: [],
      governs: true,
    });
    expect((await inForce()).forms).toEqual(set.forms);
    expect((await admin.post('/reports/form-sets/restoration', { ...back, revision: 99 })).status).toBe(404);
    expect((await (await server.as('commune.admin')).post('/reports/form-sets/restoration', back)).status).toBe(403);
  });

  it('entered by several at once drops once what they name', async () => {
    const set = await inForce();
    const [first, ...others] = set.forms;
    const shorter = { ...set, forms: others, drops: [first.code] };
    const answers = await Promise.all([1, 2, 3].map(() => admin.post('/reports/form-sets', shorter)));
    // What is dropped is told from the revision in force: whoever comes second has nothing left to drop.
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422]);
    const { forms } = (await must(200, analyst.get('/reports/forms'))).items.find(({ governs }: Json) => governs);
    expect(forms).toHaveLength(set.forms.length - 1);
    const { items } = await must(200, admin.get(`/reports/form-sets?circular=${encodeURIComponent(set.circular)}`));
    const before = items[1].revision;
    await must(200, admin.post('/reports/form-sets/restoration', { circular: set.circular, revision: before, reason: 'Khôi phục' }));
  });
});
