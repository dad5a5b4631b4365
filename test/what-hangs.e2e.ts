import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { columnsOf, textColumns } from '../src/platform/database/text-columns.js';
import { hangingTables, hiddenOtherwise } from '../src/petitions/identity/hanging/what-hangs.js';
import type { Client, Json } from './support/client.js';
import { anOffice, aPeriodicSession, daysAhead, must } from './support/reception.js';
import { until } from './support/until.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, classify, file, unitId } from './support/stories.js';

/** What hangs on a petition is one declared list: nothing new in the database can be forgotten, and hiding and showing are each other's undoing. */
let server: TestServer;
let clerk: Client;
let leader: Client;
let unit: string;

const she = { name: 'Tạ Bích Loan', nationalId: '001170000170', address: 'Số 17 ngõ 170 phố Đội Cấn', phone: '0970 000 170' };
const said = (what: string): string => `${she.name} (${she.nationalId}, ${she.phone}, ${she.address}) ${what}`;
/** The visit that it came of was today. */
const today = { classifiedOn: daysAhead(0) };
const official = (): Json => ({ type: 'official', unitId: unit, position: 'official' });

beforeAll(async () => {
  server = await startServer();
  clerk = await server.as('commune.clerk');
  leader = await server.as('commune.leader');
  unit = await unitId(clerk, '00004');
});
afterAll(() => server.stop());

describe('the list of what hangs on a petition', () => {
  const origins = ['petition', 'petition_case', 'reception_visit', 'reception_ticket', 'reception_appointment', 'reception_incident'];

  it('has every table that a foreign key leads to, or a reason why it is out', async () => {
    const keys = await server.sql<{ from: string; to: string }>(
      `select conrelid::regclass::text as from, confrelid::regclass::text as to from pg_constraint
       where contype = 'f' and connamespace = 'public'::regnamespace`,
    );
    const reached = new Set(origins);
    for (let size = 0; size < reached.size;) {
      size = reached.size;
      for (const { from, to } of keys) if (reached.has(to)) reached.add(from);
    }
    const known = [...hangingTables.map(({ table }) => table), ...Object.keys(hiddenOtherwise)];
    expect([...reached].filter((table) => !known.includes(table)).sort()).toEqual([]);
    expect(known.filter((table, at) => known.indexOf(table) !== at)).toEqual([]);
    process.stdout.write(`${reached.size} tables reached by ${keys.length} foreign keys: ${hangingTables.length} in the list\n`);
  });

  it('says of every column that holds text whether somebody writes into it', async () => {
    const columns = await server.sql<{ table: string; name: string }>(
      `select table_name as table, column_name as name from information_schema.columns
       where table_schema = 'public' and (data_type in ('text', 'character varying', 'jsonb', 'json') or udt_name in ('_text', '_varchar', '_jsonb'))`,
    );
    for (const { table, words, codes = [] } of hangingTables) {
      const found = columns.filter((column) => column.table === table).map(({ name }) => name);
      // A session belongs to many visits: its own facts are those of the unit.
      if (table === 'reception_session') expect(found).toEqual(expect.arrayContaining([...words]));
      else expect([table, found.sort()]).toEqual([table, [...words, ...codes].sort()]);
    }
  });

  it('has every column that officials fill in about a petition', () => {
    // As it was said it lies sealed (hide-reception.ts).
    const sealed = ['reception_incident.matter'];
    const hidden = hangingTables.flatMap(({ table, words }) => words.map((column) => `${table}.${column}`));
    const filled = Object.keys(textColumns)
      .filter((table) => !(table in hiddenOtherwise))
      .flatMap((table) => columnsOf(table, 'words').map((column) => `${table}.${column}`));
    expect(filled.filter((column) => !hidden.includes(column) && !sealed.includes(column))).toEqual([]);
  });

  it('names keys and conditions that the database knows', async () => {
    for (const { table, key = ['id'] } of hangingTables) {
      const [row] = await server.sql<{ unique: boolean }>(
        `select exists (select from pg_index where indrelid = $1::regclass and indisunique
           and (select array_agg(attname::text order by attname) from pg_attribute where attrelid = indrelid and attnum = any (indkey)) = $2::text[]) as unique`,
        [table, [...key].sort()],
      );
      expect([table, row!.unique]).toEqual([table, true]);
    }
  });
});

describe('a complaint that turns out to be a denunciation', () => {
  let petition: Json;
  let before: Map<string, string>;

  /** Every row of every table that hangs on it, without what counts changes. */
  const rows = async (): Promise<Map<string, string>> => {
    const found = new Map<string, string>();
    for (const { table, key = ['id'], words } of hangingTables)
      for (const { id, row } of await server.sql<{ id: string; row: string }>(
        `select concat_ws(' ', ${key.map((name) => `t.${name}`).join(', ')}) as id, jsonb_build_object(${words.map((name) => `'${name}', t.${name}`).join(', ')})::text as row from ${table} t`,
      ))
        found.set(`${table} ${id}`, row);
    for (const { id, row } of await server.sql<{ id: string; row: string }>(
      `select id, to_jsonb(v)::text as row from (select id, kind, matter, content, search_names, identity_secret from reception_visit) v
       union all select id, to_jsonb(a)::text from (select id, kind, matter, identity_secret from reception_appointment) a
       union all select id, to_jsonb(i)::text from (select id, kind, matter, identity_secret from reception_incident) i`,
    ))
      found.set(`reception ${id}`, row);
    return found;
  };

  beforeAll(async () => {
    const office = await anOffice(clerk);
    const visit = {
      officeId: office.id,
      kind: 'complaint',
      visitors: [{ capacity: 'self', ...she }],
      matter: said('khiếu nại việc thu tiền'),
      content: said('trình bày'),
      earlierResolver: said('đã được trả lời'),
      papers: [{ name: said('đơn'), copies: 1, original: true }],
      receiverName: 'Nguyễn Thị Hoà',
      outcome: {
        result: 'petition_opened',
        note: said('nộp đơn'),
        petition: { respondent: { type: 'agency', unitId: unit }, content: said('khiếu nại việc thu tiền của cán bộ') },
      },
    };
    const entered = await must(201, clerk.post('/reception-visits', visit));
    petition = (await clerk.get(`/petitions/${entered.petition.id}`)).body;
    await must(
      201,
      clerk.post(`/reception-visits/${entered.id}/documents`, {
        paper: 'receipt',
        signerTitle: 'Công chức',
        signerName: 'Nguyễn Thị Hoà',
        gist: said('biên nhận'),
        recipients: [said('nhận')],
      }),
    );
    await must(
      201,
      clerk.post('/reception-visits', {
        ...visit,
        kind: 'reflection',
        outcome: undefined,
        petitionId: petition.id,
        matter: said('hỏi kết quả'),
      }),
    );
    await must(
      200,
      clerk.put(
        `/petitions/${petition.id}/signatories`,
        { signatories: [{ name: she.name }, { name: 'Tạ Quang Bửu' }] },
        { 'if-match': '*' },
      ),
    );
    await must(201, clerk.upload(`/petitions/${petition.id}/attachments`, Buffer.from('%PDF-1.4\n%%EOF\n'), {}, `đơn của ${she.name}.pdf`));
    await must(
      201,
      leader.post(`/petitions/${petition.id}/assignments`, {
        accountId: (await (await server.as('commune.handler')).get('/auth/me')).body.id,
        note: said('làm việc'),
      }),
    );
    await must(
      201,
      clerk.post('/superior-matters', {
        petitionId: petition.id,
        agencyType: 'court',
        agency: 'Toà án',
        reference: '1/2026',
        kind: 'complaint',
        matter: said('khởi kiện'),
        filedOn: '2026-06-10',
        stage: 'sent',
        newsOn: '2026-06-10',
      }),
    );
    petition = await classify(clerk, petition, { ...today, reason: said('phân loại') });
    before = await rows();
  });

  it('takes everything around it along, and gives it back as it was', async () => {
    const changed = (
      await classify(clerk, petition, { ...today, kind: 'denunciation', respondent: official(), reason: 'Có nội dung tố cáo' })
    ).id;
    const hidden = await rows();
    const tells = (text: string): boolean => [she.name, she.nationalId, she.address, she.phone].some((what) => text.includes(what));
    expect([...hidden].filter(([, row]) => tells(row)).map(([where]) => where)).toEqual([]);
    const touched = [...before].filter(([where, row]) => hidden.get(where) !== row);
    expect(touched.length).toBeGreaterThanOrEqual(10);
    const { body: history } = await clerk.get(`/petitions/${changed}/history`);
    expect(history.intact).toBe(true);
    expect(JSON.stringify(history)).not.toContain(she.name);

    await classify(clerk, petition, {
      ...today,
      kind: 'complaint',
      respondent: { type: 'agency', unitId: unit },
      reason: 'Không phải tố cáo',
    });
    const shown = await rows();
    expect(touched.map(([where]) => [where, shown.get(where)])).toEqual(touched);
    expect((await clerk.get(`/petitions/${changed}/history`)).body.intact).toBe(true);
    expect(await server.sql('select id from hidden_words')).toEqual([]);
    process.stdout.write(`${before.size} rows looked at, ${touched.length} hidden and shown again\n`);
  });

  it('is found by nobody in the ledger of visits, and its people are not either', async () => {
    await classify(clerk, petition, { ...today, kind: 'denunciation', respondent: official() });
    for (const name of ['commune.handler', 'commune.inspector', 'city.inspector', 'commune.clerk']) {
      const reader = await server.as(name);
      for (const path of [
        `/reception-visits?petitionId=${petition.id}`,
        '/reception-visits?q=ta bich loan',
        '/persons?name=ta bich loan',
      ]) {
        const { body } = await reader.get(path);
        expect([name, path, JSON.stringify(body).includes('Loan')]).toEqual([name, path, false]);
      }
      expect((await reader.get('/reception-visits?q=ta bich loan')).body.items).toEqual([]);
    }
  });

  it('is not changed back by somebody who may not know who filed it', async () => {
    const { status, body } = await (
      await server.as('commune.handler')
    ).put(
      `/petitions/${petition.id}/classification`,
      { kind: 'complaint', respondent: { type: 'agency', unitId: unit } },
      { 'if-match': '*' },
    );
    expect([status, body.type]).toEqual([403, '/api/v1/problems/forbidden']);
  });
});

describe('a visit', () => {
  const aVisit = (office: Json, more: object): Json => ({
    officeId: office.id,
    kind: 'complaint',
    visitors: [{ capacity: 'self', ...she }],
    matter: said('trình bày'),
    receiverName: 'Nguyễn Thị Hoà',
    ...more,
  });
  const read = async (id: string): Promise<Json> => (await (await server.as('commune.handler')).get(`/reception-visits/${id}`)).body;

  it('of whatever kind is secret from when it is about a denunciation: at once, linked later, or of the same matter', async () => {
    const office = await anOffice(clerk);
    const secret = await file(clerk, aDenunciationOf(unit, 'official', { parties: [{ role: 'petitioner', type: 'person', ...she }] }));
    const atOnce = await must(201, clerk.post('/reception-visits', aVisit(office, { kind: 'reflection', petitionId: secret.id })));
    const earlier = await must(201, clerk.post('/reception-visits', aVisit(office, {})));
    const later = await must(201, clerk.post('/reception-visits', aVisit(office, { repeatsVisitId: earlier.id })));
    expect((await read(earlier.id)).visitors).toHaveLength(1);
    await must(200, clerk.post(`/reception-visits/${later.id}/petition`, { petitionId: secret.id }, { 'if-match': '*' }));
    for (const { id } of [atOnce, earlier, later]) {
      const visit = await read(id);
      expect([visit.identitySecret, visit.visitors, JSON.stringify(visit).includes('Loan')]).toEqual([true, [], false]);
    }
  });

  it('corrected to denounce hides the visits before it, and shows them when it was an error', async () => {
    const office = await anOffice(clerk);
    const earlier = await must(201, clerk.post('/reception-visits', aVisit(office, {})));
    const later = await must(201, clerk.post('/reception-visits', aVisit(office, { repeatsVisitId: earlier.id })));
    const correct = (kind: string) =>
      clerk.put(
        `/reception-visits/${later.id}`,
        { ...aVisit(office, { kind }), officeId: undefined, reason: 'Ghi nhầm loại việc' },
        { 'if-match': '*' },
      );
    await must(200, correct('denunciation'));
    expect((await read(earlier.id)).visitors).toEqual([]);
    expect(JSON.stringify(await read(earlier.id))).not.toContain('Loan');
    await must(200, correct('complaint'));
    expect((await read(earlier.id)).visitors[0].name).toBe(she.name);
    expect((await read(earlier.id)).matter).toBe(said('trình bày'));
  });

  it('to denounce is not about a petition that names who filed it', async () => {
    const office = await anOffice(clerk);
    const open = await file(clerk, aComplaintAbout(unit));
    const { status, body } = await clerk.post('/reception-visits', aVisit(office, { kind: 'denunciation', petitionId: open.id }));
    expect([status, body.errors[0].code]).toEqual([422, 'petition_is_open']);
  });
});

describe('a denunciation and a petition that names who filed it', () => {
  it('are neither related nor of one case, whoever filed them', async () => {
    const open = await file(clerk, aComplaintAbout(unit));
    const secret = await file(clerk, aDenunciationOf(unit, 'official'));
    for (const relation of ['duplicate_of', 'repeats', 'appeals', 'continues']) {
      const filed = await clerk.post('/petitions', aDenunciationOf(unit, 'official', { relatedTo: [{ petitionId: open.id, relation }] }));
      expect([filed.status, filed.body.errors[0].code]).toEqual([422, 'names_who_filed']);
      const linked = await clerk.post(`/petitions/${secret.id}/links`, { petitionId: open.id, relation }, { 'if-match': '*' });
      expect([linked.status, linked.body.errors[0].code]).toEqual([422, 'names_who_filed']);
    }
    const merged = await clerk.post(`/cases/${open.caseId}/merges`, { caseId: secret.caseId, reason: 'Cùng việc' });
    expect([merged.status, merged.body.errors[0].code]).toEqual([422, 'names_who_filed']);
  });

  it('part when one of two related complaints turns out to be a denunciation: no step leads from one to the other', async () => {
    const first = await file(clerk, aComplaintAbout(unit));
    const second = await file(clerk, aComplaintAbout(unit, { relatedTo: [{ petitionId: first.id, relation: 'repeats' }] }));
    const third = await file(clerk, aComplaintAbout(unit, { summary: 'Khiếu nại về việc khác hẳn' }));
    await must(201, clerk.post(`/petitions/${third.id}/links`, { petitionId: first.id, relation: 'repeats' }, { 'if-match': '*' }));
    for (const turned of [second, third]) {
      await classify(clerk, turned, { kind: 'denunciation', respondent: official() });
      const inspector = await server.as('city.inspector');
      const { body: secret } = await inspector.get(`/petitions/${turned.id}`);
      const { body: open } = await inspector.get(`/petitions/${first.id}`);
      expect(secret.caseId).not.toBe(open.caseId);
      const around = async (petition: Json): Promise<string> =>
        JSON.stringify([
          petition,
          (await inspector.get(`/petitions/${petition.id}/history`)).body,
          (await inspector.get(`/cases/${petition.caseId}`)).body,
          (await inspector.get(`/petitions/${petition.id}/duplicates`)).body,
        ]);
      const [ofSecret, ofOpen] = [await around(secret), await around(open)];
      for (const what of [first.id, first.number, open.caseId]) expect(ofSecret).not.toContain(what);
      for (const what of [turned.id, turned.number, secret.caseId]) expect(ofOpen).not.toContain(what);
    }
  });
});

describe('what a denunciation is compared by', () => {
  it('tells nothing about a person: a guessed name changes neither score nor reasons', async () => {
    const content = 'Công chức địa chính nhiều lần yêu cầu nộp tiền ngoài quy định khi làm giấy chứng nhận quyền sử dụng đất cho các hộ.';
    const party = (more: object): Json => ({ role: 'petitioner', type: 'person', ...she, birthYear: 1970, ...more });
    await file(clerk, aDenunciationOf(unit, 'official', { content, parties: [party({})] }));
    const asked = [];
    for (const guess of [
      party({}),
      party({ nationalId: null, phone: null, address: null }),
      party({ name: 'Đỗ Văn Sai', nationalId: null, birthYear: 1950, address: null }),
    ]) {
      const { possibleDuplicates } = await file(clerk, aDenunciationOf(unit, 'official', { content, parties: [guess] }));
      asked.push(possibleDuplicates.map(({ score, reasons }: Json) => ({ score, reasons })).at(-1));
    }
    expect(new Set(asked.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(asked[0].reasons).toEqual(['same_respondent', 'same_text']);
    // Words that are others are found by nothing, though it is the same person.
    const { possibleDuplicates } = await file(
      clerk,
      aDenunciationOf(unit, 'official', {
        content: 'Một việc khác hẳn: cán bộ tiếp dân bỏ vị trí trong giờ làm việc, không nhận hồ sơ của người dân đến nộp.',
        parties: [party({})],
      }),
    );
    expect(possibleDuplicates).toEqual([]);
  });
});

describe('whom a denunciation is against', () => {
  const accused = 'Lê Văn Tám';
  const told = `${accused} (do bà ${she.name} tố cáo)`;
  const parties = [
    { role: 'petitioner', type: 'person', ...she },
    { role: 'respondent', type: 'person', name: told, address: `Số 2 Đội Cấn, cùng ngõ với ${she.name}` },
  ];
  const withName = (name: string): Json => ({ ...official(), name });
  /** The respondent as answers and rows tell him, but not what is sealed. */
  const shown = async (id: string): Promise<string> => {
    const answer = JSON.stringify((await clerk.get(`/petitions/${id}`)).body);
    const rows = await server.sql<{ row: string }>(
      `select concat_ws(' ', to_jsonb(p), (select jsonb_agg(to_jsonb(a)) from petition_party a where a.petition_id = p.id)) as row from petition p where id = $1`,
      [id],
    );
    return answer + rows[0]!.row;
  };
  const tellsHimAlone = async (id: string): Promise<void> => {
    const found = await shown(id);
    expect(found).toContain(accused);
    expect(found).not.toContain(she.name);
  };

  it('is told without whoever denounced him, at filing and however he is entered later', async () => {
    const content = `Bà ${she.name} tố cáo ông ${accused}.`;
    const filed = await file(clerk, aDenunciationOf(unit, 'official', { respondent: withName(told), parties, content }));
    await tellsHimAlone(filed.id);
    await classify(clerk, filed, { respondent: withName(`${told}, cán bộ`) });
    await tellsHimAlone(filed.id);
  });

  it('is told so when a complaint turns out to be a denunciation, and as before when it does not', async () => {
    const filed = await file(clerk, aComplaintAbout(unit, { respondent: withName(told), parties }));
    const before = await shown(filed.id);
    await classify(clerk, filed, { kind: 'denunciation' });
    await tellsHimAlone(filed.id);
    await classify(clerk, filed, { kind: 'complaint', reason: 'Không phải tố cáo' });
    for (const what of [told, parties[1]!.address])
      expect([before, await shown(filed.id)].map((text) => text.includes(what))).toEqual([true, true]);
  });

  it('is told in no word that could be whoever denounced, and kept as it was written, for the day on which it is no denunciation', async () => {
    const filed = await file(
      clerk,
      aDenunciationOf(unit, 'official', {
        respondent: withName(`Bà ${she.name}, Chủ tịch`),
        parties: [parties[0]!, { ...parties[1]!, name: she.name }],
      }),
    );
    const stored = async (): Promise<{ name: string; party: string }> => {
      const [row] = await server.sql<{ name: string; party: string }>(
        `select respondent ->> 'name' as name, (select name from petition_party where petition_id = p.id and role = 'respondent') as party from petition p where id = $1`,
        [filed.id],
      );
      return row!;
    };
    expect(await stored()).toEqual({ name: 'Bà [không nêu], Chủ tịch', party: '[không nêu]' });
    await classify(clerk, filed, { kind: 'complaint', reason: 'Không phải tố cáo' });
    expect(await stored()).toEqual({ name: `Bà ${she.name}, Chủ tịch`, party: she.name });
    await classify(clerk, filed, { kind: 'denunciation' });
    expect(await stored()).toEqual({ name: 'Bà [không nêu], Chủ tịch', party: '[không nêu]' });
  });
});

describe('a file that stands in a complaint and in a denunciation of the same citizen', () => {
  it('is told in the second one by neither its digest nor its very size', async () => {
    const content = Buffer.from(`%PDF-1.7\n${she.name}`);
    const [open, secret] = [await file(clerk, aComplaintAbout(unit)), await file(clerk, aDenunciationOf(unit, 'official'))];
    const attached = [];
    for (const { id } of [open, secret])
      attached.push(await must(201, clerk.upload(`/petitions/${id}/attachments`, content, {}, 'don.pdf')));
    expect(attached.map(({ sha256, size }) => [typeof sha256, size])).toEqual([
      ['string', content.byteLength],
      ['object', 65_536],
    ]);
    const told = JSON.stringify([
      (await clerk.get(`/petitions/${secret.id}/attachments`)).body,
      (await clerk.get(`/attachments/${attached[1].id}`)).body,
      (await clerk.get(`/petitions/${secret.id}/history`)).body,
      await server.sql(`select before, after from audit_record where object_type = 'attachment'`),
    ]);
    expect(told).toContain(attached[1].id);
    expect(told).not.toContain(attached[0].sha256);
    expect((await clerk.get(`/petitions/${secret.id}/history`)).body.intact).toBe(true);
  });
});

describe('a gathering to denounce', () => {
  it('is told nowhere by who speaks for it, also before there is a petition', async () => {
    const order = {
      placeType: 'own_office',
      place: said('đứng trước trụ sở'),
      persons: 5,
      kind: 'denunciation',
      matter: said('tố cáo cán bộ'),
      representatives: [{ capacity: 'self', ...she }],
      informed: [{ party: 'police', who: `Trực ban gặp ${she.name}`, content: said('dẫn đầu') }],
    };
    const incident = await must(201, clerk.post('/reception-incidents', order));
    const entry = { type: 'measure', who: `Bà ${she.name}`, content: said('đã về') };
    await must(201, clerk.post(`/reception-incidents/${incident.id}/entries`, entry));
    await must(200, clerk.post(`/reception-incidents/${incident.id}/end`, { outcome: said('ra về') }));
    const rows = await server.sql<{ row: string }>(
      `select to_jsonb(i)::text as row from reception_incident i where id = $1 union all select to_jsonb(e)::text from reception_incident_entry e where incident_id = $1`,
      [incident.id],
    );
    expect(rows).toHaveLength(4);
    for (const { row } of rows) expect(row).not.toContain(she.name);
    expect(JSON.stringify((await clerk.get(`/reception-incidents/${incident.id}`)).body)).not.toContain(she.name);
  });
});

describe('what was told of somebody before he turned out to have denounced', () => {
  it('is told no more: why a session was moved, in the public calendar as well', async () => {
    const office = await anOffice(clerk);
    const session = await must(
      201,
      clerk.post(
        '/reception-sessions',
        aPeriodicSession(office, daysAhead(20), { publishedOn: daysAhead(0), slotMinutes: 30, placesPerSlot: 4 }),
      ),
    );
    const facts = { kind: 'complaint', visitors: [she], matter: 'Khiếu nại thu hồi đất', receiverName: 'Nguyễn Thị Hoà' };
    const visit = { ...facts, officeId: office.id, startedAt: '2026-07-08T08:30:00+07:00' };
    const outcome = {
      result: 'appointment',
      appointment: { sessionId: session.id, slotAt: '08:00' },
      endedAt: '2026-07-08T09:00:00+07:00',
    };
    const { id } = await must(201, clerk.post('/reception-visits', { ...visit, outcome }));
    const path = `/reception-sessions/${session.id}`;
    await must(200, clerk.post(`${path}/postponement`, { onDate: daysAhead(21), reason: `Theo đề nghị của bà ${she.name}` }));
    const told = async (): Promise<string> => {
      const calendar = await (await server.as()).get(`/public/reception-calendar?unitId=${unit}&from=${daysAhead(0)}&to=${daysAhead(40)}`);
      return JSON.stringify([calendar.body, (await clerk.get(`${path}/changes`)).body]);
    };
    expect((await told()).split(she.name)).toHaveLength(3);
    await must(200, clerk.put(`/reception-visits/${id}`, { ...facts, kind: 'denunciation', reason: 'Là tố cáo' }, { 'if-match': '*' }));
    expect(await told()).not.toContain(she.name);
    await must(200, clerk.put(`/reception-visits/${id}`, { ...facts, reason: 'Không phải tố cáo' }, { 'if-match': '*' }));
    expect((await told()).split(she.name)).toHaveLength(3);
  });

  it('is told no more: what a request about the software says of a petition by its number', async () => {
    const complaint = await file(clerk, aComplaintAbout(unit, { parties: [{ role: 'petitioner', type: 'person', ...she }] }));
    const request = {
      type: 'question',
      title: `Về đơn ${complaint.number}`,
      content: `Bà ${she.name} hỏi mã tra cứu của ${complaint.number}`,
    };
    const asked = await must(201, clerk.post('/unit-requests', request));
    expect(asked.content).toBe(request.content);
    await classify(clerk, complaint, { kind: 'denunciation', respondent: official() });
    expect(JSON.stringify((await clerk.get(`/unit-requests/${asked.id}`)).body)).not.toContain(she.name);
    expect((await must(201, clerk.post('/unit-requests', request))).content).not.toContain(she.name);
  });

  it('is told no more: for what reason somebody looked', async () => {
    const complaint = await file(clerk, aComplaintAbout(unit, { parties: [{ role: 'petitioner', type: 'person', ...she }] }));
    const looked = { reason: `Mời bà ${she.name} đến đối thoại` };
    await must(200, clerk.post(`/petitions/${complaint.id}/personal-data/readings`, looked));
    const inspector = await server.as('city.inspector');
    const told = async (): Promise<string> =>
      JSON.stringify((await inspector.get(`/audit/records?petitionId=${complaint.id}&operation=read&limit=200`)).body);
    expect(await told()).toContain(she.name);
    await classify(clerk, complaint, { kind: 'denunciation', respondent: official() });
    expect(await told()).not.toContain(she.name);
  });
});

describe('an answer that was kept for a repetition', () => {
  it('is not repeated once it names somebody who is secret', async () => {
    const key = { 'idempotency-key': 'once-and-again' };
    const order = aComplaintAbout(unit, { parties: [{ role: 'petitioner', type: 'person', ...she }] });
    const { body: filed } = await clerk.post('/petitions', order, key);
    expect((await clerk.post('/petitions', order, key)).body.id).toBe(filed.id);
    await classify(clerk, filed, { kind: 'denunciation', respondent: official() });
    const { status, body } = await clerk.post('/petitions', order, key);
    expect([status, body.type]).toEqual([422, '/api/v1/problems/idempotency-key-reused']);
    expect(JSON.stringify(body)).not.toContain('Loan');
  });
});

describe('somebody who was taken for one person in two complaints', () => {
  it('leaves the register when both turn out to be denunciations, with what joined them', async () => {
    const parties = [{ role: 'petitioner', type: 'person', name: 'Tạ Minh Triết', birthYear: 1951 }];
    const [one, other] = [await file(clerk, aComplaintAbout(unit, { parties })), await file(clerk, aComplaintAbout(unit, { parties }))];
    const merge = { personId: other.parties[0].personId, reason: 'Cùng người' };
    await must(201, clerk.post(`/persons/${one.parties[0].personId}/merges`, merge));
    await classify(clerk, one, { kind: 'denunciation', respondent: official() });
    expect((await clerk.get('/persons?name=ta minh triet')).body.items).toHaveLength(1);
    await classify(clerk, other, { kind: 'denunciation', respondent: official() });
    expect((await clerk.get('/persons?name=ta minh triet')).body.items).toEqual([]);
    expect(await server.sql(`select id from person where name = 'Tạ Minh Triết'`)).toEqual([]);
  });
});

describe('what an earlier version left around a denunciation', () => {
  it('is hidden by the next start, once', async () => {
    const { id } = await file(clerk, aDenunciationOf(unit, 'official', { parties: [{ role: 'petitioner', type: 'person', ...she }] }));
    await server.sql('update petition set forwarded_by = $2, hanging_hidden = false where id = $1', [id, said('gửi Quốc hội')]);
    const row = () => server.sql<Json>('select forwarded_by, hanging_hidden, updated_at from petition where id = $1', [id]);
    // As each start does: the queue has one entry, whoever takes it.
    const start = async () => {
      await server.sql(`select graphile_worker.add_job('earlier_rows', job_key => 'earlier_rows')`);
      await until(async () => (await server.sql(`select from graphile_worker.jobs where key = 'earlier_rows'`)).length === 0);
    };
    await start();
    const [hidden] = await row();
    expect(hidden).toMatchObject({ hanging_hidden: true, forwarded_by: expect.stringContaining('gửi Quốc hội') });
    expect(hidden.forwarded_by).not.toContain(she.name);
    await start();
    expect(await row()).toEqual([hidden]);
  });
});
