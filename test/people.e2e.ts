import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import type { Client, Json } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, aDenunciationOf, file, unitId } from './support/stories.js';

let server: TestServer;
let clerk: Client;
let baDinh: string;

beforeAll(async () => {
  server = await startServer();
  clerk = await server.as('commune.clerk');
  baDinh = await unitId(clerk, '00004');
});
afterAll(() => server.stop());

const by = (name: string, more: object = {}) =>
  aComplaintAbout(baDinh, { parties: [{ role: 'petitioner', type: 'person', name, ...more }] });
const find = async (query: string): Promise<Json[]> => (await clerk.get(`/persons?${query}`)).body.items;

describe('a person across petitions', () => {
  it('is found by national id, or by name, year of birth and address, however they were typed', async () => {
    await file(clerk, by('Trần Thị Thuỷ', { nationalId: '001170000001', birthYear: 1970, address: 'Số 7 phố Trấn Vũ' }));
    await file(clerk, by('TRẦN THỊ THỦY', { birthYear: 1970, address: 'số 7  phố trấn vũ' }));
    await file(clerk, by('Trần Thị Thuỷ', { birthYear: 1999 }));
    expect(await find('nationalId=001170000001')).toMatchObject([{ name: 'Trần Thị Thuỷ', petitions: 1 }]);
    expect(await find('name=tran thi thuy')).toHaveLength(3);
    expect(await find('name=tran thi thuy&birthYear=1970')).toHaveLength(2);
    expect(await find('name=tran thi thuy&birthYear=1970&address=Số 7 Phố Trấn Vũ')).toHaveLength(2);
    const [known] = await find('nationalId=001170000001');
    const { body } = await clerk.get(`/persons/${known.id}/matches`);
    expect(body.items).toMatchObject([{ sameName: true, sameBirthYear: true, sameAddress: true, sameNationalId: false }]);
    expect((await clerk.get('/persons')).status).toBe(422);
  });

  it('is merged only by a clerk, and a wrong merge is undone', async () => {
    await file(clerk, by('Đỗ Hữu Ước', { birthYear: 1955 }));
    await file(clerk, by('Đỗ Hữu Ước', { birthYear: 1955 }));
    const [one, other] = (await find('name=do huu uoc')) as [Json, Json];
    expect((await (await server.as('commune.handler')).post(`/persons/${one.id}/merges`, { personId: other.id, reason: 'x' })).status).toBe(
      403,
    );
    const answers = await Promise.all(
      [1, 2].map(() => clerk.post(`/persons/${one.id}/merges`, { personId: other.id, reason: 'Cùng người' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await clerk.get(`/persons/${one.id}`)).body).toMatchObject({ petitions: 2, items: [{}, {}], merges: [{ fromId: other.id }] });
    expect(await find('name=do huu uoc')).toHaveLength(1);
    const merge = answers.find(({ status }) => status === 201)!.body;
    expect((await clerk.post(`/persons/merges/${merge.id}/undoing`, { reason: 'Hai người' })).status).toBe(200);
    expect((await clerk.post(`/persons/merges/${merge.id}/undoing`, { reason: 'Hai người' })).status).toBe(409);
    expect((await find('name=do huu uoc')).map(({ petitions }) => petitions)).toEqual([1, 1]);
  });

  it('of different national ids is never the same', async () => {
    await file(clerk, by('Lý Khánh', { nationalId: '001180000001' }));
    await file(clerk, by('Lý Khánh', { nationalId: '001180000002' }));
    const [one, other] = (await find('name=ly khanh')) as [Json, Json];
    expect((await clerk.post(`/persons/${one.id}/merges`, { personId: other.id, reason: 'x' })).status).toBe(409);
  });

  it('is taken up again in a new petition when the clerk says so', async () => {
    const first = await file(clerk, by('Vũ Tuyết', { birthYear: 1949 }));
    const [{ personId }] = first.parties as [Json];
    const again = await file(clerk, by('Vũ Thị Tuyết', { personId }));
    expect(again.parties[0].personId).toBe(personId);
    expect((await clerk.get(`/persons/${personId}`)).body.petitions).toBe(2);
    const stranger = await clerk.post('/petitions', by('Vũ Tuyết', { personId: '0199d3f2-6c7a-7c11-9d1e-2f6f1f6f0a11' }));
    expect(stranger.body.errors).toMatchObject([{ pointer: '/parties/0/personId', code: 'unknown_person' }]);
  });

  it('who denounced is nowhere, also when a complaint turns out to be a denunciation', async () => {
    const denunciation = await file(
      clerk,
      aDenunciationOf(baDinh, 'official', {
        parties: [{ role: 'petitioner', type: 'person', name: 'Chim Hoàng Yến', nationalId: '001190000009' }],
      }),
    );
    expect(denunciation.parties).toMatchObject([{ name: null, personId: null, masked: true }]);
    const complaint = await file(clerk, by('Chim Hoàng Yến', { nationalId: '001190000009' }));
    expect(await find('nationalId=001190000009')).toHaveLength(1);
    const { personId } = complaint.parties[0];
    const denounced = { type: 'official', unitId: baDinh, position: 'official' };
    await clerk.put(
      `/petitions/${complaint.id}/classification`,
      { kind: 'denunciation', respondent: denounced, classifiedOn: '2026-05-12' },
      { 'if-match': '*' },
    );
    expect(await find('name=chim hoang yen')).toEqual([]);
    expect((await clerk.get(`/persons/${personId}`)).status).toBe(404);
  });

  it('is seen only by whoever sees a petition of his', async () => {
    await file(clerk, by('Bùi Đạt'));
    const [person] = (await find('name=bui dat')) as [Json];
    const district = await server.as('district.clerk');
    expect((await district.get('/persons?name=bui dat')).body.items).toEqual([]);
    expect((await district.get(`/persons/${person.id}`)).status).toBe(404);
  });
});

describe('who speaks for others', () => {
  it('a lawyer and a representative have their authorisation', async () => {
    const authorisation = { documentNumber: '15/GUQ', issuedOn: '2026-05-02', scope: 'Thay mặt tôi khiếu nại', cardNumber: '1234/LS' };
    const petition = await file(
      clerk,
      aComplaintAbout(baDinh, {
        parties: [
          { role: 'petitioner', type: 'organisation', name: 'Hợp tác xã Ba Đình', office: 'Giám đốc' },
          { role: 'lawyer', type: 'person', name: 'Ngô Ái', authorisation },
        ],
      }),
    );
    expect(petition.parties).toMatchObject([
      { type: 'organisation', office: 'Giám đốc' },
      { role: 'lawyer', authorisation },
    ]);
  });

  it.each([
    [5, 2, 201],
    [10, 3, 422],
    [11, 5, 201],
    [120, 6, 422],
  ])('of %i people %i may speak: %i', async (signatories, representatives, status) => {
    const parties = Array.from({ length: representatives }, (_, index) => ({
      role: 'representative',
      type: 'person',
      name: `Đại diện ${index}`,
    }));
    expect((await clerk.post('/petitions', aComplaintAbout(baDinh, { signatories, parties }))).status).toBe(status);
  });
});

describe('the list of signatories', () => {
  it('takes a thousand from a spreadsheet and not one more', async () => {
    const petition = await file(clerk, aComplaintAbout(baDinh, { signatories: 1000 }));
    const sheetOf = async (count: number): Promise<Buffer> => {
      const workbook = new ExcelJS.Workbook();
      const sheet = workbook.addWorksheet('Danh sách');
      sheet.addRow(['name', 'birth_year', 'address', 'representative']);
      for (let index = 0; index < count; index++)
        sheet.addRow([`Nguyễn Thị ${index}`, 1950 + (index % 50), 'Phố Trấn Vũ', index === 0 ? 'x' : '']);
      return Buffer.from(await workbook.xlsx.writeBuffer());
    };
    const path = `/petitions/${petition.id}/signatories/imports`;
    const tooMany = await clerk.upload(path, await sheetOf(1001), { format: 'xlsx' }, 'ds.xlsx');
    expect(tooMany).toMatchObject({ status: 422, body: { errors: [{ code: 'too_many', line: 1002 }] } });
    expect((await clerk.upload(path, await sheetOf(1000), { format: 'xlsx' }, 'ds.xlsx')).body).toEqual({
      dryRun: false,
      rows: 1000,
      representatives: 1,
    });
    expect((await clerk.get(`/petitions/${petition.id}/signatories`)).body).toMatchObject({ total: 1000, representatives: 1 });
  });

  it('is written by hand too, and never shown of a denunciation', async () => {
    const petition = await file(clerk, aDenunciationOf(baDinh, 'official'));
    const put = await clerk.put(
      `/petitions/${petition.id}/signatories`,
      { signatories: [{ name: 'Chim Hoàng Yến' }, { name: 'Chim Sẻ', representative: true }] },
      { 'if-match': '*' },
    );
    expect(put).toMatchObject({ status: 200, body: { total: 2, representatives: 1, masked: true, items: [] } });
    expect(JSON.stringify((await clerk.get(`/petitions/${petition.id}/signatories`)).body)).not.toContain('Chim');
  });
});
