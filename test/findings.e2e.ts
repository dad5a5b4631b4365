import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mammoth from 'mammoth';
import type { Client, Json } from './support/client.js';
import { daysAhead, must } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { unitId } from './support/stories.js';

let server: TestServer;
let inspector: Client;
let handler: Client;
let clerk: Client;
let leader: Client;
let baDinh: string;
let hoanKiem: string;
let hoanKiemClerk: Client;
let teamMember: string;

beforeAll(async () => {
  server = await startServer();
  [inspector, handler, clerk, leader, hoanKiemClerk] = (await Promise.all(
    ['city.inspector', 'city.handler', 'commune.clerk', 'commune.leader', 'hoankiem.clerk'].map((name) => server.as(name)),
  )) as [Client, Client, Client, Client, Client];
  [baDinh, hoanKiem] = [await unitId(clerk, '00004'), (await hoanKiemClerk.get('/auth/me')).body.unit.id];
  teamMember = (await server.sql<{ id: string }>(`select id from account where username = 'city.handler'`))[0]!.id;
});
afterAll(() => server.stop());

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

async function started(inspectedUnitId = baDinh, more: object = {}): Promise<Json> {
  const { id } = await must(
    201,
    inspector.post('/inspections', {
      inspectedUnitId,
      type: 'surprise',
      decisionNumber: '77/QĐ-TTTP',
      decidedOn: daysAhead(-2),
      subject: 'Việc thực hiện Chỉ thị 07/CT-UBND',
      periodFrom: '2026-01-01',
      periodTo: daysAhead(-1),
      startsOn: daysAhead(0),
      endsOn: daysAhead(20),
      members: [{ role: 'head', name: 'Hoàng Minh Tuấn', office: 'Thanh tra Thành phố', accountId: teamMember }],
      ...more,
    }),
  );
  return must(200, inspector.post(`/inspections/${id}/start`));
}

const aFinding = (more: object = {}): Json => ({
  itemCode: 'B1',
  description: 'Nội quy niêm yết ban hành trước khi sắp xếp đơn vị',
  severity: 'serious',
  recommendation: 'Ban hành nội quy mới và niêm yết',
  dueOn: daysAhead(30),
  ...more,
});

const conclusion = {
  assessment: 'Đơn vị cơ bản thực hiện đúng quy định; còn hạn chế về niêm yết.',
  signerTitle: 'Chánh Thanh tra',
  signerName: 'Hoàng Minh Tuấn',
};

/** The inspector confirms what the system says, and meets the rest but for the items named. */
async function answerAll(inspection: Json, wanting: Record<string, string>): Promise<void> {
  const items = inspection.checklist.map(({ code, system }: Json) => {
    const said = system && system.result !== 'not_met' ? system.result : 'met';
    return { code, result: wanting[code] ?? said };
  });
  await must(200, handler.post(`/inspections/${inspection.id}/answers`, { items }));
}

async function concluded(unit: string, wanting: Record<string, string>, findings: Json[]): Promise<Json> {
  const inspection = await started(unit);
  await answerAll(inspection, wanting);
  if (findings.length > 0) await must(201, handler.post(`/inspections/${inspection.id}/findings`, { items: findings }));
  return must(200, inspector.post(`/inspections/${inspection.id}/conclusion`, conclusion));
}

const findingsOf = async (client: Client, inspectionId: string): Promise<Json[]> =>
  (await must(200, client.get(`/inspection-findings?inspectionId=${inspectionId}`))).items;

describe('the story of a surprise inspection', () => {
  // Whichever of two communes it falls on: its clerk answers.
  it('is drawn, carried out, concluded and followed up to the end', async () => {
    const all = await must(201, inspector.post('/inspection-draws', { count: 1, levels: ['commune'], reason: 'Xem ai có thể được chọn' }));
    const exceptUnitIds = all.candidates.map(({ unit }: Json) => unit.id).filter((id: string) => id !== baDinh && id !== hoanKiem);
    const order = { count: 1, levels: ['commune'], exceptUnitIds, reason: 'Kiểm tra đột xuất theo Chỉ thị 07/CT-UBND' };
    const draw = await must(201, inspector.post('/inspection-draws', order));
    expect(draw.candidates).toHaveLength(2);
    const drawn = draw.candidates[0].unit.id;
    const [unit, unitUser] = drawn === baDinh ? [clerk, 'commune.clerk'] : [hoanKiemClerk, 'hoankiem.clerk'];
    const inspection = await started(drawn, { drawId: draw.id });
    await answerAll(inspection, { B1: 'not_met', A2: 'partly' });
    const found = [aFinding(), aFinding({ itemCode: 'A2', severity: 'minor', description: 'Thiếu lối đi cho người khuyết tật' })];
    const { items } = await must(201, handler.post(`/inspections/${inspection.id}/findings`, { items: found }));
    expect(items.map(({ number, state, concludedOn }: Json) => [number, state, concludedOn])).toEqual([
      [1, 'open', null],
      [2, 'open', null],
    ]);
    // Nothing of it is known at the inspected unit before the conclusion.
    expect(await findingsOf(unit, inspection.id)).toEqual([]);
    expect((await unit.get(`/inspection-findings/${items[0].id}`)).status).toBe(404);
    expect((await must(200, unit.get(`/inspections/${inspection.id}`))).findings).toBe(0);

    const done = await must(200, inspector.post(`/inspections/${inspection.id}/conclusion`, conclusion));
    expect(done).toMatchObject({
      state: 'concluded',
      concludedOn: daysAhead(0),
      findings: 2,
      findingsOpen: 2,
      assessment: conclusion.assessment,
    });
    expect(done.score).toBeGreaterThan(80);
    expect(done.score).toBeLessThan(100);
    // The unit reads the conclusion, and answers with evidence.
    const { value: text } = await mammoth.extractRawText({ buffer: await unit.download(done.document) });
    expect(text).toContain('Mục B1: Nội quy niêm yết ban hành trước khi sắp xếp đơn vị. Mức độ: nghiêm trọng.');
    expect(text).toContain(`Điểm chung: ${String(done.score).replace('.', ',')}/100.`);
    const [second, first] = await findingsOf(unit, inspection.id);
    expect([first!.number, second!.number]).toEqual([1, 2]);
    const at = `/inspection-findings/${first!.id}`;
    await must(200, unit.upload(`${at}/evidence`, png, {}, 'nội quy mới.png'));
    const answered = await must(200, unit.post(`${at}/answers`, { text: 'Đã ban hành Nội quy số 15/NQ-UBND', doneOn: daysAhead(0) }));
    expect(answered).toMatchObject({ state: 'answered', alert: 'none', evidence: [{ filename: 'nội quy mới.png' }] });
    expect(await inspector.download(answered.evidence[0].content)).toEqual(png);
    expect((await unit.post(`${at}/answers`, { text: 'Lần nữa' })).status).toBe(409);
    // It is not enough: returned with a new limit, answered again, accepted.
    const returned = await must(200, inspector.post(`${at}/return`, { text: 'Chưa có giờ tiếp công dân', dueOn: daysAhead(1) }));
    expect(returned).toMatchObject({ state: 'returned', dueOn: daysAhead(1), alert: 'due_soon' });
    await must(200, unit.post(`${at}/answers`, { text: 'Đã bổ sung giờ tiếp', doneOn: daysAhead(0) }));
    const accepted = await must(200, inspector.post(`${at}/acceptance`, { text: 'Đã khắc phục' }));
    expect(accepted.entries.map(({ type, by }: Json) => [type, by])).toEqual([
      ['answer', unitUser],
      ['return', 'city.inspector'],
      ['answer', unitUser],
      ['acceptance', 'city.inspector'],
    ]);
    await expect(server.sql('delete from inspection_finding_entry')).rejects.toThrow('append-only');
    // The other one is forgotten: it is overdue, and shown to the leader of the city with the list behind it.
    await server.sql(`update inspection_finding set due_on = $2 where id = $1`, [second!.id, daysAhead(-1)]);
    const overdue = await must(200, inspector.get(`/inspection-findings?alert=overdue`));
    expect(overdue.items.map(({ id }: Json) => id)).toEqual([second!.id]);
    const overview = await must(200, (await server.as('city.leader')).get('/overview'));
    const cell = overview.total.cells.find(({ code }: Json) => code === 'findings_overdue');
    expect(cell).toMatchObject({ part: 1, of: 1, light: 'red' });
    expect((await must(200, inspector.get(cell.list))).items).toHaveLength(1);
    await must(200, unit.post(`/inspection-findings/${second!.id}/answers`, { text: 'Đã làm lối đi' }));
    await must(200, inspector.post(`/inspection-findings/${second!.id}/acceptance`, { text: 'Đã khắc phục' }));
    expect(await must(200, unit.get(`/inspections/${inspection.id}`))).toMatchObject({ findings: 2, findingsOpen: 0 });
    expect((await must(200, inspector.get('/inspection-findings?alert=overdue'))).items).toEqual([]);
  });

  it('comes again: the same item is found wanting anew, told as repeated, and counts against the unit', async () => {
    await concluded(baDinh, { B4: 'not_met' }, [aFinding({ itemCode: 'B4' })]);
    const again = await concluded(baDinh, { B4: 'not_met' }, [aFinding({ itemCode: 'B4' })]);
    const [finding] = await findingsOf(leader, again.id);
    expect(finding!.earlier).toEqual({ times: 1, lastOn: daysAhead(0) });
    const { items } = await must(200, inspector.get('/inspection-findings/repeated'));
    expect(items).toMatchObject([{ unit: { id: baDinh }, itemCode: 'B4', times: 2, notMended: 2 }]);
    expect((await must(200, inspector.get(items[0].list))).items).toHaveLength(2);
    const { value: text } = await mammoth.extractRawText({ buffer: await inspector.download(again.document) });
    expect(text).toContain('(đã nêu 1 lần trước)');
    // The next checklist says so by itself.
    const due = 'update inspection_finding set due_on = $2 where inspection_id = $1';
    await server.sql(due, [again.id, daysAhead(-2)]);
    const third = await started(baDinh);
    const k2 = third.checklist.find(({ code }: Json) => code === 'K2');
    expect(k2.system.of - k2.system.part).toBe(1);
    expect(['not_met', 'partly']).toContain(k2.system.result);
    expect((await must(200, inspector.get(k2.system.list))).items.map(({ id }: Json) => id)).toContain(finding!.id);
    await server.sql(due, [again.id, daysAhead(30)]);
  });
});

describe('findings', () => {
  it('name what is wrong with them, are corrected and withdrawn before the conclusion, and stay after it', async () => {
    const inspection = await started();
    const post = (items: Json[], client = handler) => client.post(`/inspections/${inspection.id}/findings`, { items });
    const faults: [Json, string, string][] = [
      [aFinding({ itemCode: 'Z9' }), '/items/1/itemCode', 'unknown_item'],
      [aFinding({ dueOn: daysAhead(0) }), '/items/1/dueOn', 'before_start'],
      [aFinding({ severity: 'huge' }), '/items/1/severity', 'one_of'],
    ];
    for (const [item, pointer] of faults) expect((await post([aFinding(), item])).body.errors[0].pointer).toBe(pointer);
    expect(await findingsOf(handler, inspection.id)).toEqual([]);
    expect((await post([aFinding()], leader)).status).toBe(403);
    const [made] = (await must(201, post([aFinding()]))).items;
    const at = `/inspection-findings/${made.id}`;
    expect((await handler.put(at, aFinding({ severity: 'minor' }))).status).toBe(428);
    const corrected = await handler.put(at, aFinding({ severity: 'minor' }), { 'if-match': '"1"' });
    expect([corrected.status, corrected.body.severity, corrected.headers.get('etag')]).toEqual([200, 'minor', '"2"']);
    expect((await handler.put(at, aFinding(), { 'if-match': '"1"' })).status).toBe(412);
    expect((await leader.post(`${at}/answers`, { text: 'Chưa được biết' })).status).toBe(404);
    expect((await inspector.post(`${at}/acceptance`, { text: 'Chưa kết luận' })).status).toBe(409);
    expect(await must(200, handler.post(`${at}/withdrawal`, { reason: 'Đã xuất trình nội quy' }))).toMatchObject({ state: 'withdrawn' });
    expect((await handler.post(`${at}/withdrawal`, { reason: 'Lần nữa' })).status).toBe(409);

    const conclude = () => inspector.post(`/inspections/${inspection.id}/conclusion`, conclusion);
    expect((await conclude()).body.detail).toContain('A1, A2');
    await answerAll(inspection, { B1: 'not_met', F1: 'not_met' });
    expect((await conclude()).body.detail).toContain('B1, F1');
    await must(201, post([aFinding(), aFinding({ itemCode: 'F1' })]));
    expect((await handler.post(`/inspections/${inspection.id}/conclusion`, conclusion)).status).toBe(403);
    const results = await Promise.all([1, 2, 3].map(conclude));
    expect(results.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const documents = await must(200, inspector.get('/documents?paper=inspection_conclusion&limit=200'));
    expect(documents.items.filter(({ gist }: Json) => gist.includes('77/QĐ-TTTP')).length).toBe(4);
    const kept = (await findingsOf(leader, inspection.id)).map(({ number }) => number);
    expect(kept.sort()).toEqual([1, 2, 3]);
    expect((await post([aFinding()])).status).toBe(409);
  });

  it('of one unit are none of another one', async () => {
    const { id } = await concluded(hoanKiem, { A1: 'not_met' }, [aFinding({ itemCode: 'A1' })]);
    const [finding] = await findingsOf(inspector, id);
    expect((await leader.get(`/inspection-findings/${finding!.id}`)).status).toBe(404);
    expect((await leader.post(`/inspection-findings/${finding!.id}/answers`, { text: 'Không phải của tôi' })).status).toBe(404);
    expect((await inspector.post(`/inspection-findings/${finding!.id}/answers`, { text: 'Thay đơn vị' })).status).toBe(403);
    const theirs = hoanKiemClerk;
    const at = `/inspection-findings/${finding!.id}/answers`;
    const answers = await Promise.all([1, 2, 3, 4].map((time) => theirs.post(at, { text: `Đã làm, lần ${time}` })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect((await theirs.get(`/inspection-findings/${finding!.id}`)).body.entries).toHaveLength(1);
  });
});

describe('a comparison', () => {
  it('ranks units by their last checklist, with groups, findings and the one before', async () => {
    const found = await must(200, inspector.get('/inspections/comparison'));
    expect(found.units.map(({ unit }: Json) => unit.id).sort()).toEqual([baDinh, hoanKiem].sort());
    expect(found.units.map(({ rank }: Json) => rank)).toEqual([1, 2]);
    const [best, other] = found.units;
    expect(best.score).toBeGreaterThan(other.score);
    expect(found.mean).toBeCloseTo((best.score + other.score) / 2, 0);
    const ours = found.units.find(({ unit }: Json) => unit.id === baDinh);
    expect(ours.findings).toEqual({ minor: 0, serious: 2, critical: 0 });
    expect(ours.before.score).toBeGreaterThan(0);
    expect(ours.groups.map(({ group }: Json) => group)).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K']);
    expect(ours.groups.find(({ group }: Json) => group === 'B').score).toBeLessThan(100);
    expect((await must(200, leader.get('/inspections/comparison'))).units.map(({ unit }: Json) => unit.id)).toEqual([baDinh]);
    const empty = await must(200, inspector.get('/inspections/comparison?from=2019-01-01&to=2019-12-31'));
    expect(empty).toMatchObject({ units: [], mean: null });
    expect((await inspector.get('/inspections/comparison?from=2026-02-01&to=2026-01-01')).status).toBe(422);
  });
});
