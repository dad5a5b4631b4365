import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { officialYears } from '../calendar/official-years.js';
import { WorkingCalendar } from '../calendar/working-calendar.js';
import { plusDays } from '../../platform/text/legal-date.js';
import { alertDays, alertOf } from './alert.js';
import { countAgain, daysBetween, lastDay, limitFor, limitInForce, limitRules, type LimitQuestion } from './limit.js';

const calendar = new WorkingCalendar(officialYears);
const dueOn = (question: LimitQuestion) => limitInForce(question, calendar)?.dueOn;

test.each`
  startsOn        | ruleId                                | more                                               | due             | because
  ${'2026-01-19'} | ${'complaint.resolution.first'}       | ${{}}                                              | ${'2026-02-23'} | ${'day 30 falls in Tết (LC art. 28)'}
  ${'2026-02-13'} | ${'denunciation.acceptance'}          | ${{}}                                              | ${'2026-03-03'} | ${'7 working days around Tết (LD art. 24)'}
  ${'2026-02-13'} | ${'denunciation.acceptance'}          | ${{ multiplePlaces: true }}                        | ${'2026-03-06'} | ${'10 working days when several places are to be verified'}
  ${'2025-04-24'} | ${'denunciation.transfer'}            | ${{}}                                              | ${'2025-05-05'} | ${'Saturday 26 April is worked, 30 April to 2 May are off'}
  ${'2018-12-20'} | ${'denunciation.resolution'}          | ${{}}                                              | ${'2019-02-18'} | ${'the law of 2011 governs what began before 2019: 60 days'}
  ${'2019-01-02'} | ${'denunciation.resolution'}          | ${{}}                                              | ${'2019-02-01'} | ${'the law of 2018: 30 days'}
  ${'2018-12-20'} | ${'denunciation.resolution'}          | ${{ complexity: 'complex' }}                       | ${'2019-03-20'} | ${'LD 2011 art. 21: complex 90 days'}
  ${'2019-01-02'} | ${'denunciation.resolution'}          | ${{ complexity: 'complex', extensionsDays: [30] }} | ${'2019-03-04'} | ${'LD art. 30: one extension; day 60 is a Sunday'}
  ${'2018-12-03'} | ${'denunciation.acceptance'}          | ${{}}                                              | ${'2018-12-13'} | ${'LD 2011 art. 20: 10 days'}
  ${'2024-03-04'} | ${'complaint.resolution.first'}       | ${{ complexity: 'complex' }}                       | ${'2024-04-19'} | ${'45 days end on Hùng Kings’ day and move on (LC art. 28)'}
  ${'2024-03-04'} | ${'complaint.resolution.first'}       | ${{ remoteArea: true }}                            | ${'2024-04-19'} | ${'remote area 45 days'}
  ${'2024-03-04'} | ${'complaint.resolution.first'}       | ${{ remoteArea: true, complexity: 'complex' }}     | ${'2024-05-03'} | ${'remote and complex 60 days'}
  ${'2024-03-04'} | ${'complaint.resolution.second'}      | ${{}}                                              | ${'2024-04-19'} | ${'45 days (LC art. 37)'}
  ${'2024-03-04'} | ${'complaint.resolution.second'}      | ${{ remoteArea: true, complexity: 'complex' }}     | ${'2024-05-13'} | ${'70 days (LC art. 37)'}
  ${'2024-03-04'} | ${'complaint.decision.sending.first'} | ${{}}                                              | ${'2024-03-07'} | ${'3 working days (LC art. 32)'}
  ${'2024-03-04'} | ${'complaint.filing'}                 | ${{}}                                              | ${'2024-06-03'} | ${'90 days end on a Sunday (LC art. 9)'}
  ${'2024-03-04'} | ${'discipline.filing.second'}         | ${{ dismissal: true }}                             | ${'2024-04-03'} | ${'30 days after a dismissal (LC art. 48)'}
  ${'2024-03-04'} | ${'denunciation.continuing.review'}   | ${{}}                                              | ${'2024-03-25'} | ${'20 days end on a Sunday (LD art. 37)'}
  ${'2026-01-19'} | ${'complaint.resolution.first'}       | ${{ suspendedDays: 10 }}                           | ${'2026-03-02'} | ${'a suspension stops the clock; day 40 is a Saturday'}
  ${'2026-06-30'} | ${'complaint.acceptance'}             | ${{}}                                              | ${'2026-07-10'} | ${'LC art. 27 before Law 136/2025: 10 days for what came until 30 June'}
  ${'2026-07-01'} | ${'complaint.acceptance'}             | ${{}}                                              | ${'2026-07-10'} | ${'Law 136/2025 art. 2(15)(b): 7 working days since'}
  ${'2026-07-06'} | ${'complaint.acceptance'}             | ${{}}                                              | ${'2026-07-15'} | ${'7 working days'}
  ${'2026-06-30'} | ${'discipline.acceptance'}            | ${{}}                                              | ${'2026-07-10'} | ${'LC art. 50: 10 days'}
  ${'2026-07-06'} | ${'discipline.acceptance'}            | ${{}}                                              | ${'2026-07-15'} | ${'LC art. 50 as amended: 7 working days'}
  ${'2026-07-06'} | ${'complaint.suspension.notice'}      | ${{}}                                              | ${'2026-07-09'} | ${'Decree 155/2026 art. 28b(1): 3 working days'}
  ${'2026-07-06'} | ${'complaint.termination.notice'}     | ${{}}                                              | ${'2026-07-09'} | ${'the same for the termination'}
  ${'2026-07-06'} | ${'complaint.continuation.notice'}    | ${{}}                                              | ${'2026-07-09'} | ${'art. 28b(2): the same for going on'}
  ${'2026-06-30'} | ${'complaint.suspension.notice'}      | ${{}}                                              | ${undefined}    | ${'there was no suspension of a complaint before'}
  ${'2026-11-16'} | ${'denunciation.acceptance'}          | ${{}}                                              | ${'2026-11-26'} | ${'24 November is off (Resolution 28/2026/QH16)'}
  ${'2025-11-17'} | ${'denunciation.acceptance'}          | ${{}}                                              | ${'2025-11-26'} | ${'and was not in 2025'}
  ${'2024-03-04'} | ${'complaint.enforcement.direction'}  | ${{}}                                              | ${'2024-03-11'} | ${'Decree 124/2020 art. 31(1): 5 working days from legal effect'}
  ${'2020-12-09'} | ${'complaint.enforcement.direction'}  | ${{}}                                              | ${undefined}    | ${'not before that decree'}
  ${'2024-03-04'} | ${'denunciation.handling.result'}     | ${{}}                                              | ${'2024-03-11'} | ${'LD art. 36(3): 5 working days'}
  ${'2024-05-06'} | ${'petition.forwarder.notice'}        | ${{ kind: 'denunciation' }}                        | ${'2024-05-27'} | ${'LD art. 26(2): 20 days, the last a Sunday'}
  ${'2024-05-06'} | ${'petition.forwarder.notice'}        | ${{ kind: 'complaint' }}                           | ${'2024-05-20'} | ${'10 working days'}
  ${'2018-12-20'} | ${'petition.forwarder.notice'}        | ${{ kind: 'denunciation' }}                        | ${'2019-01-05'} | ${'the Law of 2011 had no such article'}
  ${'2024-03-04'} | ${'petition.forwarder.result'}        | ${{}}                                              | ${'2024-03-13'} | ${'LR art. 27(2): 7 working days'}
  ${'2024-03-04'} | ${'discipline.in_force'}              | ${{ remoteArea: true }}                            | ${'2024-04-03'} | ${'LC art. 57: 30 days everywhere'}
  ${'2024-03-04'} | ${'complaint.in_force'}               | ${{ remoteArea: true }}                            | ${'2024-04-19'} | ${'LC art. 44: 45 days in a remote area, which end on Hùng Kings’ day'}
  ${'2026-08-03'} | ${'denunciation.crime.transfer'}      | ${{}}                                              | ${'2026-08-03'} | ${'signs of a crime are handed on at once (LD art. 27(1))'}
  ${'2026-08-01'} | ${'denunciation.crime.transfer'}      | ${{}}                                              | ${'2026-08-03'} | ${'found on a Saturday: the next working day'}
  ${'2018-12-20'} | ${'denunciation.crime.transfer'}      | ${{}}                                              | ${undefined}    | ${'an article of the law of 2018'}
  ${'2024-03-04'} | ${'discipline.resolution.second'}     | ${{ complexity: 'complex' }}                       | ${'2024-04-19'} | ${'LC art. 50: 45 days when complex, in both instances'}
`('$ruleId from $startsOn is due $due: $because', (row) => {
  const { startsOn, ruleId, more, due } = row as unknown as { startsOn: string; ruleId: string; more: Partial<LimitQuestion>; due: string };
  expect(dueOn({ ruleId, startsOn, ...more })).toBe(due);
});

describe('a limit is refused', () => {
  it.each([
    ['for a rule that is not known', { ruleId: 'complaint.unknown', startsOn: '2026-01-05' }, { fault: 'unknown_rule' }],
    ['before the law was in force', { ruleId: 'denunciation.transfer', startsOn: '2010-01-05' }, { fault: 'not_in_force' }],
    [
      'for more extensions than the law allows',
      { ruleId: 'denunciation.resolution', startsOn: '2026-01-05', extensionsDays: [30] },
      { fault: 'too_many_extensions', allowed: 0 },
    ],
    [
      'for an extension that is too long',
      { ruleId: 'denunciation.resolution', startsOn: '2026-01-05', complexity: 'specially_complex' as const, extensionsDays: [30, 31] },
      { fault: 'extension_too_long', index: 1, longest: 30 },
    ],
  ])('%s', (_because, question, fault) => {
    expect(limitFor(question, calendar)).toMatchObject(fault);
  });
});

describe('where texts of the law differ', () => {
  it.each([
    ['complaint.acceptance', '2016-12-04', null],
    ['complaint.acceptance', '2016-12-05', '02/2016|sửa đổi năm 2016'],
    ['complaint.acceptance', '2026-06-30', 'Nghị định 124/2020/NĐ-CP'],
    ['complaint.acceptance', '2026-07-01', null],
    ['discipline.acceptance', '2024-03-04', 'Nghị định 124/2020/NĐ-CP'],
    ['complaint.decision.sending.second', '2020-12-09', null],
    ['complaint.decision.sending.second', '2026-07-01', 'Nghị định 124/2020/NĐ-CP'],
  ])('%s of %s says which reading was taken: %s', (ruleId, startsOn, said) => {
    const reading = limitInForce({ ruleId, startsOn }, calendar)?.reading;
    if (said) expect(reading?.vi).toMatch(new RegExp(said));
    else expect(reading).toBeNull();
  });
});

it('is provisional where the calendar of its days is', () => {
  expect(limitInForce({ ruleId: 'complaint.acceptance', startsOn: '2026-11-20' }, calendar)?.calendarStatus).toBe('official');
  expect(limitInForce({ ruleId: 'complaint.acceptance', startsOn: '2026-11-25' }, calendar)?.calendarStatus).toBe('official');
  expect(limitInForce({ ruleId: 'complaint.acceptance', startsOn: '2026-12-28' }, calendar)?.calendarStatus).toBe('provisional');
});

describe('alert', () => {
  const limit = { dueOn: '2026-02-23', backlogOn: '2026-03-26' };

  it.each([
    ['2026-02-10', 'on_time', 'four working days are left around Tết'],
    ['2026-02-11', 'due_soon', 'three working days are left'],
    ['2026-02-23', 'due_soon', 'the last legal day is still in time'],
    ['2026-02-24', 'overdue', 'the day after'],
    ['2026-03-25', 'overdue', '30 days over'],
    ['2026-03-26', 'backlog', 'more than 30 days over'],
  ])('on %s it is %s: %s', (today, alert) => {
    expect(alertOf(limit, alertDays(today, calendar))).toBe(alert);
  });

  it('goes over to backlog after the last possible extension', () => {
    const extendable = limitInForce(
      { ruleId: 'denunciation.resolution', startsOn: '2019-01-02', complexity: 'complex', extensionsDays: [30] },
      calendar,
    );
    expect(extendable).toMatchObject({ dueOn: '2019-03-04', backlogOn: '2019-03-05' });
  });
});

describe('whatever the rule and the day', () => {
  const days = fc
    .date({ min: new Date('2012-07-01'), max: new Date('2030-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const rules = fc.constantFrom(...limitRules);
  const units = fc.constantFrom('calendar_days' as const, 'working_days' as const);
  const amounts = fc.integer({ min: 1, max: 120 });

  it('a limit never ends on a day off and always after its start', () => {
    fc.assert(
      fc.property(rules, days, ({ id, days: amounts }, startsOn) => {
        const due = dueOn({ ruleId: id, startsOn });
        return due === undefined || (calendar.isWorking(due) && (amounts.normal === 0 ? due >= startsOn : due > startsOn));
      }),
    );
  });

  it('more days never end earlier', () => {
    fc.assert(
      fc.property(
        days,
        units,
        amounts,
        (start, unit, amount) => lastDay(start, amount + 1, unit, calendar) >= lastDay(start, amount, unit, calendar),
      ),
    );
  });

  it('a further holiday never brings a limit forward', () => {
    fc.assert(
      fc.property(days, units, amounts, fc.integer({ min: 0, max: 150 }), (start, unit, amount, offset) => {
        const holiday = plusDays(start, offset);
        const year = Number(holiday.slice(0, 4));
        const before = lastDay(start, amount, unit, calendar);
        const known = officialYears.find((candidate) => candidate.year === year);
        fc.pre(known !== undefined);
        const changed = new WorkingCalendar([
          ...officialYears,
          {
            ...known,
            days: [
              ...known.days.filter(({ date }) => date !== holiday),
              { date: holiday, working: false, name: 'Nghỉ thêm', status: 'official' as const },
            ],
          },
        ]);
        return lastDay(start, amount, unit, changed) >= before;
      }),
    );
  });
});

describe('a limit that is counted again', () => {
  const running = fc.record({
    ruleId: fc.constantFrom('complaint.resolution.first', 'denunciation.resolution', 'denunciation.acceptance'),
    startsOn: fc
      .date({ min: new Date('2019-01-02'), max: new Date('2026-06-30'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
  });
  const limitOf = ({ ruleId, startsOn }: { ruleId: string; startsOn: string }) => limitInForce({ ruleId, startsOn }, calendar)!;

  it('has the same days by the same calendar', () => {
    fc.assert(
      fc.property(running, (question) => {
        const limit = limitOf(question);
        const again = countAgain({ ...limit, extensionsDays: [], complexity: 'normal' }, calendar);
        return again.dueOn === limit.dueOn && again.backlogOn === limit.backlogOn;
      }),
    );
  });

  it('ends later by what a suspension took, never earlier, and not at all for none', () => {
    fc.assert(
      fc.property(running, fc.integer({ min: 0, max: 90 }), (question, days) => {
        const limit = limitOf(question);
        const from = plusDays(question.startsOn, 3);
        const stood = daysBetween(from, plusDays(from, days), limit.unit, calendar);
        const { dueOn: after } = countAgain({ ...limit, amount: limit.amount + stood, extensionsDays: [], complexity: 'normal' }, calendar);
        return days === 0 ? after === limit.dueOn : after >= limit.dueOn && calendar.isWorking(after);
      }),
    );
  });
});
