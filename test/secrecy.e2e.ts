import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import mammoth from 'mammoth';
import type { Client, Json } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';
import { aDenunciationOf, classify, file, unitId } from './support/stories.js';

/** Names that must not leave by any way once they came in with a denunciation. */
const canary = 'Kiều Hoạ Mi';
const canaryId = '001166600066';

let server: TestServer;
let clerk: Client;
let leader: Client;
let cityLeader: Client;
let petition: Json;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tiepdan-secret-'));
  server = await startServer({ env: { TIEPDAN_ATTACHMENT_DIR: folder, LOG_LEVEL: 'trace' } });
  clerk = await server.as('commune.clerk');
  leader = await server.as('commune.leader');
  cityLeader = await server.as('city.leader');
  const baDinh = await unitId(clerk, '00004');
  const parties = [{ role: 'petitioner', type: 'person', name: canary, nationalId: canaryId, address: `Nhà ${canary}`, birthYear: 1966 }];
  petition = await file(clerk, aDenunciationOf(baDinh, 'official', { parties, complexity: 'complex' }));
  await file(clerk, aDenunciationOf(baDinh, 'official', { parties }));
  petition = await classify(clerk, petition);
  await clerk.put(`/petitions/${petition.id}/signatories`, { signatories: [{ name: canary, nationalId: canaryId }] }, { 'if-match': '*' });
  await leader.post(`/petitions/${petition.id}/acceptance`, { acceptedOn: '2026-05-15' });
  await leader.post(`/petitions/${petition.id}/verifications`, {
    assignedOn: '2026-05-18',
    documentNumber: '88/QĐ',
    purpose: 'Xác minh',
    dueOn: '2026-06-02',
    members: [{ role: 'official', name: 'Lê Thu Hường' }],
  });
  const pdf = Buffer.from('%PDF-1.4\n%%EOF\n');
  await clerk.upload(`/petitions/${petition.id}/attachments`, pdf, {}, `${canary}.pdf`);
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const tells = (text: string): boolean => folded(text).includes(folded(canary)) || text.includes(canaryId);

it.each([
  ['the petition', 'petitions/{id}'],
  ['lists', 'petitions?limit=200'],
  ['a search for the name', 'petitions?q=kieu hoa mi'],
  ['a search for the national id', `petitions?q=${canaryId}`],
  ['history', 'petitions/{id}/history'],
  ['what may be done', 'petitions/{id}/actions'],
  ['the checklist', 'petitions/{id}/eligibility'],
  ['duplicates', 'petitions/{id}/duplicates'],
  ['signatories', 'petitions/{id}/signatories'],
  ['persons by name', 'persons?name=kieu hoa mi'],
  ['persons by national id', `persons?nationalId=${canaryId}`],
  ['verifications', 'petitions/{id}/verifications'],
  ['dispatches', 'petitions/{id}/dispatches'],
  ['protection requests', 'petitions/{id}/protection-requests'],
  ['cases', 'cases'],
  ['kept limits', 'limits?dueFrom=2026-01-01&dueTo=2026-12-31'],
  ['the register', 'documents'],
  ['jobs', 'jobs'],
])('%s name nobody who denounced, to nobody', async (_what, address) => {
  for (const reader of [clerk, leader, cityLeader, await server.as('commune.handler'), await server.as('city.inspector')]) {
    const { body } = await reader.get(`/${address.replace('{id}', petition.id)}`);
    expect(tells(JSON.stringify(body))).toBe(false);
  }
});

it('the names of its files are neutral', async () => {
  for (const reader of [clerk, cityLeader])
    expect((await reader.get(`/petitions/${petition.id}/attachments`)).body.items).toMatchObject([{ filename: 'tep.pdf' }]);
});

/** Every row of every table as text: what a dump of the database holds. */
async function dump(): Promise<string> {
  const tables = await server.sql<{ name: string }>(
    `select format('%I.%I', nspname, relname) as name from pg_class c join pg_namespace n on n.oid = relnamespace
     where relkind = 'r' and nspname not in ('pg_catalog', 'information_schema')`,
  );
  const contents = await Promise.all(
    tables.map(
      async ({ name }) => (await server.sql<{ all: string | null }>(`select string_agg(t::text, E'\\n') as all from ${name} t`))[0]!.all,
    ),
  );
  return contents.join('\n');
}

it('a dump of the database names him nowhere, and gives him away by no digest that can be tried', async () => {
  const everything = await dump();
  expect(everything.length).toBeGreaterThan(100_000);
  expect(everything).toContain('Tố cáo công chức địa chính');
  expect(tells(everything)).toBe(false);
  for (const tried of [canary, canaryId, folded(canary), `secret\u001fnational id\u001f${canaryId}`, JSON.stringify(canary)]) {
    const digest = createHash('sha256').update(tried).digest();
    expect(everything).not.toContain(digest.toString('hex'));
    expect(everything).not.toContain(digest.readBigInt64LE().toString());
  }
});

it('no paper that is made for it names him', async () => {
  const finding = { foundOn: '2026-07-01', criteria: ['several_places'], reason: `Phải gặp ${canary} tại hai phường` };
  expect((await leader.post(`/petitions/${petition.id}/complexity-findings`, finding)).status).toBe(201);
  const { body } = await clerk.get('/document-templates');
  for (const { paper, kinds, fields, petition: needed } of body.items) {
    if (needed !== 'required' || (kinds && !kinds.includes('denunciation')) || paper === 'guidance_slip_several') continue;
    const values = Object.fromEntries(fields.map((name: string) => [name, name === 'papers' ? [{ name: 'Đơn', copies: '01' }] : 'x']));
    const order = { paper, petitionId: petition.id, signerTitle: 'Chủ tịch', signerName: 'Phạm Đức Sơn', fields: values };
    const made = await clerk.post('/documents', order);
    expect([paper, made.status]).toEqual([paper, 201]);
    const { value } = await mammoth.extractRawText({ buffer: await clerk.download(made.body.file) });
    expect([paper, tells(value)]).toEqual([paper, false]);
  }
});

it('neither ledger, import faults, refused requests nor the log names him', async () => {
  expect(tells((await clerk.download('/petitions/exports?format=csv')).toString('utf8'))).toBe(false);
  const csv = `Số đơn,Ngày nhận,Loại đơn,Nội dung,Họ tên,Số CCCD\nK-1,99/99/2025,Tố cáo,Tố cáo việc thu tiền,${canary},${canaryId}\n`;
  const { body: job } = await clerk.upload('/petitions/imports', csv, {}, 'sổ.csv');
  let ended: Json = {};
  while (!['succeeded', 'failed'].includes(ended.state)) ended = (await clerk.get(`/jobs/${job.id}`)).body;
  expect(ended.refused).toBe(1);
  // The file itself is gone with the last row.
  const left = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const { parentPath, name } of left) expect(tells(readFileSync(path.join(parentPath, name), 'utf8'))).toBe(false);
  expect(tells(JSON.stringify(ended) + (await clerk.download(ended.faults)).toString('utf8'))).toBe(false);
  const wrong = await clerk.post(
    '/petitions',
    aDenunciationOf('x', 'official', { parties: [{ role: 'x', type: 'person', name: canary, nationalId: '1' }] }),
  );
  expect([wrong.status, tells(JSON.stringify(wrong.body))]).toEqual([422, false]);
  expect(tells(server.output())).toBe(false);
});
