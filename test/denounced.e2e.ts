import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rememberNamesOfAudit } from '../migrations/1764000000070-former-names.js';
import type { Client, Json } from './support/client.js';
import { bodyFor, exampleOf, type Operation, propertiesOf } from './support/openapi-bodies.js';
import { anOffice, must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, classify, file, unitId } from './support/stories.js';

/** Whoever is denounced is told apart by unit, position, name and account, at each look and each step (Law on Denunciations arts 8, 11). */
const reason = { reason: 'Làm việc với người tố cáo để xác minh nội dung' };
const author = { role: 'petitioner', type: 'person', name: 'Lưu Thị Ngân', nationalId: '001177000777', phone: '0977 000 777' };
const report = { findings: 'Nội dung tố cáo đúng một phần', proposal: 'Kiến nghị xử lý', viewsDiffer: false };

const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));

let server: TestServer;
let clerk: Client;
let handler: Client;
let leader: Client;
let cityLeader: Client;
let unit: string;
let names: Record<'handler' | 'leader', string>;
let ids: Record<'handler' | 'leader' | 'cityLeader', string>;

beforeAll(async () => {
  server = await startServer();
  [clerk, handler, leader, cityLeader] = (await Promise.all(
    ['commune.clerk', 'commune.handler', 'commune.leader', 'city.leader'].map((name) => server.as(name)),
  )) as [Client, Client, Client, Client];
  unit = await unitId(clerk, '00004');
  const me = async (who: Client): Promise<Json> => (await who.get('/auth/me')).body;
  names = { handler: (await me(handler)).displayName, leader: (await me(leader)).displayName };
  ids = { handler: (await me(handler)).id, leader: (await me(leader)).id, cityLeader: (await me(cityLeader)).id };
});
afterAll(() => server.stop());

const denounce = (respondent: object, more: object = {}): Promise<Json> =>
  file(
    clerk,
    aDenunciationOf(unit, 'official', { respondent: { type: 'official', unitId: unit, ...respondent }, parties: [author], ...more }),
  );
const reveal = async (by: Client, id: string): Promise<number> => (await by.post(`/petitions/${id}/identity/reveals`, reason)).status;

const initialsOf = (name: string): string =>
  name
    .split(' ')
    .map(([first]) => `${first}.`)
    .join('');
const withDigits = (name: string): string => name.replaceAll(/[aàáảãạ]/gi, '4').replaceAll(/[oòóỏõọ]/gi, '0');

describe('whoever is denounced', () => {
  it.each([
    ['as the head', () => ({ position: 'head' })],
    ['as a deputy without a name, by heading the unit', () => ({ position: 'deputy_head' })],
    ['as a deputy by name', () => ({ position: 'deputy_head', name: names.leader })],
    ['as an official by initials', () => ({ position: 'official', name: `bà ${initialsOf(names.leader)}` })],
    ['as an official by name, with digits as letters', () => ({ position: 'official', name: withDigits(names.leader) })],
    ['as an official by name, with title', () => ({ position: 'official', name: `Bà ${names.leader.toUpperCase()}, cán bộ` })],
  ])('%s is shown nothing, takes no step and chooses nobody', async (_how, respondent) => {
    const petition = await classify(clerk, await denounce(respondent()));
    expect(await reveal(leader, petition.id)).toBe(403);
    for (const [path, order] of [
      ['assignments', { accountId: ids.leader }],
      ['assignments', { accountId: ids.handler }],
      ['acceptance', { acceptedOn: '2026-05-13' }],
      ['filing-away', { filedAwayOn: '2026-05-13', ground: 'also_sent_to_competent' }],
    ] as const) {
      const refused = await leader.post(`/petitions/${petition.id}/${path}`, order);
      expect([path, refused.status, refused.body.type]).toEqual([path, 403, '/api/v1/problems/forbidden']);
    }
    const classified = await leader.put(
      `/petitions/${petition.id}/classification`,
      { kind: 'complaint', reason: 'x' },
      { 'if-match': '*' },
    );
    expect(classified.status).toBe(403);
    const { actions } = (await leader.get(`/petitions/${petition.id}/actions`)).body;
    expect(
      (actions ?? (await leader.get(`/petitions/${petition.id}/actions`)).body.items).map(({ action }: Json) => action).sort(),
    ).toEqual(expect.not.arrayContaining(['accept', 'classify', 'refuse']));
  });

  it.each([
    ['his office', { name: 'Chủ tịch UBND phường Ba Đình' }],
    ['the body that he heads', { name: 'UBND phường Ba Đình', type: 'organisation' }],
    ['an office beside no name', { name: 'Không rõ tên', office: 'Chủ tịch UBND phường Ba Đình' }],
    ['the name that he signs in with', { name: 'commune.leader' }],
    ['an initial', { name: 'Bà H.' }],
  ])('is shown nothing where the parties name him by %s', async (_how, party) => {
    const parties = [author, { role: 'respondent', type: 'person', ...party }];
    const petition = await classify(clerk, await denounce({ position: 'official' }, { parties }));
    expect(await reveal(leader, petition.id)).toBe(403);
  });

  it('finds every operation closed that names the denunciation, by path, query or body, but the three that are left to him', async () => {
    const petition = await classify(clerk, await denounce({ position: 'head' }));
    const left = ['GET /petitions/{id}', 'GET /petitions/{id}/actions', 'POST /petitions/{id}/transfers'];
    const [closed, open]: [string[], string[]] = [[], []];
    for (const [pattern, operations] of Object.entries<Json>(document.paths))
      for (const [method, operation] of Object.entries<Operation>(operations)) {
        if (!operation.security?.length) continue;
        const name = `${method.toUpperCase()} ${pattern.replace('/api/v1', '')}`;
        const query = operation.parameters?.find((one) => one.in === 'query' && one.name === 'petitionId');
        const body = exampleOf(document, operation);
        const inBody = body !== null && typeof body === 'object' && propertiesOf(document, operation).includes('petitionId');
        if (!/^\/petitions\/\{id\}/.test(pattern.replace('/api/v1', '')) && !query && !inBody) continue;
        const path = pattern
          .replace('/api/v1', '')
          .replace('{id}', petition.id)
          .replaceAll(/\{\w+\}/g, '01980000-0000-7000-8000-0000000f00d5');
        const sent = inBody ? { ...body, petitionId: petition.id } : undefined;
        const answer = await bodyFor(document, operation, sent).send(
          leader,
          method.toUpperCase(),
          query ? `${path}?petitionId=${petition.id}` : path,
        );
        if (answer.status === 403) closed.push(name);
        else open.push(name);
      }
    expect(open.filter((name) => !left.includes(name))).toEqual([]);
    expect(closed.length).toBeGreaterThan(60);
    process.stdout.write(`${closed.length} operations are closed to whom a denunciation is directed against, ${open.length} open\n`);
  });

  it('reaches it by nothing that leads to it: papers, transfers, visits, the number within a text', async () => {
    const petition = await classify(clerk, await denounce({ position: 'head' }));
    const toUnitId = petition.competentUnit.id;
    const visit = {
      officeId: (await anOffice(clerk)).id,
      kind: 'denunciation',
      visitors: [{ name: author.name }],
      matter: 'Tố cáo thu tiền',
      receiverName: 'Nguyễn Thị Hoà',
      startedAt: '2026-07-08T08:30:00+07:00',
    };
    const { id: visitId } = await must(201, clerk.post('/reception-visits', { ...visit, petitionId: petition.id }));
    const { body: transfer } = await clerk.post(`/petitions/${petition.id}/transfers`, { toUnitId, reason: 'Thuộc thẩm quyền' });
    await cityLeader.post(`/transfers/${transfer.id}/return`, { reason: 'Chưa đủ tài liệu' });
    const contact = { onDate: '2026-11-03', way: 'home_visit', officials: 'Đỗ Hữu Phước', result: 'agreed', content: 'Về đơn' };
    for (const [method, path, body] of [
      ['POST', '/documents', { paper: 'denunciation_refusal_notice', petitionId: petition.id, signerTitle: 'Chủ tịch', signerName: 'X' }],
      ['POST', `/transfers/${transfer.id}/receipt`, {}],
      ['GET', `/transfers/${transfer.id}`, undefined],
      ['PUT', `/reception-visits/${visitId}`, { ...visit, reason: 'Sửa' }],
      ['GET', `/reception-visits/${visitId}`, undefined],
      ['POST', '/citizen-contacts', { ...contact, petitionId: petition.id }],
      ['POST', '/unit-requests', { type: 'question', title: 'Hỏi', content: `Về đơn ${petition.number}, ông An hay bà Ngân?` }],
    ] as const) {
      const { status } = await leader.raw(method, path, body && JSON.stringify(body), {
        'if-match': '*',
        ...(body && { 'content-type': 'application/json' }),
      });
      expect([path, status]).toEqual([path, 403]);
    }
  });

  it('passes it on without a word of his own: what becomes of his words would tell who it was', async () => {
    const told: string[] = [];
    for (const reason of [`Danh sách: Nguyễn Văn An; ${author.name}`, 'Danh sách: Nguyễn Văn An; Phạm Thị Bé']) {
      const petition = await classify(clerk, await denounce({ position: 'head' }));
      const sent = await must(201, leader.post(`/petitions/${petition.id}/transfers`, { toUnitId: petition.competentUnit.id, reason }));
      told.push(sent.reason);
    }
    expect(told).toEqual(['Chuyển theo Điều 8 Luật Tố cáo', 'Chuyển theo Điều 8 Luật Tố cáo']);
  });

  it('is not told of what he does not see: to him it is like any other petition there', async () => {
    const cityClerk = await server.as('city.clerk');
    const elsewhere = await classify(cityClerk, await file(cityClerk, aDenunciationOf(unit, 'head', { parties: [author] })));
    const complaint = await file(cityClerk, aComplaintAbout(unit));
    for (const { id, number } of [elsewhere, complaint]) {
      expect((await leader.get(`/petitions/${id}`)).status).toBe(404);
      const content = `Về đơn ${number} của bà Ngân`;
      const { status, body } = await leader.post('/unit-requests', { type: 'question', title: 'Hỏi', content });
      expect([status, body.errors]).toEqual([
        422,
        [{ pointer: '/content', code: 'unknown_petition', detail: `Không nêu số đơn ${number}: đơn không nằm trong phạm vi của bạn.` }],
      ]);
    }
  });

  it('and nobody else learns from what becomes of his words who is behind a petition that he does not see', async () => {
    const petition = await classify(clerk, await denounce({ position: 'official' }));
    const cityHandler = await server.as('city.handler');
    expect((await cityHandler.get(`/petitions/${petition.id}`)).status).toBe(404);
    const note = `Về đơn ${petition.number}: Đỗ Hữu Phước, ${author.name}, ${author.phone}`;
    const asked = await cityHandler.post('/unit-requests', { type: 'question', title: 'Hỏi', content: note });
    expect([asked.status, asked.body.errors[0].code]).toEqual([422, 'unknown_petition']);
  });

  const [family, middle, given] = ['Lê', 'Thu', 'Hằng'];
  it.each([
    ['full width', 'Ｌê Ｔｈｕ Ｈằｎｇ'],
    ['look-alike letters', 'Lе Thu Hаng'],
    ['an invisible character', 'Lê Thu H\u00ADằng'],
    ['another order', 'Hằng Lê Thu'],
    ['a shortened name', 'Bà L. T. Hằng'],
    ['one word with a title', 'Bà Hằng'],
    ['words run together', 'LêThuHằng'],
    ['entities', 'L&ecirc; Thu Hằng'],
    ['tags', 'Lê <b>Thu</b> Hằng'],
    ['something added', 'Lê Thị Thu Hằng1'],
  ])('is known however the name is written: %s', async (_how, name) => {
    expect(names.leader).toBe([family, middle, given].join(' '));
    const petition = await classify(clerk, await denounce({ position: 'official', name }));
    expect(await reveal(leader, petition.id)).toBe(403);
  });

  it.each([['Nguyễn Thu Hằng'], ['Lê Thị Hằng, Chủ tịch'], ['Bà Hường']])(
    'is not somebody who plainly has another name: %s',
    async (name) => {
      const petition = await classify(clerk, await denounce({ position: 'official', name }));
      expect(await reveal(leader, petition.id)).toBe(201);
    },
  );

  it.each([
    ['the same name', 'Lê Thu Hằng', 'Chủ tịch Lê Thu Hằng'],
    ['the same name with an office behind', 'Lê Thu Hằng', 'Lê Thu Hằng, Chủ tịch phường'],
    ['the last words', 'Thu Hằng', 'Bà Lê Thu Hằng - PCT'],
    ['the first words', 'Lê Thu', 'Lê Thu Hằng'],
    ['the words in another order', 'Hằng Lê Thu', 'Lê Thu Hằng'],
  ])('is kept out by a name that shares words with that of whoever denounced: %s', async (_how, denouncer, name) => {
    const parties = [
      { ...author, name: denouncer },
      { role: 'respondent', type: 'person', name },
    ];
    const inParties = await classify(clerk, await denounce({ position: 'official' }, { parties }));
    const filed = await denounce({ position: 'official', name }, { parties: [parties[0]] });
    const asComplaint = await denounce(
      { position: 'official', name },
      { parties: [parties[0]], kind: 'complaint', subject: 'administrative' },
    );
    for (const petition of [inParties, filed, asComplaint]) await classify(clerk, petition, { kind: 'denunciation' });
    for (const petition of [inParties, filed, asComplaint]) {
      expect(await reveal(leader, petition.id)).toBe(403);
      const told = JSON.stringify((await clerk.get(`/petitions/${petition.id}`)).body);
      expect([told.includes(denouncer), told.includes('[không nêu]')]).toEqual([false, true]);
    }
    // Named anew, by whoever reads what is shown and changes nothing but the office; then as somebody else.
    const respondent = { type: 'official', unitId: unit, position: 'official' };
    const { body: shown } = await clerk.get(`/petitions/${filed.id}`);
    await classify(clerk, filed, { respondent: { ...respondent, position: 'deputy_head', name: shown.respondent.name } });
    expect(await reveal(leader, filed.id)).toBe(403);
    await classify(clerk, filed, { respondent: { ...respondent, name: `${name} (2)` } });
    expect(await reveal(leader, filed.id)).toBe(403);
    await classify(clerk, filed, { respondent: { ...respondent, name: 'Ngô Thị Thanh Xuân' } });
    expect(await reveal(leader, filed.id)).toBe(201);
  });

  it('is kept out where an earlier version took words out of the name and kept them nowhere', async () => {
    const parties = [{ ...author, name: 'Lê Thu Hằng' }];
    const petition = await classify(clerk, await denounce({ position: 'official', name: 'Chủ tịch Lê Thu Hằng' }, { parties }));
    await server.sql('delete from hidden_words where petition_id = $1', [petition.id]);
    expect(await reveal(leader, petition.id)).toBe(403);
  });

  it('may pass it on to the competent authority', async () => {
    const petition = await classify(clerk, await denounce({ position: 'head' }));
    const sent = await leader.post(`/petitions/${petition.id}/transfers`, {
      toUnitId: petition.competentUnit.id,
      reason: 'Thuộc thẩm quyền',
    });
    expect(sent.status).toBe(201);
  });

  it('is not another one: the deputy who is named leaves the head to decide', async () => {
    const petition = await classify(clerk, await denounce({ position: 'deputy_head', name: 'Ngô Thị Thanh Xuân' }));
    expect(await reveal(leader, petition.id)).toBe(201);
  });

  it('is told nothing by the look-up of a national id', async () => {
    const nationalId = '001177000779';
    const against = await denounce({ position: 'deputy_head', name: names.leader }, { parties: [{ ...author, nationalId }] });
    const other = await denounce({ position: 'official' }, { parties: [{ ...author, nationalId }] });
    const { body } = await leader.post('/identity/look-ups', { nationalId, ...reason });
    expect(body.items.map(({ number }: Json) => number)).toEqual([other.number]);
    expect(against.number).not.toBe(other.number);
  });

  it('is no member of the verification, by account or by name', async () => {
    const petition = await classify(clerk, await denounce({ position: 'official', name: names.handler }));
    await leader.post(`/petitions/${petition.id}/acceptance`, { acceptedOn: '2026-05-13' });
    const verify = (member: object) =>
      leader.post(`/petitions/${petition.id}/verifications`, {
        assignedOn: '2026-05-18',
        documentNumber: '88/QĐ',
        purpose: 'Xác minh',
        dueOn: '2026-06-02',
        members: [
          { role: 'head', name: 'Lê Thu Hường' },
          { role: 'member', name: 'x', ...member },
        ],
      });
    for (const [member, field] of [
      [{ accountId: ids.handler }, 'accountId'],
      [{ name: `Ông ${names.handler}` }, 'name'],
    ] as const) {
      const { status, body } = await verify(member);
      expect([status, body.errors[0]]).toEqual([
        422,
        expect.objectContaining({ code: 'conflict_of_interest', pointer: `/members/1/${field}` }),
      ]);
    }
    expect((await verify({ name: 'Đỗ Văn An' })).status).toBe(201);
  });

  it('and becomes so after the assignment is told no more, nor writes into the verification', async () => {
    const petition = await classify(clerk, await denounce({ position: 'official' }));
    await leader.post(`/petitions/${petition.id}/assignments`, { accountId: ids.handler });
    expect(await reveal(handler, petition.id)).toBe(201);
    await classify(clerk, petition, { respondent: { type: 'official', unitId: unit, position: 'official', name: names.handler } });
    expect(await reveal(handler, petition.id)).toBe(403);
    await leader.post(`/petitions/${petition.id}/acceptance`, { acceptedOn: '2026-05-13' });
    const { body: verification } = await leader.post(`/petitions/${petition.id}/verifications`, {
      assignedOn: '2026-05-18',
      documentNumber: '89/QĐ',
      purpose: 'Xác minh',
      dueOn: '2026-06-02',
      members: [{ role: 'official', name: 'Lê Thu Hường' }],
    });
    const wrote = await handler.post(`/petitions/${petition.id}/verifications/${verification.id}/report`, report);
    expect(wrote.status).toBe(403);
  });

  it('and whoever passed it on handles it no more', async () => {
    const petition = await classify(clerk, await denounce({ position: 'official' }, { receivedOn: '2026-05-12' }));
    await leader.post(`/petitions/${petition.id}/assignments`, { accountId: ids.handler });
    expect(await reveal(handler, petition.id)).toBe(201);
    const order = { toUnitId: await unitId(clerk, '01'), reason: 'Theo yêu cầu của Thành phố' };
    const { body: transfer } = await leader.post(`/petitions/${petition.id}/transfers`, order);
    await must(200, (await server.as('city.clerk')).post(`/transfers/${transfer.id}/receipt`, {}));
    for (const by of [handler, leader]) expect(await reveal(by, petition.id)).toBe(403);
  });

  it('in one part of a petition knows the people of no part', async () => {
    const whole = await classify(clerk, await denounce({ position: 'official' }));
    const respondent = (name: string) => ({ type: 'official', unitId: unit, position: 'official', name });
    const { body } = await clerk.put(
      `/petitions/${whole.id}/parts`,
      {
        splitOn: '2026-05-13',
        parts: [
          { kind: 'denunciation', summary: 'Tố cáo thu tiền', respondent: respondent(names.leader) },
          { kind: 'denunciation', summary: 'Tố cáo lấn chiếm', respondent: respondent('Ngô Thị Thanh Xuân') },
        ],
      },
      { 'if-match': '*' },
    );
    for (const { id } of [whole, ...body.parts]) expect(await reveal(leader, id)).toBe(403);
  });
});

describe('a file of a denunciation', () => {
  const letter = Buffer.from(`%PDF-1.4\n% Kính gửi: tôi là ${author.name}\n%%EOF\n`);
  const open = (by: Client, id: string) => by.post(`/attachments/${id}/reveals`, reason);
  const attached = async (respondent: object): Promise<{ petition: Json; id: string }> => {
    const petition = await classify(clerk, await denounce(respondent));
    const { body } = await clerk.upload(`/petitions/${petition.id}/attachments`, letter, { purpose: 'petition' }, 'đơn.pdf');
    expect(body).toMatchObject({ needsReveal: true, filename: 'tep.pdf' });
    return { petition, id: body.id };
  };

  it('is read by nobody without a reason, whatever the role', async () => {
    const { id } = await attached({ position: 'official' });
    for (const name of ['commune.clerk', 'commune.handler', 'commune.leader', 'commune.inspector', 'city.inspector', 'city.leader']) {
      const { status } = await (await server.as(name)).get(`/attachments/${id}/content`);
      expect([name, status]).toEqual([name, 403]);
    }
    expect((await leader.post(`/attachments/${id}/reveals`, { reason: 'x' })).status).toBe(422);
  });

  it('is opened to who decides, who is assigned and who entered it; each download is on the record', async () => {
    const { petition, id } = await attached({ position: 'official' });
    for (const [by, basis] of [
      [leader, 'deciding_leader'],
      [clerk, 'entered'],
    ] as const) {
      const { status, body, headers } = await open(by, id);
      expect([status, body.basis, headers.get('cache-control')]).toEqual([201, basis, 'no-store']);
      expect((await by.download(body.content)).equals(letter)).toBe(true);
      expect((await by.fetch(body.content, { range: 'bytes=0-3' })).status).toBe(206);
      // For whom it was opened alone.
      expect((await (by === clerk ? leader : clerk).get(body.content)).status).toBe(403);
      expect((await handler.get(body.content)).status).toBe(403);
    }
    for (const name of ['commune.handler', 'commune.inspector', 'city.inspector', 'city.leader'])
      expect([name, (await open(await server.as(name), id)).status]).toEqual([name, 403]);
    await leader.post(`/petitions/${petition.id}/assignments`, { accountId: ids.handler });
    const { body: assigned } = await open(handler, id);
    expect(assigned.basis).toBe('assigned');
    const { body: records } = await (
      await server.as('city.inspector')
    ).get(`/audit/records?petitionId=${petition.id}&operation=read&limit=200`);
    const of = (what: string) => records.items.filter(({ objectType, objectId }: Json) => objectType === what && objectId === id).length;
    expect([of('file_content'), of('refused_file_content')]).toEqual([4, 4]);
    const { body: looks } = await leader.get(`/petitions/${petition.id}/identity/reveals`);
    expect(looks.items.map(({ attachmentId, basis }: Json) => [attachmentId, basis]).sort()).toEqual(
      [
        [id, 'assigned'],
        [id, 'deciding_leader'],
        [id, 'entered'],
      ].sort(),
    );
  });

  it('closes when the assignment ends, before its minutes are over', async () => {
    const { petition, id } = await attached({ position: 'official' });
    const { body } = await leader.post(`/petitions/${petition.id}/assignments`, { accountId: ids.handler });
    const { body: opened } = await open(handler, id);
    expect((await handler.get(opened.content)).status).toBe(200);
    await leader.post(`/petitions/${petition.id}/assignments/${body.items[0].id}/end`, { reason: 'Chuyển việc' });
    expect((await handler.get(opened.content)).status).toBe(403);
  });

  it('closes after its minutes', async () => {
    const { id } = await attached({ position: 'official' });
    const { body } = await open(leader, id);
    await server.sql('alter table identity_reveal disable trigger user');
    await server.sql(`update identity_reveal set revealed_at = revealed_at - interval '16 minutes' where id = $1`, [body.id]);
    await server.sql('alter table identity_reveal enable trigger user');
    expect((await leader.get(body.content)).status).toBe(403);
  });

  it('never opens to the head who is denounced, even where he attached it himself', async () => {
    const { petition, id } = await attached({ position: 'head' });
    expect((await open(leader, id)).status).toBe(403);
    expect((await leader.upload(`/petitions/${petition.id}/attachments`, letter, {}, 'khác.pdf')).status).toBe(403);
  });
});

// Last, because it ends the sessions of the account.
describe('whoever is denounced and called otherwise since', () => {
  it('is known by the names that the account had before, and is renamed by nobody alone', async () => {
    const petition = await classify(clerk, await denounce({ position: 'official', name: names.handler }));
    const admin = await server.as('commune.admin');
    const rename = (displayName: string) => admin.patch(`/accounts/${ids.handler}`, { displayName }, { 'if-match': '*' });
    const renamed = await rename('Đinh Công Sáu');
    expect([renamed.status, renamed.body.displayName, typeof renamed.body.pendingProposalId]).toEqual([202, names.handler, 'string']);
    const agreed = await leader.post(`/account-proposals/${renamed.body.pendingProposalId}/approval`);
    expect([agreed.status, agreed.body.displayName]).toEqual([200, 'Đinh Công Sáu']);
    const assigned = await leader.post(`/petitions/${petition.id}/assignments`, { accountId: ids.handler });
    expect([assigned.status, assigned.body.errors[0].code]).toEqual([422, 'conflict_of_interest']);
    // However it is forgotten.
    await server.sql(`update account set display_name = $2, other_names = '{}' where id = $1`, [ids.handler, names.handler]);
    const [row] = await server.sql<{ names: string[] }>('select other_names as names from account where id = $1', [ids.handler]);
    expect(row!.names).toEqual(expect.arrayContaining(['Đinh Công Sáu', names.handler]));
  });

  it('is known as well by names that were changed before the database remembered them', async () => {
    const petition = await classify(clerk, await denounce({ position: 'official', name: 'Ngô Thị Sông Cầu' }));
    await server.sql('alter table account disable trigger account_names');
    for (const name of ['Ngô Thị Sông Cầu', names.leader])
      await server.sql('update account set display_name = $2 where id = $1', [ids.leader, name]);
    await server.sql('alter table account enable trigger account_names');
    const remembered = async () =>
      (await server.sql<{ names: string[] }>('select other_names as names from account where id = $1', [ids.leader]))[0]!.names;
    expect(await remembered()).not.toContain('Ngô Thị Sông Cầu');
    await server.sql(rememberNamesOfAudit);
    expect(await remembered()).toContain('Ngô Thị Sông Cầu');
    expect(await reveal(leader, petition.id)).toBe(403);
    const { body } = await leader.post(`/petitions/${petition.id}/acceptance`, { acceptedOn: '2026-05-13' });
    expect(body.type).toBe('/api/v1/problems/forbidden');
    // Once more changes nothing.
    const before = await remembered();
    await server.sql(rememberNamesOfAudit);
    expect(await remembered()).toEqual(before);
  });
});
