import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { receptionTables } from '../src/petitions/identity/hanging/reception-rows.js';
import type { Client, Json } from './support/client.js';
import { anOffice, daysAhead, must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, classify, file, unitId } from './support/stories.js';
import { until } from './support/until.js';

/** Who is secret at the reception – came, booked, stands for a crowd – becomes known by no step of whoever may not know (Law on Denunciations arts 8, 56). */
let server: TestServer;
let clerk: Client;
let handler: Client;
let leader: Client;
let cityClerk: Client;
let unit: string;

const she = { name: 'Đàm Thị Sương Khuê', nationalId: '001171000171', address: 'Số 71 ngõ 171 phố Đội Cấn', phone: '0971 000 171' };
const he = { name: 'Khổng Đình Trọng Nghĩa', nationalId: '001072000172', address: 'Số 72 ngõ 172 phố Đội Cấn', phone: '0972 000 172' };
const stand = (...people: object[]): Json[] => people.map((one) => ({ capacity: 'representative', ...one }));
const tells = (value: unknown): boolean => [she, he].some(({ name }) => JSON.stringify(value).includes(name));
const mark = '[người tố cáo]';

const gathering = (more: object = {}): Json => ({
  placeType: 'own_office',
  place: 'Trụ sở tiếp công dân',
  persons: 8,
  kind: 'denunciation',
  matter: 'Tố cáo cán bộ thu tiền ngoài quy định',
  representatives: stand(she),
  ...more,
});
const report = (by: Client, more: object = {}): Promise<Json> => must(201, by.post('/reception-incidents', gathering(more)));
const read = async (by: Client, id: string): Promise<Json> => (await by.get(`/reception-incidents/${id}`)).body;
const link = (by: Client, id: string, petition: Json) => by.post(`/reception-incidents/${id}/link`, { petitionId: petition.id });
const secretPetition = (more: object = {}): Promise<Json> => file(clerk, aDenunciationOf(unit, 'official', more));
const openPetition = (): Promise<Json> => file(clerk, aComplaintAbout(unit));
const rowsOf = async (id: string): Promise<string> =>
  JSON.stringify(
    await server.sql(
      `select to_jsonb(i) - 'sealed' as row from reception_incident i where id = $1
       union all select to_jsonb(e) from reception_incident_entry e where incident_id = $1`,
      [id],
    ),
  );
const lookedAt = async (what: string, id: string): Promise<number> =>
  (await server.sql('select from audit_record where object_type = $1 and object_id = $2', [what, id])).length;

beforeAll(async () => {
  server = await startServer();
  [clerk, handler, leader, cityClerk] = (await Promise.all(
    ['commune.clerk', 'commune.handler', 'commune.leader', 'city.clerk'].map((name) => server.as(name)),
  )) as [Client, Client, Client, Client];
  unit = await unitId(clerk, '00004');
});
afterAll(() => server.stop());

describe('a gathering', () => {
  it('is linked once: what is about a denunciation is not turned to a petition that names who filed it', async () => {
    const secret = await secretPetition();
    const atOnce = await report(clerk, { kind: 'complaint', petitionId: secret.id });
    const later = await report(clerk, { kind: 'complaint' });
    await must(200, link(clerk, later.id, secret));
    for (const { id } of [atOnce, later])
      for (const by of [clerk, handler]) {
        for (const petition of [await openPetition(), await secretPetition(), secret])
          expect((await link(by, id, petition)).status).toBe(409);
        expect(await read(by, id)).toMatchObject({ identitySecret: true, representatives: [], petition: { id: secret.id } });
      }
  });

  it('to denounce is neither linked to nor reported with a petition that names who filed it', async () => {
    const open = await openPetition();
    const reported = await clerk.post('/reception-incidents', gathering({ petitionId: open.id }));
    expect([reported.status, reported.body.errors[0]]).toMatchObject([422, { pointer: '/petitionId', code: 'petition_is_open' }]);
    const linked = await link(clerk, (await report(clerk)).id, open);
    expect([linked.status, linked.body.errors[0]]).toMatchObject([422, { pointer: '/petitionId', code: 'petition_is_open' }]);
    const about = await report(clerk, { kind: 'complaint', petitionId: open.id });
    const repeated = await clerk.post('/reception-incidents', gathering({ repeatsIncidentId: about.id }));
    expect([repeated.status, repeated.body.errors[0]]).toMatchObject([422, { pointer: '/repeatsIncidentId', code: 'petition_is_open' }]);
  });

  it('is secret with the others of its matter, whichever of them denounces', async () => {
    const first = await report(clerk, { kind: 'complaint', place: `Trước nhà bà ${she.name}`, representatives: stand(he) });
    await must(201, clerk.post(`/reception-incidents/${first.id}/entries`, { type: 'progress', content: `Ông ${he.name} phát biểu` }));
    expect(await read(handler, first.id)).toMatchObject({ identitySecret: false, representatives: [{ name: he.name }] });
    const second = await report(clerk, { repeatsIncidentId: first.id });
    const third = await report(clerk, { kind: 'reflection', repeatsIncidentId: second.id, matter: `Bà ${she.name} lại đến` });
    for (const { id } of [first, second, third]) {
      expect(await read(handler, id)).toMatchObject({ identitySecret: true, representatives: [] });
      expect(tells([await read(handler, id), await rowsOf(id)])).toBe(false);
    }
    const { body } = await handler.get('/reception-incidents/series?from=2020-01-01');
    expect(tells(body)).toBe(false);
  });

  it('is hidden and shown with its petition, but not where its own matter denounces', async () => {
    const petition = await openPetition();
    const plain = await report(clerk, { kind: 'complaint', petitionId: petition.id, place: `Nhà bà ${she.name}` });
    const beside = await report(clerk, { kind: 'complaint', repeatsIncidentId: plain.id });
    await classify(clerk, petition, { kind: 'denunciation', respondent: { type: 'official', unitId: unit, position: 'official' } });
    const denouncing = await report(clerk, { petitionId: petition.id });
    const repeating = await report(clerk, { kind: 'complaint', repeatsIncidentId: denouncing.id });
    for (const { id } of [plain, beside, denouncing, repeating]) expect(await read(clerk, id)).toMatchObject({ identitySecret: true });
    await classify(clerk, petition, { kind: 'complaint', respondent: { type: 'agency', unitId: unit }, reason: 'Không phải tố cáo' });
    for (const { id } of [plain, beside]) expect(await read(clerk, id)).toMatchObject({ representatives: [{ name: she.name }] });
    expect((await read(clerk, plain.id)).place).toBe(`Nhà bà ${she.name}`);
    for (const { id } of [denouncing, repeating]) expect(await read(clerk, id)).toMatchObject({ representatives: [] });
  });

  it('that another unit hides is neither uncovered nor is its petition told by reporting that it comes again', async () => {
    const secret = await secretPetition();
    const hidden = await report(clerk, { petitionId: secret.id });
    expect([
      (await cityClerk.get(`/reception-incidents/${hidden.id}`)).status,
      (await cityClerk.get(`/petitions/${secret.id}`)).status,
    ]).toEqual([404, 404]);
    const own = await report(cityClerk, { kind: 'complaint', repeatsIncidentId: hidden.id, representatives: stand(he) });
    expect(own).toMatchObject({ petition: null, identitySecret: true, representatives: [], occurrence: 2, occurrences: 2 });
    for (const petition of [await openPetition(), secret]) {
      const linked = await link(cityClerk, own.id, petition);
      expect([linked.status, tells(linked.body), JSON.stringify(linked.body).includes(secret.number)]).toEqual([409, false, false]);
      const again = await cityClerk.post('/reception-incidents', gathering({ repeatsIncidentId: hidden.id, petitionId: petition.id }));
      expect([again.status, again.body.errors[0].code]).toEqual([422, 'other_petition']);
      expect(JSON.stringify(again.body)).not.toContain(secret.number);
    }
    expect((await cityClerk.get(`/reception-incidents?petitionId=${secret.id}`)).body.items).toEqual([]);
    const { body } = await cityClerk.get('/reception-incidents/series?from=2020-01-01&least=1');
    expect(JSON.stringify(body)).not.toContain(secret.caseId);
    expect(await read(clerk, hidden.id)).toMatchObject({ identitySecret: true, representatives: [], petition: { id: secret.id } });
    // Linked by one unit, the gatherings of others are secret with it, and are told of no petition.
    const alone = await report(clerk, { kind: 'complaint' });
    const theirs = await report(cityClerk, { kind: 'complaint', repeatsIncidentId: alone.id });
    await must(200, link(clerk, alone.id, secret));
    expect(await read(cityClerk, theirs.id)).toMatchObject({ petition: null, identitySecret: true, representatives: [] });
  });

  it('takes no step of whoever the denunciation is against', async () => {
    const secret = await secretPetition({ respondent: { type: 'official', unitId: unit, position: 'head' } });
    const { displayName } = (await handler.get('/auth/me')).body;
    const against = await secretPetition({ respondent: { type: 'official', unitId: unit, position: 'official', name: displayName } });
    for (const [by, petition] of [
      [leader, secret],
      [handler, against],
    ] as const) {
      const incident = await report(clerk, { petitionId: petition.id, originUnitId: unit });
      const unlinked = await report(clerk, { kind: 'complaint' });
      for (const [path, body] of [
        [`/${incident.id}/entries`, { type: 'progress', content: 'x' }],
        [`/${incident.id}/end`, { outcome: 'Ra về' }],
        [`/${incident.id}/acknowledgement`, {}],
        [`/${incident.id}/link`, { originUnitId: unit }],
        [`/${unlinked.id}/link`, { petitionId: petition.id }],
        ['', gathering({ petitionId: petition.id })],
        ['', gathering({ repeatsIncidentId: incident.id })],
      ] as const)
        expect([path, (await by.post(`/reception-incidents${path}`, body)).status]).toEqual([path, 403]);
    }
  });
});

describe('what an earlier version left of a matter', () => {
  it('is hidden by the next start', async () => {
    const first = await report(clerk, { kind: 'complaint', place: `Trước nhà bà ${she.name}` });
    await report(clerk, { repeatsIncidentId: first.id });
    await server.sql('update reception_incident set identity_secret = false, place = $2 where id = $1', [first.id, `Nhà bà ${she.name}`]);
    expect(tells(await read(handler, first.id))).toBe(true);
    await server.sql(`select graphile_worker.add_job('earlier_rows', job_key => 'earlier_rows')`);
    await until(async () => (await server.sql(`select from graphile_worker.jobs where key = 'earlier_rows'`)).length === 0);
    expect(tells([await read(handler, first.id), await rowsOf(first.id)])).toBe(false);
  });
});

describe('words about a gathering', () => {
  it('lose everybody who stands for one of its matter, are asked about, and that is on the record', async () => {
    const first = await report(clerk);
    const second = await report(clerk, { kind: 'complaint', repeatsIncidentId: first.id, representatives: stand(he) });
    const words = `Bà ${she.name} và ông ${he.name} phát biểu`;
    const path = `/reception-incidents/${first.id}`;
    const doubtful = await clerk.post(`${path}/entries`, { type: 'progress', content: 'bà Sương Khuê đã trình bày' });
    expect([doubtful.status, doubtful.body.type]).toEqual([422, '/api/v1/problems/doubtful-words']);
    expect((await lookedAt('doubtful_words', first.id)) + (await lookedAt('doubtful_words', second.id))).toBe(1);
    await must(201, clerk.post(`${path}/entries`, { type: 'progress', content: words, who: she.name }));
    await must(200, clerk.post(`${path}/end`, { outcome: words }));
    const third = await report(clerk, { repeatsIncidentId: second.id, place: words, matter: words, representatives: [] });
    await must(
      201,
      clerk.post('/citizen-contacts', {
        incidentId: second.id,
        way: 'home_visit',
        onDate: daysAhead(0),
        officials: 'Trần Văn Đức',
        togetherWith: he.name,
        content: words,
        result: 'partly_agreed',
      }),
    );
    for (const { id } of [first, second, third]) expect(tells(await rowsOf(id))).toBe(false);
    expect(await rowsOf(first.id)).toContain(mark);
    const contacts = await server.sql('select officials, together_with, content from citizen_contact where incident_id = $1', [second.id]);
    expect([contacts.length, tells(contacts)]).toEqual([1, false]);
    expect((await lookedAt('words_taken_out', first.id)) + (await lookedAt('words_taken_out', second.id))).toBeGreaterThanOrEqual(4);
  });

  it('about one that is secret to nobody stay as they are', async () => {
    const plain = await report(clerk, { kind: 'complaint' });
    await must(201, clerk.post(`/reception-incidents/${plain.id}/entries`, { type: 'progress', content: `Bà ${she.name} phát biểu` }));
    expect(await rowsOf(plain.id)).toContain(she.name);
  });
});

describe('a visit to denounce', () => {
  const facts = (more: object = {}): Json => ({
    kind: 'denunciation',
    persons: 2,
    visitors: [{ capacity: 'self', ...she }],
    matter: `Bà ${she.name} tố cáo cán bộ`,
    content: 'Trình bày việc thu tiền',
    receiverName: 'Nguyễn Thị Hoà',
    ...more,
  });
  const correct = (by: Client, id: string, more: object) =>
    by.put(`/reception-visits/${id}`, { ...facts(more), reason: 'Ghi nhầm' }, { 'if-match': '*' });
  const visit = async (more: object = {}): Promise<Json> =>
    must(201, clerk.post('/reception-visits', { ...facts(more), officeId: (await anOffice(clerk)).id }));
  const shown = async (by: Client, id: string): Promise<Json> => (await by.get(`/reception-visits/${id}`)).body;

  it('becomes another kind by whoever received it or may know who came, on the record; by nobody else', async () => {
    const entered = await visit();
    const earlier = await visit({ kind: 'complaint', repeatsVisitId: entered.id });
    for (const by of [handler, leader]) {
      const refused = await correct(by, entered.id, { kind: 'complaint', visitors: undefined });
      expect([refused.status, refused.body.type]).toEqual([403, '/api/v1/problems/forbidden']);
    }
    for (const { id } of [entered, earlier]) expect(await shown(handler, id)).toMatchObject({ identitySecret: true, visitors: [] });
    expect(await lookedAt('identity_opened', entered.id)).toBe(0);
    await must(200, correct(clerk, entered.id, { kind: 'complaint' }));
    for (const { id } of [entered, earlier]) expect(await shown(handler, id)).toMatchObject({ identitySecret: false });
    expect(await lookedAt('identity_opened', entered.id)).toBe(1);

    // Whoever decides the petition may say so as well; while that is a denunciation, the visit stays secret.
    const secret = await classify(clerk, await secretPetition());
    const about = await visit({ petitionId: secret.id });
    expect((await correct(handler, about.id, { kind: 'complaint' })).status).toBe(403);
    await must(200, correct(leader, about.id, { kind: 'complaint' }));
    expect(await lookedAt('identity_opened', about.id)).toBe(1);
    expect(await shown(leader, about.id)).toMatchObject({ kind: 'complaint', identitySecret: true, visitors: [] });
  });

  it('keeps who came and what was said where a correction sends neither, or as they are shown', async () => {
    const { id } = await visit();
    const hidden = await shown(handler, id);
    expect(tells(hidden)).toBe(false);
    for (const visitors of [undefined, []])
      await must(200, correct(handler, id, { visitors, persons: undefined, matter: hidden.matter, content: hidden.content }));
    const known = await must(201, clerk.post(`/reception-visits/${id}/identity/reveals`, { reason: 'Liên hệ lại với người đến' }));
    expect(known).toMatchObject({ visitors: [{ name: she.name }], matter: `Bà ${she.name} tố cáo cán bộ` });
    expect(await shown(handler, id)).toMatchObject({ persons: 2, identitySecret: true });
    await must(200, correct(clerk, id, { visitors: [{ capacity: 'self', ...he }], persons: undefined }));
    expect(await shown(handler, id)).toMatchObject({ persons: 1 });
  });
});

describe('an appointment to denounce, before anybody came', () => {
  it('is told by no reason, of itself or of its session, and not in the public calendar', async () => {
    const office = await anOffice(clerk);
    const day = daysAhead(40);
    const [session] = await server.sql<{ id: string }>(
      `insert into reception_session (unit_id, office_id, type, on_date, first_planned_on, starts_at, ends_at, slot_minutes, published_on)
       values ($1, $2, 'regular', $3, $3, '08:00', '11:00', 30, $4) returning id`,
      [office.unit.id, office.id, day, daysAhead(0)],
    );
    for (const at of ['08:00', '08:30'])
      await server.sql(`insert into reception_slot (session_id, starts_at, places) values ($1, $2, 3)`, [session!.id, at]);
    const book = (person: Json) =>
      must(
        201,
        clerk.post(`/reception-sessions/${session!.id}/appointments`, {
          slotAt: '08:00',
          kind: 'denunciation',
          matter: 'Tố cáo cán bộ thu tiền',
          ...person,
        }),
      );
    const [one, other] = [await book(she), await book(he)];
    const words = (person: Json): Json => ({ reason: `${person.name}, ĐT ${person.phone}, báo bận` });
    const moved = await must(200, clerk.post(`/reception-appointments/${one.id}/rescheduling`, { slotAt: '08:30', ...words(she) }));
    const cancelled = await must(200, clerk.post(`/reception-appointments/${other.id}/cancellation`, words(he)));
    expect([tells(moved), tells(cancelled)]).toEqual([false, false]);
    const off = await must(200, clerk.post(`/reception-sessions/${session!.id}/cancellation`, words(she)));
    const calendar = await clerk.get(`/public/reception-calendar?unitId=${unit}&from=${day}&to=${day}`);
    expect([tells(off), tells(calendar.body)]).toEqual([false, false]);
    const rows = await server.sql(
      `select cancel_reason as reason from reception_session where id = $1
       union all select state_reason from reception_appointment where session_id = $1
       union all select reason from reception_session_change where session_id = $1`,
      [session!.id],
    );
    expect(tells(rows)).toBe(false);
    expect(JSON.stringify(rows)).toContain(mark);
    expect(await lookedAt('words_taken_out', one.id)).toBeGreaterThanOrEqual(1);
  });
});

it('whatever in the reception is sealed and can be secret is in the list of those whose people words lose', async () => {
  const tables = await server.sql<{ table: string }>(
    `select one.table_name as "table" from information_schema.columns one join information_schema.columns other using (table_schema, table_name)
     where table_schema = 'public' and table_name like 'reception%' and one.column_name = 'identity_secret' and other.column_name = 'sealed' order by 1`,
  );
  expect(tables.map(({ table }) => table)).toEqual(receptionTables.map(({ table }) => table).sort());
});
