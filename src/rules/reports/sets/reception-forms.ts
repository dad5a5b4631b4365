import type { Form } from '../form.js';
import { count, form, group, partOf, total, type Unnumbered, type Unplaced } from './build.js';

const ofRegular = receptionOf('regular');
const ofHead = receptionOf('head');
const ofDelegate = receptionOf('delegated');
const everyReception = [ofRegular, ofHead, ofDelegate];

/** 01/TCD, the same in the circulars of 2021 and 2024 (law.md 5.3). */
export const receptionForm: Form = form(
  {
    code: '01-TCD',
    title: {
      vi: 'Tổng hợp kết quả tiếp công dân thường xuyên, định kỳ và đột xuất',
      en: 'Reception of citizens: regular, periodic and ad hoc',
    },
  },
  [
    total(count('Tổng số lượt tiếp', 'Visits', 'visits', 'visits'), ...everyReception.map(({ visits }) => visits)),
    total(count('Tổng số người được tiếp', 'Persons received', 'visits', 'persons'), ...everyReception.map(({ persons }) => persons)),
    total(
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
      ...everyReception.flatMap(({ cases }) => cases),
    ),
    group('Tiếp thường xuyên', 'Regular reception', ...ofRegular.columns),
    group(
      'Tiếp định kỳ và đột xuất của người đứng đầu',
      'Periodic and ad hoc reception of the head',
      group('Người đứng đầu tiếp', 'By the head', sessionsOf('head'), ...ofHead.columns),
      group('Uỷ quyền tiếp', 'By a delegate', sessionsOf('delegated'), ...ofDelegate.columns),
    ),
  ],
);

const all = both({});
const byKind = [both({ kind: 'complaint' }), both({ kind: 'denunciation' }), both({ kind: ['recommendation', 'reflection'] })];
const within = both({ within: true });
const ways = [
  cases('Hướng dẫn', 'Guided', { within: false, passed: 'guided' }),
  cases('Chuyển đơn', 'Transferred', { within: false, passed: 'transferred' }),
  cases('Đôn đốc giải quyết', 'Urged', { within: false, passed: 'urged' }),
];
const [outsidePetitions, outsideCases] = both({ within: false });
const outside = [outsidePetitions, total(outsideCases, ...ways)] as const;

/** 02/TCD of the circular of 2021; that of 2024 dropped it. */
export const receptionPetitionsForm: Form = form(
  { code: '02-TCD', title: { vi: 'Tổng hợp kết quả phân loại, xử lý đơn qua tiếp công dân', en: 'Petitions received through reception' } },
  [
    group(
      'Đơn tiếp nhận qua tiếp công dân',
      'Received through reception',
      dividedAt(0, 'Tổng số đơn', 'Petitions'),
      dividedAt(1, 'Số vụ việc', 'Cases'),
    ),
    group(
      'Theo loại đơn',
      'By kind',
      group('Khiếu nại', 'Complaints', ...byKind[0]!),
      group('Tố cáo', 'Denunciations', ...byKind[1]!),
      group('Kiến nghị, phản ánh', 'Recommendations and reflections', ...byKind[2]!),
    ),
    group(
      'Kết quả xử lý',
      'Processing',
      group('Thuộc thẩm quyền', 'Within competence', ...within),
      group('Không thuộc thẩm quyền', 'Outside competence', ...outside, ...ways),
    ),
    count('Số văn bản trả lời nhận được', 'Replies received', 'replies', 'replies', { reception: true }),
  ],
);

/** All petitions (0) or cases (1), divided by kind and by competence. */
function dividedAt(which: 0 | 1, vi: string, en: string): Unplaced {
  const column = { ...all[which], label: { vi, en } };
  return total(total(column, ...byKind.map((pair) => pair[which])), within[which], outside[which]);
}

function receptionOf(reception: 'regular' | 'head' | 'delegated'): {
  visits: Unplaced;
  persons: Unplaced;
  cases: Unplaced[];
  columns: Unnumbered[];
} {
  const first = { reception, repeated: false };
  const repeated = { reception, repeated: true };
  const visits = count('Số lượt', 'Visits', 'visits', 'visits', { reception });
  const persons = count('Số người', 'Persons', 'visits', 'persons', { reception });
  const casesFirst = count('Tiếp lần đầu', 'First time', 'visits', 'cases', first);
  const casesRepeated = count('Tiếp nhiều lần', 'Repeated', 'visits', 'cases', repeated);
  return {
    visits,
    persons,
    cases: [casesFirst, casesRepeated],
    columns: [
      visits,
      persons,
      group('Số vụ việc', 'Cases', casesFirst, casesRepeated),
      group(
        'Trong đó đoàn đông người',
        'Of which large groups',
        partOf(count('Số đoàn', 'Groups', 'visits', 'groups', { reception, largeGroup: true }), visits),
        partOf(count('Số người', 'Persons', 'visits', 'persons', { reception, largeGroup: true }), persons),
        group(
          'Số vụ việc',
          'Cases',
          partOf(count('Tiếp lần đầu', 'First time', 'visits', 'groupCases', first), casesFirst),
          partOf(count('Tiếp nhiều lần', 'Repeated', 'visits', 'groupCases', repeated), casesRepeated),
        ),
      ),
    ],
  };
}

function sessionsOf(reception: 'head' | 'delegated'): Unnumbered {
  return count('Số kỳ tiếp', 'Sessions', 'sessions', 'sessions', { reception });
}

function petitions(vi: string, en: string, where: Parameters<typeof count>[4]): Unplaced {
  return count(vi, en, 'reception_petitions', 'petitions', where);
}

function cases(vi: string, en: string, where: Parameters<typeof count>[4]): Unplaced {
  return count(vi, en, 'reception_petitions', 'cases', where);
}

function both(where: Parameters<typeof count>[4]): readonly [Unplaced, Unplaced] {
  return [petitions('Số đơn', 'Petitions', where), cases('Số vụ việc', 'Cases', where)];
}
