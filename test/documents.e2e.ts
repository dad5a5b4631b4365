import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mammoth from 'mammoth';
import PizZip from 'pizzip';
import type { Client, Json } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, aReflectionOn, classify, file, unitId } from './support/stories.js';

let server: TestServer;
let clerk: Client;
let leader: Client;
let cityClerk: Client;
let baDinh: string;

beforeAll(async () => {
  server = await startServer();
  clerk = await server.as('commune.clerk');
  leader = await server.as('commune.leader');
  cityClerk = await server.as('city.clerk');
  baDinh = await unitId(clerk, '00004');
});
afterAll(() => server.stop());

const signer = { signerTitle: 'Chủ tịch', signerName: 'Phạm Đức Sơn', issuedOn: '2026-05-14' };

async function make(client: Client, paper: string, more: object): Promise<Json> {
  const { status, body } = await client.post('/documents', { paper, ...signer, recipients: ['Như trên'], ...more });
  if (status !== 201) throw new Error(`${paper}: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** The text of a paper as an independent reader sees it. */
async function textOf(client: Client, document: Json): Promise<string> {
  const buffer = await client.download(document.file);
  return (await mammoth.extractRawText({ buffer })).value;
}

describe('papers', () => {
  it('every one of them is made from its template, in administrative form, and nothing is left unfilled that the system knows', async () => {
    const complaint = await classify(clerk, await file(clerk, aComplaintAbout(baDinh)));
    const denunciation = await classify(clerk, await file(clerk, aDenunciationOf(baDinh, 'official')));
    const reflection = await classify(clerk, await file(clerk, aReflectionOn(baDinh)));
    for (const petition of [complaint, denunciation]) {
      await leader.post(`/petitions/${petition.id}/acceptance`, { acceptedOn: '2026-05-15' });
      await leader.post(`/petitions/${petition.id}/verifications`, {
        assignedOn: '2026-05-18',
        documentNumber: '88/QĐ-UBND',
        purpose: 'Xác minh nội dung đơn',
        dueOn: '2026-06-02',
        members: [
          { role: 'head', name: 'Lê Thu Hường', office: 'Thanh tra viên' },
          { role: 'member', name: 'Đỗ Minh Quý', office: 'Công chức tư pháp' },
        ],
      });
    }
    const finding = { foundOn: '2026-07-01', criteria: ['several_places'], reason: 'Phải xác minh tại hai phường' };
    expect((await leader.post(`/petitions/${complaint.id}/complexity-findings`, finding)).status).toBe(201);
    const dialogue = {
      heldOn: '2026-07-06',
      noticeSentOn: '2026-06-29',
      place: 'Phòng họp UBND phường',
      participants: [{ name: 'Ông Nguyễn Văn Sáu', capacity: 'Người khiếu nại' }],
      minutes: 'Các bên thống nhất đo đạc lại.',
      complainantAttended: true,
    };
    expect((await leader.post(`/petitions/${complaint.id}/dialogues`, dialogue)).status).toBe(201);
    const several = await file(clerk, aComplaintAbout(baDinh));
    const guidance = { paper: 'guidance_slip_several', petitionId: several.id, ...signer };
    expect((await clerk.post('/documents', guidance)).body.errors).toMatchObject([{ code: 'nothing_to_list' }]);
    const parts = ['Khiếu nại thu hồi đất', 'Khiếu nại xử phạt'].map((summary) => ({ kind: 'complaint', summary }));
    await clerk.put(`/petitions/${several.id}/parts`, { parts, splitOn: '2026-05-12' }, { 'if-match': '*' });
    const { body } = await clerk.get('/document-templates');
    // As the README and the guide say.
    for (const text of ['README.md', 'docs/api.md'])
      expect([text, Number(/(\d{1,3}) papers/.exec(readFileSync(text, 'utf8'))?.[1])]).toEqual([text, body.items.length]);
    for (const { paper, title, kinds, fields, petition } of body.items) {
      const about =
        paper === 'guidance_slip_several'
          ? several
          : kinds?.[0] === 'denunciation'
            ? denunciation
            : kinds?.[0] === 'recommendation'
              ? reflection
              : complaint;
      const values = Object.fromEntries(
        fields.map((name: string) => [name, name === 'papers' ? [{ name: 'Bản sao quyết định', copies: '02' }] : `Giá trị ${name}`]),
      );
      if (paper === 'directive_summary') values['figures'] = [{ label: 'Đơn tồn đọng', part: '1', of: '10' }];
      if (paper === 'statutory_report') values['sections'] = [{ title: 'Tình hình', text: 'Ổn định' }];
      if (paper.endsWith('_conclusion')) values['results'] = [{ label: 'Điểm chung', value: '78,3/100' }];
      if (paper === 'urging_letter_several') values['petitions'] = [{ petitionNumber: '00004-2026-000001', dueOn: '12/06/2026' }];
      const made = await make(clerk, paper, { petitionId: petition === 'required' ? about.id : null, fields: values });
      const text = await textOf(clerk, made);
      expect(text).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM');
      expect(text).toContain('Độc lập - Tự do - Hạnh phúc');
      expect(text).toContain('UBND PHƯỜNG BA ĐÌNH');
      expect(text).toContain(`Số: ${made.number}`);
      expect(text).toMatch(/Ba Đình, ngày 14 tháng 5 năm 2026/);
      expect(text).toContain('Phạm Đức Sơn');
      expect(text).not.toMatch(/[{}]|undefined|\[object/);
      for (const name of fields.filter((field: string) => field !== 'papers')) expect(text).toContain(`Giá trị ${name}`);
      if (petition === 'required') expect(text).toContain(about.number);
      expect(made.gist).toContain(title.vi);
      if (about === denunciation) expect(text).not.toContain('Hoà');
    }
  });

  it('stand in the register of the unit with numbers without a gap, whoever makes them at once', async () => {
    const order = { paper: 'no_citizen_minutes', ...signer };
    const fields = {
      visitOn: '14/05/2026',
      receptionPlace: 'Phòng tiếp công dân',
      receiverName: 'Ông Sơn',
      time: '8 giờ',
      endTime: '11 giờ 30',
    };
    const answers = await Promise.all(Array.from({ length: 20 }, () => clerk.post('/documents', { ...order, fields })));
    const numbers = answers.map(({ body }) => Number(body.number.split('/')[0])).sort((one, other) => one - other);
    expect(numbers).toEqual(numbers.map((_, index) => numbers[0]! + index));
    expect(answers[0]!.body.number).toMatch(/^\d+\/BB-UBND$/);
    const { body } = await clerk.get('/documents?paper=no_citizen_minutes&limit=5');
    expect(body.items).toHaveLength(5);
    expect(body.nextCursor).not.toBeNull();
    expect((await (await server.as('district.clerk')).get('/documents')).body.items).toEqual([]);
  });

  it('are refused with the field that is missing, unknown, or for another kind', async () => {
    const petition = await file(clerk, aComplaintAbout(baDinh));
    const post = async (more: object): Promise<Json> =>
      (await clerk.post('/documents', { ...signer, petitionId: petition.id, ...more })).body.errors;
    expect(await post({ paper: 'receipt' })).toMatchObject([{ pointer: '/fields/papers', code: 'required' }]);
    expect(await post({ paper: 'guidance_slip', fields: { visitorName: 'x' } })).toMatchObject([
      { pointer: '/fields/visitorName', code: 'unknown_field' },
    ]);
    expect(await post({ paper: 'receipt', fields: { papers: 'x' } })).toMatchObject([{ pointer: '/fields/papers', code: 'shape' }]);
    expect(await post({ paper: 'transfer_slip' })).toMatchObject([{ pointer: '/paper', code: 'other_kind' }]);
    expect(await post({ paper: 'receipt', petitionId: null, fields: { papers: [{}] } })).toMatchObject([{ pointer: '/petitionId' }]);
  });

  it('have the scan of the signed paper beside them', async () => {
    const petition = await file(clerk, aComplaintAbout(baDinh));
    const made = await make(clerk, 'guidance_slip', { petitionId: petition.id });
    const { status, body } = await clerk.upload(`/documents/${made.id}/signed-copy`, aPdf('Bản ký'), {}, 'phiếu hướng dẫn.pdf');
    expect(status).toBe(201);
    expect((await clerk.get(`/documents/${made.id}`)).body.signedCopyId).toBe(body.id);
    expect((await clerk.get(`/petitions/${petition.id}/attachments`)).body.items).toMatchObject([
      { purpose: 'signed_document', filename: 'phiếu hướng dẫn.pdf' },
    ]);
  });
});

describe('a template of a unit’s own', () => {
  const shipped = readFileSync('templates/guidance_slip.docx');
  /** The shipped template with another text in it. */
  const changed = (from: string, to: string): Buffer => {
    const zip = new PizZip(shipped);
    zip.file('word/document.xml', zip.file('word/document.xml')!.asText().replace(from, to));
    return zip.generate({ type: 'nodebuffer' });
  };

  it('is used from then on, by that unit alone, until it is taken back', async () => {
    const own = changed('Nội dung đơn: ', 'Theo mẫu riêng của phường: ');
    const uploaded = await leader.upload('/document-templates/guidance_slip', own, {}, 'mẫu.docx', 'PUT');
    expect(uploaded).toMatchObject({ status: 200, body: { placeholders: expect.arrayContaining(['petitionNumber', 'recipients']) } });
    const petition = await file(clerk, aComplaintAbout(baDinh));
    expect(await textOf(clerk, await make(clerk, 'guidance_slip', { petitionId: petition.id }))).toContain('Theo mẫu riêng của phường');
    const elsewhere = await file(cityClerk, aComplaintAbout(baDinh));
    expect(await textOf(cityClerk, await make(cityClerk, 'guidance_slip', { petitionId: elsewhere.id }))).not.toContain('Theo mẫu riêng');
    expect((await leader.raw('DELETE', '/document-templates/guidance_slip', undefined, {})).status).toBe(204);
    expect(await textOf(clerk, await make(clerk, 'guidance_slip', { petitionId: petition.id }))).not.toContain('Theo mẫu riêng');
  });

  it('is refused with every placeholder that there is not, and its place', async () => {
    const answer = await leader.upload(
      '/document-templates/guidance_slip',
      changed('{summary}', '{tomTat} {petitioner}'),
      {},
      'mẫu.docx',
      'PUT',
    );
    expect(answer).toMatchObject({
      status: 422,
      body: {
        type: '/api/v1/problems/template-refused',
        errors: [{ code: 'unknown_placeholder', column: 'tomTat', line: expect.any(Number) }],
      },
    });
    expect(answer.body.errors[0].detail).toContain('Nội dung đơn: {tomTat}');
    const open = await leader.upload('/document-templates/guidance_slip', changed('{summary}', '{summary'), {}, 'mẫu.docx', 'PUT');
    expect(open).toMatchObject({ status: 422, body: { errors: [{ code: 'template_syntax' }] } });
    const none = await leader.upload('/document-templates/guidance_slip', Buffer.from('PK nothing'), {}, 'mẫu.docx', 'PUT');
    expect(none).toMatchObject({ status: 422, body: { errors: [{ code: 'not_docx' }] } });
    expect((await leader.upload('/document-templates/nothing', shipped, {}, 'mẫu.docx', 'PUT')).status).toBe(404);
  });
});

describe('the public status', () => {
  const look = (number: string, code: string) =>
    new Promise<Json>((resolve, reject) => {
      server
        .as()
        .then((nobody) => nobody.get(`/public/petitions/${number}?code=${code}`))
        .then(resolve, reject);
    });

  it('is shown to whoever holds the number and the code on the receipt, without who or what', async () => {
    const petition = await file(clerk, aComplaintAbout(baDinh));
    const receipt = await make(clerk, 'receipt', {
      petitionId: petition.id,
      fields: { papers: [{ name: 'Đơn khiếu nại', copies: '01' }] },
    });
    const code = /Mã tra cứu tình trạng xử lý: ([A-Z0-9]{4}(-[A-Z0-9]{4}){2})/.exec(await textOf(clerk, receipt))![1]!;
    const { status, body } = await look(petition.number.toLowerCase(), code.toLowerCase());
    expect(status).toBe(200);
    expect(body).toEqual({
      number: petition.number,
      kind: 'complaint',
      state: 'received',
      stateName: { vi: 'Đã tiếp nhận', en: 'Received' },
      stage: 'first',
      receivedOn: '2026-05-11',
      receivedUnit: 'UBND Phường Ba Đình',
      responsibleUnit: 'UBND Phường Ba Đình',
      lastStepOn: '2026-05-11',
      nextDueOn: '2026-05-21',
      parts: [],
    });
  });

  it('answers a wrong code as it answers a number that there is not, and stops guessing', async () => {
    const { number } = await file(clerk, aComplaintAbout(baDinh));
    const wrong = await look(number, 'AAAA-BBBB-CCCC');
    const unknown = await look('BDI-2026-999999', 'AAAA-BBBB-CCCC');
    expect([wrong.status, unknown.status]).toEqual([404, 404]);
    expect({ ...wrong.body, instance: '', requestId: '' }).toEqual({ ...unknown.body, instance: '', requestId: '' });
    const statuses = async (guessed: string) => {
      const seen: number[] = [];
      for (let turn = 0; turn < 5; turn++) seen.push((await look(guessed, 'AAAA-BBBB-CCCC')).status);
      return seen;
    };
    expect(await statuses(number)).toEqual([404, 404, 404, 404, 429]);
    expect(await statuses('BDI-2026-999999')).toEqual([404, 404, 404, 404, 429]);
  });
});

/** The smallest PDF that a reader takes. */
function aPdf(text: string): Buffer {
  return Buffer.from(
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n% ${text}\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
  );
}
