import type { Form } from '../form.js';
import { count, form, group, partOf, total, type Unnumbered, type Unplaced, type Where } from './build.js';

/** 01–04/KQGQ (law.md 5.3): what was resolved within competence, and what was carried out of it. Those of 2021 are taken as the same. */

const complaint: Where = { kind: 'complaint' };
const denunciation: Where = { kind: 'denunciation' };

export const resolutionForms: Form[] = [complaintsResolved(), complaintsCarriedOut(), denunciationsResolved(), conclusionsCarriedOut()];

function complaintsResolved(): Form {
  const first = resultsOf(complaint, [
    ['right', 'Khiếu nại đúng', 'Right'],
    ['wrong', 'Khiếu nại sai', 'Wrong'],
    ['partly_right', 'Có đúng, có sai', 'Partly right'],
  ]);
  const second = resultsOf(complaint, [
    ['confirmed', 'Công nhận quyết định lần đầu', 'First decision confirmed'],
    ['changed_or_annulled', 'Huỷ, sửa quyết định lần đầu', 'First decision changed or annulled'],
  ]);
  const decided = settled('Bằng quyết định hành chính', 'By decision', { ...complaint, settled: true, by: 'decision' });
  const [all, ...byArrival] = acceptedOf(complaint);
  return form(
    {
      code: '01-KQGQ',
      title: { vi: 'Tổng hợp kết quả giải quyết khiếu nại thuộc thẩm quyền', en: 'Resolution of complaints within competence' },
    },
    [
      group('Đơn khiếu nại thuộc thẩm quyền', 'Complaints within competence', all, ...byArrival),
      partOf(settled('Số vụ việc', 'Cases', complaint), all),
      group(
        'Đã giải quyết',
        'Settled',
        total(decided, ...first, ...second),
        settled('Rút đơn thông qua giải thích, thuyết phục', 'Withdrawn after explanation', {
          ...complaint,
          settled: true,
          by: 'withdrawal',
        }),
      ),
      ...imposedOf(complaint),
      group('Kết quả giải quyết lần đầu', 'First instance', ...first),
      group('Kết quả giải quyết lần hai', 'Second instance', ...second),
      group('Chấp hành thời hạn', 'Limits', ...timeliness({ ...complaint, by: ['decision', 'withdrawal'] })),
    ],
  );
}

function complaintsCarriedOut(): Form {
  const state = dueAndDone({ ...complaint, type: 'recover_for_state' });
  const organisations = dueAndDone({ ...complaint, type: 'restore_organisation' });
  const persons = dueAndDone({ ...complaint, type: 'restore_person' });
  return form(
    {
      code: '02-KQGQ',
      title: { vi: 'Tổng hợp kết quả thi hành quyết định giải quyết khiếu nại', en: 'Enforcement of decisions on complaints' },
    },
    [
      ...enforcementOf(complaint),
      group(
        'Thu hồi cho Nhà nước',
        'Recover for the State',
        group('Phải thu', 'Due', ...state.due),
        group('Đã thu', 'Collected', ...state.done),
      ),
      group(
        'Trả lại cho tổ chức, cá nhân',
        'Give back',
        group('Phải trả', 'Due', group('Tổ chức', 'Organisations', ...organisations.due), group('Cá nhân', 'Persons', ...persons.due)),
        group(
          'Đã trả',
          'Given back',
          group('Tổ chức', 'Organisations', ...organisations.done),
          group('Cá nhân', 'Persons', ...persons.done),
        ),
      ),
      group('Đã xử lý hành chính', 'Sanctioned', ...people('performed', { ...complaint, type: 'sanction' })),
      group('Đã khởi tố', 'Prosecuted', ...investigated('performed', complaint)),
    ],
  );
}

function denunciationsResolved(): Form {
  const ended = { ...denunciation, settled: true };
  const results = (
    [
      ['right', 'Tố cáo đúng', 'Right'],
      ['wrong', 'Tố cáo sai', 'Wrong'],
      ['partly_right', 'Có đúng, có sai', 'Partly right'],
    ] as const
  ).map(([result, vi, en]) => ({
    vi,
    en,
    all: settled('Tổng số', 'Total', { ...ended, result }),
    again: settled('Trong đó tố cáo tiếp', 'Of which continuing', { ...ended, result, stage: 'continuing' }),
  }));
  const limits = timeliness(denunciation);
  const ways = [
    settled('Tố cáo lần đầu', 'First', { ...ended, by: 'decision', stage: ['first', 'second', 'none'] }),
    total(settled('Tố cáo tiếp', 'Continuing', { ...ended, by: 'decision', stage: 'continuing' }), ...results.map(({ again }) => again)),
    settled('Rút toàn bộ nội dung', 'Wholly withdrawn', { ...ended, by: 'withdrawal' }),
    settled('Đình chỉ do nguyên nhân khác', 'Terminated otherwise', { ...ended, by: 'termination' }),
  ];
  const divisions = [ways, results.map(({ all }) => all), limits];
  const [all, ...byArrival] = acceptedOf(denunciation);
  const cases = partOf(settled('Tổng số', 'Total', denunciation), all);
  return form(
    {
      code: '03-KQGQ',
      title: { vi: 'Tổng hợp kết quả giải quyết tố cáo thuộc thẩm quyền', en: 'Resolution of denunciations within competence' },
    },
    [
      group('Đơn tố cáo thuộc thẩm quyền', 'Denunciations within competence', all, ...byArrival),
      group(
        'Vụ việc',
        'Cases',
        cases,
        partOf(settled('Trong đó tố cáo tiếp', 'Of which continuing', { ...denunciation, stage: 'continuing' }), cases),
      ),
      group(
        'Đã giải quyết',
        'Resolved',
        divisions.reduce((column, parts) => total(column, ...parts), settled('Tổng số', 'Total', ended)),
        ...ways,
      ),
      ...imposedOf(denunciation),
      group('Kết quả giải quyết', 'Results', ...results.map((one) => group(one.vi, one.en, one.all, one.again))),
      group('Chấp hành thời hạn', 'Limits', ...limits),
    ],
  );
}

function conclusionsCarriedOut(): Form {
  const state = dueAndDone({ ...denunciation, type: 'recover_for_state' });
  const back = givenBack();
  return form(
    {
      code: '04-KQGQ',
      title: { vi: 'Tổng hợp kết quả thực hiện kết luận nội dung tố cáo', en: 'Enforcement of conclusions on denunciations' },
    },
    [
      ...enforcementOf(denunciation),
      group(
        'Thu hồi cho Nhà nước',
        'Recover for the State',
        group('Phải thu', 'Due', ...state.due),
        group('Đã thu', 'Collected', ...state.done),
      ),
      group('Phải trả lại', 'To be given back', ...back.due),
      group('Đã trả lại', 'Given back', ...back.done),
      group(
        'Đã xử lý hành chính',
        'Sanctioned',
        count('Số tổ chức', 'Organisations', 'performed', 'organisations', { ...denunciation, type: 'sanction' }),
        ...people('performed', { ...denunciation, type: 'sanction' }),
      ),
      group('Đã khởi tố', 'Prosecuted', ...investigated('performed', denunciation)),
    ],
  );
}

function settled(vi: string, en: string, where: Where): Unplaced {
  return count(vi, en, 'settlements', 'cases', where);
}

function acceptedOf(where: Where): [Unplaced, Unplaced, Unplaced] {
  const carriedOver = count('Kỳ trước chuyển sang', 'Carried over', 'settlements', 'petitions', { ...where, movement: 'carried' });
  const accepted = count('Thụ lý trong kỳ', 'Accepted in the period', 'settlements', 'petitions', { ...where, movement: 'received' });
  return [total(count('Tổng số', 'Total', 'settlements', 'petitions', where), carriedOver, accepted), carriedOver, accepted];
}

function amounts(of: 'imposed' | 'outstanding' | 'performed', where: Where): Unplaced[] {
  return [count('Tiền', 'Money', of, 'money', where), count('Đất', 'Land', of, 'land', where)];
}

/** What was due of an obligation, and what was done of it: never more. */
function dueAndDone(where: Where): { due: Unplaced[]; done: Unplaced[] } {
  const due = amounts('outstanding', where);
  return { due, done: amounts('performed', where).map((column, index) => partOf(column, due[index]!)) };
}

/** Persons, and the officials among them. */
export function people(of: 'imposed' | 'performed', where: Where): Unplaced[] {
  const persons = count('Số người', 'Persons', of, 'persons', where);
  const officials = count('Trong đó cán bộ, công chức, viên chức', 'Of which officials', of, 'officials', where);
  return [persons, partOf(officials, persons)];
}

function investigated(of: 'imposed' | 'performed', where: Where): Unplaced[] {
  const type = 'investigation';
  return [count('Số vụ', 'Cases', of, 'cases', { ...where, type }), ...people(of, { ...where, type })];
}

/** What decisions or conclusions of the period oblige to; the circular has restored organisations and persons beside the amounts. */
function imposedOf(where: Where): Unnumbered[] {
  return [
    group('Thu hồi cho Nhà nước', 'Recover for the State', ...amounts('imposed', { ...where, type: 'recover_for_state' })),
    group(
      'Trả lại cho tổ chức, cá nhân',
      'Give back',
      group('Tổ chức', 'Organisations', ...amounts('imposed', { ...where, type: 'restore_organisation' })),
      group('Cá nhân', 'Persons', ...amounts('imposed', { ...where, type: 'restore_person' })),
    ),
    group(
      'Được trả lại quyền lợi',
      'Restored',
      count('Số tổ chức', 'Organisations', 'imposed', 'organisations', { ...where, type: 'restore_organisation' }),
      count('Số cá nhân', 'Persons', 'imposed', 'persons', { ...where, type: 'restore_person' }),
    ),
    group('Kiến nghị xử lý hành chính', 'Proposed for sanction', ...people('imposed', { ...where, type: 'sanction' })),
    group('Chuyển cơ quan điều tra', 'To the investigating body', ...investigated('imposed', where)),
  ];
}

function resultsOf(where: Where, results: [result: string, vi: string, en: string][]): Unplaced[] {
  return results.map(([result, vi, en]) => settled(vi, en, { ...where, settled: true, by: 'decision', result }));
}

function timeliness(where: Where): Unplaced[] {
  return [
    settled('Đúng thời hạn', 'In time', { ...where, settled: true, timely: 'in_time' }),
    settled('Quá thời hạn', 'Late', { ...where, settled: true, timely: 'late' }),
  ];
}

function enforcementOf(where: Where): Unplaced[] {
  const all = count('Số quyết định, kết luận phải thi hành', 'To be carried out', 'enforcements', 'decisions', where);
  return [all, partOf(count('Đã thi hành xong', 'Carried out', 'enforcements', 'decisions', { ...where, done: true }), all)];
}

function givenBack(): { due: Unnumbered[]; done: Unnumbered[] } {
  const organisation = { ...denunciation, type: 'restore_organisation' };
  const person = { ...denunciation, type: 'restore_person' };
  const numbers = (of: 'outstanding' | 'performed') => [
    count('Số tổ chức', 'Organisations', of, 'organisations', organisation),
    count('Số cá nhân', 'Persons', of, 'persons', person),
  ];
  const due = numbers('outstanding');
  const done = numbers('performed').map((column, index) => partOf(column, due[index]!));
  const ofOrganisations = dueAndDone(organisation);
  const ofPersons = dueAndDone(person);
  return {
    due: [...due, group('Tổ chức', 'Organisations', ...ofOrganisations.due), group('Cá nhân', 'Persons', ...ofPersons.due)],
    done: [...done, group('Tổ chức', 'Organisations', ...ofOrganisations.done), group('Cá nhân', 'Persons', ...ofPersons.done)],
  };
}
