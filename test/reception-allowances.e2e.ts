import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { anOffice, aPeriodicSession, daysAhead, must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';

let server: TestServer;
let clerk: Client;
let office: Json;
let department: Json;

beforeAll(async () => {
  server = await startServer({ env: { TIEPDAN_WORKERS: '0' } });
  clerk = await server.as('commune.clerk');
  office = await anOffice(clerk);
  department = (await clerk.get('/units?q=Nông nghiệp và Môi trường')).body.items[0];
});
afterAll(() => server.stop());

const receiver = (name: string, more: object = {}): Promise<Json> =>
  must(
    201,
    clerk.post(`/reception-offices/${office.id}/receivers`, { name, title: 'Công chức Văn phòng', servesFrom: '2025-07-01', ...more }),
  );
const roster = (firstOn: string, lastOn: string, who: object, more: object = {}): Promise<Json> =>
  must(
    201,
    clerk.post(`/reception-offices/${office.id}/duties`, {
      recurrence: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
      firstOn,
      lastOn,
      shift: 'morning',
      ...who,
      ...more,
    }),
  );
const duties = async (from: string, to: string): Promise<Json[]> =>
  (await must(200, clerk.get(`/reception-offices/${office.id}/duties?from=${from}&to=${to}`))).items;

async function planned(onDate: string): Promise<string> {
  return (await must(201, clerk.post('/reception-sessions', aPeriodicSession(office, onDate, { publishedOn: '2026-06-01' })))).id;
}
async function opened(onDate: string, opening: object = {}): Promise<string> {
  const id = await planned(onDate);
  await must(200, clerk.post(`/reception-sessions/${id}/opening`, { openedAt: `${onDate}T08:00:00+07:00`, ...opening }));
  return id;
}
async function held(onDate: string, opening: object = {}): Promise<void> {
  const id = await opened(onDate, opening);
  const closing = { closedAt: `${onDate}T11:00:00+07:00`, noCitizenMinutes: 'Không có công dân đến' };
  await must(200, clerk.post(`/reception-sessions/${id}/closing`, closing));
}

const august = (days: number[]) => days.map((day) => `2026-08-${String(day).padStart(2, '0')}`);

describe('the list of who is entitled to the allowance', () => {
  it('has each person with the days on which he really received: by the roster, as head, as delegate', async () => {
    const [hoa, huong] = [await receiver('Nguyễn Thị Hoà'), await receiver('Lê Thu Hường', { servesTo: '2026-08-31' })];
    // Hoà from Monday 3 to Friday 14 August in the morning, and on the 3rd in the afternoon as well.
    await roster('2026-08-03', '2026-08-14', { receiverId: hoa.id });
    await roster('2026-08-03', '2026-08-03', { receiverId: hoa.id }, { shift: 'afternoon' });
    const official = 'Trần Văn Đức, Phó Trưởng phòng';
    await roster('2026-08-03', '2026-08-14', { agencyUnitId: department.id, official }, { recurrence: 'FREQ=WEEKLY;BYDAY=TU' });
    await roster('2026-08-20', '2026-08-20', { agencyUnitId: department.id });
    const on = async (day: string) => (await duties(day, day)).find(({ receiverId }) => receiverId === hoa.id);
    const away = { receiverId: huong.id, reason: 'Đi họp đột xuất' };
    await must(200, clerk.post(`/reception-duties/${(await on('2026-08-05')).id}/substitution`, away));
    await must(200, clerk.post(`/reception-duties/${(await on('2026-08-06')).id}/cancellation`, { reason: 'Mất điện' }));

    await held('2026-08-11');
    const delegate = {
      heldBy: 'delegate',
      delegateName: 'Lê Thu Hường',
      delegateTitle: 'Phó Chủ tịch UBND phường',
      reason: 'Chủ tịch đi họp',
    };
    await held('2026-08-18', delegate);
    // On duty and the delegate on one day.
    await roster('2026-08-18', '2026-08-18', { receiverId: huong.id });
    // Planned, cancelled or not closed: not held.
    await planned('2026-08-25');
    await opened('2026-08-26');
    const cancelled = await planned('2026-08-27');
    await must(200, clerk.post(`/reception-sessions/${cancelled}/cancellation`, { reason: 'Bão số 5' }));

    const unit = office.unit.id;
    const list = await must(200, clerk.get(`/reception-allowances?month=2026-08&unitId=${unit}`));
    expect(list).toMatchObject({ month: '2026-08', from: '2026-08-01', to: '2026-08-31', unit: { id: unit } });
    const of = (name: string | null) => list.items.find((item: Json) => item.name === name);
    expect(list.items).toHaveLength(5);
    expect(of('Nguyễn Thị Hoà')).toEqual({
      name: 'Nguyễn Thị Hoà',
      titles: ['Công chức Văn phòng'],
      unit: expect.objectContaining({ id: unit }),
      offices: [{ id: office.id, name: office.name }],
      days: august([3, 4, 7, 10, 11, 12, 13, 14]),
      assignedDays: august([3, 4, 7, 10, 11, 12, 13, 14]),
      headDays: [],
      daysOff: [],
      daysWithoutRate: [],
      withoutProfessionalAllowance: 1_600_000,
      withProfessionalAllowance: 1_200_000,
      sameName: false,
    });
    expect(of('Lê Thu Hường')).toMatchObject({
      titles: ['Công chức Văn phòng', 'Phó Chủ tịch UBND phường'],
      assignedDays: august([5]),
      headDays: august([18]),
      withoutProfessionalAllowance: 400_000,
      withProfessionalAllowance: 300_000,
      sameName: true,
    });
    const head = list.items.find(({ titles }: Json) => titles[0] === 'Chủ tịch UBND phường Ba Đình');
    expect(head).toMatchObject({ name: 'Trần Văn Đức', unit: { id: unit }, headDays: august([11]), assignedDays: [], sameName: true });
    // Of the same name and on the 11th as well, but sent by the department.
    const sent = list.items.find(({ titles }: Json) => titles[0] === 'Phó Trưởng phòng');
    expect(sent).toMatchObject({ name: 'Trần Văn Đức', unit: { id: department.id }, assignedDays: august([4, 11]), sameName: true });
    expect(of(null)).toMatchObject({ unit: { id: department.id }, days: august([20]), withoutProfessionalAllowance: null });
    expect(list.rates).toMatchObject([
      { ruleId: 'reception.allowance', from: '2026-07-27', central: false, withoutProfessionalAllowance: 200_000 },
      { ruleId: 'reception.allowance.central', central: true, withoutProfessionalAllowance: 250_000, withProfessionalAllowance: 200_000 },
    ]);
    expect(list.notes.map(({ vi }: Json) => vi).join(' ')).toMatch(/khoản 3 Điều 38.*khoản 4 Điều 38/);
  });

  it('is a spreadsheet for whoever pays', async () => {
    const workbook = new ExcelJS.Workbook();
    const address = `/reception-allowances/exports?month=2026-08&unitId=${office.unit.id}`;
    const response = await clerk.fetch(address);
    expect(response.headers.get('content-disposition')).toContain('boi-duong-tiep-cong-dan-2026-08.xlsx');
    await workbook.xlsx.load(Buffer.from(await response.arrayBuffer()) as unknown as ArrayBuffer);
    const sheet = workbook.worksheets[0]!;
    const rows = Array.from(sheet.getSheetValues(), (row) => Array.from((row as unknown[] | undefined) ?? []).slice(1));
    expect(rows[1]![0]).toBe('UBND PHƯỜNG BA ĐÌNH');
    expect(rows[2]![0]).toBe('DANH SÁCH NGƯỜI TIẾP CÔNG DÂN HƯỞNG BỒI DƯỠNG THÁNG 8/2026');
    expect(rows[4]).toEqual([
      'STT',
      'Họ và tên',
      'Chức vụ',
      'Cơ quan, đơn vị',
      'Nơi tiếp công dân',
      'Các ngày tiếp trong tháng',
      'Số ngày được giao tiếp công dân (khoản 1 Điều 38)',
      'Số ngày tiếp của người đứng đầu, cấp phó, người được uỷ quyền (khoản 2 Điều 38)',
      'Tổng số ngày',
      'Số tiền nếu chưa hưởng phụ cấp trách nhiệm theo nghề (đồng)',
      'Số tiền nếu đang hưởng phụ cấp trách nhiệm theo nghề (đồng)',
      'Ghi chú',
    ]);
    const rowOf = (name: string) => rows.find((row) => row[1] === name)!.slice(1);
    const hoa = ['Nguyễn Thị Hoà', 'Công chức Văn phòng', 'UBND Phường Ba Đình', office.name, '3, 4, 7, 10, 11, 12, 13, 14'];
    expect(rowOf('Nguyễn Thị Hoà').slice(0, 10)).toEqual([...hoa, 8, 0, 8, 1_600_000, 1_200_000]);
    expect(rowOf('Lê Thu Hường').slice(4)).toEqual(['5, 18', 1, 1, 2, 400_000, 300_000, 'Cùng họ tên: kiểm tra có phải một người']);
    expect(rowOf('(chưa ghi tên)').at(-1)).toBe('Lịch trực không ghi tên người được cử');
    const notes = rows.slice(11).map(([first]) => String(first));
    expect(notes[0]).toBe(
      'Mức một ngày từ 27/07/2026: 200.000 đồng nếu chưa hưởng, 150.000 đồng nếu đang hưởng phụ cấp trách nhiệm theo nghề (Điều 4 Thông tư số 320/2016/TT-BTC, sửa đổi tại Thông tư số 65/2026/TT-BTC).',
    );
    expect(notes.at(-1)).toMatch(/^Danh sách không gồm: .*khoản 3 Điều 38.*khoản 4 Điều 38/);
    // What people read has no ISO dates and no words of the program.
    const texts = rows.flat().filter((cell) => typeof cell === 'string');
    expect(texts.join('\n')).not.toMatch(/\d{4}-\d{2}|null|undefined|assigned/);
  });

  it('tells days without amounts before the rates, and none after today or after somebody left', async () => {
    const lan = await receiver('Phạm Ngọc Lan');
    await roster('2026-07-23', '2026-07-28', { receiverId: lan.id });
    await roster('2026-06-29', '2026-06-30', { receiverId: lan.id });
    const lanIn = async (month: string) => {
      const list = await must(200, clerk.get(`/reception-allowances?month=${month}`));
      return { list, lan: list.items.find(({ name }: Json) => name === 'Phạm Ngọc Lan') };
    };
    const july = await lanIn('2026-07');
    expect(july.lan).toMatchObject({
      days: ['2026-07-23', '2026-07-24', '2026-07-27', '2026-07-28'],
      daysWithoutRate: ['2026-07-23', '2026-07-24'],
      withoutProfessionalAllowance: 400_000,
      withProfessionalAllowance: 300_000,
    });
    expect(july.list.notes[0].vi).toMatch(/^Các ngày trước 27\/7\/2026 chỉ nêu số ngày/);
    const june = await lanIn('2026-06');
    expect(june.lan).toMatchObject({
      days: ['2026-06-29', '2026-06-30'],
      withoutProfessionalAllowance: null,
      withProfessionalAllowance: null,
    });
    expect(june.list.rates).toEqual([]);

    // The roster of this month and the next one: what lies ahead is no day on which anybody received.
    const today = daysAhead(0);
    await roster(`${today.slice(0, 7)}-01`, daysAhead(40), { receiverId: lan.id });
    const now = await lanIn(today.slice(0, 7));
    expect(now.list.to).toBe(today);
    for (const day of now.lan?.days ?? []) expect(day <= today).toBe(true);

    // Whoever left before the roster was over received no more.
    const mai = await receiver('Đỗ Thị Mai');
    await roster('2026-09-07', '2026-09-18', { receiverId: mai.id });
    const { id, officeId, ...facts } = mai;
    await must(200, clerk.put(`/reception-receivers/${id}`, { ...facts, servesTo: '2026-09-09' }, { 'if-match': '*' }));
    const september = await must(200, clerk.get('/reception-allowances?month=2026-09'));
    expect(september.items.find(({ name }: Json) => name === 'Đỗ Thị Mai').days).toEqual(['2026-09-07', '2026-09-08', '2026-09-09']);
  });

  it('keeps to the scope, and refuses months that have not come or are from before the law', async () => {
    const fault = async (query: string) => {
      const { status, body } = await clerk.get(`/reception-allowances?${query}`);
      return [status, body.errors?.[0]?.pointer, body.errors?.[0]?.code];
    };
    const ahead = daysAhead(32).slice(0, 7);
    expect(await fault(`month=${ahead}`)).toEqual([422, '?month', 'in_the_future']);
    expect(await fault('month=2014-06')).toEqual([422, '?month', 'before_the_law']);
    expect(await fault('month=2026-13')).toEqual([422, '?month', 'month']);
    expect((await clerk.get('/reception-allowances')).status).toBe(422);
    expect((await clerk.get(`/reception-allowances/exports?month=${ahead}`)).status).toBe(422);
    expect((await clerk.get('/reception-allowances?month=2014-07')).body.items).toEqual([]);

    const stranger = await server.as('hoankiem.clerk');
    const unit = office.unit.id;
    expect((await stranger.get(`/reception-allowances?month=2026-08&unitId=${unit}`)).body.errors).toMatchObject([
      { pointer: '?unitId', code: 'unknown_unit' },
    ]);
    expect(JSON.stringify((await stranger.get('/reception-allowances?month=2026-08')).body.items)).not.toContain('Nguyễn Thị Hoà');
    const city = await server.as('city.leader');
    const { unit: top } = await must(200, city.get('/reception-allowances?month=2026-08'));
    const names = async (query: string) =>
      (await must(200, city.get(`/reception-allowances?month=2026-08&unitId=${top.id}${query}`))).items.map(({ name }: Json) => name);
    expect(await names('')).not.toContain('Nguyễn Thị Hoà');
    expect(await names('&includeSubordinates=true')).toContain('Nguyễn Thị Hoà');
    expect((await (await server.as('commune.admin')).get('/reception-allowances?month=2026-08')).status).toBe(403);
  });
});
