import type { Client, Json } from './client.js';
import { anOffice, aPeriodicSession, daysAhead, must, workingDays } from './reception.js';
import { aWav } from './sounds.js';
import type { TestServer } from './server.js';
import { aDenunciationOf, classify, file } from './stories.js';
import { until } from './until.js';

/** Who denounced in every petition that the routes are called with: must not stand in any answer but that of a reveal. */
export const canary = { name: 'Kiều Hoạ Mi', nationalId: '001166600066', phone: '0966 600 066', address: 'Nhà 66 ngõ Hoạ Mi' };

/** Id of nothing. */
const nothing = '0199d3f2-6c7a-7c11-9d1e-2f6f1f6f0a11';

/** Makes what the routes are called with, all of it at the commune: its clerk, leader and administrator, and SQL for what takes a whole life to get. */
export class AccessFixtures {
  private made = 0;

  private constructor(
    private readonly server: TestServer,
    private readonly clerk: Client,
    private readonly leader: Client,
    private readonly admin: Client,
    readonly unitId: string,
  ) {}

  static async at(server: TestServer): Promise<AccessFixtures> {
    const admin = await server.as('commune.admin');
    const unitId = (await admin.get('/auth/me')).body.unit.id;
    return new AccessFixtures(server, await server.as('commune.clerk'), await server.as('commune.leader'), admin, unitId);
  }

  /** The path of a route with the ids of fresh things in it. */
  async pathOf(route: string): Promise<string> {
    const values = await this.valuesOf(route);
    const query = /\/reports\/(forms\/\{code\}\/(figures|cells|file|plausibility)|figures|file|submissions\/\{id\}\/file)/.test(route)
      ? `?${route.includes('submissions') ? '' : 'period=2026-Y&'}${route.endsWith('/file') ? 'format=xlsx' : ''}`
      : '';
    return route.replaceAll(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? nothing) + query;
  }

  /** The path of a route that names one thing below another, with a parent that is not the thing's. */
  async pathBelowAnother(route: string): Promise<string> {
    const [other, { id: _parent, ...below }] = [await this.valuesOf(route), await this.valuesOf(route)];
    return route.replaceAll(/\{(\w+)\}/g, (_all, name: string) => ({ ...other, ...below })[name]!);
  }

  /** A body where the examples of the document do not reach the question who may, or would change the answer for the calls after it. */
  bodyOf(route: string): Json {
    const bodies: Record<string, () => Json> = {
      'PUT /api/v1/units/{id}/settings': () => ({ triageMode: 'one_step' }),
      'POST /api/v1/webhooks': () => ({ url: 'http://127.0.0.1:9/' }),
      'PUT /api/v1/petitions/{id}/parts': () => ({
        parts: ['một', 'hai'].map((which) => ({
          kind: 'complaint',
          summary: `Nội dung ${which}`,
          respondent: { type: 'agency', unitId: this.unitId },
        })),
      }),
      // Whoever received it may say that it was none to denounce, which shows everybody who came.
      'PUT /api/v1/reception-visits/{id}': () => ({
        kind: 'denunciation',
        matter: 'Tố cáo thu tiền ngoài quy định',
        receiverName: 'Nguyễn Thị Hoà',
        reason: 'Ghi nhầm số người',
      }),
      'POST /api/v1/petitions/{id}/proposals': () => ({ outcome: 'propose_acceptance', details: {}, proposedOn: '2026-05-13' }),
      'POST /api/v1/petitions/{id}/verifications': () => ({
        documentNumber: '1/QĐ',
        purpose: 'Xác minh',
        dueOn: '2026-06-15',
        members: [{ role: 'official', name: 'Lê Thu Hường' }],
      }),
      'POST /api/v1/petitions/{id}/signatories/imports': () => ({ file: 'name\nTrần Thị Bình\n', format: 'csv' }),
      'POST /api/v1/documents': async () => ({
        paper: 'receipt',
        petitionId: (await this.denunciation()).id,
        signerTitle: 'Cán bộ tiếp công dân',
        signerName: 'Nguyễn Thị Hoà',
        fields: { papers: [{ name: 'Đơn', copies: '01' }] },
      }),
      'POST /api/v1/superior-matters': () => this.aMatter(),
      'POST /api/v1/reports/workbooks': () => ({ period: '2026-Y', format: 'xlsx' }),
      'POST /api/v1/reports/submissions': () => this.aStretch(),
      'POST /api/v1/superior-matters/batches': () => ({ items: [this.aMatter()] }),
      'POST /api/v1/citizen-contacts': async () => ({
        superiorMatterId: await this.superiorMatter(),
        onDate: '2026-11-03',
        way: 'meeting',
        officials: 'Trần Văn Đức',
        content: `Gặp ${canary.name}`,
        result: 'agreed',
      }),
      'POST /api/v1/urging-letters': async () => ({ ...this.aLetter, petitionIds: [(await this.denunciation()).id] }),
      'POST /api/v1/cases/{id}/merges': async () => ({ caseId: (await this.denunciation()).caseId, reason: 'Cùng việc' }),
      'POST /api/v1/persons/{id}/merges': async () => ({ personId: await this.person(), reason: 'Cùng người' }),
    };
    return bodies[route]?.();
  }

  private async valuesOf(route: string): Promise<Record<string, string>> {
    const fixed = {
      code: 'conflict',
      year: '2026',
      paper: 'receipt',
      kind: 'reflection',
      number: 'X-2026-000001',
      sequence: '1',
      milestone: 'training',
      check: 'petition_without_field',
      reporter: 'commune',
      period: 'regular',
    };
    if (route.includes('/reports/forms')) return { code: '02-XLD', column: '1' };
    if (/\/petitions\/\{id\}/.test(route)) return { ...fixed, ...(await this.petitionFor(route)) };
    const makers: [RegExp, () => Promise<string>][] = [
      [/^\/api\/v1\/units\/\{id\}/, () => Promise.resolve(this.unitId)],
      // A stream has no end: of nothing there is none.
      [/\/board\/events/, () => Promise.resolve(nothing)],
      [/\/reception-offices\/\{id\}/, async () => (await this.office()).id],
      [/\/reception-rooms\/\{id\}/, async () => (await this.office()).rooms[0].id],
      [/\/reception-receivers\/\{id\}/, () => this.receiver()],
      [/\/reception-notices\/\{id\}/, () => this.notice()],
      [/\/reception-duties\/\{id\}/, () => this.duty()],
      [/\/reception-schedules\/\{id\}/, () => this.schedule()],
      [/\/reception-sessions\/\{id\}\/online/, () => this.onlineSession()],
      [/\/reception-sessions\/\{id\}/, async () => (await this.session()).id],
      [/\/reception-appointments\/\{id\}/, () => this.appointment()],
      [/\/reception-tickets\/\{id\}/, () => this.ticket()],
      [/\/reception-incidents\/\{id\}/, () => this.incident()],
      [/\/reception-visits\/\{id\}/, () => this.visit()],
      [/\/reception-tasks\/\{id\}/, () => this.task()],
      [/\/legal-instruments\/\{id\}/, () => this.instrument()],
      [/\/regulations\/\{id\}/, () => this.regulation()],
      [/\/regulation-campaigns\/\{id\}/, async () => (await this.campaignItem()).campaignId],
      [/\/regulation-campaign-items\/\{id\}/, async () => (await this.campaignItem()).id],
      [/\/superior-matters\/\{id\}/, () => this.superiorMatter()],
      [/\/long-cases\/\{id\}/, () => this.longCase()],
      [/\/urging-letters\/\{id\}/, async () => (await this.urgingLetter()).id],
      [/\/urgings\/\{id\}/, async () => (await this.urgingLetter()).urgings[0].id],
      [/\/unit-requests\/\{id\}/, () => this.unitRequest()],
      [/\/guidance\/\{id\}/, () => this.article()],
      [/\/rollout\/units\/\{id\}/, () => Promise.resolve(this.unitId)],
      [/\/reports\/workbooks\/\{id\}/, () => this.workbook()],
      [/\/reports\/opening-figures\/\{id\}/, () => Promise.resolve(this.unitId)],
      [/\/reports\/submissions\/\{id\}(\/(narrative|submission))?$/, () => this.report()],
      [/\/reports\/submissions\/\{id\}/, () => this.signedReport()],
      [/\/inspections\/\{id\}\/(sample|reviews|error-rates)$/, async () => (await this.sample()).inspectionId],
      [/\/inspection-reviews\/\{id\}/, async () => (await this.sample()).id],
      [/\/inspection-findings\/\{id\}/, () => this.finding()],
      [/\/inspections\/\{id\}/, () => this.inspection()],
      [/\/inspection-plans\/\{id\}/, () => this.inspectionPlan()],
      [/\/inspection-draws\/\{id\}/, () => this.draw()],
      [/\/transfers\/\{id\}/, () => this.transfer()],
      [/\/cases\/merges\/\{id\}/, () => this.caseMerge()],
      [/\/cases\/\{id\}/, async () => (await this.denunciation()).caseId],
      [/\/persons\/merges\/\{id\}/, () => this.personMerge()],
      [/\/persons\/\{id\}/, () => this.person()],
      [/\/attachments\/\{id\}/, () => this.attachment()],
      [/\/documents\/\{id\}/, () => this.document()],
      [/\/jobs\/\{id\}/, () => this.job()],
      [/\/account-proposals\/\{id\}/, () => this.proposal()],
      [/\/accounts\/\{id\}/, () => this.account()],
      [/\/webhooks\/deliveries\/\{id\}/, () => this.delivery()],
      [/\/webhooks\/\{id\}/, () => this.webhook()],
    ];
    const maker = makers.find(([pattern]) => pattern.test(route));
    const values: Record<string, string> = { ...fixed, ...(maker && { id: await maker[1]() }) };
    if (route.includes('{recordingId}')) values['recordingId'] = await this.recording(values['id']!);
    return values;
  }

  private async petitionFor(route: string): Promise<Record<string, string>> {
    const { id } = await this.denunciation();
    const inserted = async (statement: string): Promise<string> =>
      (await this.server.sql<{ id: string }>(`${statement} returning id`, [id]))[0]!.id;
    const more: Record<string, () => Promise<string>> = {
      verificationId: async () => {
        const verification = await inserted(
          `insert into verification (petition_id, purpose, document_number, assigned_on, due_on) values ($1, 'Xác minh', '1', '2026-05-15', '2026-06-15')`,
        );
        await this.server.sql(
          `insert into verification_member (verification_id, position, role, name) values ($1, 1, 'official', 'Lê Thu Hường')`,
          [verification],
        );
        return verification;
      },
      obligationId: () =>
        inserted(
          `insert into obligation (petition_id, type, description, responsible, due_on) values ($1, 'other', 'Thực hiện', 'UBND', '2026-08-01')`,
        ),
      requestId: () =>
        inserted(
          `insert into protection_request (petition_id, requested_on, urgent, protected_person, content) values ($1, '2026-05-15', false, 'denouncer', 'Bảo vệ')`,
        ),
      assignmentId: () =>
        inserted(`insert into petition_assignment (petition_id, account_id, assigned_on, created_by)
          select $1, id, '2026-05-15', id from account where username = 'commune.handler'`),
      holdId: () =>
        inserted(
          `insert into legal_hold (petition_id, reason, placed_on, placed_by) select $1, 'Toà án', '2026-05-15', id from account where username = 'commune.leader'`,
        ),
      stepId: async () => {
        const steps = [{ action: `Mời ${canary.name}`, responsible: 'Thanh tra', dueOn: '2030-01-02' }];
        return (await must(200, this.clerk.put(`/petitions/${id}/backlog-plan`, { cause: 'other', steps }))).steps[0].id;
      },
      otherId: async () => (await this.denunciation()).id,
    };
    const [name] = Object.keys(more).filter((key) => route.includes(`{${key}}`));
    if (/proposals\/current/.test(route))
      await this.clerk.post(`/petitions/${id}/proposals`, { outcome: 'propose_acceptance', details: {}, proposedOn: '2026-05-13' });
    return { id, ...(name && { [name]: await more[name]!() }) };
  }

  private async denunciation(): Promise<Json> {
    const content = `Tôi là ${canary.name}, số định danh ${canary.nationalId}. Công chức địa chính thu tiền ngoài quy định lần ${++this.made}.`;
    const parties = [{ role: 'petitioner', type: 'person', ...canary, birthYear: 1966 }];
    return classify(this.clerk, await file(this.clerk, aDenunciationOf(this.unitId, 'official', { parties, content })));
  }

  private office(): Promise<Json> {
    return anOffice(this.clerk);
  }

  private async receiver(): Promise<string> {
    const receiver = { name: 'Nguyễn Thị Hoà', title: 'Công chức', servesFrom: '2025-07-01' };
    return (await must(201, this.clerk.post(`/reception-offices/${(await this.office()).id}/receivers`, receiver))).id;
  }

  private async notice(): Promise<string> {
    return (
      await must(201, this.clerk.post(`/reception-offices/${(await this.office()).id}/notices`, { type: 'hours', title: 'Giờ tiếp' }))
    ).id;
  }

  private async duty(): Promise<string> {
    const { id } = await this.office();
    const plan = {
      recurrence: 'FREQ=WEEKLY;BYDAY=MO',
      firstOn: '2026-05-11',
      lastOn: '2026-05-11',
      shift: 'day',
      agencyUnitId: this.unitId,
    };
    await must(201, this.clerk.post(`/reception-offices/${id}/duties`, plan));
    return (await this.clerk.get(`/reception-offices/${id}/duties?from=2026-05-11&to=2026-05-11`)).body.items[0].id;
  }

  private async schedule(): Promise<string> {
    const office = await this.office();
    const { officeId, startsAt, endsAt, headName, headTitle } = aPeriodicSession(office, '');
    const head = { officeId, startsAt, endsAt, headName, headTitle, roomId: office.rooms[0].id };
    const stretch = { recurrence: 'FREQ=MONTHLY;BYDAY=1TU', firstOn: daysAhead(30), lastOn: daysAhead(100), title: 'Lịch tiếp' };
    return (await must(201, this.clerk.post('/reception-schedules', { ...head, ...stretch }))).id;
  }

  /** Of a regular one, so that its head is in nobody's way. */
  private async session(): Promise<Json> {
    const [day] = await workingDays(this.clerk, 20, 1);
    return must(201, this.clerk.post('/reception-sessions', aPeriodicSession(await this.office(), day!, { type: 'regular' })));
  }

  /** By video, prepared. */
  private async onlineSession(): Promise<string> {
    const [day] = await workingDays(this.clerk, 20, 1);
    const places = [await this.office(), await this.office()];
    const order = aPeriodicSession(places[0], day!, { type: 'regular', online: true, roomIds: places.map(({ rooms }) => rooms[0].id) });
    const { id } = await must(201, this.clerk.post('/reception-sessions', order));
    const participants = [{ point: 'central', unitId: this.unitId, name: 'Đỗ Minh Quân' }];
    const preparation = { ground: 'needs_several_places', participants, notifiedOn: '2026-11-20' };
    await must(200, this.clerk.put(`/reception-sessions/${id}/online`, preparation));
    return id;
  }

  /** Sound of a session by video that is under way. */
  private async recording(id: string): Promise<string> {
    await this.server.sql(`update reception_session set state = 'open', opened_at = now(), held_by = 'receiver' where id = $1`, [id]);
    return (await must(201, this.clerk.upload(`/reception-sessions/${id}/online/recordings`, aWav(++this.made), {}, 'họp.wav'))).id;
  }

  private async appointment(): Promise<string> {
    const [day] = await workingDays(this.clerk, 20, 1);
    const slots = { type: 'regular', slotMinutes: 30, placesPerSlot: 5 };
    const session = await must(201, this.clerk.post('/reception-sessions', aPeriodicSession(await this.office(), day!, slots)));
    const booking = { slotAt: '08:00', kind: 'denunciation', matter: `Tố cáo của ${canary.name}`, ...canary };
    return (await must(201, this.clerk.post(`/reception-sessions/${session.id}/appointments`, booking))).id;
  }

  private async ticket(): Promise<string> {
    const office = await this.office();
    await must(201, this.clerk.post(`/reception-offices/${office.id}/tickets`));
    return (await must(200, this.clerk.post(`/reception-offices/${office.id}/calls`, { roomId: office.rooms[0].id }))).id;
  }

  private async visit(): Promise<string> {
    const words = {
      matter: `${canary.name} tố cáo thu tiền ngoài quy định`,
      content: `Tôi là ${canary.name}.`,
      receiverName: 'Nguyễn Thị Hoà',
    };
    const visit = { officeId: (await this.office()).id, kind: 'denunciation', visitors: [{ ...canary, birthYear: 1966 }], ...words };
    return (await must(201, this.clerk.post('/reception-visits', visit))).id;
  }

  private async incident(): Promise<string> {
    const representatives = [{ capacity: 'representative', ...canary }];
    const incident = {
      placeType: 'own_office',
      place: 'Trụ sở',
      persons: 6,
      kind: 'denunciation',
      matter: `${canary.name} tố cáo`,
      representatives,
    };
    return (await must(201, this.clerk.post('/reception-incidents', { ...incident, originUnitId: this.unitId }))).id;
  }

  private async task(): Promise<string> {
    const { id } = await this.session();
    const [row] = await this.server.sql<{ id: string }>(
      `insert into reception_task (session_id, unit_id, description, assigned_on, due_on, backlog_on) values ($1, $2, 'Rà soát', '2026-05-11', '2026-05-20', '2026-06-20') returning id`,
      [id, this.unitId],
    );
    return row!.id;
  }

  private async instrument(): Promise<string> {
    return (await must(200, this.clerk.get('/legal-instruments?number=42/2013/QH13'))).items[0].id;
  }

  private async regulation(): Promise<string> {
    const version = { number: '1/QĐ-UBND', issuedOn: '2025-07-10', inForceFrom: '2025-07-15', signerTitle: 'Chủ tịch' };
    return (await must(201, this.clerk.post('/regulations', { type: 'other', title: `Quy định ${++this.made}`, ...version }))).id;
  }

  /** Of a campaign of the city that the commune has something to review in. */
  private async campaignItem(): Promise<Json> {
    const order = { title: 'Rà soát', startsOn: '2026-09-01', dueOn: '2026-12-31', types: ['house_rules'], unitIds: [this.unitId] };
    const { id } = await must(201, (await this.server.as('city.leader')).post('/regulation-campaigns', order));
    return (await must(200, this.clerk.get(`/regulation-campaigns/${id}/items`))).items[0];
  }

  private aMatter(): Json {
    const agency = { agencyType: 'court', agency: 'Toà án nhân dân Thành phố', reference: `${++this.made}/2026` };
    return { ...agency, kind: 'denunciation', matter: 'Tố cáo', filedOn: '2026-06-10', stage: 'sent', newsOn: '2026-06-10' };
  }

  /** About the denunciation of somebody who is named in its words. */
  private async superiorMatter(): Promise<string> {
    const { id } = await this.denunciation();
    const matter = { ...this.aMatter(), petitionId: id, matter: `${canary.name} tố cáo lên Trung ương` };
    return (await must(201, this.clerk.post('/superior-matters', matter))).id;
  }

  private async longCase(): Promise<string> {
    const { id } = await this.denunciation();
    const mark = { markedOn: '2026-11-02', grounds: ['years'], dossierSummary: `${canary.name} tố cáo nhiều năm` };
    return (await must(201, this.clerk.post(`/petitions/${id}/long-case`, mark))).id;
  }

  private readonly aLetter = { content: `Đơn của ${canary.name} đã quá hạn`, signerTitle: 'Trưởng ban', signerName: 'Hoàng Minh Tuấn' };

  /** Of the city about a denunciation at the commune. */
  private async urgingLetter(): Promise<Json> {
    const { id } = await this.denunciation();
    const letter = { ...this.aLetter, petitionIds: [id] };
    return (await must(201, (await this.server.as('city.reception_board')).post('/urging-letters', letter))).items[0];
  }

  private async unitRequest(): Promise<string> {
    return (await must(201, this.clerk.post('/unit-requests', { type: 'question', title: 'Hỏi', content: 'Nhập ở đâu?' }))).id;
  }

  private async article(): Promise<string> {
    const article = { title: 'Hướng dẫn', body: 'Mở sổ.', publishedOn: '2026-11-02' };
    return (await must(201, (await this.server.as('commune.inspector')).post('/guidance', article))).id;
  }

  /** By surprise, of the city at the commune, not started. */
  private async inspection(more: Json = {}): Promise<string> {
    const days = {
      decidedOn: '2026-11-02',
      periodFrom: '2026-01-01',
      periodTo: '2026-11-01',
      startsOn: '2026-11-02',
      endsOn: '2026-12-31',
    };
    const order = {
      inspectedUnitId: this.unitId,
      type: 'surprise',
      decisionNumber: `${++this.made}/QĐ`,
      subject: 'Tiếp công dân',
      ...days,
      ...more,
    };
    const members = [{ role: 'head', name: 'Hoàng Minh Tuấn', office: 'Thanh tra' }];
    return (await must(201, (await this.server.as('city.inspector')).post('/inspections', { ...order, members }))).id;
  }

  /** Of an inspection that the city has concluded: the commune's to answer. */
  private async finding(): Promise<string> {
    const inspector = await this.server.as('city.inspector');
    const id = await this.inspection();
    await must(200, inspector.post(`/inspections/${id}/start`));
    const facts = { description: 'Nội quy cũ', severity: 'minor', recommendation: 'Ban hành lại', dueOn: daysAhead(30) };
    const { items } = await must(201, inspector.post(`/inspections/${id}/findings`, { items: [facts] }));
    await this.server.sql(`update inspection_item set result = 'met', answered_at = now() where inspection_id = $1`, [id]);
    const conclusion = { assessment: 'Tốt', signerTitle: 'Chánh Thanh tra', signerName: 'Hoàng Minh Tuấn' };
    await must(200, inspector.post(`/inspections/${id}/conclusion`, conclusion));
    return items[0].id;
  }

  /** A sheet of an inspection of responsibility that is under way: of a denunciation. */
  private async sample(): Promise<Json> {
    await this.denunciation();
    const inspector = await this.server.as('city.inspector');
    const id = await this.inspection({ type: 'responsibility', inspectedHead: 'Trần Văn Đức, Chủ tịch UBND phường' });
    await must(200, inspector.post(`/inspections/${id}/start`));
    await must(201, inspector.post(`/inspections/${id}/sample`, { size: 3 }));
    const { items } = await must(200, inspector.get(`/inspections/${id}/reviews`));
    return items.find(({ kind }: Json) => kind === 'denunciation');
  }

  private stretches = 0;

  /** A stretch of days that no report is about yet. */
  private aStretch(): { from: string; to: string } {
    const to = new Date(Date.UTC(2022, 0, ++this.stretches)).toISOString().slice(0, 10);
    return { from: '2022-01-01', to };
  }

  /** A draft of the unit's report for days of their own. */
  private async report(): Promise<string> {
    const narrative = { situation: 'Tình hình ổn định' };
    return (await must(201, this.clerk.post('/reports/submissions', { ...this.aStretch(), narrative }))).id;
  }

  private async workbook(): Promise<string> {
    const { id } = await must(202, this.clerk.post('/reports/workbooks', { period: '2026-Y', format: 'xlsx' }));
    await until(async () => (await this.clerk.get(`/reports/workbooks/${id}`)).body.file !== null);
    return id;
  }

  private async signedReport(): Promise<string> {
    const id = await this.report();
    await must(200, this.leader.post(`/reports/submissions/${id}/submission`, { signerTitle: 'Chủ tịch', signerName: 'Nguyễn Thị Lan' }));
    return id;
  }

  private async inspectionPlan(): Promise<string> {
    const items = [{ unitId: this.unitId, fromOn: '2027-03-08', toOn: '2027-03-12' }];
    return (await must(201, (await this.server.as('city.inspector')).post('/inspection-plans', { title: 'Kế hoạch', year: 2027, items })))
      .id;
  }

  private async draw(): Promise<string> {
    return (await must(201, (await this.server.as('city.inspector')).post('/inspection-draws', { count: 1, reason: 'Đột xuất' }))).id;
  }

  private async transfer(): Promise<string> {
    const { id, responsibleUnit } = await this.denunciation();
    const city = (await (await this.server.as('city.leader')).get('/auth/me')).body.unit.id;
    const [row] = await this.server.sql<{ id: string }>(
      `with involved as (update petition set involved_unit_ids = array_append(involved_unit_ids, $3), state = 'transferred' where id = $1)
       insert into transfer (petition_id, from_unit_id, to_unit_id, reason, sender_since, sent_on, reply_due_on)
       values ($1, $2, $3, 'Thuộc thẩm quyền', '2026-05-11', '2026-05-13', '2026-05-30') returning id`,
      [id, responsibleUnit.id, city],
    );
    return row!.id;
  }

  private async caseMerge(): Promise<string> {
    const [one, other] = [await this.denunciation(), await this.denunciation()];
    return (await this.clerk.post(`/cases/${one.caseId}/merges`, { caseId: other.caseId, reason: 'Cùng việc' })).body.id;
  }

  /** Of a reflection: whoever denounces is no person of the register. */
  private async person(): Promise<string> {
    const name = `Lê Thị Thứ ${++this.made}`;
    const petition = {
      kind: 'reflection',
      channel: 'online',
      receivedOn: '2026-05-11',
      summary: 'Đèn hỏng',
      content: 'Đèn đường hỏng.',
      matterUnitId: this.unitId,
      parties: [{ role: 'petitioner', type: 'person', name, birthYear: 1970 }],
    };
    return (await file(this.clerk, petition)).parties[0].personId;
  }

  private async personMerge(): Promise<string> {
    const [one, other] = [await this.person(), await this.person()];
    return (await this.clerk.post(`/persons/${one}/merges`, { personId: other, reason: 'Cùng người' })).body.id;
  }

  private async attachment(): Promise<string> {
    const { id } = await this.denunciation();
    const pdf = Buffer.from(`%PDF-1.4\n${++this.made}\n%%EOF\n`);
    return (await this.clerk.upload(`/petitions/${id}/attachments`, pdf, {}, `đơn của ${canary.name}.pdf`)).body.id;
  }

  private async document(): Promise<string> {
    const { id } = await this.denunciation();
    const order = { paper: 'receipt', petitionId: id, signerTitle: 'Cán bộ tiếp công dân', signerName: 'Nguyễn Thị Hoà' };
    const fields = { papers: [{ name: 'Đơn tố cáo', copies: '01' }] };
    const { status, body } = await this.clerk.post('/documents', { ...order, fields });
    if (status !== 201) throw new Error(`No document: ${JSON.stringify(body)}`);
    return body.id;
  }

  private async job(): Promise<string> {
    const csv = `Số đơn,Ngày nhận,Loại đơn,Nội dung,Họ tên\nM-${++this.made},99/99/2025,Tố cáo,Tố cáo việc thu tiền,${canary.name}\n`;
    return (await this.clerk.upload('/petitions/imports', csv, {}, 'sổ.csv')).body.id;
  }

  private async account(): Promise<string> {
    return (await this.newAccount('analyst')).id;
  }

  private async proposal(): Promise<string> {
    return (await this.newAccount('clerk')).pendingProposalId;
  }

  private newAccount(role: string): Promise<Json> {
    return must(
      201,
      this.admin.post('/accounts', { username: `tam.${++this.made}`, displayName: 'Tạm', unitId: this.unitId, roles: [role] }),
    );
  }

  private async webhook(): Promise<string> {
    return (await this.admin.post('/webhooks', { url: 'http://127.0.0.1:9/', types: ['none'] })).body.id;
  }

  private async delivery(): Promise<string> {
    const id = await this.webhook();
    const [row] = await this.server.sql<{ id: string }>(
      `insert into webhook_delivery (subscription_id, event_position, state) select $1, max(position), 'dead' from outgoing_event returning id`,
      [id],
    );
    return row!.id;
  }

  /** The leader of the commune, who may be shown the identity. */
  get decides(): Client {
    return this.leader;
  }
}
