import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mammoth from 'mammoth';
import type { Client, Json } from './support/client.js';
import { daysAhead, must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, aReflectionOn, classify, file, unitId } from './support/stories.js';

let server: TestServer;
let inspector: Client;
let handler: Client;
let clerk: Client;
let leader: Client;
let baDinh: string;
let teamMember: string;

const denouncer = { name: 'Kiều Thị Vân Khánh', nationalId: '001182066777', address: 'Nhà 9 ngõ Tức Mạc', phone: '0987 111 222' };

beforeAll(async () => {
  server = await startServer();
  [inspector, handler, clerk, leader] = (await Promise.all(
    ['city.inspector', 'city.handler', 'commune.clerk', 'commune.leader'].map((name) => server.as(name)),
  )) as [Client, Client, Client, Client];
  baDinh = await unitId(clerk, '00004');
  teamMember = (await server.sql<{ id: string }>(`select id from account where username = 'city.handler'`))[0]!.id;
  for (let count = 0; count < 12; count++) await file(clerk, aComplaintAbout(baDinh, { summary: `Khiếu nại thu hồi đất, thửa ${count}` }));
  for (let count = 0; count < 6; count++)
    await classify(clerk, await file(clerk, aComplaintAbout(baDinh, { summary: `Khiếu nại số ${count}` })));
  for (let count = 0; count < 4; count++) await file(clerk, aReflectionOn(baDinh, { summary: `Đèn hỏng ngõ ${count}` }));
  for (let count = 0; count < 2; count++)
    await file(clerk, aDenunciationOf(baDinh, 'official', { parties: [{ role: 'petitioner', type: 'person', ...denouncer }] }));
  // Of another period: never in a sample.
  await file(clerk, aComplaintAbout(baDinh, { receivedOn: '2025-12-30', writtenOn: '2025-12-29' }));
});
afterAll(() => server.stop());

const anOrder = (more: object = {}): Json => ({
  inspectedUnitId: baDinh,
  type: 'responsibility',
  decisionNumber: '91/QĐ-TTTP',
  decidedOn: daysAhead(-2),
  subject: 'Trách nhiệm trong giải quyết khiếu nại, tố cáo',
  inspectedHead: 'Trần Văn Đức, Chủ tịch UBND phường Ba Đình',
  periodFrom: '2026-01-01',
  periodTo: daysAhead(-1),
  startsOn: daysAhead(0),
  endsOn: daysAhead(30),
  members: [{ role: 'head', name: 'Hoàng Minh Tuấn', office: 'Thanh tra Thành phố', accountId: teamMember }],
  ...more,
});

async function started(): Promise<string> {
  const { id } = await must(201, inspector.post('/inspections', anOrder()));
  await must(200, inspector.post(`/inspections/${id}/start`));
  return id;
}

const conclusion = {
  assessment: 'Người đứng đầu chịu trách nhiệm về các đơn quá hạn.',
  signerTitle: 'Chánh Thanh tra',
  signerName: 'Hoàng Minh Tuấn',
};

const reviewsOf = async (id: string): Promise<Json[]> => (await must(200, handler.get(`/inspections/${id}/reviews?limit=200`))).items;

/** Fills in a sheet: right but for the questions named. */
function fillIn(review: Json, wrong: readonly string[] = [], more: object = {}, client = handler) {
  const answers = review.questions.map(({ code }: Json) =>
    wrong.includes(code) ? { code, result: 'wrong', note: 'Sai' } : { code, result: 'right' },
  );
  return client.put(`/inspection-reviews/${review.id}`, { answers, ...more }, { 'if-match': `"${review.version}"` });
}

/** The sample as anybody can repeat it, written from the description alone. */
function repeat(strata: Json[], seed: string, size: number): string[] {
  const taken = strata.map(() => 0);
  const all = strata.reduce((total, { numbers }) => total + numbers.length, 0);
  for (let count = 0; count < Math.min(size, all); count++) {
    const open = strata.map((_, index) => index).filter((index) => taken[index]! < strata[index]!.numbers.length);
    const first = open.filter((index) => taken[index] === 0);
    const quotient = (index: number) => strata[index]!.numbers.length / (first.length > 0 ? 1 : 2 * taken[index]! + 1);
    const [next] = (first.length > 0 ? first : open).sort((one, other) => quotient(other) - quotient(one) || one - other);
    taken[next!]!++;
  }
  return strata.flatMap(({ numbers }, index) =>
    numbers
      .map((number: string) => ({ number, digest: createHash('sha256').update(`${seed}:${number}`).digest('hex').slice(0, 13) }))
      .sort((one: Json, other: Json) => (one.digest > other.digest ? -1 : 1))
      .slice(0, taken[index])
      .map(({ number }: Json) => number),
  );
}

describe('an inspection of responsibility', () => {
  it('is ordered by an inspectorate alone, names the head, is announced, and has no checklist', async () => {
    expect((await (await server.as('city.leader')).post('/inspections', anOrder())).body.type).toContain('not-responsible');
    expect((await inspector.post('/inspections', anOrder({ inspectedHead: null }))).body.errors[0].pointer).toBe('/inspectedHead');
    expect((await inspector.post('/inspections', anOrder({ type: 'surprise' }))).body.errors[0].pointer).toBe('/inspectedHead');
    const made = await must(201, inspector.post('/inspections', anOrder()));
    expect(made).toMatchObject({
      checklistVersion: null,
      items: 0,
      checklist: [],
      inspectedHead: 'Trần Văn Đức, Chủ tịch UBND phường Ba Đình',
    });
    expect((await leader.get(`/inspections/${made.id}`)).status).toBe(200);
    const sample = () => handler.post(`/inspections/${made.id}/sample`, { size: 5 });
    expect((await sample()).status).toBe(409);
    await must(200, inspector.post(`/inspections/${made.id}/start`));
    expect((await handler.post(`/inspections/${made.id}/answers`, { items: [{ code: 'A1', result: 'met' }] })).status).toBe(422);
    const surprise = await must(201, inspector.post('/inspections', anOrder({ type: 'surprise', inspectedHead: null })));
    await must(200, inspector.post(`/inspections/${surprise.id}/start`));
    expect((await handler.post(`/inspections/${surprise.id}/sample`, { size: 5 })).status).toBe(409);
  });
});

describe('a sample', () => {
  it('is stratified by kind and state, drawn once, and repeated by anybody from its seed', async () => {
    const id = await started();
    expect((await handler.get(`/inspections/${id}/sample`)).status).toBe(404);
    const draws = await Promise.all([1, 2, 3].map(() => handler.post(`/inspections/${id}/sample`, { size: 10 })));
    expect(draws.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const sample = await must(200, handler.get(`/inspections/${id}/sample`));
    expect(sample.strata.map(({ kind, population }: Json) => [kind, population])).toEqual([
      ['complaint', 6],
      ['complaint', 12],
      ['denunciation', 2],
      ['reflection', 4],
    ]);
    const reviews = await reviewsOf(id);
    expect(reviews).toHaveLength(10);
    expect(reviews.map(({ petitionNumber }) => petitionNumber)).toEqual(repeat(sample.strata, sample.seed, 10));
    expect(new Set(reviews.map(({ kind, state }) => `${kind} ${state}`)).size).toBe(4);
    expect((await leader.get(`/inspections/${id}/sample`)).status).toBe(404);
    expect((await leader.get(`/inspections/${id}/reviews`)).status).toBe(404);
    expect((await leader.get(`/inspection-reviews/${reviews[0]!.id}`)).status).toBe(404);
    expect((await clerk.post(`/inspections/${id}/sample`, { size: 10 })).status).toBe(403);
    await expect(server.sql('delete from inspection_sample')).rejects.toThrow('append-only');
    const page = await must(200, handler.get(`/inspections/${id}/reviews?limit=4`));
    const rest = await must(200, handler.get(`/inspections/${id}/reviews?limit=200&cursor=${page.nextCursor}`));
    expect([...page.items, ...rest.items].map(({ position }: Json) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('of a period without petitions is refused', async () => {
    const { id } = await must(201, inspector.post('/inspections', anOrder({ periodFrom: '2022-01-01', periodTo: '2022-02-01' })));
    await must(200, inspector.post(`/inspections/${id}/start`));
    expect((await handler.post(`/inspections/${id}/sample`, { size: 10 })).body.detail).toContain('không có đơn');
  });
});

describe('a review', () => {
  it('asks what its kind calls for, shows what the system knows, and names what is missing', async () => {
    const id = await started();
    await must(201, handler.post(`/inspections/${id}/sample`, { size: 24 }));
    const reviews = await reviewsOf(id);
    const codes = (kind: string): string[] => reviews.find((one) => one.kind === kind)!.questions.map(({ code }: Json) => code);
    expect(codes('denunciation')).toContain('R11');
    expect(codes('complaint')).toEqual(['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R8', 'R9', 'R10', 'R12']);
    expect(codes('reflection')).toEqual(['R1', 'R2', 'R3', 'R7', 'R8', 'R12']);
    const { items } = await must(200, clerk.get('/inspection-review-sheets'));
    expect(items[0]).toMatchObject({ version: '2021', verified: false });
    // Never accepted since May: the system says so.
    const complaint = reviews.find(({ kind }) => kind === 'complaint')!;
    expect(complaint.questions.find(({ code }: Json) => code === 'R4').system).toEqual({ kept: 0, notKept: 1 });
    expect(complaint.questions.find(({ code }: Json) => code === 'R1').system).toBeNull();
    const put = (answers: Json[], headers = { 'if-match': '"1"' }) =>
      handler.put(`/inspection-reviews/${complaint.id}`, { answers }, headers);
    const right = complaint.questions.map(({ code }: Json) => ({ code, result: 'right' }));
    const faults: [Json[], string, string][] = [
      [right.slice(1), '/answers', 'not_answered'],
      [[...right, { code: 'R11', result: 'right' }], '/answers/11/code', 'unknown_question'],
      [[...right, right[0]], '/answers/11/code', 'twice'],
      [[{ ...right[0], result: 'wrong' }, ...right.slice(1)], '/answers/0/note', 'required'],
    ];
    for (const [answers, pointer, code] of faults) expect((await put(answers)).body.errors[0]).toMatchObject({ pointer, code });
    expect((await handler.put(`/inspection-reviews/${complaint.id}`, { answers: right })).status).toBe(428);
    expect((await put(right)).status).toBe(200);
    expect((await put(right)).status).toBe(412);
    const [again] = (await reviewsOf(id)).filter((one) => one.id === complaint.id);
    expect(again).toMatchObject({ version: 2, reviewedBy: 'city.handler' });
    expect((await fillIn(again, ['R4'])).status).toBe(200);
    const open = await must(200, handler.get(`/inspections/${id}/reviews?reviewed=false&limit=200`));
    expect(open.items).toHaveLength(23);
    const raced = reviews.find(({ kind }) => kind === 'reflection')!;
    const statuses = await Promise.all([1, 2, 3].map(async () => (await fillIn(raced)).status));
    expect(statuses.sort()).toEqual([200, 412, 412]);
  });

  it('of a denunciation names nobody who denounced, whatever the inspector writes', async () => {
    const id = await started();
    await must(201, handler.post(`/inspections/${id}/sample`, { size: 24 }));
    const review = (await reviewsOf(id)).find(({ kind }) => kind === 'denunciation')!;
    const answers = review.questions.map(({ code }: Json) => ({ code, result: 'wrong', note: `Đơn của ${denouncer.name} vào sổ chậm` }));
    const filled = await handler.put(
      `/inspection-reviews/${review.id}`,
      { answers, note: `Đã gặp ${denouncer.name}, số ${denouncer.nationalId}` },
      { 'if-match': '"1"' },
    );
    expect(filled.status).toBe(200);
    expect(filled.body.note).toContain('[người tố cáo]');
    expect(JSON.stringify(filled.body)).not.toContain('Vân Khánh');
    const [row] = await server.sql<{ told: string }>(`select answers::text || note as told from inspection_review where id = $1`, [
      review.id,
    ]);
    expect(row!.told).not.toMatch(/Vân Khánh|001182066777/);
  });
});

describe('error rates and the conclusion', () => {
  it('are estimated from the sample with confidence intervals, and certain when everything was reviewed', async () => {
    const id = await started();
    await must(201, handler.post(`/inspections/${id}/sample`, { size: 10 }));
    const none = await must(200, handler.get(`/inspections/${id}/error-rates`));
    expect(none).toMatchObject({ population: 24, sampled: 10, reviewed: 0, any: null });
    const reviews = await reviewsOf(id);
    // All complaints that were sampled are late, nothing else is.
    for (const review of reviews) await must(200, fillIn(review, review.kind === 'complaint' ? ['R4'] : []));
    const rates = await must(200, handler.get(`/inspections/${id}/error-rates`));
    const complaints = reviews.filter(({ kind }) => kind === 'complaint').length;
    // 18 of the 24 are complaints.
    expect(rates.any).toMatchObject({ observed: 10, wrong: complaints, share: 75 });
    expect(rates.any.low).toBeLessThan(75);
    expect(rates.any.high).toBeGreaterThan(75);
    const of = (code: string): Json => rates.questions.find((one: Json) => one.code === code);
    expect(of('R11').rate).toMatchObject({ wrong: 0, share: 0, low: 0 });
    // The question is not asked of reflections: 18 complaints of 20 complaints and denunciations.
    expect(of('R4').rate.share).toBe(90);
    expect(rates.strata.reduce((total: number, { sampled }: Json) => total + sampled, 0)).toBe(10);

    const census = await started();
    await must(201, handler.post(`/inspections/${census}/sample`, { size: 1000 }));
    const all = await reviewsOf(census);
    expect(all).toHaveLength(24);
    const conclude = () => inspector.post(`/inspections/${census}/conclusion`, conclusion);
    expect((await conclude()).body.detail).toContain('24 đơn');
    for (const [index, review] of all.entries()) await must(200, fillIn(review, index < 3 ? ['R1', 'R4'] : []));
    expect((await must(200, handler.get(`/inspections/${census}/error-rates`))).any).toEqual({
      observed: 24,
      wrong: 3,
      share: 12.5,
      low: 12.5,
      high: 12.5,
    });
    const finding = {
      itemCode: 'R4',
      description: 'Thụ lý quá hạn',
      severity: 'serious',
      recommendation: 'Phân công lại',
      dueOn: daysAhead(30),
    };
    const wrong = await handler.post(`/inspections/${census}/findings`, { items: [{ ...finding, itemCode: 'B1' }] });
    expect(wrong.body.errors[0]).toMatchObject({ pointer: '/items/0/itemCode', code: 'unknown_item' });
    await must(201, handler.post(`/inspections/${census}/findings`, { items: [finding] }));
    const done = await must(200, conclude());
    expect(done).toMatchObject({ state: 'concluded', score: null, findings: 1 });
    // The unit reads the paper, the sheets and the rates from now on; nothing is changed any more.
    const { value: text } = await mammoth.extractRawText({ buffer: await leader.download(done.document) });
    expect(text).toContain('trách nhiệm của Trần Văn Đức, Chủ tịch UBND phường Ba Đình');
    expect(text).toContain('Đơn có sai sót: 12,5 % (từ 12,5 % đến 12,5 %); 3/24 đơn.');
    expect(text).toContain('24 đơn chọn ngẫu nhiên trong 24 đơn');
    expect(text).not.toContain('Vân Khánh');
    expect((await must(200, leader.get(`/inspections/${census}/error-rates`))).reviewed).toBe(24);
    expect((await must(200, leader.get(`/inspections/${census}/reviews?limit=5`))).items).toHaveLength(5);
    expect((await fillIn((await reviewsOf(census))[0])).status).toBe(409);
    // It is no checklist: compared with none, and of the other row of the overview.
    expect((await must(200, inspector.get('/inspections/comparison'))).units).toEqual([]);
    const heads = await must(200, inspector.get('/inspections/uninspected?responsibility=true'));
    expect(heads.items.map(({ unit }: Json) => unit.id)).not.toContain(baDinh);
  });
});
