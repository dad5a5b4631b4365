import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';
import { unitId } from './support/stories.js';

let server: TestServer;
let clerk: Client;
let units: Record<string, string>;

beforeAll(async () => {
  server = await startServer();
  clerk = await server.as('commune.clerk');
  const known: [name: string, code: string, asOf: string][] = [
    ['city', '01', '2018-05-10'],
    ['cityBoard', '01.TCD', '2018-05-10'],
    ['district', '001', '2018-05-10'],
    ['communeA', '00004', '2018-05-10'],
    ['communeB', '00061', '2018-05-10'],
    ['newCommune', '00004', '2026-05-10'],
    ['department', '01.NNMT', '2026-05-10'],
  ];
  units = Object.fromEntries(await Promise.all(known.map(async ([name, code, asOf]) => [name, await unitId(clerk, code, asOf)])));
});
afterAll(() => server.stop());

const evaluate = (facts: object) =>
  clerk.post('/rules/evaluations', { kind: 'complaint', subject: 'administrative', filedOn: '2018-05-10', ...facts });
const agency = (name: string) => ({ type: 'agency', unitId: units[name] });
const official = (name: string, position: string) => ({ type: 'official', unitId: units[name], position });

describe('what must hold in Hanoi', () => {
  it.each([
    [
      "a complaint about a commune People's Committee's act, filed at the city reception board in 2018",
      () => ({ filedAtUnitId: units['cityBoard'], respondent: agency('communeA') }),
      {
        stage: 'first',
        competentUnit: { name: 'Phường Trúc Bạch' },
        flags: [{ code: 'over_level', levelsSkipped: 2 }],
        recommendedOutcome: 'guidance',
      },
    ],
    [
      'the same in 2026',
      () => ({ filedOn: '2026-05-11', filedAtUnitId: units['cityBoard'], respondent: agency('newCommune') }),
      { competentUnit: { name: 'Phường Ba Đình' }, flags: [{ code: 'over_level', levelsSkipped: 1 }], recommendedOutcome: 'guidance' },
    ],
    [
      'filed at the district after the commune decided first',
      () => ({
        filedOn: '2018-06-20',
        filedAtUnitId: units['district'],
        respondent: agency('communeA'),
        priorHandling: [{ unitId: units['communeA'], stage: 'first', receivedOn: '2018-05-02', decidedOn: '2018-06-01' }],
      }),
      { stage: 'second', competentUnit: { name: 'Quận Ba Đình' }, withinCompetence: true, flags: [] },
    ],
    [
      'filed at the city when the commune never accepted',
      () => ({
        filedOn: '2018-06-20',
        filedAtUnitId: units['city'],
        respondent: agency('communeA'),
        priorHandling: [
          {
            unitId: units['communeA'],
            stage: 'first',
            receivedOn: '2018-03-01',
            acceptedOn: null,
            decidedOn: null,
            decisionReceivedOn: null,
            refusedOn: null,
          },
        ],
      }),
      {
        stage: 'second',
        stageBasis: 'first_lapsed',
        competentUnit: { name: 'Quận Ba Đình' },
        flags: [{ code: 'over_level', levelsSkipped: 1, facts: { lapsedOn: '2018-04-11' } }],
      },
    ],
    [
      'filed at the district long after the silence of the commune',
      () => ({
        filedOn: '2018-06-20',
        filedAtUnitId: units['district'],
        respondent: agency('communeA'),
        priorHandling: [{ unitId: units['communeA'], stage: 'first', receivedOn: '2018-03-01' }],
      }),
      {
        stage: 'second',
        withinCompetence: true,
        flags: [{ code: 'filing_period_expired', facts: { filingPeriodEndedOn: '2018-05-11' } }],
        recommendedOutcome: 'notice',
      },
    ],
    [
      'the same, where illness took forty days',
      () => ({
        filedOn: '2018-06-20',
        filedAtUnitId: units['district'],
        respondent: agency('communeA'),
        obstacleDays: 40,
        priorHandling: [{ unitId: units['communeA'], stage: 'first', receivedOn: '2018-03-01' }],
      }),
      { stage: 'second', withinCompetence: true, flags: [], recommendedOutcome: 'propose_acceptance' },
    ],
    [
      'a complaint about a commune, filed at a department of the city',
      () => ({ filedOn: '2026-08-03', filedAtUnitId: units['department'], respondent: agency('newCommune') }),
      { withinCompetence: false, flags: [{ code: 'over_level', levelsSkipped: 1 }], recommendedOutcome: 'guidance' },
    ],
    [
      'a denunciation of a commune chair, filed at a department of the city',
      () => ({
        kind: 'denunciation',
        filedOn: '2026-08-03',
        filedAtUnitId: units['department'],
        respondent: official('newCommune', 'head'),
      }),
      { withinCompetence: false, flags: [{ code: 'outside_competence' }], recommendedOutcome: 'transfer' },
    ],
    [
      'a complaint that a reception of the city received since the law of 2025: guided or transferred',
      () => ({ filedOn: '2026-08-03', filedAtUnitId: units['cityBoard'], channel: 'in_person', respondent: agency('newCommune') }),
      { flags: [{ code: 'over_level', ruleVersion: '2026' }], recommendedOutcome: 'guidance', alsoAllowed: ['transfer'] },
    ],
    [
      'a denunciation whose resolver the chair of the city named',
      () => ({
        kind: 'denunciation',
        filedOn: '2026-08-03',
        filedAtUnitId: units['newCommune'],
        respondent: { ...official('communeA', 'official'), namedResolverUnitId: units['newCommune'] },
      }),
      { withinCompetence: true, competenceRule: { id: 'competence.denunciation.named', verified: true }, flags: [] },
    ],
    [
      'a denunciation of a commune chair, filed at the district',
      () => ({ kind: 'denunciation', filedAtUnitId: units['district'], respondent: official('communeA', 'head') }),
      { competentUnit: { name: 'Quận Ba Đình' }, flags: [], recommendedOutcome: 'propose_acceptance' },
    ],
    [
      'a denunciation of a commune chair, filed at the city',
      () => ({ kind: 'denunciation', filedAtUnitId: units['city'], respondent: official('communeA', 'head') }),
      { flags: [{ code: 'over_level', levelsSkipped: 1 }], recommendedOutcome: 'transfer' },
    ],
    [
      'a denunciation of an ordinary commune official, filed at the district in 2019',
      () => ({
        kind: 'denunciation',
        filedOn: '2019-05-10',
        filedAtUnitId: units['district'],
        respondent: official('communeA', 'official'),
      }),
      {
        flags: [{ code: 'over_level', levelsSkipped: 1 }],
        recommendedOutcome: 'transfer',
        limits: [{ ruleId: 'denunciation.transfer', amount: 5, unit: 'working_days', dueOn: '2019-05-17' }],
      },
    ],
    [
      'a complaint filed at commune A about commune B',
      () => ({ filedAtUnitId: units['communeA'], respondent: agency('communeB') }),
      { competentUnit: { name: 'Phường Hàng Bạc' }, flags: [{ code: 'outside_competence' }], recommendedOutcome: 'guidance' },
    ],
    [
      'forwarded to the city by a National Assembly deputy',
      () => ({ filedAtUnitId: units['city'], respondent: agency('communeA'), forwardedBy: 'Đại biểu Quốc hội' }),
      { flags: [{ code: 'forwarded' }], recommendedOutcome: 'return' },
    ],
  ])('%s', async (_case, facts, expected) => {
    const { status, body } = await evaluate(facts());
    expect(status).toBe(200);
    expect(body).toMatchObject(expected);
    expect(body.flags).toHaveLength(expected.flags.length);
    for (const flag of body.flags) {
      expect(flag.sources.length).toBeGreaterThan(0);
      expect(flag.explanation).toEqual({ vi: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) });
    }
  });

  it.each([
    [{ ruleId: 'complaint.resolution.first', startsOn: '2026-01-19' }, '2026-02-23'],
    [{ ruleId: 'denunciation.acceptance', startsOn: '2026-02-13' }, '2026-03-03'],
    [{ ruleId: 'denunciation.transfer', startsOn: '2025-04-24' }, '2025-05-05'],
    [{ ruleId: 'denunciation.resolution', startsOn: '2018-12-20' }, '2019-02-18'],
    [{ ruleId: 'denunciation.resolution', startsOn: '2019-01-02' }, '2019-02-01'],
  ])('%j is due %s', async (question, dueOn) => {
    const { status, body } = await clerk.post('/rules/limits', {
      complexity: 'normal',
      remoteArea: false,
      multiplePlaces: false,
      extensionsDays: [],
      suspendedDays: 0,
      ...question,
    });
    expect([status, body.dueOn, body.calendarStatus]).toEqual([200, dueOn, 'official']);
  });
});

it('stores nothing', async () => {
  await evaluate({ filedAtUnitId: units['city'], respondent: agency('communeA') });
  expect(await server.sql('select from petition')).toEqual([]);
});

it.each([
  [
    'a unit that did not exist on the day',
    () => ({ filedAtUnitId: units['newCommune'], respondent: agency('communeA') }),
    'unit-not-valid',
    '/filedAtUnitId',
  ],
  [
    'an abolished district without a successor',
    () => ({ filedOn: '2026-05-11', filedAtUnitId: units['city'], respondent: agency('district') }),
    'unit-not-valid',
    '/respondent/unitId',
  ],
  [
    'a day before the law',
    () => ({ filedOn: '2010-05-11', filedAtUnitId: units['city'], respondent: agency('communeA') }),
    'rule-not-applicable',
    '/filedOn',
  ],
  ['a missing unit', () => ({ respondent: agency('communeA') }), 'validation-failed', '/filedAtUnitId'],
  [
    'an unknown field',
    () => ({ filedAtUnitId: units['city'], respondent: { ...agency('communeA'), colour: 'red' } }),
    'validation-failed',
    '/respondent/colour',
  ],
])('an evaluation names the field: %s', async (_what, facts, code, pointer) => {
  const { status, body } = await evaluate(facts());
  expect(status).toBe(422);
  expect(body).toMatchObject({ type: `/api/v1/problems/${code}`, errors: [expect.objectContaining({ pointer })] });
});

it.each([
  [{ ruleId: 'complaint.lunch', startsOn: '2026-01-19' }, '/ruleId'],
  [{ ruleId: 'complaint.acceptance', startsOn: '2026-02-30' }, '/startsOn'],
  [{ ruleId: 'denunciation.resolution', startsOn: '2026-01-19', extensionsDays: [30] }, '/extensionsDays'],
  [{ ruleId: 'denunciation.resolution', startsOn: '2026-01-19', complexity: 'complex', extensionsDays: [31] }, '/extensionsDays/0'],
  [{ ruleId: 'denunciation.transfer', startsOn: '2000-01-19' }, '/startsOn'],
])('a limit names the field: %j', async (question, pointer) => {
  const { status, body } = await clerk.post('/rules/limits', question);
  expect([status, body.errors[0].pointer]).toEqual([422, pointer]);
});

it('lists every rule with versions, periods, sources and how sure they are', async () => {
  const { body } = await clerk.get('/rules');
  const ids = body.items.map(({ id }: Json) => id);
  expect(ids).toEqual(
    expect.arrayContaining([
      'complaint.resolution.first',
      'denunciation.transfer',
      'transfer.reply',
      'competence.complaint.first',
      'over_level.complaint',
    ]),
  );
  expect(body.readings).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        id: 'complaint.acceptance.days',
        confirmedBy: { vi: 'Thanh tra Chính phủ', en: 'the Government Inspectorate' },
      }),
    ]),
  );
  const acceptance = body.items.find(({ id }: Json) => id === 'complaint.acceptance');
  expect(acceptance.versions.map(({ version, from, to }: Json) => [version, from, to])).toEqual([
    ['2011', '2012-07-01', '2016-12-04'],
    ['2016', '2016-12-05', '2020-12-09'],
    ['2020', '2020-12-10', '2026-06-30'],
    ['2026', '2026-07-01', null],
  ]);
  expect(acceptance.versions[2].content.reading.vi).toContain('cách tính chặt hơn');
  const resolution = body.items.find(({ id }: Json) => id === 'denunciation.resolution');
  expect(resolution.versions).toMatchObject([
    { version: '2011', from: '2012-07-01', to: '2018-12-31', content: { days: { normal: 60, complex: 90 } } },
    { version: '2018', from: '2019-01-01', to: null, sources: [{ instrument: '25/2018/QH14', article: '30' }], verified: true },
  ]);
  for (const { versions } of body.items) for (const { sources } of versions) expect(sources.length).toBeGreaterThan(0);
});

describe('the working calendar', () => {
  it('tells days off, worked Saturdays and what is not sure', async () => {
    const { body } = await clerk.get('/calendar?from=2026-08-21&to=2026-09-03');
    const day = (date: string): Json => body.items.find((candidate: Json) => candidate.date === date);
    expect(body.items).toHaveLength(14);
    expect(day('2026-08-22')).toMatchObject({ working: true, status: 'official' });
    expect(day('2026-08-31')).toMatchObject({ working: false });
    expect((await clerk.get('/calendar?from=2027-02-04&to=2027-02-04')).body.items).toEqual([
      { date: '2027-02-04', working: false, name: 'Tết Nguyên đán', status: 'provisional' },
    ]);
    expect((await clerk.get('/calendar?from=2026-02-01&to=2026-01-01')).status).toBe(422);
    expect((await clerk.get('/calendar?from=2000-01-01&to=2026-01-01')).status).toBe(422);
  });

  it('is kept by an administrator, with a dry run first', async () => {
    const admin = await server.as('city.admin');
    const { headers, body: year } = await admin.get('/calendar/years/2026');
    expect(year.days.find(({ date }: Json) => date === '2026-11-24')).toEqual({
      date: '2026-11-24',
      working: false,
      name: 'Ngày Văn hóa Việt Nam',
      status: 'official',
    });
    // A swap of the Monday before it.
    const swap = { date: '2026-11-23', working: false, name: 'Nghỉ hoán đổi ngày làm việc', status: 'official' };
    const wanted = { status: 'official', source: 'Thông báo hoán đổi ngày làm việc', days: [...year.days, swap] };
    const dry = await admin.put('/calendar/years/2026?dryRun=true', wanted, { 'if-match': headers.get('etag')! });
    expect(dry.body.changes).toMatchObject([{ date: '2026-11-23', before: { working: true }, after: { working: false } }]);
    // 24 November is off.
    expect((await clerk.post('/rules/limits', { ruleId: 'denunciation.transfer', startsOn: '2026-11-20' })).body.dueOn).toBe('2026-11-30');
    expect((await admin.put('/calendar/years/2026', wanted)).status).toBe(428);
    expect((await admin.put('/calendar/years/2026', wanted, { 'if-match': headers.get('etag')! })).headers.get('etag')).toBe('"2"');
    expect((await clerk.post('/rules/limits', { ruleId: 'denunciation.transfer', startsOn: '2026-11-20' })).body).toMatchObject({
      dueOn: '2026-12-01',
      calendarStatus: 'official',
    });
    expect((await admin.put('/calendar/years/2026', wanted, { 'if-match': headers.get('etag')! })).status).toBe(412);
    expect((await clerk.put('/calendar/years/2026', wanted, { 'if-match': '*' })).status).toBe(403);
  });

  it('refuses days of another year and days that stand twice', async () => {
    const admin = await server.as('city.admin');
    const day = { date: '2027-02-04', working: false, name: 'Tết Nguyên đán', status: 'official' };
    const put = (days: object[]) =>
      admin.put('/calendar/years/2027', { status: 'official', source: 'Thông báo', days }, { 'if-match': '"0"' });
    expect((await put([{ ...day, date: '2026-02-04' }])).body.errors[0]).toMatchObject({ pointer: '/days/0/date', code: 'other_year' });
    expect((await put([day, day])).body.errors[0]).toMatchObject({ pointer: '/days/1/date', code: 'repeated' });
    expect((await put([day])).status).toBe(200);
  });
});
