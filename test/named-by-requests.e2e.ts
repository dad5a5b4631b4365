import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, Client, Json } from './support/client.js';
import { bodyFor, exampleOf, type Operation } from './support/openapi-bodies.js';
import { anOffice, aPeriodicSession, daysAhead, must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, classify, file, unitId } from './support/stories.js';

/** Whatever a request names is followed by whichever way it comes – body, form, file, many names – or the request is refused. */
const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as { paths: Record<string, Record<string, Operation>> };
const author = { role: 'petitioner', type: 'person', name: 'Quách Thị Sương Mai', nationalId: '001177000777', phone: '0977700077' };
const mark = '[người tố cáo]';
const withheld = '[không nêu]';
const nobody = '01980000-0000-7000-8000-0000000f00d5';
const names = (value: unknown): boolean => /Sương Mai|977 ?700 ?077/.test(JSON.stringify(value));

let server: TestServer;
let clerk: Client;
let leader: Client;
let cityClerk: Client;
let board: Client;
let unit: string;
let cityUnit: string;
/** Is directed against the leader. */
let against: Json;
/** Is directed against somebody else. */
let other: Json;

const denounce = async (respondent: object = {}, more: object = {}, by: Client = clerk): Promise<Json> =>
  classify(
    by,
    await file(
      by,
      aDenunciationOf(unit, 'official', {
        respondent: { type: 'official', unitId: unit, position: 'official', ...respondent },
        parties: [author],
        ...more,
      }),
    ),
  );
const recorded = async (petition: Json): Promise<number> =>
  (await server.sql(`select from audit_record where object_type = 'words_taken_out' and petition_id = $1`, [petition.id])).length;
const withoutInstance = ({ status, body: { instance: _instance, traceId: _trace, requestId: _request, ...body } }: Answer): Json => ({
  status,
  body,
});

beforeAll(async () => {
  server = await startServer();
  [clerk, leader, cityClerk, board] = (await Promise.all(
    ['commune.clerk', 'commune.leader', 'city.clerk', 'city.reception_board'].map((name) => server.as(name)),
  )) as [Client, Client, Client, Client];
  unit = await unitId(clerk, '00004');
  cityUnit = (await cityClerk.get('/auth/me')).body.unit.id;
  against = await denounce({ position: 'deputy_head', name: (await leader.get('/auth/me')).body.displayName });
  other = await denounce();
});
afterAll(() => server.stop());

const heading =
  'Cơ quan,Số thụ lý,Nội dung,Số vào sổ đơn,Ngày khởi kiện,Tình trạng,Ngày cập nhật,Diễn biến,Kết quả,Số văn bản kết quả,Ngày có kết quả,Nội dung kết quả';
const table = (...rows: string[][]): string => [heading, ...rows.map((row) => row.map((cell) => `"${cell}"`).join(','))].join('\n');
const row = (reference: string, matter: string, number = '', more: string[] = ['Đã gửi', '02/07/2026', '']): string[] => [
  'Thanh tra TP',
  reference,
  matter,
  number,
  '01/07/2026',
  ...more,
];
const send = (by: Client, content: string): Promise<Answer> => by.upload('/superior-matters/imports', content, {}, 'vu-viec.csv');

describe('a file of cases', () => {
  it('names nothing that is directed against whoever sends it: he hears of it what he hears of a number that is not there', async () => {
    const answers = [];
    for (const number of [against.number, `${against.number.slice(0, -6)}999999`])
      answers.push(
        JSON.parse(
          JSON.stringify(
            withoutInstance(await send(leader, table(row('REF-2', 'Vụ việc của Lê Hoàng Nam', number), row('REF-3', 'Vụ việc', number)))),
          ).replaceAll(number, '…'),
        ),
      );
    expect(answers[0].status).toBe(422);
    expect(answers[0]).toEqual(answers[1]);
    expect((await must(200, leader.get('/superior-matters?q=REF-'))).items).toEqual([]);
  });

  it.each([
    ['in a text', (number: string) => `Vụ việc của Quách Thị Sương Mai, đơn ${number}`],
    ['with dashes and spaces', (number: string) => `Vụ việc của Quách Thị Sương Mai, đơn ${number.replaceAll('-', ' – ')}`],
  ])('names it by no number within the words either: %s', async (_how, matter) => {
    const { status, body } = await send(leader, table(row('REF-4', matter(against.number))));
    expect([status, body.errors.map(({ line, code }: Json) => [line, code])]).toEqual([422, [[2, 'forbidden']]]);
    expect(names(body)).toBe(false);
  });

  it('brings no news of a case that is about it', async () => {
    const first = row('REF-5', 'Tố cáo lên cấp trên', against.number);
    expect((await send(clerk, table(first))).status).toBe(200);
    const { status } = await send(
      leader,
      table(row('REF-5', 'Tố cáo lên cấp trên', '', ['Đã thụ lý', '12/07/2026', 'Đã làm việc với Quách Thị Sương Mai'])),
    );
    expect(status).toBe(422);
  });

  it('loses whoever denounced from each of its words, on the record; the same case stays one', async () => {
    const before = await recorded(other);
    const said = 'bà Quách Thị Sương Mai 0977.700.077';
    const news = ['Đã giải quyết', '12/07/2026', said, 'Giữ nguyên', said, '10/07/2026', said];
    const content = table([`Toà của ${said}`, `7/2026 ${said}`, `Vụ việc của ${said}`, other.number, '01/07/2026', ...news]);
    expect(await must(200, send(clerk, content))).toMatchObject({ created: 1 });
    const { items } = await must(200, clerk.get(`/superior-matters?petitionId=${other.id}`));
    const kept = await must(200, clerk.get(`/superior-matters/${items[0].id}`));
    expect([names(kept), names(await must(200, clerk.get(`/petitions/${other.id}/superior-outcomes`)))]).toEqual([false, false]);
    for (const text of [kept.agency, kept.reference, kept.matter, kept.outcome.number, kept.outcome.gist, kept.news[0].content])
      expect(text).toContain(mark);
    expect(await recorded(other)).toBeGreaterThan(before);
    expect(await must(200, send(clerk, content))).toMatchObject({ created: 0, unchanged: 1 });
  });

  it('is linked with a denunciation later without what was written before', async () => {
    const said = 'Vụ việc của bà Quách Thị Sương Mai';
    const facts = { agencyType: 'superior', agency: said, reference: '8/2026', kind: 'denunciation', matter: said, filedOn: '2026-07-01' };
    const { id } = await must(201, clerk.post('/superior-matters', { ...facts, stage: 'sent', newsOn: '2026-07-01', content: said }));
    const before = await recorded(other);
    const linked = await must(200, clerk.put(`/superior-matters/${id}/petition`, { petitionId: other.id }, { 'if-match': '*' }));
    expect([names(linked), await recorded(other)]).toEqual([false, before + 1]);
  });
});

describe('every form with a file', () => {
  it('is closed to whom the denunciation is directed against that one of its fields names', async () => {
    const told: Record<string, string> = {};
    for (const [pattern, operations] of Object.entries(document.paths))
      for (const [method, operation] of Object.entries(operations)) {
        const form = operation.requestBody?.content['multipart/form-data'];
        if (!form) continue;
        const texts = Object.entries<Json>(form.schema.properties).filter(
          ([, { type, enum: words, format }]) => type === 'string' && !words && !format,
        );
        const path = pattern.replace('/api/v1', '').replaceAll(/\{\w+\}/g, nobody);
        for (const [name] of texts)
          for (const value of [against.id, `Theo đơn ${against.number}`]) {
            const fields = { ...Object.fromEntries(texts.map(([other]) => [other, 'A1'])), [name]: value };
            const { status, body } = await leader.upload(path, '%PDF-1.4\n%%EOF\n', fields, 'tep.csv', method.toUpperCase() as 'POST');
            told[`${method} ${path.replaceAll(nobody, '…')} ${name} ${value === against.id ? 'id' : 'number'}`] =
              `${status} ${body.errors?.[0].code ?? /bị tố cáo/.test(body.detail)}`;
          }
      }
    expect(told).toEqual({
      // Too long for what it is.
      'post /inspections/…/photos code id': '422 length',
      'post /inspections/…/photos code number': '422 length',
      'post /inspections/…/photos clientKey id': '403 true',
      'post /inspections/…/photos clientKey number': '422 client_key',
      // Nothing that a leader may do: see below.
      'post /petitions/imports mapping id': '403 false',
      'post /petitions/imports mapping number': '403 false',
    });
  });

  it('is so whoever the caller is', async () => {
    const { displayName } = (await clerk.get('/auth/me')).body;
    const respondent = { type: 'official', unitId: unit, position: 'official', name: displayName };
    const his = await file(clerk, aDenunciationOf(unit, 'official', { respondent, parties: [author] }));
    const rows = 'Số đơn,Ngày nhận,Loại đơn,Nội dung\n1,01/05/2026,Khiếu nại,Đơn\n';
    const { status, body } = await clerk.upload('/petitions/imports', rows, { mapping: `{"content": "${his.number}"}` }, 'so.csv');
    expect([status, /bị tố cáo/.test(body.detail)]).toEqual([403, true]);
  });

  it('and by each file of rows that names it: none of them does what it says', async () => {
    const number = against.number as string;
    const files: Record<string, string> = {
      'POST /superior-matters/imports': table(row('REF-9', `Đơn ${number}`, number)),
      'POST /petitions/{id}/signatories/imports': `name,birth_year\n${author.name},1980\n`,
      'POST /petitions/imports': `Số đơn,Ngày nhận,Loại đơn,Nội dung\n${number},01/05/2026,Khiếu nại,Đơn ${number}\n`,
      'POST /units/imports': `code,name,level,parent_code\n${number},${number},commune,\n`,
      'POST /units/successions/imports': `old_code,new_code,portion\n${number},${number},whole\n`,
    };
    const rows: string[] = [];
    for (const [pattern, operations] of Object.entries(document.paths))
      for (const [method, operation] of Object.entries(operations)) {
        const form = operation.requestBody?.content['multipart/form-data'];
        if (!form || !/import/.test(pattern)) continue;
        const name = `${method.toUpperCase()} ${pattern.replace('/api/v1', '')}`;
        rows.push(name);
        const fields = { ...(form.schema.required?.includes('format') && { format: 'csv' }) };
        const { status } = await leader.upload(name.split(' ')[1]!.replace('{id}', against.id), files[name] ?? '', fields, 'tep.csv');
        expect([name, [403, 422].includes(status)]).toEqual([name, true]);
      }
    expect(rows.sort()).toEqual(Object.keys(files).sort());
  });
});

describe('a request that names many things', () => {
  const numbers = (many: number): string => Array.from({ length: many }, (_, at) => `A-2026-${String(at + 1).padStart(6, '0')}`).join(' ');
  const ids = (many: number): string[] =>
    Array.from({ length: many }, (_, at) => `01980000-0000-7000-8000-${String(at).padStart(12, '0')}`);

  it('is refused by every operation where it names more than is followed', async () => {
    const told = new Map<string, string[]>();
    for (const [pattern, operations] of Object.entries(document.paths))
      for (const [method, operation] of Object.entries(operations)) {
        if (!operation.security?.length || !operation.requestBody?.content['application/json']) continue;
        const path = pattern.replace('/api/v1', '').replaceAll(/\{\w+\}/g, nobody);
        for (const padding of [numbers(1_001), ids(6_001)]) {
          const body = exampleOf(document, operation);
          const padded = Array.isArray(body) ? [...body, padding] : { ...body, petitionId: against.id, padding };
          const { status, body: answer } = await bodyFor(document, operation).sendJson(leader, method.toUpperCase(), path, padded);
          const how = `${status} ${answer.errors?.[0]?.code ?? answer.type}`;
          told.set(how, [...(told.get(how) ?? []), `${method.toUpperCase()} ${path}`]);
        }
      }
    // What the leader has no permission for is closed before it is looked at.
    expect([...told.keys()].sort()).toEqual(['403 /api/v1/problems/forbidden', '422 names_too_much']);
    expect(told.get('422 names_too_much')!.length).toBeGreaterThan(200);
  });

  it('is followed through a hundred numbers and five thousand ids', async () => {
    const own = await file(clerk, aDenunciationOf(unit, 'official', { parties: [author] }));
    const reason = `${numbers(101)} của Quách Thị Sương Mai`;
    const link = { relation: 'continues', reason, petitionNumber: against.number };
    expect((await leader.post(`/petitions/${own.id}/links`, link)).status).toBe(403);
    const row = { agencyType: 'court', agency: 'Toà', reference: 'P-1', kind: 'denunciation', matter: 'Vụ việc', filedOn: '2026-07-01' };
    const item = { ...row, stage: 'sent', newsOn: '2026-07-01', content: numbers(101), petitionNumber: against.number };
    expect((await leader.post('/superior-matters/batches', { items: [item] })).status).toBe(403);
    const linked = await must(201, clerk.post(`/petitions/${own.id}/links`, { ...link, petitionNumber: other.number }));
    expect(names(await must(200, clerk.get(`/petitions/${linked.id}/history`)))).toBe(false);
    const asked = { type: 'question', title: 'Hỏi', content: `${numbers(101)} Lỗi đơn ${other.number} của Quách Thị Sương Mai` };
    expect(names(await must(201, clerk.post('/unit-requests', asked)))).toBe(false);
    const filed = aDenunciationOf(unit, 'official', { padding: ids(5_001), relatedTo: [{ petitionId: against.id, relation: 'repeats' }] });
    expect((await leader.post('/petitions', filed)).status).toBe(403);
  });
});

describe('urging of units about all that is late', () => {
  it('names nobody who denounced, in the letter or in any of the urgings, on the record', async () => {
    const second = { ...author, name: 'Kiều Thị Ngọc Trâm', nationalId: '001177000888', phone: '0911223344' };
    const [one, two] = [await denounce({}, { receivedOn: '2026-05-11' }), await denounce({}, { parties: [second] })];
    for (const { id } of [one, two]) await must(200, leader.post(`/petitions/${id}/acceptance`, { acceptedOn: '2026-05-13' }));
    const before = [await recorded(one), await recorded(two)];
    const content = 'Làm rõ đơn của Quách Thị Sương Mai và Kiều Thị Ngọc Trâm, 0911 223 344.';
    const order = { toUnitIds: [unit], content, signerTitle: 'Trưởng ban', signerName: 'Hoàng Minh Tuấn' };
    const { items } = await must(201, board.post('/urging-letters', order));
    const told = [items, ...(await Promise.all([one, two].map(({ id }) => must(200, clerk.get(`/petitions/${id}/urgings`)))))];
    for (const each of told) expect(JSON.stringify(each)).not.toMatch(/Sương Mai|Ngọc Trâm|223 ?344/);
    expect(JSON.stringify(told)).toContain(mark);
    expect((await recorded(one)) - before[0]!).toBeGreaterThan(0);
    expect((await recorded(two)) - before[1]!).toBeGreaterThan(0);
  });
});

describe('a denunciation that one may refer to and does not see', () => {
  const own = (): Promise<Json> =>
    denounce({}, { parties: [{ ...author, name: 'Ngô Văn Đạt', nationalId: null, phone: null }] }, cityClerk);

  it('keeps nothing of what one writes about it, and is told by no id', async () => {
    expect((await cityClerk.get(`/petitions/${other.id}`)).status).toBe(404);
    for (const by of [{ petitionNumber: other.number }, { petitionId: other.id }]) {
      const mine = await own();
      const reason = 'Nguyễn Văn An, Quách Thị Sương Mai, Phạm Thị Bé';
      const linked = await must(201, cityClerk.post(`/petitions/${mine.id}/links`, { ...by, relation: 'repeats', reason }));
      expect(linked.relatedTo).toEqual([{ petitionId: null, relation: 'repeats' }]);
      const { items } = await must(200, cityClerk.get(`/petitions/${mine.id}/history`));
      const event = items.find(({ event }: Json) => event === 'linked');
      expect([event.reason, event.facts.petitionId]).toEqual([withheld, undefined]);
    }
  });

  it('that is directed against the caller is to him like a number that is not there', async () => {
    const me = (await cityClerk.get('/auth/me')).body;
    const respondent = { type: 'official', unitId: cityUnit, position: 'official', name: me.displayName };
    const his = await file(clerk, aDenunciationOf(unit, 'official', { respondent, parties: [author] }));
    expect((await cityClerk.get(`/petitions/${his.id}`)).status).toBe(404);
    const mine = await own();
    const unknown = `${his.number.slice(0, -6)}999999`;
    const answers = await Promise.all(
      [{ petitionNumber: his.number }, { petitionNumber: unknown }].map((by) =>
        cityClerk.post(`/petitions/${mine.id}/links`, { ...by, relation: 'repeats', reason: 'Cùng nội dung' }),
      ),
    );
    expect(withoutInstance(answers[0]!)).toEqual(withoutInstance(answers[1]!));
    expect(answers[0]!.body.errors[0].code).toBe('unknown_petition');
    expect((await cityClerk.get(`/petitions/${mine.id}/history`)).status).toBe(200);
    const related = aDenunciationOf(unit, 'official', { relatedTo: [{ petitionId: his.id, relation: 'repeats' }] });
    const asked = await cityClerk.post('/petitions', related);
    expect([asked.status, asked.body.errors[0].code]).toEqual([422, 'unknown_petition']);
    const confirmed = await cityClerk.post(`/petitions/${mine.id}/duplicates/${his.id}/confirmation`, {});
    expect([confirmed.status, confirmed.body.errors[0].code]).toEqual([422, 'unknown_petition']);
  });
});

describe('a request about the software', () => {
  const ask = (by: Client, content: string): Promise<Answer> => by.post('/unit-requests', { type: 'fault', title: 'Lỗi', content });

  it('names no petition that one does not see, whatever it is', async () => {
    const complaint = await file(clerk, aComplaintAbout(unit));
    const admin = await server.as('commune.admin');
    const analyst = await server.as('city.analyst');
    for (const by of [admin, analyst, await server.as('city.handler')]) {
      const answers = await Promise.all([other, complaint].map(({ number }) => ask(by, `Lỗi đơn ${number} của Quách Thị Sương Mai`)));
      for (const { status, body } of answers) expect([status, body.errors?.[0].code]).toEqual([422, 'unknown_petition']);
    }
    expect((await ask(admin, `Như yêu cầu HNI-YC-2026-000001`)).status).toBe(201);
  });

  it('that names one is read by whoever reads that petition, and each entry loses whoever denounced in it', async () => {
    const content = `Lỗi đơn ${other.number.replaceAll('-', ' — ')} của Quách Thị Sương Mai`;
    const made = await must(201, ask(clerk, content));
    expect(names(made)).toBe(false);
    const admin = await server.as('city.admin');
    expect((await admin.get(`/unit-requests/${made.id}`)).status).toBe(404);
    expect((await admin.post(`/unit-requests/${made.id}/entries`, { content: 'Đã sửa' })).status).toBe(404);
    expect(JSON.stringify((await must(200, admin.get('/unit-requests?limit=200'))).items)).not.toContain(made.id);
    const inspector = await server.as('city.inspector');
    for (const by of [clerk, inspector]) {
      const before = await recorded(other);
      const entered = await must(201, by.post(`/unit-requests/${made.id}/entries`, { content: 'Đã gọi Quách Thị Sương Mai' }));
      expect([names(entered), await recorded(other)]).toEqual([false, before + 1]);
    }
    // Of a request that names it, whom it is directed against learns nothing.
    const his = await must(201, ask(clerk, `Lỗi đơn ${against.number}`));
    expect((await leader.get(`/unit-requests/${his.id}`)).status).toBe(403);
  });

  it('is hidden with the petition that an entry names', async () => {
    const complaint = await file(clerk, aComplaintAbout(unit, { parties: [author] }));
    const made = await must(201, ask(clerk, 'Lỗi in giấy biên nhận của Quách Thị Sương Mai'));
    await must(201, clerk.post(`/unit-requests/${made.id}/entries`, { content: `Đơn ${complaint.number.replaceAll('-', ' - ')}` }));
    expect(names(await must(200, clerk.get(`/unit-requests/${made.id}`)))).toBe(true);
    await classify(clerk, complaint, { kind: 'denunciation', respondent: { type: 'official', unitId: unit, position: 'official' } });
    expect(names(await must(200, clerk.get(`/unit-requests/${made.id}`)))).toBe(false);
  });
});

describe('a session of another unit', () => {
  it('has no slots where it is not there', async () => {
    const reason = { adHocGround: 'tense_or_complex', adHocReason: '30 hộ dân tập trung' };
    const order = aPeriodicSession(await anOffice(clerk), daysAhead(0), { type: 'ad_hoc', startsAt: '00:00', endsAt: '23:59', ...reason });
    const { id } = await must(201, clerk.post('/reception-sessions', order));
    const elsewhere = await server.as('hoankiem.clerk');
    for (const path of ['', '/slots']) {
      expect((await clerk.get(`/reception-sessions/${id}${path}`)).status).toBe(200);
      expect((await elsewhere.get(`/reception-sessions/${id}${path}`)).status).toBe(404);
    }
  });
});
