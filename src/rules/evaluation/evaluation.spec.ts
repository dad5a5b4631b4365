import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { officialYears } from '../calendar/official-years.js';
import { WorkingCalendar } from '../calendar/working-calendar.js';
import { existsOn } from '../structure/unit-structure.js';
import { evaluate } from './evaluation.js';
import { complaintSubjects, type Filing, petitionKinds, positions, respondentTypes } from './filing.js';
import { hanoi, hanoiStructure } from './hanoi.fixture.js';

const calendar = new WorkingCalendar(officialYears);

function filing(facts: Partial<Filing>): Filing {
  return {
    kind: 'complaint',
    subject: 'administrative',
    filedOn: '2018-05-10',
    filedAtUnitId: 'city',
    respondent: { type: 'agency', unitId: 'commune' },
    matterUnitId: null,
    stage: null,
    priorHandling: [],
    forwardedBy: null,
    alsoSentToUnitIds: [],
    remoteArea: false,
    complexity: 'normal',
    multiplePlaces: false,
    decisionKnownOn: null,
    ...facts,
  };
}

const evaluated = (facts: Partial<Filing>) => evaluate(filing(facts), hanoiStructure, calendar);

function summary(facts: Partial<Filing>): Record<string, unknown> {
  const { stage, competentUnit, flags, recommendedOutcome, limits } = evaluated(facts);
  return {
    stage,
    competent: competentUnit?.id ?? null,
    flags: flags.map(({ code, levelsSkipped }) => (levelsSkipped === undefined ? code : `${code} ${levelsSkipped}`)),
    outcome: recommendedOutcome,
    limits: limits.map(({ ruleId }) => ruleId),
  };
}

describe('complaints', () => {
  const commune2018 = { unitId: 'commune', stage: 'first' as const };

  test.each([
    {
      because: 'Law on Complaints art. 17: the commune decides first; the city board is the city',
      facts: { filedAtUnitId: 'cityBoard' },
      expected: { stage: 'first', competent: 'commune', flags: ['over_level 2'], outcome: 'guidance', limits: ['petition.processing'] },
    },
    {
      because: 'since 2025-07-01 there is no district in between',
      facts: { filedAtUnitId: 'cityBoard', filedOn: '2026-05-11', respondent: { type: 'agency' as const, unitId: 'newCommune' } },
      expected: { stage: 'first', competent: 'newCommune', flags: ['over_level 1'], outcome: 'guidance', limits: ['petition.processing'] },
    },
    {
      because: 'art. 18: after the first decision the district decides second',
      facts: {
        filedAtUnitId: 'district',
        filedOn: '2018-06-20',
        priorHandling: [{ ...commune2018, receivedOn: '2018-05-02', decidedOn: '2018-06-01' }],
      },
      expected: { stage: 'second', competent: 'district', flags: [], outcome: 'propose_acceptance', limits: ['complaint.acceptance'] },
    },
    {
      because: 'arts 7, 33: the silence of the commune opens the second stage at the district, not at the city',
      facts: { filedOn: '2018-06-20', priorHandling: [{ ...commune2018, receivedOn: '2018-03-01' }] },
      expected: { stage: 'second', competent: 'district', flags: ['over_level 1'], outcome: 'guidance', limits: ['petition.processing'] },
    },
    {
      because: 'art. 28: filed with the district on the day the first limit ends is still over-level',
      facts: { filedAtUnitId: 'district', filedOn: '2018-04-11', priorHandling: [{ ...commune2018, receivedOn: '2018-03-01' }] },
      expected: { stage: 'first', competent: 'commune', flags: ['over_level 1'], outcome: 'guidance' },
    },
    {
      because: 'art. 33: one day later the district is competent',
      facts: { filedAtUnitId: 'district', filedOn: '2018-04-12', priorHandling: [{ ...commune2018, receivedOn: '2018-03-01' }] },
      expected: { stage: 'second', competent: 'district', flags: [], outcome: 'propose_acceptance' },
    },
    {
      because: 'who files again with the late authority itself is where the first stage is',
      facts: { filedAtUnitId: 'commune', filedOn: '2018-06-20', priorHandling: [{ ...commune2018, receivedOn: '2018-03-01' }] },
      expected: { stage: 'first', competent: 'commune', flags: [], outcome: 'propose_acceptance' },
    },
    {
      because: 'another branch is not a superior',
      facts: { filedAtUnitId: 'otherCommune' },
      expected: { competent: 'commune', flags: ['outside_competence'], outcome: 'guidance' },
    },
    {
      because: 'art. 27, Circular 05/2021: forwarded by a deputy is not over-level, but goes back when outside competence',
      facts: { forwardedBy: 'Đại biểu Quốc hội' },
      expected: {
        competent: 'commune',
        flags: ['forwarded'],
        outcome: 'return',
        limits: ['petition.processing', 'petition.forwarder.notice'],
      },
    },
    {
      because: 'Circular 05/2021: also sent to the competent authority is filed away',
      facts: { alsoSentToUnitIds: ['commune'] },
      expected: { flags: ['over_level 2', 'also_sent_to_competent'], outcome: 'filing_away' },
    },
    {
      because: 'art. 11(7): a second decision ends the matter',
      facts: {
        filedOn: '2019-03-01',
        priorHandling: [
          { ...commune2018, receivedOn: '2018-03-01', decidedOn: '2018-04-01' },
          { unitId: 'district', stage: 'second' as const, receivedOn: '2018-04-20', decidedOn: '2018-06-01' },
        ],
      },
      expected: { stage: 'second', competent: 'district', flags: ['over_level 1', 'already_finally_resolved'], outcome: 'notice' },
    },
    {
      because: 'art. 33: 30 days from the first decision received',
      facts: {
        filedAtUnitId: 'district',
        filedOn: '2018-08-01',
        priorHandling: [{ ...commune2018, receivedOn: '2018-05-02', decidedOn: '2018-06-01', decisionReceivedOn: '2018-06-05' }],
      },
      expected: { stage: 'second', competent: 'district', flags: ['filing_period_expired'], outcome: 'notice' },
    },
    {
      because: 'art. 9: 90 days from the decision known',
      facts: { filedAtUnitId: 'commune', decisionKnownOn: '2018-01-02' },
      expected: { flags: ['filing_period_expired'], outcome: 'notice' },
    },
    {
      because: 'arts 17–18: the head of a division decides first, so the district is above it',
      facts: { filedAtUnitId: 'districtBoard', respondent: { type: 'agency' as const, unitId: 'division' } },
      expected: { competent: 'division', flags: ['over_level 1'], outcome: 'guidance' },
    },
    {
      because: 'a division that is itself complained of receives its own complaint',
      facts: { filedAtUnitId: 'division', respondent: { type: 'agency' as const, unitId: 'division' } },
      expected: { competent: 'division', flags: [], outcome: 'propose_acceptance' },
    },
    {
      because: 'arts 20–21: the director of a department first, the city second',
      facts: {
        filedOn: '2026-03-10',
        respondent: { type: 'agency' as const, unitId: 'department' },
        priorHandling: [{ unitId: 'department', stage: 'first' as const, receivedOn: '2026-01-12', decidedOn: '2026-02-25' }],
      },
      expected: { stage: 'second', competent: 'city', flags: [], outcome: 'propose_acceptance' },
    },
    {
      because: 'art. 21: the minister is above the city chair, and no unit held here',
      facts: {
        respondent: { type: 'agency' as const, unitId: 'city' },
        priorHandling: [{ unitId: 'city', stage: 'first' as const, receivedOn: '2018-01-12', decidedOn: '2018-02-25' }],
      },
      expected: { stage: 'second', competent: null, flags: ['outside_competence'], outcome: 'guidance' },
    },
    {
      because: 'Decree 141/2025: second complaint on the decision of an abolished commune goes to the city',
      facts: { filedOn: '2025-08-04', priorHandling: [{ ...commune2018, receivedOn: '2025-05-02', decidedOn: '2025-06-20' }] },
      expected: { stage: 'second', competent: 'city', flags: [], outcome: 'propose_acceptance' },
    },
    {
      because: 'an abolished commune is followed by the one it went into as a whole',
      facts: { filedAtUnitId: 'newCommune', filedOn: '2025-08-04' },
      expected: { stage: 'first', competent: 'newCommune', flags: [], outcome: 'propose_acceptance' },
    },
    {
      because: 'art. 33: after silence the 30 days run from the end of the first limit',
      facts: { filedAtUnitId: 'district', filedOn: '2018-06-20', priorHandling: [{ ...commune2018, receivedOn: '2018-03-01' }] },
      expected: { stage: 'second', competent: 'district', flags: ['filing_period_expired'], outcome: 'notice' },
    },
    {
      because: 'art. 9: days of an obstacle are not counted',
      facts: {
        filedAtUnitId: 'district',
        filedOn: '2018-06-20',
        obstacleDays: 40,
        priorHandling: [{ ...commune2018, receivedOn: '2018-03-01' }],
      },
      expected: { stage: 'second', competent: 'district', flags: [], outcome: 'propose_acceptance' },
    },
    {
      because: 'arts 19–20: a department is no office of the city: what belongs to the city is not for it',
      facts: { filedAtUnitId: 'department', filedOn: '2026-08-03', respondent: { type: 'agency' as const, unitId: 'city' } },
      expected: { competent: 'city', flags: ['outside_competence'], outcome: 'guidance' },
    },
    {
      because: 'a matter of a commune at a department is over-level by the difference of levels',
      facts: { filedAtUnitId: 'department', filedOn: '2026-08-03', respondent: { type: 'agency' as const, unitId: 'newCommune' } },
      expected: { competent: 'newCommune', flags: ['over_level 1'], outcome: 'guidance' },
    },
    {
      because: 'three levels: two are skipped, the division of a district one',
      facts: { filedAtUnitId: 'department' },
      expected: { competent: 'commune', flags: ['over_level 2'], outcome: 'guidance' },
    },
    {
      because: 'a division of the district has the level of the district',
      facts: { filedAtUnitId: 'department', respondent: { type: 'agency' as const, unitId: 'division' } },
      expected: { competent: 'division', flags: ['over_level 1'] },
    },
    {
      because: 'one department is not above another',
      facts: { filedAtUnitId: 'otherDepartment', filedOn: '2026-08-03', respondent: { type: 'agency' as const, unitId: 'subDepartment' } },
      expected: { competent: 'subDepartment', flags: ['outside_competence'], outcome: 'guidance' },
    },
    {
      because: 'the second complaint over a commune is not for a department',
      facts: {
        filedAtUnitId: 'department',
        filedOn: '2026-08-03',
        respondent: { type: 'agency' as const, unitId: 'newCommune' },
        priorHandling: [{ unitId: 'newCommune', stage: 'first' as const, receivedOn: '2026-05-11', decidedOn: '2026-07-20' }],
      },
      expected: { stage: 'second', competent: 'city', flags: ['outside_competence'], outcome: 'guidance' },
    },
    {
      because: 'art. 17 as amended: the chair of the commune resolves first about an office of it',
      facts: { filedAtUnitId: 'newCommune', filedOn: '2026-08-03', respondent: { type: 'agency' as const, unitId: 'communeOffice' } },
      expected: { stage: 'first', competent: 'newCommune', flags: [], outcome: 'propose_acceptance', limits: ['complaint.acceptance'] },
    },
    {
      because: 'art. 21(2): and the chair of the province second',
      facts: {
        filedOn: '2026-09-14',
        respondent: { type: 'agency' as const, unitId: 'communeOffice' },
        priorHandling: [{ unitId: 'newCommune', stage: 'first' as const, receivedOn: '2026-07-06', decidedOn: '2026-08-10' }],
      },
      expected: { stage: 'second', competent: 'city', flags: [], outcome: 'propose_acceptance' },
    },
    {
      because: 'whoever is complained of speaks for nobody else',
      facts: { filedAtUnitId: 'communeOffice', filedOn: '2026-08-03', respondent: { type: 'agency' as const, unitId: 'communeOffice' } },
      expected: { competent: 'newCommune', flags: ['outside_competence'], outcome: 'guidance' },
    },
    {
      because: 'art. 51(3): the Minister of Home Affairs is second over the chair of a province about discipline',
      facts: {
        subject: 'discipline' as const,
        respondent: { type: 'agency' as const, unitId: 'city' },
        priorHandling: [{ unitId: 'city', stage: 'first' as const, receivedOn: '2018-04-02', decidedOn: '2018-04-26' }],
      },
      expected: { stage: 'second', competent: null, flags: ['outside_competence'], outcome: 'guidance' },
    },
    {
      because: 'art. 51: who decided the discipline resolves first',
      facts: {
        subject: 'discipline' as const,
        filedAtUnitId: 'district',
        respondent: { type: 'official' as const, unitId: 'district', position: 'head' as const },
      },
      expected: { competent: 'district', flags: [], limits: ['discipline.acceptance'] },
    },
  ])('$because', ({ facts, expected }) => {
    expect(summary(facts)).toMatchObject(expected);
  });
});

describe('denunciations', () => {
  const chair = { type: 'official' as const, unitId: 'commune', position: 'head' as const };
  const official = { type: 'official' as const, unitId: 'commune', position: 'official' as const };
  const kind = 'denunciation' as const;

  test.each([
    {
      because: 'art. 12: the chair of a commune is denounced to the district',
      facts: { filedAtUnitId: 'district', respondent: chair },
      expected: { competent: 'district', flags: [], outcome: 'propose_acceptance', limits: ['denunciation.acceptance'] },
    },
    {
      because: 'art. 12: the city is above the district',
      facts: { respondent: chair },
      expected: { competent: 'district', flags: ['over_level 1'], outcome: 'transfer', limits: ['denunciation.transfer'] },
    },
    {
      because: 'arts 13, 24: an ordinary official of a commune belongs to its chair',
      facts: { filedAtUnitId: 'district', filedOn: '2019-05-10', respondent: official },
      expected: { competent: 'commune', flags: ['over_level 1'], outcome: 'transfer', limits: ['denunciation.transfer'] },
    },
    {
      because: 'since 2025-07-01 the chair of a commune is denounced to the city',
      facts: { filedOn: '2026-05-11', respondent: { ...chair, unitId: 'newCommune' } },
      expected: { competent: 'city', flags: [], outcome: 'propose_acceptance' },
    },
    {
      because: 'art. 13(2): officials of a division belong to the chair of the district',
      facts: { filedAtUnitId: 'districtBoard', respondent: { ...official, unitId: 'division' } },
      expected: { competent: 'district', flags: [] },
    },
    {
      because: 'an office of a commune belongs to its chair',
      facts: { filedAtUnitId: 'newCommune', filedOn: '2026-05-11', respondent: { ...chair, unitId: 'communeOffice' } },
      expected: { competent: 'newCommune', flags: [] },
    },
    {
      because: 'art. 13(1) as amended: heads, officials and the office itself belong to the chair of the commune',
      facts: { filedAtUnitId: 'newCommune', filedOn: '2026-08-03', respondent: { ...official, unitId: 'communeOffice' } },
      expected: { competent: 'newCommune', flags: [], outcome: 'propose_acceptance' },
    },
    {
      because: 'a denunciation of the chair of a commune is not for a department',
      facts: { filedAtUnitId: 'department', filedOn: '2026-08-03', respondent: { ...chair, unitId: 'newCommune' } },
      expected: { competent: 'city', flags: ['outside_competence'], outcome: 'transfer' },
    },
    {
      because: 'a board whose head is denounced does not speak for the city',
      facts: { filedAtUnitId: 'cityBoard', filedOn: '2026-08-03', respondent: { ...chair, unitId: 'cityBoard' } },
      expected: { competent: 'city', flags: ['outside_competence'], outcome: 'transfer' },
    },
    {
      because: 'art. 12(7): the chair of the province named who resolves, whatever became of the unit',
      facts: {
        filedAtUnitId: 'newCommune',
        filedOn: '2026-08-03',
        respondent: { ...official, unitId: 'splitCommune', namedResolverUnitId: 'newCommune' },
      },
      expected: { competent: 'newCommune', flags: [], outcome: 'propose_acceptance' },
    },
    {
      because: 'whoever manages the official resolves, whatever the post',
      facts: { filedAtUnitId: 'city', respondent: { ...official, managedByUnitId: 'city' } },
      expected: { competent: 'city', flags: [] },
    },
    {
      because: 'art. 41: without public duty the body that manages the field resolves',
      facts: { filedAtUnitId: 'department', filedOn: '2026-05-11', respondent: null, matterUnitId: 'department' },
      expected: { competent: 'department', flags: [] },
    },
    {
      because: 'art. 37: after a conclusion the direct superior reviews within 20 days',
      facts: {
        filedAtUnitId: 'district',
        filedOn: '2019-06-10',
        respondent: official,
        priorHandling: [
          { unitId: 'commune', stage: 'first' as const, receivedOn: '2019-02-11', acceptedOn: '2019-02-20', decidedOn: '2019-03-20' },
        ],
      },
      expected: { stage: 'continuing', competent: 'district', flags: [], limits: ['denunciation.continuing.review'] },
    },
    {
      because: 'art. 38: the direct superior demands a report from a late authority',
      facts: {
        filedAtUnitId: 'district',
        filedOn: '2019-06-10',
        respondent: official,
        priorHandling: [{ unitId: 'commune', stage: 'first' as const, receivedOn: '2019-02-11', acceptedOn: '2019-02-20' }],
      },
      expected: { stage: 'continuing', competent: 'district', flags: [], limits: ['denunciation.overdue.demand'] },
    },
    {
      because: 'a limit that was extended has not lapsed',
      facts: {
        filedAtUnitId: 'district',
        filedOn: '2019-04-10',
        respondent: official,
        priorHandling: [
          { unitId: 'commune', stage: 'first' as const, receivedOn: '2019-02-11', acceptedOn: '2019-02-20', resolutionDueOn: '2019-04-22' },
        ],
      },
      expected: { stage: 'first', competent: 'commune', flags: ['over_level 1'] },
    },
    {
      because: 'a forwarded denunciation outside competence is transferred',
      facts: { respondent: chair, forwardedBy: 'Báo Hànộimới' },
      expected: { flags: ['forwarded'], outcome: 'transfer', limits: ['denunciation.transfer', 'petition.forwarder.notice'] },
    },
  ])('$because', ({ facts, expected }) => {
    expect(summary({ kind, ...facts })).toMatchObject(expected);
  });
});

describe('recommendations and reflections', () => {
  it.each(petitionKinds.filter((kind) => kind !== 'complaint' && kind !== 'denunciation'))(
    'a %s filed above the place is counted and transferred',
    (kind) => {
      expect(summary({ kind, filedOn: '2026-05-11', respondent: null, matterUnitId: 'newCommune' })).toMatchObject({
        competent: 'newCommune',
        flags: ['over_level 1'],
        outcome: 'transfer',
        limits: ['petition.processing.other'],
      });
    },
  );

  it('belongs to the receiving authority where no place is stated', () => {
    expect(summary({ kind: 'reflection', filedAtUnitId: 'cityBoard', respondent: null })).toMatchObject({ competent: 'city', flags: [] });
  });
});

describe('units in time', () => {
  it.each([
    ['the receiving unit did not exist yet', { filedAtUnitId: 'newCommune' }, '/filedAtUnitId'],
    [
      'the respondent was split and a clerk must choose',
      { filedOn: '2025-08-04', respondent: { type: 'agency' as const, unitId: 'splitCommune' } },
      '/respondent/unitId',
    ],
    [
      'a district left no successor',
      { filedOn: '2025-08-04', respondent: { type: 'agency' as const, unitId: 'district' } },
      '/respondent/unitId',
    ],
    ['a unit is unknown', { respondent: { type: 'agency' as const, unitId: 'nowhere' } }, '/respondent/unitId'],
    ['another addressee is unknown', { alsoSentToUnitIds: ['nowhere'] }, '/alsoSentToUnitIds/0'],
  ])('names the field when %s', (_because, facts, pointer) => {
    expect(() => evaluated(facts)).toThrow(expect.objectContaining({ errors: [expect.objectContaining({ pointer })] }));
  });

  it.each([
    ['before the law of 2025', { kind: 'denunciation' as const, filedOn: '2026-06-30' }],
    ['for a complaint', { kind: 'complaint' as const, filedOn: '2026-08-03' }],
  ])('lets nobody name who resolves %s', (_because, facts) => {
    const respondent = {
      type: 'official' as const,
      unitId: 'newCommune',
      position: 'official' as const,
      namedResolverUnitId: 'newCommune',
    };
    expect(() => evaluated({ ...facts, respondent })).toThrow(
      expect.objectContaining({
        code: 'rule-not-applicable',
        errors: [expect.objectContaining({ pointer: '/respondent/namedResolverUnitId', code: 'not_in_force' })],
      }),
    );
  });

  it('knows no law before 2012-07-01', () => {
    expect(() => evaluated({ filedOn: '2012-06-29' })).toThrow(expect.objectContaining({ code: 'rule-not-applicable' }));
  });
});

describe('guide or transfer (Law on Citizen Reception art. 26(1)(b))', () => {
  const atTheCity = { respondent: { type: 'agency' as const, unitId: 'newCommune' } };

  test.each`
    filedOn         | channel        | unit                 | alsoAllowed     | version   | said
    ${'2026-06-30'} | ${'in_person'} | ${'city'}            | ${[]}           | ${'2021'} | ${'không chuyển đơn'}
    ${'2026-07-01'} | ${'in_person'} | ${'city'}            | ${['transfer']} | ${'2026'} | ${'hoặc chuyển đơn'}
    ${'2026-07-01'} | ${'post'}      | ${'city'}            | ${[]}           | ${'2026'} | ${'không chuyển đơn'}
    ${'2026-07-01'} | ${'online'}    | ${'city'}            | ${[]}           | ${'2026'} | ${'không chuyển đơn'}
    ${'2026-07-01'} | ${null}        | ${'city'}            | ${[]}           | ${'2026'} | ${'không chuyển đơn'}
    ${'2026-07-01'} | ${'in_person'} | ${'otherNewCommune'} | ${['transfer']} | ${'2026'} | ${'hoặc chuyển đơn'}
    ${'2026-06-30'} | ${'in_person'} | ${'otherNewCommune'} | ${[]}           | ${'2021'} | ${'Hướng dẫn người khiếu nại một lần hoặc trả lại'}
  `('a complaint of $filedOn by $channel at $unit: $alsoAllowed', (row) => {
    const { unit, alsoAllowed, version, said, ...facts } = row as Record<string, string> & { alsoAllowed: string[] };
    const found = evaluated({ ...atTheCity, ...(facts as Partial<Filing>), filedAtUnitId: unit! });
    expect(found).toMatchObject({ recommendedOutcome: 'guidance', alsoAllowed });
    expect(found.flags).toMatchObject([{ ruleVersion: version, explanation: { vi: expect.stringContaining(said!) } }]);
  });

  it('is for complaints outside competence: a denunciation is transferred, what is within is accepted', () => {
    const filed = { ...atTheCity, filedOn: '2026-08-03', channel: 'in_person' as const };
    expect(evaluated({ ...filed, kind: 'denunciation' })).toMatchObject({ alsoAllowed: [] });
    expect(evaluated({ ...filed, filedAtUnitId: 'newCommune' })).toMatchObject({
      recommendedOutcome: 'propose_acceptance',
      alsoAllowed: [],
    });
  });
});

describe('guided once (Circular 05/2021/TT-TTCP art. 6)', () => {
  const overLevel = { respondent: { type: 'agency' as const, unitId: 'newCommune' }, filedAtUnitId: 'city', filedOn: '2026-08-03' };

  test.each`
    facts                                                                                                         | outcome                 | version   | because
    ${{ guidedBeforeOn: '2026-07-10' }}                                                                           | ${'filing_away'}        | ${'2021'} | ${'the same person was guided about the matter'}
    ${{ guidedBeforeOn: '2026-08-04' }}                                                                           | ${'guidance'}           | ${null}   | ${'that was afterwards'}
    ${{ guidedBeforeOn: null }}                                                                                   | ${'guidance'}           | ${null}   | ${'nobody was guided'}
    ${{ guidedBeforeOn: '2026-07-10', kind: 'denunciation', filedAtUnitId: 'otherNewCommune' }}                   | ${'transfer'}           | ${null}   | ${'denunciations are transferred'}
    ${{ guidedBeforeOn: '2026-07-10', filedAtUnitId: 'newCommune' }}                                              | ${'propose_acceptance'} | ${null}   | ${'it came where he was guided to'}
    ${{ guidedBeforeOn: '2014-11-10', filedOn: '2014-12-12', respondent: { type: 'agency', unitId: 'commune' } }} | ${'guidance'}           | ${null}   | ${'no circular said so'}
    ${{ guidedBeforeOn: '2014-11-10', filedOn: '2014-12-15', respondent: { type: 'agency', unitId: 'commune' } }} | ${'filing_away'}        | ${'2014'} | ${'the first circular does'}
  `('$outcome: $because', ({ facts, outcome, version }) => {
    const found = evaluated({ ...overLevel, ...(facts as Partial<Filing>) });
    expect(found.recommendedOutcome).toBe(outcome);
    const flag = found.flags.find(({ code }) => code === 'already_guided');
    expect(flag?.ruleVersion ?? null).toBe(version);
    if (flag) expect(flag.explanation.vi).toContain('việc hướng dẫn chỉ thực hiện một lần');
  });
});

it('names the department where the petition was filed, and the Minister of Home Affairs', () => {
  const [flag] = evaluated({
    filedAtUnitId: 'department',
    filedOn: '2026-08-03',
    respondent: { type: 'agency', unitId: 'newCommune' },
  }).flags;
  expect(flag?.explanation.vi).toContain('tại Sở Nông nghiệp và Môi trường');
  const { competentAuthority } = evaluated({
    subject: 'discipline',
    respondent: { type: 'agency', unitId: 'city' },
    priorHandling: [{ unitId: 'city', stage: 'first', receivedOn: '2018-04-02', decidedOn: '2018-04-26' }],
  });
  expect(competentAuthority.vi).toBe('Bộ trưởng Bộ Nội vụ (lần hai)');
});

it('says that a good reason keeps the right to complain', () => {
  const [flag] = evaluated({
    filedAtUnitId: 'district',
    filedOn: '2018-06-20',
    priorHandling: [{ unitId: 'commune', stage: 'first', receivedOn: '2018-03-01' }],
  }).flags;
  expect(flag?.explanation.vi).toContain('sự kiện bất khả kháng, trở ngại khách quan thì vẫn giữ quyền khiếu nại');
});

it('explains an over-level filing in both languages with its source', () => {
  const [flag] = evaluated({ filedAtUnitId: 'cityBoard' }).flags;
  expect(flag).toMatchObject({
    ruleId: 'over_level.complaint',
    ruleVersion: '2014',
    sources: [{ instrument: '02/2011/QH13', article: '7' }, { instrument: '07/2014/TT-TTCP' }],
    explanation: {
      vi: expect.stringContaining('Chủ tịch UBND Phường Trúc Bạch (lần đầu): vượt 2 cấp'),
      en: expect.stringContaining('2 levels skipped'),
    },
  });
});

describe('whatever is filed', () => {
  const unitIds = Object.keys(hanoi);
  const filings = fc
    .record({
      kind: fc.constantFrom(...petitionKinds),
      subject: fc.constantFrom(...complaintSubjects),
      filedOn: fc
        .date({ min: new Date('2012-07-01'), max: new Date('2028-12-31'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10)),
      filedAtUnitId: fc.constantFrom(...unitIds),
      respondent: fc.option(
        fc.record({
          type: fc.constantFrom(...respondentTypes),
          unitId: fc.constantFrom(...unitIds),
          position: fc.constantFrom(...positions),
        }),
      ),
      matterUnitId: fc.option(fc.constantFrom(...unitIds)),
      forwardedBy: fc.option(fc.constant('Đại biểu Quốc hội')),
      priorHandling: fc.array(
        fc.record({
          unitId: fc.constantFrom(...unitIds),
          stage: fc.constantFrom('first' as const, 'second' as const),
          receivedOn: fc.constantFrom('2018-03-01', '2024-03-01'),
          decidedOn: fc.option(fc.constant('2024-05-02')),
        }),
        { maxLength: 2 },
      ),
    })
    .map(filing)
    .filter((facts) => {
      try {
        evaluate(facts, hanoiStructure, calendar);
        return true;
      } catch {
        return false;
      }
    });

  it('the competent unit exists on the filing date', () => {
    fc.assert(
      fc.property(filings, (facts) => {
        const { competentUnit } = evaluate(facts, hanoiStructure, calendar);
        return competentUnit === null || existsOn(competentUnit, facts.filedOn);
      }),
    );
  });

  it('over-level is never flagged at a unit that is itself competent', () => {
    fc.assert(
      fc.property(filings, (facts) => {
        const { competentUnit, flags, withinCompetence } = evaluate(facts, hanoiStructure, calendar);
        const overLevel = flags.some(({ code }) => code === 'over_level');
        return !(overLevel && (withinCompetence || competentUnit?.id === facts.filedAtUnitId));
      }),
    );
  });

  it('evaluating twice gives the same', () => {
    fc.assert(
      fc.property(filings, (facts) => expect(evaluate(facts, hanoiStructure, calendar)).toEqual(evaluate(facts, hanoiStructure, calendar))),
    );
  });
});
