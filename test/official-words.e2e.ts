import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, classify, file, unitId } from './support/stories.js';

/** Who denounced, in every test here. */
const author = { role: 'petitioner', type: 'person', name: 'Quách Thị Sương Mai', nationalId: '001177000777', phone: '0977700077' };
/** What officials write, with the name as somebody types it. */
const words = 'Cùng người tố cáo là bà Quách  Thị Sư\u00ADơng Mai, ĐT +84 977 700 077';
const mark = '[người tố cáo]';

let server: TestServer;
let clerk: Client;
let leader: Client;
let unit: string;
let petition: Json;
let other: Json;

beforeAll(async () => {
  server = await startServer();
  [clerk, leader] = await Promise.all([server.as('commune.clerk'), server.as('commune.leader')]);
  unit = await unitId(clerk, '00004');
  petition = await classify(clerk, await file(clerk, aDenunciationOf(unit, 'official', { parties: [author] })));
  other = await file(clerk, aDenunciationOf(unit, 'official', { parties: [author] }));
});
afterAll(() => server.stop());

/** Every row of every table as text. */
async function dump(): Promise<string> {
  const tables = await server.sql<{ name: string }>(
    `select format('%I.%I', nspname, relname) as name from pg_class c join pg_namespace n on n.oid = relnamespace
     where relkind = 'r' and nspname not in ('pg_catalog', 'information_schema')`,
  );
  const all = await Promise.all(
    tables.map(
      async ({ name }) => (await server.sql<{ all: string | null }>(`select string_agg(t::text, E'\\n') as all from ${name} t`))[0]!.all,
    ),
  );
  return all.join('\n');
}
const names = (text: string): boolean => /Sương Mai|Sư\u00ADơng Mai|977 ?700 ?077/.test(text);

describe('what officials write', () => {
  it.each<[string, () => Promise<{ status: number; body: Json }>]>([
    ['of a merge of cases', () => clerk.post(`/cases/${petition.caseId}/merges`, { caseId: other.caseId, reason: words })],
    ['of a link', () => clerk.post(`/petitions/${petition.id}/links`, { petitionId: other.id, relation: 'repeats', reason: words })],
    [
      'of duplicates',
      () => clerk.post(`/petitions/${petition.id}/duplicates/reviews`, { petitionId: other.id, decision: 'distinct', reason: words }),
    ],
    [
      'in a paper',
      () =>
        clerk.post('/documents', {
          paper: 'guidance_slip',
          petitionId: petition.id,
          signerTitle: 'Chủ tịch',
          signerName: 'Phạm Đức Sơn',
          gist: words,
          recipients: [words],
          fields: { guidanceContent: words },
        }),
    ],
    ['of an assignment', async () => leader.post(`/petitions/${petition.id}/assignments`, { username: 'commune.handler', note: words })],
    ['of an acceptance', () => leader.post(`/petitions/${petition.id}/acceptance`, { reason: words })],
  ])('names nobody who denounced: the reason %s', async (_what, write) => {
    const { status, body } = await write();
    expect([status >= 500, names(JSON.stringify(body))]).toEqual([false, false]);
  });

  it('is stored without the name, in rows, history and audit', async () => {
    expect(
      (await clerk.post(`/petitions/${petition.id}/links`, { petitionId: other.id, relation: 'continues', reason: words })).status,
    ).toBe(201);
    const everything = await dump();
    expect(everything).toContain(mark);
    expect(names(everything)).toBe(false);
  });

  it('stays as it is where nobody is secret', async () => {
    const complaint = await file(clerk, aComplaintAbout(unit, { parties: [author] }));
    const again = await file(clerk, aComplaintAbout(unit, { parties: [author] }));
    const { status, body } = await clerk.post(`/petitions/${complaint.id}/links`, {
      petitionId: again.id,
      relation: 'repeats',
      reason: 'bà Quách Thị Sương Mai gửi lại',
    });
    expect([status, JSON.stringify(body).includes('Quách Thị Sương Mai')]).toEqual([201, true]);
  });
});

describe('words that may mean whoever denounced', () => {
  const order = { petitionId: '', relation: 'appeals', reason: 'bà Sương Mai đã trình bày' };
  const link = (by: Client, headers: Record<string, string> = {}) =>
    by.post(`/petitions/${petition.id}/links`, { ...order, petitionId: other.id }, headers);

  it('are asked about, and nothing is done before they are answered', async () => {
    const before = await dump();
    const { status, body } = await link(clerk);
    expect([status, body.type, body.errors]).toEqual([
      422,
      '/api/v1/problems/doubtful-words',
      [{ pointer: '/reason', code: 'doubtful_words', detail: '"Sương Mai" có thể chỉ người tố cáo.' }],
    ]);
    const noted = await server.sql<Json>(`select object_type, petition_id from audit_record order by id desc limit 2`);
    expect(noted.map(({ object_type }) => object_type)).toEqual(['doubtful_words', 'doubtful_words']);
    expect(noted.map(({ petition_id }) => petition_id).sort()).toEqual([petition.id, other.id].sort());
    expect((await dump()).includes('đã trình bày')).toBe(before.includes('đã trình bày'));
  });

  it('are asked about nobody who may not write there: he hears what he would have heard', async () => {
    const stranger = await server.as('district.clerk');
    expect((await link(stranger)).status).toBe(404);
  });

  it('are taken out or kept, as the answer says; another answer is refused', async () => {
    expect((await link(clerk, { 'doubtful-words': 'maybe' })).status).toBe(400);
    const reasonKept = async () =>
      (
        await server.sql<{ reason: string }>(`select reason from petition_relation where petition_id = $1 and relation = 'appeals'`, [
          petition.id,
        ])
      ).map(({ reason }) => reason);
    expect((await link(clerk, { 'doubtful-words': 'take-out' })).status).toBe(201);
    expect(await reasonKept()).toEqual([`bà ${mark} đã trình bày`]);
  });
});

describe('a complaint that turns out to be a denunciation', () => {
  it('loses its author from everything that was written about it before, its history stays proved', async () => {
    const complaint = await file(clerk, aComplaintAbout(unit, { parties: [author] }));
    const again = await file(
      clerk,
      aComplaintAbout(unit, { parties: [{ ...author, name: 'Lê Văn Tám', nationalId: '001177000778', phone: null }] }),
    );
    const reason = 'bà Quách Thị Sương Mai, ĐT 0977.700.077, gửi lại';
    expect((await clerk.post(`/petitions/${complaint.id}/links`, { petitionId: again.id, relation: 'repeats', reason })).status).toBe(201);
    await classify(clerk, complaint, { forwardedBy: reason, reason });
    const about = async (): Promise<string> =>
      (
        await Promise.all(
          [
            `select r::text as row from petition_relation r where petition_id = $1`,
            `select e::text as row from petition_event e where petition_id = $1`,
            `select p::text as row from petition p where id = $1`,
          ].map((statement) => server.sql<{ row: string }>(statement, [complaint.id])),
        )
      )
        .flat()
        .map(({ row }) => row)
        .join('\n');
    expect(names(await about())).toBe(true);
    await classify(clerk, complaint, { kind: 'denunciation', respondent: { type: 'official', unitId: unit, position: 'official' } });
    expect(names(await about())).toBe(false);
    const { body: history } = await clerk.get(`/petitions/${complaint.id}/history`);
    expect([history.intact, JSON.stringify(history).includes(mark)]).toEqual([true, true]);
    await server.sql('alter table petition_event disable trigger user');
    await server.sql(`update petition_event set reason = 'khác' where petition_id = $1 and redacted`, [complaint.id]);
    expect((await clerk.get(`/petitions/${complaint.id}/history`)).body.intact).toBe(false);
  });
});
