import type { Form } from '../form.js';
import { count, group, numbered, type Unnumbered } from './build.js';

/** 01/TCD, the same in the circulars of 2021 and 2024 (law.md 5.3). */
export const receptionForm: Form = {
  code: '01-TCD',
  title: {
    vi: 'Tổng hợp kết quả tiếp công dân thường xuyên, định kỳ và đột xuất',
    en: 'Reception of citizens: regular, periodic and ad hoc',
  },
  columns: numbered(
    count('Tổng số lượt tiếp', 'Visits', 'visits', 'visits'),
    count('Tổng số người được tiếp', 'Persons received', 'visits', 'persons'),
    count(
      'Tổng số vụ việc tiếp',
      'Cases',
      'visits',
      'cases',
      {},
      {
        vi: 'Một vụ việc tính một lần trong kỳ tại một đơn vị, ở lượt tiếp đầu tiên trong kỳ.',
        en: 'A case counts once in a period at a unit, where it was brought first in it.',
      },
    ),
    group('Tiếp thường xuyên', 'Regular reception', ...receptionOf('regular')),
    group(
      'Tiếp định kỳ và đột xuất của người đứng đầu',
      'Periodic and ad hoc reception of the head',
      group('Người đứng đầu tiếp', 'By the head', sessionsOf('head'), ...receptionOf('head')),
      group('Uỷ quyền tiếp', 'By a delegate', sessionsOf('delegated'), ...receptionOf('delegated')),
    ),
  ),
  checks: [
    '1=4+13+22',
    '2=5+14+23',
    '3=6+7+15+16+24+25',
    ...['8<=4', '9<=5', '10<=6', '11<=7', '17<=13', '18<=14', '19<=15', '20<=16', '26<=22', '27<=23', '28<=24', '29<=25'],
  ],
};

/** 02/TCD of the circular of 2021; that of 2024 dropped it. */
export const receptionPetitionsForm: Form = {
  code: '02-TCD',
  title: { vi: 'Tổng hợp kết quả phân loại, xử lý đơn qua tiếp công dân', en: 'Petitions received through reception' },
  columns: numbered(
    group(
      'Đơn tiếp nhận qua tiếp công dân',
      'Received through reception',
      petitions('Tổng số đơn', 'Petitions', {}),
      cases('Số vụ việc', 'Cases', {}),
    ),
    group(
      'Theo loại đơn',
      'By kind',
      group('Khiếu nại', 'Complaints', ...both({ kind: 'complaint' })),
      group('Tố cáo', 'Denunciations', ...both({ kind: 'denunciation' })),
      group('Kiến nghị, phản ánh', 'Recommendations and reflections', ...both({ kind: ['recommendation', 'reflection'] })),
    ),
    group(
      'Kết quả xử lý',
      'Processing',
      group('Thuộc thẩm quyền', 'Within competence', ...both({ within: true })),
      group(
        'Không thuộc thẩm quyền',
        'Outside competence',
        ...both({ within: false }),
        cases('Hướng dẫn', 'Guided', { within: false, passed: 'guided' }),
        cases('Chuyển đơn', 'Transferred', { within: false, passed: 'transferred' }),
        cases('Đôn đốc giải quyết', 'Urged', { within: false, passed: 'urged' }),
      ),
    ),
    count('Số văn bản trả lời nhận được', 'Replies received', 'replies', 'replies', { reception: true }),
  ),
  checks: ['1=3+5+7', '1=9+11', '2=4+6+8', '2=10+12', '12=13+14+15'],
};

function receptionOf(reception: 'regular' | 'head' | 'delegated'): Unnumbered[] {
  const first = { reception, repeated: false };
  const repeated = { reception, repeated: true };
  return [
    count('Số lượt', 'Visits', 'visits', 'visits', { reception }),
    count('Số người', 'Persons', 'visits', 'persons', { reception }),
    group(
      'Số vụ việc',
      'Cases',
      count('Tiếp lần đầu', 'First time', 'visits', 'cases', first),
      count('Tiếp nhiều lần', 'Repeated', 'visits', 'cases', repeated),
    ),
    group(
      'Trong đó đoàn đông người',
      'Of which large groups',
      count('Số đoàn', 'Groups', 'visits', 'groups', { reception, largeGroup: true }),
      count('Số người', 'Persons', 'visits', 'persons', { reception, largeGroup: true }),
      group(
        'Số vụ việc',
        'Cases',
        count('Tiếp lần đầu', 'First time', 'visits', 'groupCases', first),
        count('Tiếp nhiều lần', 'Repeated', 'visits', 'groupCases', repeated),
      ),
    ),
  ];
}

function sessionsOf(reception: 'head' | 'delegated'): Unnumbered {
  return count('Số kỳ tiếp', 'Sessions', 'sessions', 'sessions', { reception });
}

function petitions(vi: string, en: string, where: Parameters<typeof count>[4]): Unnumbered {
  return count(vi, en, 'reception_petitions', 'petitions', where);
}

function cases(vi: string, en: string, where: Parameters<typeof count>[4]): Unnumbered {
  return count(vi, en, 'reception_petitions', 'cases', where);
}

function both(where: Parameters<typeof count>[4]): Unnumbered[] {
  return [petitions('Số đơn', 'Petitions', where), cases('Số vụ việc', 'Cases', where)];
}
