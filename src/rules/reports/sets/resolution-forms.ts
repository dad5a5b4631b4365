import type { AttributeValue, Form } from '../form.js';
import { count, group, numbered, type Unnumbered } from './build.js';

/** 01–04/KQGQ (law.md 5.3): what was resolved within competence, and what was carried out of it. Those of 2021 are taken as the same. */

type Where = Record<string, AttributeValue>;

const complaint: Where = { kind: 'complaint' };
const denunciation: Where = { kind: 'denunciation' };

export const resolutionForms: Form[] = [
  {
    code: '01-KQGQ',
    title: { vi: 'Tổng hợp kết quả giải quyết khiếu nại thuộc thẩm quyền', en: 'Resolution of complaints within competence' },
    columns: numbered(
      group('Đơn khiếu nại thuộc thẩm quyền', 'Complaints within competence', ...acceptedOf(complaint)),
      settled('Số vụ việc', 'Cases', complaint),
      group(
        'Đã giải quyết',
        'Settled',
        settled('Bằng quyết định hành chính', 'By decision', { ...complaint, settled: true, by: 'decision' }),
        settled('Rút đơn thông qua giải thích, thuyết phục', 'Withdrawn after explanation', {
          ...complaint,
          settled: true,
          by: 'withdrawal',
        }),
      ),
      ...imposedOf(complaint),
      group(
        'Kết quả giải quyết lần đầu',
        'First instance',
        ...resultsOf(complaint, [
          ['right', 'Khiếu nại đúng', 'Right'],
          ['wrong', 'Khiếu nại sai', 'Wrong'],
          ['partly_right', 'Có đúng, có sai', 'Partly right'],
        ]),
      ),
      group(
        'Kết quả giải quyết lần hai',
        'Second instance',
        ...resultsOf(complaint, [
          ['confirmed', 'Công nhận quyết định lần đầu', 'First decision confirmed'],
          ['changed_or_annulled', 'Huỷ, sửa quyết định lần đầu', 'First decision changed or annulled'],
        ]),
      ),
      group('Chấp hành thời hạn', 'Limits', ...timeliness({ ...complaint, by: ['decision', 'withdrawal'] })),
    ),
    checks: ['1=2+3', '5=20+21+22+23+24', '4<=1', '16<=15'],
  },
  {
    code: '02-KQGQ',
    title: { vi: 'Tổng hợp kết quả thi hành quyết định giải quyết khiếu nại', en: 'Enforcement of decisions on complaints' },
    columns: numbered(
      ...enforcementOf(complaint),
      group('Thu hồi cho Nhà nước', 'Recover for the State', ...stateDueAndCollected(complaint)),
      group(
        'Trả lại cho tổ chức, cá nhân',
        'Give back',
        group(
          'Phải trả',
          'Due',
          group('Tổ chức', 'Organisations', ...amounts('outstanding', { ...complaint, type: 'restore_organisation' })),
          group('Cá nhân', 'Persons', ...amounts('outstanding', { ...complaint, type: 'restore_person' })),
        ),
        group(
          'Đã trả',
          'Given back',
          group('Tổ chức', 'Organisations', ...amounts('performed', { ...complaint, type: 'restore_organisation' })),
          group('Cá nhân', 'Persons', ...amounts('performed', { ...complaint, type: 'restore_person' })),
        ),
      ),
      group('Đã xử lý hành chính', 'Sanctioned', ...people('performed', { ...complaint, type: 'sanction' })),
      group('Đã khởi tố', 'Prosecuted', ...investigated('performed', complaint)),
    ),
    checks: ['2<=1', '5<=3', '6<=4', '11<=7', '12<=8', '13<=9', '14<=10', '16<=15'],
  },
  {
    code: '03-KQGQ',
    title: { vi: 'Tổng hợp kết quả giải quyết tố cáo thuộc thẩm quyền', en: 'Resolution of denunciations within competence' },
    columns: numbered(
      group('Đơn tố cáo thuộc thẩm quyền', 'Denunciations within competence', ...acceptedOf(denunciation)),
      group(
        'Vụ việc',
        'Cases',
        settled('Tổng số', 'Total', denunciation),
        settled('Trong đó tố cáo tiếp', 'Of which continuing', { ...denunciation, stage: 'continuing' }),
      ),
      group(
        'Đã giải quyết',
        'Resolved',
        settled('Tổng số', 'Total', { ...denunciation, settled: true }),
        settled('Tố cáo lần đầu', 'First', { ...denunciation, settled: true, by: 'decision', stage: ['first', 'second', 'none'] }),
        settled('Tố cáo tiếp', 'Continuing', { ...denunciation, settled: true, by: 'decision', stage: 'continuing' }),
        settled('Rút toàn bộ nội dung', 'Wholly withdrawn', { ...denunciation, settled: true, by: 'withdrawal' }),
        settled('Đình chỉ do nguyên nhân khác', 'Terminated otherwise', { ...denunciation, settled: true, by: 'termination' }),
      ),
      ...imposedOf(denunciation),
      group(
        'Kết quả giải quyết',
        'Results',
        ...(
          [
            ['right', 'Tố cáo đúng', 'Right'],
            ['wrong', 'Tố cáo sai', 'Wrong'],
            ['partly_right', 'Có đúng, có sai', 'Partly right'],
          ] as const
        ).map(([result, vi, en]) =>
          group(
            vi,
            en,
            settled('Tổng số', 'Total', { ...denunciation, settled: true, result }),
            settled('Trong đó tố cáo tiếp', 'Of which continuing', { ...denunciation, settled: true, result, stage: 'continuing' }),
          ),
        ),
      ),
      group('Chấp hành thời hạn', 'Limits', ...timeliness(denunciation)),
    ),
    checks: ['1=2+3', '6=7+8+9+10', '6=24+26+28', '6=30+31', '8=25+27+29', '4<=1', '5<=4', '20<=19'],
  },
  {
    code: '04-KQGQ',
    title: { vi: 'Tổng hợp kết quả thực hiện kết luận nội dung tố cáo', en: 'Enforcement of conclusions on denunciations' },
    columns: numbered(
      ...enforcementOf(denunciation),
      group('Thu hồi cho Nhà nước', 'Recover for the State', ...stateDueAndCollected(denunciation)),
      group('Phải trả lại', 'To be given back', ...givenBack('outstanding')),
      group('Đã trả lại', 'Given back', ...givenBack('performed')),
      group(
        'Đã xử lý hành chính',
        'Sanctioned',
        count('Số tổ chức', 'Organisations', 'performed', 'organisations', { ...denunciation, type: 'sanction' }),
        ...people('performed', { ...denunciation, type: 'sanction' }),
      ),
      group('Đã khởi tố', 'Prosecuted', ...investigated('performed', denunciation)),
    ),
    checks: ['2<=1', '5<=3', '6<=4', '13<=7', '14<=8', '15<=9', '16<=10', '17<=11', '18<=12', '21<=20'],
  },
];

function settled(vi: string, en: string, where: Where): Unnumbered {
  return count(vi, en, 'settlements', 'cases', where);
}

function acceptedOf(where: Where): Unnumbered[] {
  return [
    count('Tổng số', 'Total', 'settlements', 'petitions', where),
    count('Kỳ trước chuyển sang', 'Carried over', 'settlements', 'petitions', { ...where, movement: 'carried' }),
    count('Thụ lý trong kỳ', 'Accepted in the period', 'settlements', 'petitions', { ...where, movement: 'received' }),
  ];
}

function amounts(of: 'imposed' | 'outstanding' | 'performed', where: Where): Unnumbered[] {
  return [count('Tiền', 'Money', of, 'money', where), count('Đất', 'Land', of, 'land', where)];
}

function people(of: 'imposed' | 'performed', where: Where): Unnumbered[] {
  return [
    count('Số người', 'Persons', of, 'persons', where),
    count('Trong đó cán bộ, công chức, viên chức', 'Of which officials', of, 'officials', where),
  ];
}

function investigated(of: 'imposed' | 'performed', where: Where): Unnumbered[] {
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

function resultsOf(where: Where, results: [result: string, vi: string, en: string][]): Unnumbered[] {
  return results.map(([result, vi, en]) => settled(vi, en, { ...where, settled: true, by: 'decision', result }));
}

function timeliness(where: Where): Unnumbered[] {
  return [
    settled('Đúng thời hạn', 'In time', { ...where, settled: true, timely: 'in_time' }),
    settled('Quá thời hạn', 'Late', { ...where, settled: true, timely: 'late' }),
  ];
}

function enforcementOf(where: Where): Unnumbered[] {
  return [
    count('Số quyết định, kết luận phải thi hành', 'To be carried out', 'enforcements', 'decisions', where),
    count('Đã thi hành xong', 'Carried out', 'enforcements', 'decisions', { ...where, done: true }),
  ];
}

function stateDueAndCollected(where: Where): Unnumbered[] {
  const type = 'recover_for_state';
  return [
    group('Phải thu', 'Due', ...amounts('outstanding', { ...where, type })),
    group('Đã thu', 'Collected', ...amounts('performed', { ...where, type })),
  ];
}

function givenBack(of: 'outstanding' | 'performed'): Unnumbered[] {
  const organisation = { ...denunciation, type: 'restore_organisation' };
  const person = { ...denunciation, type: 'restore_person' };
  return [
    count('Số tổ chức', 'Organisations', of, 'organisations', organisation),
    count('Số cá nhân', 'Persons', of, 'persons', person),
    group('Tổ chức', 'Organisations', ...amounts(of, organisation)),
    group('Cá nhân', 'Persons', ...amounts(of, person)),
  ];
}
