import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Json } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';

/** Every route as the document has it, with who is let in: everybody, any signed-in caller, or these roles. */
const everybody = [
  'POST /api/v1/auth/token',
  'POST /api/v1/auth/refresh',
  'POST /api/v1/auth/revocation',
  'POST /api/v1/oauth/token',
  'GET /health/live',
  'GET /health/ready',
  'GET /api/v1/problems',
  'GET /api/v1/problems/{code}',
  'GET /api/v1/public/petitions/{number}',
];
const roles = ['clerk', 'handler', 'leader', 'reception_board', 'inspector', 'analyst', 'admin'];
const onPetitions = ['clerk', 'handler', 'leader', 'reception_board', 'inspector'];
const sending = ['clerk', 'leader', 'reception_board'];
const letIn: Record<string, string[]> = {
  'GET /api/v1/auth/me': roles,
  'POST /api/v1/auth/password': roles,
  'POST /api/v1/auth/totp': roles,
  'POST /api/v1/auth/totp/confirmation': roles,
  'POST /api/v1/auth/totp/removal': roles,
  'GET /api/v1/auth/sessions': roles,
  'DELETE /api/v1/auth/sessions/{id}': roles,
  'POST /api/v1/accounts/services': ['admin'],
  'POST /api/v1/accounts/{id}/client-secret': ['admin'],
  'POST /api/v1/accounts/{id}/password-reset': ['admin'],
  'GET /api/v1/accounts/{id}/sessions': ['admin'],
  'DELETE /api/v1/accounts/{id}/sessions': ['admin'],
  'GET /api/v1/units': roles,
  'GET /api/v1/units/{id}': roles,
  'GET /api/v1/units/{id}/ancestors': roles,
  'GET /api/v1/units/{id}/descendants': roles,
  'POST /api/v1/units/imports': ['admin'],
  'POST /api/v1/units/successions/imports': ['admin'],
  'GET /api/v1/accounts': ['admin'],
  'POST /api/v1/accounts': ['admin'],
  'GET /api/v1/accounts/{id}': ['admin'],
  'PATCH /api/v1/accounts/{id}': ['admin'],
  'GET /api/v1/calendar': roles,
  'GET /api/v1/calendar/years/{year}': roles,
  'PUT /api/v1/calendar/years/{year}': ['admin'],
  'GET /api/v1/rules': roles,
  'POST /api/v1/rules/evaluations': roles,
  'POST /api/v1/rules/limits': roles,
  'POST /api/v1/petitions': ['clerk'],
  'GET /api/v1/petitions': onPetitions,
  'GET /api/v1/petitions/{id}': onPetitions,
  'GET /api/v1/petitions/{id}/history': onPetitions,
  'GET /api/v1/petitions/{id}/actions': onPetitions,
  'PUT /api/v1/petitions/{id}/classification': onPetitions,
  'POST /api/v1/petitions/{id}/acceptance': onPetitions,
  'POST /api/v1/petitions/{id}/refusal': onPetitions,
  'POST /api/v1/petitions/{id}/guidance': onPetitions,
  'POST /api/v1/petitions/{id}/return': onPetitions,
  'POST /api/v1/petitions/{id}/filing-away': onPetitions,
  'POST /api/v1/petitions/{id}/decisions': onPetitions,
  'POST /api/v1/petitions/{id}/conclusions': onPetitions,
  'POST /api/v1/petitions/{id}/answers': onPetitions,
  'POST /api/v1/petitions/{id}/closure': onPetitions,
  'POST /api/v1/petitions/{id}/extensions': onPetitions,
  'POST /api/v1/petitions/{id}/suspensions': onPetitions,
  'POST /api/v1/petitions/{id}/resumption': onPetitions,
  'POST /api/v1/petitions/{id}/withdrawal': onPetitions,
  'POST /api/v1/petitions/{id}/termination': onPetitions,
  'GET /api/v1/limits': [...onPetitions, 'analyst'],
  'GET /api/v1/limits/summary': [...onPetitions, 'analyst'],
  'POST /api/v1/petitions/{id}/verifications': onPetitions,
  'GET /api/v1/petitions/{id}/verifications': onPetitions,
  'POST /api/v1/petitions/{id}/verifications/{verificationId}/entries': onPetitions,
  'POST /api/v1/petitions/{id}/verifications/{verificationId}/extensions': onPetitions,
  'POST /api/v1/petitions/{id}/verifications/{verificationId}/report': onPetitions,
  'POST /api/v1/petitions/{id}/dialogues': onPetitions,
  'GET /api/v1/petitions/{id}/dialogues': onPetitions,
  'POST /api/v1/petitions/{id}/dispatches': onPetitions,
  'GET /api/v1/petitions/{id}/dispatches': onPetitions,
  'POST /api/v1/petitions/{id}/appeals': onPetitions,
  'GET /api/v1/petitions/{id}/appeals': onPetitions,
  'POST /api/v1/petitions/{id}/superior-outcomes': onPetitions,
  'GET /api/v1/petitions/{id}/superior-outcomes': onPetitions,
  'POST /api/v1/petitions/{id}/obligations': onPetitions,
  'GET /api/v1/petitions/{id}/obligations': onPetitions,
  'POST /api/v1/petitions/{id}/obligations/{obligationId}/performances': onPetitions,
  'POST /api/v1/petitions/{id}/protection-requests': ['clerk', 'handler', 'leader'],
  'GET /api/v1/petitions/{id}/protection-requests': onPetitions,
  'POST /api/v1/petitions/{id}/protection-requests/{requestId}/decision': ['leader'],
  'POST /api/v1/petitions/{id}/protection-requests/{requestId}/end': ['leader'],
  'GET /api/v1/lifecycle': roles,
  'GET /api/v1/petitions/{id}/eligibility': onPetitions,
  'PUT /api/v1/petitions/{id}/eligibility': onPetitions,
  'POST /api/v1/petitions/{id}/information-referral': onPetitions,
  'POST /api/v1/petitions/{id}/proposals': onPetitions,
  'GET /api/v1/petitions/{id}/proposals': onPetitions,
  'POST /api/v1/petitions/{id}/proposals/current/approval': onPetitions,
  'POST /api/v1/petitions/{id}/proposals/current/return': onPetitions,
  'PUT /api/v1/petitions/{id}/parts': onPetitions,
  'POST /api/v1/petitions/{id}/parts/guidance': onPetitions,
  'GET /api/v1/units/{id}/settings': roles,
  'PUT /api/v1/units/{id}/settings': ['admin'],
  'GET /api/v1/persons': ['clerk', 'handler', 'leader', 'reception_board'],
  'GET /api/v1/persons/{id}': ['clerk', 'handler', 'leader', 'reception_board'],
  'GET /api/v1/persons/{id}/matches': ['clerk', 'handler', 'leader', 'reception_board'],
  'POST /api/v1/persons/{id}/merges': ['clerk', 'reception_board'],
  'POST /api/v1/persons/merges/{id}/undoing': ['clerk', 'reception_board'],
  'GET /api/v1/petitions/{id}/signatories': onPetitions,
  'PUT /api/v1/petitions/{id}/signatories': ['clerk', 'reception_board'],
  'POST /api/v1/petitions/{id}/signatories/imports': ['clerk', 'reception_board'],
  'POST /api/v1/petitions/{id}/attachments': ['clerk', 'handler', 'leader', 'reception_board'],
  'GET /api/v1/petitions/{id}/attachments': onPetitions,
  'GET /api/v1/attachments/{id}': onPetitions,
  'GET /api/v1/attachments/{id}/content': onPetitions,
  'POST /api/v1/documents': ['clerk', 'handler', 'leader', 'reception_board'],
  'GET /api/v1/documents': onPetitions,
  'GET /api/v1/documents/{id}': onPetitions,
  'GET /api/v1/documents/{id}/file': onPetitions,
  'POST /api/v1/documents/{id}/signed-copy': ['clerk', 'handler', 'leader', 'reception_board'],
  'GET /api/v1/document-templates': [...onPetitions, 'admin'],
  'GET /api/v1/document-templates/{paper}/file': [...onPetitions, 'admin'],
  'PUT /api/v1/document-templates/{paper}': ['leader', 'reception_board', 'admin'],
  'DELETE /api/v1/document-templates/{paper}': ['leader', 'reception_board', 'admin'],
  'POST /api/v1/petitions/imports': ['clerk'],
  'GET /api/v1/petitions/exports': onPetitions,
  'GET /api/v1/jobs': sending,
  'GET /api/v1/jobs/{id}': sending,
  'POST /api/v1/jobs/{id}/cancellation': sending,
  'POST /api/v1/jobs/{id}/resumption': sending,
  'GET /api/v1/jobs/{id}/faults': sending,
  'GET /api/v1/petitions/{id}/assignments': onPetitions,
  'POST /api/v1/petitions/{id}/assignments': ['leader'],
  'POST /api/v1/petitions/{id}/assignments/{assignmentId}/end': ['leader'],
  'POST /api/v1/petitions/{id}/identity/reveals': onPetitions,
  'GET /api/v1/petitions/{id}/identity/reveals': ['leader', 'inspector'],
  'POST /api/v1/identity/look-ups': onPetitions,
  'GET /api/v1/keys': ['admin'],
  'POST /api/v1/keys/rotations': ['admin'],
  'GET /api/v1/events': onPetitions,
  'GET /api/v1/webhooks': ['admin'],
  'POST /api/v1/webhooks': ['admin'],
  'GET /api/v1/webhooks/{id}': ['admin'],
  'PATCH /api/v1/webhooks/{id}': ['admin'],
  'DELETE /api/v1/webhooks/{id}': ['admin'],
  'POST /api/v1/webhooks/{id}/secret': ['admin'],
  'POST /api/v1/webhooks/{id}/test': ['admin'],
  'GET /api/v1/webhooks/{id}/deliveries': ['admin'],
  'POST /api/v1/webhooks/{id}/replays': ['admin'],
  'POST /api/v1/webhooks/deliveries/{id}/replay': ['admin'],
  'POST /api/v1/petitions/{id}/personal-data/readings': ['clerk', 'handler', 'leader', 'reception_board'],
  'POST /api/v1/persons/{id}/readings': ['clerk', 'handler', 'leader', 'reception_board'],
  'POST /api/v1/persons/{id}/exports': sending,
  'GET /api/v1/petitions/{id}/legal-holds': onPetitions,
  'POST /api/v1/petitions/{id}/legal-holds': ['leader', 'inspector'],
  'POST /api/v1/petitions/{id}/legal-holds/{holdId}/lifting': ['leader', 'inspector'],
  'GET /api/v1/retention': ['admin'],
  'PUT /api/v1/retention/{kind}': ['admin'],
  'POST /api/v1/retention/runs': ['admin'],
  'GET /api/v1/audit/records': ['inspector'],
  'GET /api/v1/audit/verification': ['inspector'],
  'GET /api/v1/audit/checkpoints': ['inspector'],
  'POST /api/v1/audit/checkpoints': ['inspector'],
  'GET /api/v1/cases': onPetitions,
  'GET /api/v1/cases/{id}': onPetitions,
  'POST /api/v1/cases/{id}/merges': sending,
  'POST /api/v1/cases/merges/{id}/undoing': sending,
  'POST /api/v1/petitions/{id}/links': sending,
  'GET /api/v1/petitions/{id}/duplicates': onPetitions,
  'POST /api/v1/petitions/{id}/duplicates/{otherId}/confirmation': sending,
  'POST /api/v1/petitions/{id}/duplicates/{otherId}/dismissal': sending,
  'POST /api/v1/petitions/{id}/transfers': sending,
  'POST /api/v1/petitions/{id}/urgings': sending,
  'GET /api/v1/petitions/{id}/urgings': onPetitions,
  'GET /api/v1/transfers': onPetitions,
  'GET /api/v1/transfers/{id}': onPetitions,
  'POST /api/v1/transfers/{id}/receipt': sending,
  'POST /api/v1/transfers/{id}/return': sending,
  'POST /api/v1/transfers/{id}/reply': ['clerk', 'handler', 'leader', 'reception_board'],
  'GET /api/v1/urgings': onPetitions,
  'GET /api/v1/alerts/summary': [...onPetitions, 'analyst'],
};

const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as { paths: Record<string, Record<string, Json>> };
const routes = Object.entries(document.paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, operation]) => ({
    route: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    operation,
  })),
);

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

it('every route of the document is in the table, and nothing else', () => {
  expect(routes.map(({ route }) => route).sort()).toEqual([...everybody, ...Object.keys(letIn)].sort());
});

describe.each(routes)('$route', ({ route, method, path, operation }) => {
  const call = async (username?: string): Promise<number> => {
    const address = path
      .replace('{year}', '2026')
      .replace('{code}', 'conflict')
      .replaceAll(/\{\w+\}/g, '0199d3f2-6c7a-7c11-9d1e-2f6f1f6f0a11');
    const client = await server.as(username);
    const { status } = await client.raw(method, address, method === 'GET' ? undefined : '{}', { 'content-type': 'application/json' });
    return status;
  };

  it('lets in whom the table names', async () => {
    if (everybody.includes(route)) {
      expect(await call()).not.toBe(403);
      expect(operation.security ?? []).toEqual([]);
      return;
    }
    expect(await call()).toBe(401);
    expect(operation.security).toEqual([{ bearer: [] }]);
    const admitted = await Promise.all(roles.map(async (role) => ((await call(`city.${role}`)) === 403 ? null : role)));
    expect(admitted.filter(Boolean)).toEqual(roles.filter((role) => letIn[route]!.includes(role)));
  });

  it('documents summary, success and its problems', () => {
    expect(operation.summary).toMatch(/ – /);
    const statuses = Object.keys(operation.responses as object);
    expect(statuses.filter((status) => status.startsWith('2'))).toHaveLength(1);
    expect(statuses).toEqual(expect.arrayContaining(everybody.includes(route) ? ['429', '500'] : ['401', '403', '429', '500']));
    if (path.includes('{id}')) expect(statuses).toContain('404');
    if (operation.requestBody) expect(statuses).toContain('422');
  });
});
