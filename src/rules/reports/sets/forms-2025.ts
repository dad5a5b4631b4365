import type { Form } from '../form.js';
import { type CheckBetween, count, form, group, partOf, total, type Unnumbered, type Unplaced, type Where } from './build.js';

/** The forms of Circular 06/2025/TT-TTCP, as its annex has them: headings, numbers and filling rules. */

type Kind = 'complaint' | 'denunciation';

const amount = ['Tiền (Trđ)', 'Money (million đồng)'] as const;
const area = ['Đất (m2)', 'Land (m²)'] as const;
const restored = ['restore_organisation', 'restore_person'];

function receptionOf(reception: 'regular' | 'head' | 'delegated'): { columns: Unnumbered[]; parts: Unplaced[] } {
  // A case that the head received is entered once, at the head: what the regular reception saw of it is not counted.
  const where: Where = { reception, ...(reception === 'regular' && { takenByHead: false }) };
  const visits = count('Số lượt tiếp', 'Visits', 'visits', 'visits', where);
  const persons = count('Số người được tiếp', 'Persons', 'visits', 'persons', where);
  const cases = count('Số vụ việc', 'Cases', 'visits', 'casesAtHead', { reception });
  const groups = count('Số đoàn được tiếp', 'Groups', 'visits', 'groups', { ...where, largeGroup: true });
  const groupPersons = count('Số người được tiếp', 'Persons', 'visits', 'persons', { ...where, largeGroup: true });
  return {
    columns: [visits, persons, cases, group('Trong đó đoàn đông người', 'Of which large groups', groups, groupPersons)],
    parts: [visits, persons, cases, groups],
  };
}

function daysOf(reception: 'head' | 'delegated'): Unplaced {
  return count('Số ngày tiếp', 'Days', 'sessions', 'days', { reception, announced: true });
}

function reception(): Form {
  const [regular, head, delegated] = [receptionOf('regular'), receptionOf('head'), receptionOf('delegated')];
  const of = (index: number) => [regular, head, delegated].map(({ parts }) => parts[index]!);
  const once = {
    vi: 'Vụ việc tiếp thường xuyên mà Thủ trưởng cũng tiếp trong kỳ (trực tiếp hoặc uỷ quyền) chỉ tính một lần, ở mục Thủ trưởng.',
    en: 'What the regular reception saw of a case that the head received in the period, in person or by a delegate, counts once, at the head.',
  };
  const all: Where = { takenByHead: false };
  return form(
    {
      code: '01-TCD',
      title: {
        vi: 'Tổng hợp kết quả tiếp công dân thường xuyên, định kỳ và đột xuất',
        en: 'Reception of citizens: regular, periodic and ad hoc',
      },
    },
    [
      total(count('Tổng số lượt tiếp', 'Visits', 'visits', 'visits', all, once), ...of(0)),
      total(count('Tổng số người được tiếp', 'Persons received', 'visits', 'persons', all), ...of(1)),
      total(count('Tổng số vụ việc tiếp', 'Cases', 'visits', 'casesAtHead'), ...of(2)),
      total(count('Tổng số đoàn đông người', 'Large groups', 'visits', 'groups', { ...all, largeGroup: true }), ...of(3)),
      group('Tiếp thường xuyên', 'Regular reception', ...regular.columns),
      group(
        'Tiếp định kỳ và đột xuất của Thủ trưởng',
        'Periodic and ad hoc reception of the head',
        group('Thủ trưởng tiếp', 'By the head', daysOf('head'), ...head.columns),
        group('Ủy quyền tiếp', 'By a delegate', daysOf('delegated'), ...delegated.columns),
      ),
    ],
  );
}

const qualified: Where = { qualified: true };
const within: Where = { ...qualified, within: true };
const outside: Where = { ...qualified, within: false };

/** Each part of a petition that was split is a petition of its kind here, as in the forms of what became of it. */
function petitions(vi: string, en: string, where: Where, note?: Parameters<typeof count>[5]): Unplaced {
  return count(vi, en, 'matters', 'petitions', where, note);
}

interface Processing {
  form: Form;
  /** Complaints and denunciations within competence, which 03/GQKN and 04/GQTC begin with. */
  complaints: Unplaced;
  denunciations: Unplaced;
}

function processing(): Processing {
  const complaint: Where = { ...within, kind: 'complaint' };
  const instances = [
    petitions('Khiếu nại lần đầu', 'First complaints', { ...complaint, stage: ['first', 'none'] }),
    petitions('Khiếu nại lần 2', 'Second complaints', { ...complaint, stage: 'second' }),
  ];
  const complaintFields = [
    petitions('Đất đai', 'Land', { ...complaint, field: 'land_housing' }),
    petitions('Chế độ, chính sách', 'Policy', { ...complaint, field: 'policy' }),
    petitions('Khác', 'Other', {
      ...complaint,
      field: ['officials_duty', 'other_administrative', 'corruption', 'judicial', 'party', 'other'],
    }),
  ];
  const complaints = total(total(petitions('Tổng số đơn', 'Petitions', complaint), ...instances), ...complaintFields);

  const denunciation: Where = { ...within, kind: 'denunciation' };
  const times = [
    petitions('Tố cáo lần đầu', 'First denunciations', { ...denunciation, stage: ['first', 'second', 'none'] }),
    petitions('Tố cáo tiếp', 'Continuing denunciations', { ...denunciation, stage: 'continuing' }),
  ];
  const denunciationFields = [
    petitions(
      'Hành chính',
      'Administrative',
      { ...denunciation, field: ['policy', 'land_housing', 'officials_duty', 'other_administrative'] },
      {
        vi: 'Gồm chế độ, chính sách, đất đai, công chức, công vụ và hành chính khác.',
        en: 'Policy, land, officials and public duty, and other administrative.',
      },
    ),
    petitions('Tham nhũng', 'Corruption', { ...denunciation, field: 'corruption' }),
    petitions('Tư pháp', 'Judicial', { ...denunciation, field: 'judicial' }),
    petitions('Khác', 'Other', { ...denunciation, field: ['party', 'other'] }),
  ];
  const denunciations = total(total(petitions('Tổng số đơn', 'Petitions', denunciation), ...times), ...denunciationFields);

  const other: Where = { ...within, kind: ['recommendation', 'reflection'] };
  const otherFields = [
    petitions('Chế độ, chính sách', 'Policy', { ...other, field: 'policy' }),
    petitions('Đất đai', 'Land', { ...other, field: 'land_housing' }),
    petitions('Khác', 'Other', { ...other, field: ['officials_duty', 'other_administrative', 'corruption', 'judicial', 'party', 'other'] }),
  ];
  const others = total(petitions('Tổng số đơn', 'Petitions', other), ...otherFields);

  const directed = [
    petitions('Hướng dẫn', 'Guided', { ...outside, directed: 'guided' }),
    petitions(
      'Chuyển đơn',
      'Transferred',
      { ...outside, directed: 'transferred' },
      {
        vi: 'Kể cả đơn đã chuyển rồi đôn đốc.',
        en: 'With what was transferred and urged.',
      },
    ),
  ];
  const allOutside = total(petitions('Tổng số đơn', 'Petitions', outside), ...directed);

  const all = petitions(
    'Tổng số đơn',
    'Petitions',
    {},
    {
      vi: 'Tiếp nhận trong kỳ và chưa xử lý từ kỳ trước chuyển sang, qua tiếp công dân và các nguồn khác; đơn tách nội dung tính theo từng phần.',
      en: 'Received in the period and carried over unprocessed, at reception and otherwise; a petition that was split counts by its parts.',
    },
  );
  const examined = partOf(
    petitions(
      'Số đơn đã xử lý',
      'Processed',
      { examined: true },
      {
        vi: 'Đã xem xét xong điều kiện xử lý: đã thụ lý, không thụ lý, hướng dẫn, chuyển, trả lại, lưu…, hoặc đã phân loại thuộc thẩm quyền và đang xem xét thụ lý.',
        en: 'Whose conditions were looked at: accepted, refused, guided, transferred, returned, filed away …, or classified as within competence and considered for acceptance.',
      },
    ),
    all,
  );
  const petitionsWithin = total(petitions('Số đơn thuộc thẩm quyền', 'Within competence', within), complaints, denunciations, others);
  const eligible = partOf(total(petitions('Số đơn đủ điều kiện xử lý', 'Eligible', qualified), petitionsWithin, allOutside), examined);
  const byInstance = (...columns: Unplaced[]) => group('Phân loại theo thẩm quyền giải quyết', 'By instance', ...columns);
  const byField = (...columns: Unplaced[]) => group('Phân loại theo lĩnh vực', 'By field', ...columns);
  return {
    complaints,
    denunciations,
    form: form(
      { code: '02-XLD', title: { vi: 'Tổng hợp kết quả xử lý đơn', en: 'Processing of petitions' } },
      [
        all,
        examined,
        eligible,
        petitionsWithin,
        partOf(count('Số vụ việc thuộc thẩm quyền', 'Cases within competence', 'matters', 'withinCases', within), petitionsWithin),
        group(
          'Số đơn thuộc thẩm quyền',
          'Within competence',
          group('Khiếu nại', 'Complaints', complaints, byInstance(...instances), byField(...complaintFields)),
          group('Tố cáo', 'Denunciations', denunciations, byInstance(...times), byField(...denunciationFields)),
          group('Kiến nghị, phản ánh', 'Recommendations and reflections', others, byField(...otherFields)),
        ),
        group(
          'Số đơn không thuộc thẩm quyền',
          'Outside competence',
          allOutside,
          group('Phân loại theo kết quả xử lý', 'By what was done', ...directed),
        ),
      ],
      [{ left: petitionsWithin, relation: '<=', plus: [eligible] }],
    ),
  };
}

/** The petitions of a kind within competence, their cases, and how far the acceptance of each is: columns 1 to 6 of 03/GQKN and 04/GQTC. */
function acceptanceOf(kind: Kind, asIn: Unplaced, vi: string, en: string): { columns: Unnumbered[]; same: CheckBetween } {
  const states = (
    [
      ['considering', 'Đang xem xét điều kiện thụ lý', 'Being considered', undefined],
      ['accepted', 'Đã thụ lý giải quyết', 'Accepted', undefined],
      ['refused', 'Không thụ lý', 'Refused', undefined],
      [
        'ended',
        'Rút đơn, đình chỉ giải quyết',
        'Withdrawn, terminated',
        {
          vi: 'Chỉ vụ việc rút toàn bộ nội dung hoặc đã đình chỉ giải quyết.',
          en: 'Only what was withdrawn in whole, or terminated.',
        },
      ],
    ] as const
  ).map(([acceptance, labelVi, labelEn, note]) => count(labelVi, labelEn, 'matters', 'withinCases', { ...within, kind, acceptance }, note));
  const all = petitions(vi, en, { ...within, kind });
  return {
    columns: [
      all,
      partOf(total(count('Tổng số vụ việc', 'Cases', 'matters', 'withinCases', { ...within, kind }), ...states), all),
      group('Phân tích kết quả', 'Results', ...states),
    ],
    same: { left: all, relation: '=', plus: [asIn] },
  };
}

function issued(vi: string, en: string, where: Where): Unplaced {
  return count(vi, en, 'settlements', 'decisions', { ...where, issued: true });
}

function moneyAndLand(of: 'imposed' | 'owed' | 'performed', where: Where): Unplaced[] {
  return [count(...amount, of, 'money', where), count(...area, of, 'land', where)];
}

/** What decisions or conclusions of the period propose to recover and to give back. */
function proposedOf(kind: Kind): Unnumbered[] {
  return [
    group('Kiến nghị thu hồi cho Nhà nước', 'Recover for the State', ...moneyAndLand('imposed', { kind, type: 'recover_for_state' })),
    group(
      'Trả lại cho tổ chức, cá nhân',
      'Give back',
      ...moneyAndLand('imposed', { kind, type: restored }),
      count('Số tổ chức được trả lại quyền lợi', 'Organisations restored', 'imposed', 'organisations', {
        kind,
        type: 'restore_organisation',
      }),
      count('Số cá nhân được trả lại quyền lợi', 'Persons restored', 'imposed', 'persons', { kind, type: 'restore_person' }),
    ),
  ];
}

/** Persons with the officials among them, in the words of the form. */
function people(
  of: 'imposed' | 'performed',
  where: Where,
  persons: readonly [vi: string, en: string],
  officials: readonly [vi: string, en: string] = ['Trong đó số cán bộ, công chức, viên chức', 'Of which officials'],
): Unplaced[] {
  const all = count(...persons, of, 'persons', where);
  return [all, partOf(count(...officials, of, 'officials', where), all)];
}

function complaints(asIn: Unplaced): { form: Form; decisions: Unplaced } {
  const kind = 'complaint';
  const { columns, same } = acceptanceOf(kind, asIn, 'Tổng số đơn khiếu nại thuộc thẩm quyền', 'Complaints within competence');
  const first = [
    issued('Khiếu nại đúng', 'Right', { kind, result: 'right' }),
    issued('Khiếu nại sai', 'Wrong', { kind, result: 'wrong' }),
    issued('Khiếu nại đúng 1 phần', 'Partly right', { kind, result: 'partly_right' }),
  ];
  const second = [
    issued('Công nhận kết quả lần đầu', 'First result confirmed', { kind, result: 'confirmed' }),
    issued('Hủy, sửa kết quả lần đầu', 'First result changed or annulled', { kind, result: 'changed_or_annulled' }),
  ];
  const decisions = total(issued('Tổng số Quyết định ban hành trong kỳ', 'Decisions of the period', { kind }), ...first, ...second);
  return {
    decisions,
    form: form(
      { code: '03-GQKN', title: { vi: 'Tổng hợp kết quả giải quyết khiếu nại', en: 'Resolution of complaints' } },
      [
        ...columns,
        decisions,
        group('Giải quyết lần đầu', 'First instance', ...first),
        group('Giải quyết lần 2', 'Second instance', ...second),
        ...proposedOf(kind),
        group(
          'Kiến nghị xử lý hành chính',
          'Proposed for sanction',
          ...people('imposed', { kind, type: 'sanction' }, ['Tổng số người bị kiến nghị xử lý', 'Persons']),
        ),
        group(
          'Chuyển cơ quan điều tra',
          'To the investigating body',
          count('Số vụ', 'Cases', 'imposed', 'cases', { kind, type: 'investigation' }),
          ...people('imposed', { kind, type: 'investigation' }, ['Tổng số người', 'Persons']),
        ),
      ],
      [same],
    ),
  };
}

function denunciations(asIn: Unplaced): { form: Form; conclusions: Unplaced } {
  const kind = 'denunciation';
  const { columns, same } = acceptanceOf(kind, asIn, 'Tổng số đơn tố cáo thuộc thẩm quyền', 'Denunciations within competence');
  const resultsOf = (word: string, stage: string[]) => [
    issued(`${word} đúng`, 'Right', { kind, stage, result: 'right' }),
    issued(`${word} sai`, 'Wrong', { kind, stage, result: 'wrong' }),
    issued(`${word} có đúng có sai`, 'Partly right', { kind, stage, result: 'partly_right' }),
  ];
  const first = resultsOf('Tố cáo', ['first', 'second', 'none']);
  const again = resultsOf('Tố cáo tiếp', ['continuing']);
  const conclusions = total(issued('Tổng số Kết luận ban hành trong kỳ', 'Conclusions of the period', { kind }), ...first, ...again);
  return {
    conclusions,
    form: form(
      { code: '04-GQTC', title: { vi: 'Tổng hợp kết quả giải quyết tố cáo', en: 'Resolution of denunciations' } },
      [
        ...columns,
        conclusions,
        group('Tố cáo lần đầu', 'First denunciations', ...first),
        group('Tố cáo tiếp', 'Continuing denunciations', ...again),
        ...proposedOf(kind),
        group(
          'Kiến nghị xử lý hành chính',
          'Proposed for sanction',
          count('Tổ chức', 'Organisations', 'imposed', 'organisations', { kind, type: 'sanction' }),
          ...people('imposed', { kind, type: 'sanction' }, ['Cá nhân', 'Persons'], ['Trong đó, Cán bộ, công chức', 'Of which officials']),
        ),
        group(
          'Chuyển cơ quan điều tra',
          'To the investigating body',
          count('Số vụ', 'Cases', 'imposed', 'cases', { kind, type: 'investigation' }),
          ...people('imposed', { kind, type: 'investigation' }, ['Số đối tượng', 'Persons']),
        ),
      ],
      [same],
    ),
  };
}

/** One half of 05/KQTH: what is to be carried out of a kind, and what was. */
function carriedOut(kind: Kind, names: { all: readonly [string, string]; done: readonly [string, string] }, ofDone: Unnumbered[][]) {
  const note = {
    vi: 'Ban hành trong kỳ, và của kỳ trước chưa thi hành xong; quyết định, kết luận không đặt ra nghĩa vụ là đã thi hành xong khi ban hành.',
    en: 'Of the period, and of before not carried out yet; one that obliges to nothing is carried out when it is issued.',
  };
  const all = count(...names.all, 'executions', 'decisions', { kind }, note);
  const [sanctioned, prosecuted] = ofDone;
  return {
    all,
    columns: [
      all,
      partOf(count(...names.done, 'executions', 'decisions', { kind, done: true }), all),
      group(
        'Thu hồi cho Nhà nước',
        'Recover for the State',
        group('Phải thu', 'Due', ...moneyAndLand('owed', { kind, type: 'recover_for_state' })),
        group('Đã thu', 'Collected', ...moneyAndLand('performed', { kind, type: 'recover_for_state' })),
      ),
      group(
        'Trả lại cho tổ chức, cá nhân',
        'Give back',
        group('Phải trả', 'Due', ...moneyAndLand('owed', { kind, type: restored })),
        group('Đã trả', 'Given back', ...moneyAndLand('performed', { kind, type: restored })),
      ),
      group('Đã xử lý hành chính', 'Sanctioned', ...sanctioned!),
      group('Đã khởi tố', 'Prosecuted', ...prosecuted!),
    ],
  };
}

function enforcement(decisions: Unplaced, conclusions: Unplaced): Form {
  const performed = (kind: Kind, type: string, persons: readonly [string, string]) => people('performed', { kind, type }, persons);
  const ofComplaints = carriedOut(
    'complaint',
    {
      all: ['Tổng số Quyết định phải thi hành trong kỳ', 'Decisions to be carried out'],
      done: ['Tổng số Quyết định đã thi hành xong', 'Decisions carried out'],
    },
    [
      performed('complaint', 'sanction', ['Tổng số người bị xử lý', 'Persons']),
      [
        count('Số vụ', 'Cases', 'performed', 'cases', { kind: 'complaint', type: 'investigation' }),
        ...performed('complaint', 'investigation', ['Số người', 'Persons']),
      ],
    ],
  );
  const ofDenunciations = carriedOut(
    'denunciation',
    {
      all: ['Tổng số Kết luận phải thực hiện trong kỳ', 'Conclusions to be carried out'],
      done: ['Tổng số Kết luận đã thực hiện xong', 'Conclusions carried out'],
    },
    [
      [
        count('Tổng số tổ chức bị xử lý', 'Organisations', 'performed', 'organisations', { kind: 'denunciation', type: 'sanction' }),
        ...performed('denunciation', 'sanction', ['Tổng số cá nhân bị xử lý', 'Persons']),
      ],
      [
        count('Số vụ', 'Cases', 'performed', 'cases', { kind: 'denunciation', type: 'investigation' }),
        ...performed('denunciation', 'investigation', ['Số đối tượng', 'Persons']),
      ],
    ],
  );
  return form(
    {
      code: '05-KQTH',
      title: { vi: 'Tổng hợp kết quả thi hành quyết định, thực hiện kết luận', en: 'Decisions and conclusions carried out' },
    },
    [
      group('Kết quả thi hành Quyết định giải quyết khiếu nại', 'Decisions on complaints', ...ofComplaints.columns),
      group('Kết quả thực hiện Kết luận nội dung tố cáo', 'Conclusions on denunciations', ...ofDenunciations.columns),
    ],
    [
      { left: ofComplaints.all, relation: '>=', plus: [decisions] },
      { left: ofDenunciations.all, relation: '>=', plus: [conclusions] },
    ],
  );
}

function declared(vi: string, en: string, measure: string): Unplaced {
  return count(vi, en, 'declared', measure);
}

function management(): Form {
  const documents = (vi: string, en: string, change: string) => count(vi, en, 'regulations', 'documents', { change });
  const inspections = count(
    'Số cuộc',
    'Inspections',
    'responsibility',
    'inspections',
    { running: true },
    {
      vi: 'Triển khai trong kỳ, và từ kỳ trước chưa ban hành kết luận.',
      en: 'Begun in the period, and before where not concluded then.',
    },
  );
  return form(
    {
      code: '06-QLKNTC',
      title: {
        vi: 'Tổng hợp công tác quản lý nhà nước về tiếp công dân, giải quyết khiếu nại, tố cáo',
        en: 'State management of reception, complaints and denunciations',
      },
    },
    [
      group(
        'Ban hành văn bản quản lý, chỉ đạo (Bộ, ngành, tỉnh, TP) về công tác TCD, KN, TC',
        'Documents of management and direction',
        documents('Số văn bản ban hành mới', 'Issued', 'issued'),
        documents('Số văn bản được sửa đổi, bổ sung', 'Amended', 'amended'),
        documents('Số văn bản hủy bỏ', 'Repealed', 'repealed'),
      ),
      group(
        'Tập huấn, tuyên truyền, giáo dục pháp luật về TCD, KN, TC',
        'Training and legal education',
        declared('Số lớp', 'Classes', 'classes'),
        declared('Số người', 'Persons', 'persons'),
      ),
      group(
        'Thanh tra trách nhiệm',
        'Inspections of responsibility',
        group(
          'Thực hiện pháp luật về TCD, KN, TC',
          'On reception, complaints and denunciations',
          inspections,
          count('Số đơn vị', 'Units', 'responsibility', 'units', { running: true }),
        ),
        partOf(count('Số cuộc đã ban hành kết luận', 'Concluded', 'responsibility', 'conclusions', { concluded: true }), inspections),
        group(
          'Kiến nghị xử lý',
          'Proposed',
          group('Hành chính', 'Sanction', declared('Tổ chức', 'Organisations', 'organisations'), declared('Cá nhân', 'Persons', 'persons')),
          group(
            'Chuyển cơ quan điều tra',
            'To the investigating body',
            declared('Tổ chức', 'Organisations', 'organisations'),
            declared('Cá nhân', 'Persons', 'persons'),
          ),
        ),
      ),
      group(
        'Kết quả thực hiện kết luận, quyết định xử lý về thanh tra trách nhiệm',
        'What was carried out of conclusions',
        count('Tổng số KLTT thực hiện', 'Conclusions to be carried out', 'responsibility', 'owedConclusions', { owed: true }),
        group(
          'Đã xử lý hành chính',
          'Sanctioned',
          declared('Tổ chức', 'Organisations', 'organisations'),
          declared('Cá nhân', 'Persons', 'persons'),
        ),
        group('Đã khởi tố', 'Prosecuted', declared('Vụ', 'Cases', 'cases'), declared('Đối tượng', 'Persons', 'persons')),
      ),
    ],
  );
}

export const forms2025: Form[] = (() => {
  const petitionsProcessed = processing();
  const ofComplaints = complaints(petitionsProcessed.complaints);
  const ofDenunciations = denunciations(petitionsProcessed.denunciations);
  return [
    reception(),
    petitionsProcessed.form,
    ofComplaints.form,
    ofDenunciations.form,
    enforcement(ofComplaints.decisions, ofDenunciations.conclusions),
    management(),
  ];
})();
