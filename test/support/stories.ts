import type { Client, Json } from './client.js';

/** Id of the unit that has a code on a day. */
export async function unitId(client: Client, code: string, asOf = '2026-05-11'): Promise<string> {
  const { body } = await client.get(`/units?code=${code}&asOf=${asOf}`);
  return (body as { items: { id: string }[] }).items[0]!.id;
}

/** A complaint about an act of a unit, as a front-end sends it. */
export function aComplaintAbout(unit: string, more: object = {}): Json {
  return {
    kind: 'complaint',
    subject: 'administrative',
    channel: 'in_person',
    receivedOn: '2026-05-11',
    writtenOn: '2026-05-08',
    summary: 'Khiếu nại quyết định thu hồi đất tại phố Trấn Vũ',
    content: 'Tôi không đồng ý với quyết định thu hồi 25 m² đất của gia đình tôi.',
    fieldCode: 'land_housing',
    respondent: { type: 'agency', unitId: unit },
    parties: [
      {
        role: 'petitioner',
        type: 'person',
        name: 'Nguyễn Văn Hoà',
        nationalId: '001082012345',
        address: 'Số 5 phố Trấn Vũ',
        phone: '0912 345 678',
      },
    ],
    ...more,
  };
}

/** A denunciation of an official of a unit. */
export function aDenunciationOf(unit: string, position: 'head' | 'deputy_head' | 'official', more: object = {}): Json {
  return {
    ...aComplaintAbout(unit),
    kind: 'denunciation',
    summary: 'Tố cáo công chức địa chính thu tiền ngoài quy định',
    content: 'Công chức địa chính nhiều lần yêu cầu nộp tiền ngoài quy định.',
    respondent: { type: 'official', unitId: unit, position },
    ...more,
  };
}

/** A reflection on something at a place. */
export function aReflectionOn(unit: string, more: object = {}): Json {
  return {
    kind: 'reflection',
    channel: 'online',
    receivedOn: '2026-05-11',
    summary: 'Phản ánh đèn đường hỏng trong ngõ 12',
    content: 'Hai đèn chiếu sáng trong ngõ 12 hỏng đã một tháng.',
    matterUnitId: unit,
    ...more,
  };
}

/** Files a petition and answers it; fails loudly when it is not taken. */
export async function file(client: Client, petition: object): Promise<Json> {
  const { status, body } = await client.post('/petitions', petition);
  if (status !== 201) throw new Error(`Not filed: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** Classifies a petition as it is. */
export async function classify(client: Client, petition: Json, stated: object = {}): Promise<Json> {
  const { status, body } = await client.put(
    `/petitions/${petition.id}/classification`,
    { classifiedOn: '2026-05-12', ...stated },
    { 'if-match': '*' },
  );
  if (status !== 200) throw new Error(`Not classified: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** Has an accepted petition verified and the report made: nothing is decided or concluded without (Law on Complaints arts 29, 38; Law on Denunciations art. 31). */
export async function verify(
  leader: Client,
  petition: Json,
  { assignedOn, reportedOn = assignedOn, viewsDiffer = false }: { assignedOn: string; reportedOn?: string; viewsDiffer?: boolean },
): Promise<void> {
  const path = `/petitions/${petition.id}/verifications`;
  const order = {
    assignedOn,
    documentNumber: '88/QĐ-UBND',
    purpose: 'Xác minh nội dung đơn',
    dueOn: reportedOn,
    members: [{ role: 'official', name: 'Lê Thu Hường' }],
  };
  const assigned = await leader.post(path, order);
  if (assigned.status !== 201) throw new Error(`Not assigned: ${assigned.status} ${JSON.stringify(assigned.body)}`);
  const report = { reportedOn, findings: 'Đã đối chiếu hồ sơ.', proposal: 'Giải quyết theo kết quả xác minh.', viewsDiffer };
  const { status, body } = await leader.post(`${path}/${assigned.body.id}/report`, report);
  if (status >= 300) throw new Error(`Not reported: ${status} ${JSON.stringify(body)}`);
}

/** The events of a petition in their order. */
export async function eventsOf(client: Client, petition: Json): Promise<string[]> {
  const { body } = await client.get(`/petitions/${petition.id}/history`);
  return (body as { items: { event: string }[] }).items.map(({ event }) => event);
}
