import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Json } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';

const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
let server: TestServer;
let lifecycle: Json;

beforeAll(async () => {
  server = await startServer();
  lifecycle = (await (await server.as('commune.clerk')).get('/lifecycle')).body;
});
afterAll(() => server.stop());

const schemaOf = ({ method, path }: Json): Json => {
  const operation = document.paths[`/api/v1/petitions/{id}/${path}`]?.[method.toLowerCase()];
  const reference = operation?.requestBody?.content['application/json'].schema.$ref as string | undefined;
  return reference && document.components.schemas[reference.split('/').at(-1)!];
};

it('every step of the life cycle is a route that takes the fields it names, required where it says so', () => {
  for (const step of lifecycle.steps) {
    const schema = schemaOf(step);
    expect([step.action, schema?.type]).toEqual([step.action, 'object']);
    const required = step.fields.filter((field: Json) => field.required).map(({ name }: Json) => name);
    expect([step.action, ...(schema.required ?? [])].sort()).toEqual([step.action, ...required].sort());
    for (const { name } of step.fields) expect([step.action, ...Object.keys(schema.properties)]).toContain(name);
  }
});

it('names its states in Vietnamese, its papers, its limits and the law', () => {
  expect(lifecycle.states.find(({ state }: Json) => state === 'suspended')).toEqual({
    state: 'suspended',
    name: { vi: 'Tạm đình chỉ', en: 'Suspended' },
    final: false,
  });
  const accept = lifecycle.steps.find(({ action }: Json) => action === 'accept');
  expect(accept).toMatchObject({
    needs: 'within_competence',
    startsLimits: expect.arrayContaining(['complaint.resolution.first', 'denunciation.resolution', 'recommendation.settlement']),
    papers: expect.arrayContaining([
      { code: 'complaint_acceptance_notice', title: expect.objectContaining({ vi: 'Thông báo thụ lý khiếu nại' }) },
    ]),
  });
  expect(lifecycle.steps.find(({ action }: Json) => action === 'suspend').lawfulFrom).toEqual({ complaint: '2026-07-01' });
});
