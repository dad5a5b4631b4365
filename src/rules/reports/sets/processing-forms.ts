import type { AttributeValue, Form } from '../form.js';
import { count, group, numbered, type Unnumbered } from './build.js';

/** 01–04/XLD of the circular of 2024 (law.md 5.3) and of that of 2021 (law.md 5.4): what came, how it was processed, where it stands. */

type Where = Record<string, AttributeValue>;

const complaint: Where = { kind: 'complaint' };
const denunciation: Where = { kind: 'denunciation' };
const others: Where = { kind: ['recommendation', 'reflection'] };
const carried: Where = { movement: 'carried' };
const received: Where = { movement: 'received' };
const processed: Where = { progress: 'processed' };
const open: Where = { progress: 'open' };
const eligible: Where = { progress: 'processed', eligible: true };
const firstDenunciation: Where = { ...denunciation, stage: ['first', 'second', 'none'] };

const titles = {
  '01-XLD': { vi: 'Tổng hợp kết quả xử lý đơn', en: 'Processing of petitions' },
  '02-XLD': { vi: 'Tổng hợp kết quả xử lý đơn khiếu nại', en: 'Processing of complaints' },
  '03-XLD': { vi: 'Tổng hợp kết quả xử lý đơn tố cáo', en: 'Processing of denunciations' },
  '04-XLD': {
    vi: 'Tổng hợp kết quả xử lý đơn kiến nghị, phản ánh',
    en: 'Processing of recommendations and reflections',
  },
};

export const processingForms2024: Form[] = [
  {
    code: '01-XLD',
    title: titles['01-XLD'],
    columns: numbered(
      group('Tổng số đơn phải xử lý', 'To be processed', ...arrivals('petitions', {})),
      group('Kết quả xử lý', 'Processing', ...progress('petitions', {})),
      group(
        'Đơn đủ điều kiện xử lý',
        'Eligible petitions',
        petitions('Số đơn', 'Petitions', eligible),
        count('Số vụ việc', 'Cases', 'petitions', 'cases', eligible),
        group('Theo nội dung', 'By content', ...kindsOf(eligible)),
        group(
          'Theo tình trạng giải quyết',
          'By state of the resolution',
          petitions('Đã giải quyết lần đầu', 'Resolved once', { ...eligible, matter: 'resolved_first' }),
          petitions('Đã giải quyết nhiều lần', 'Resolved more than once', { ...eligible, matter: ['resolved_many', 'court'] }),
          petitions('Chưa giải quyết xong', 'Not finished', { ...eligible, matter: ['in_hand', 'not_begun'] }),
        ),
      ),
      withinByKind(),
      group('Không thuộc thẩm quyền', 'Outside competence', ...outside('petitions', 'petitions', {}, ['guided', 'transferred', 'urged'])),
      replies({}),
    ),
    checks: ['1=2+3', '1=4+5', '6=8+9+10', '6=11+12+13', '6=14+18', '14=15+16+17', '18=19+20+21', '7<=6'],
  },
  {
    code: '02-XLD',
    title: titles['02-XLD'],
    columns: numbered(
      group('Tổng số đơn phải xử lý', 'To be processed', ...arrivals('matters', complaint)),
      group('Đơn đã xử lý', 'Processed', ...processedByArrival(complaint)),
      group(
        'Đủ điều kiện xử lý',
        'Eligible',
        matters('Số đơn', 'Petitions', { ...eligible, ...complaint }),
        cases('Số vụ việc', 'Cases', complaint),
      ),
      complaintFields(),
      group(
        'Theo tình trạng giải quyết',
        'By state of the resolution',
        cases('Đã giải quyết lần đầu', 'Resolved at first instance', { ...complaint, matter: 'resolved_first' }),
        cases('Đã giải quyết lần hai', 'Resolved at second instance', { ...complaint, matter: 'resolved_many' }),
        cases('Đã có bản án của Toà án', 'Decided by a court', { ...complaint, matter: 'court' }),
        cases('Chưa giải quyết xong', 'Not finished', { ...complaint, matter: ['in_hand', 'not_begun'] }),
      ),
      complaintsWithin(),
      group('Không thuộc thẩm quyền', 'Outside competence', ...outside('matters', 'cases', complaint, ['guided', 'urged'])),
      replies(complaint),
    ),
    checks: ['1=2+3', '4=5+6', '8=9+13+14+15', '8=16+17+18+19', '8=20+23', '9=10+11+12', '20=21+22', '23=24+25', '8<=7', '7<=4'],
  },
  {
    code: '03-XLD',
    title: titles['03-XLD'],
    columns: numbered(
      group('Tổng số đơn phải xử lý', 'To be processed', ...arrivals('matters', denunciation)),
      group('Đơn đã xử lý', 'Processed', ...processedByArrival(denunciation)),
      group(
        'Đủ điều kiện xử lý',
        'Eligible',
        matters('Số đơn', 'Petitions', { ...eligible, ...denunciation }),
        cases('Số vụ việc', 'Cases', denunciation),
      ),
      ...denunciationFields(),
      group(
        'Theo tình trạng giải quyết',
        'By state of the resolution',
        ...continuing(),
        cases('Chưa giải quyết', 'Not resolved', firstDenunciation, {
          vi: 'Tố cáo lần đầu: chưa được giải quyết khi đơn được xử lý.',
          en: 'Denounced for the first time: not resolved when the petition was processed.',
        }),
      ),
      denunciationsWithin(),
      group('Không thuộc thẩm quyền', 'Outside competence', ...outside('matters', 'cases', denunciation, ['transferred', 'urged'])),
      replies(denunciation),
    ),
    checks: [
      ...['1=2+3', '4=5+6', '8=9+14+15+16+17', '8=18+19+20', '8=21+24', '9=10+11+12+13', '21=22+23', '24=25+26'],
      ...['8<=7', '7<=4'],
    ],
  },
  {
    code: '04-XLD',
    title: titles['04-XLD'],
    columns: numbered(
      group('Tổng số đơn phải xử lý', 'To be processed', ...arrivals('matters', others)),
      group('Đơn đã xử lý', 'Processed', ...processedByArrival(others)),
      group(
        'Đủ điều kiện xử lý',
        'Eligible',
        matters('Số đơn', 'Petitions', { ...eligible, ...others }),
        cases('Số vụ việc', 'Cases', others),
      ),
      group('Theo lĩnh vực', 'By field', ...otherFields()),
      group(
        'Theo tình trạng giải quyết',
        'By state of the resolution',
        cases('Đã giải quyết', 'Resolved', { ...others, matter: ['resolved_first', 'resolved_many', 'court'] }),
        cases('Chưa giải quyết', 'Not resolved', { ...others, matter: ['in_hand', 'not_begun'] }),
      ),
      cases('Thuộc thẩm quyền', 'Within competence', { ...others, within: true }),
      group('Không thuộc thẩm quyền', 'Outside competence', ...outside('matters', 'cases', others, ['transferred', 'urged'])),
      group(
        'Kết quả giải quyết thuộc thẩm quyền',
        'Of those within competence',
        cases('Đã giải quyết', 'Resolved', { ...others, within: true, resolved: true }),
        cases('Chưa giải quyết', 'Not resolved', { ...others, within: true, resolved: false }),
      ),
    ),
    checks: ['1=2+3', '4=5+6', '8=9+10+11+12', '8=13+14', '8=15+16', '16=17+18', '15=19+20', '8<=7', '7<=4'],
  },
];

export const processingForms2021: Form[] = [
  {
    code: '01-XLD',
    title: titles['01-XLD'],
    columns: numbered(
      petitions('Tổng số đơn phải xử lý', 'To be processed', {}),
      group('Đơn kỳ trước chuyển sang', 'Carried over', ...bySignatories('petitions', carried)),
      group('Đơn tiếp nhận trong kỳ', 'Received', ...bySignatories('petitions', received)),
      petitions('Đơn đã xử lý', 'Processed', processed),
      group(
        'Đơn đủ điều kiện xử lý',
        'Eligible petitions',
        petitions('Số đơn', 'Petitions', eligible),
        count('Số vụ việc', 'Cases', 'petitions', 'cases', eligible),
        group('Theo nội dung', 'By content', ...kindsOf(eligible)),
        group(
          'Theo tình trạng giải quyết',
          'By state of the resolution',
          petitions('Đã giải quyết lần đầu', 'Resolved once', { ...eligible, matter: 'resolved_first' }),
          petitions('Đã giải quyết nhiều lần', 'Resolved more than once', { ...eligible, matter: ['resolved_many', 'court'] }),
          petitions('Đang giải quyết', 'In hand', { ...eligible, matter: 'in_hand' }),
          petitions('Chưa giải quyết', 'Not begun', { ...eligible, matter: 'not_begun' }),
        ),
      ),
      withinByKind(),
      group('Không thuộc thẩm quyền', 'Outside competence', ...outside('petitions', 'petitions', {}, ['guided', 'transferred', 'urged'])),
      replies({}),
    ),
    checks: ['1=2+3+4+5+6+7', '9=11+12+13', '9=14+15+16+17', '9=18+22', '18=19+20+21', '22=23+24+25', '10<=9', '9<=8', '8<=1'],
  },
  {
    code: '02-XLD',
    title: titles['02-XLD'],
    columns: numbered(
      matters('Tổng số đơn phải xử lý', 'To be processed', complaint),
      group('Đơn kỳ trước chuyển sang', 'Carried over', ...byManyOrOne({ ...complaint, ...carried })),
      group('Đơn tiếp nhận trong kỳ', 'Received', ...byManyOrOne({ ...complaint, ...received })),
      group('Đơn đã xử lý', 'Processed', ...processedByArrival(complaint)),
      group(
        'Đủ điều kiện xử lý',
        'Eligible',
        matters('Số đơn', 'Petitions', { ...eligible, ...complaint }),
        cases('Số vụ việc', 'Cases', complaint),
      ),
      complaintFields(),
      group(
        'Theo tình trạng giải quyết',
        'By state of the resolution',
        cases('Đã giải quyết lần đầu', 'Resolved at first instance', { ...complaint, matter: 'resolved_first' }),
        cases('Đã giải quyết lần hai', 'Resolved at second instance', { ...complaint, matter: 'resolved_many' }),
        cases('Đã có bản án của Toà án', 'Decided by a court', { ...complaint, matter: 'court' }),
        cases('Đang giải quyết', 'In hand', { ...complaint, matter: 'in_hand' }),
        cases('Chưa giải quyết', 'Not begun', { ...complaint, matter: 'not_begun' }),
      ),
      complaintsWithin(),
      group('Không thuộc thẩm quyền', 'Outside competence', ...outside('matters', 'cases', complaint, ['guided', 'transferred', 'urged'])),
      replies(complaint),
    ),
    checks: [
      ...['1=2+3+4+5', '6=7+8', '10=11+15+16+17', '10=18+19+20+21+22', '10=23+26', '11=12+13+14', '23=24+25', '26=27+28+29'],
      ...['10<=9', '9<=6', '6<=1'],
    ],
  },
  {
    code: '03-XLD',
    title: titles['03-XLD'],
    columns: numbered(
      matters('Tổng số đơn phải xử lý', 'To be processed', denunciation),
      group('Đơn kỳ trước chuyển sang', 'Carried over', ...bySignatories('matters', { ...denunciation, ...carried })),
      group('Đơn tiếp nhận trong kỳ', 'Received', ...bySignatories('matters', { ...denunciation, ...received })),
      group('Đơn đã xử lý', 'Processed', ...processedByArrival(denunciation)),
      group(
        'Đủ điều kiện xử lý',
        'Eligible',
        matters('Số đơn', 'Petitions', { ...eligible, ...denunciation }),
        cases('Số vụ việc', 'Cases', denunciation),
      ),
      ...denunciationFields(),
      group(
        'Theo tình trạng giải quyết',
        'By state of the resolution',
        cases('Chưa giải quyết (trong hạn)', 'Not yet, in time', {
          ...firstDenunciation,
          matter: ['not_begun', 'resolved_first', 'resolved_many', 'court'],
        }),
        cases('Đang giải quyết', 'In hand', { ...firstDenunciation, matter: 'in_hand' }),
        ...continuing(),
      ),
      denunciationsWithin(),
      group(
        'Không thuộc thẩm quyền',
        'Outside competence',
        ...outside('matters', 'cases', denunciation, ['guided', 'transferred', 'urged']),
      ),
      replies(denunciation),
    ),
    checks: [
      ...['1=2+3+4+5+6+7', '8=9+10', '12=13+18+19+20+21', '12=22+23+24+25', '12=26+29', '13=14+15+16+17', '26=27+28', '29=30+31+32'],
      ...['12<=11', '11<=8', '8<=1'],
    ],
  },
  {
    code: '04-XLD',
    title: titles['04-XLD'],
    columns: numbered(
      matters('Tổng số đơn phải xử lý', 'To be processed', others),
      group('Đơn kỳ trước chuyển sang', 'Carried over', ...bySignatories('matters', { ...others, ...carried })),
      group('Đơn tiếp nhận trong kỳ', 'Received', ...bySignatories('matters', { ...others, ...received })),
      group('Đơn đã xử lý', 'Processed', ...processedByArrival(others)),
      group(
        'Đủ điều kiện xử lý',
        'Eligible',
        matters('Số đơn', 'Petitions', { ...eligible, ...others }),
        cases('Số vụ việc', 'Cases', others),
      ),
      group('Theo lĩnh vực', 'By field', ...otherFields()),
      group(
        'Theo tình trạng giải quyết',
        'By state of the resolution',
        cases('Đã giải quyết', 'Resolved', { ...others, matter: ['resolved_first', 'resolved_many', 'court'] }),
        cases('Đang giải quyết', 'In hand', { ...others, matter: 'in_hand' }),
        cases('Chưa giải quyết', 'Not begun', { ...others, matter: 'not_begun' }),
      ),
      cases('Thuộc thẩm quyền', 'Within competence', { ...others, within: true }),
      group('Không thuộc thẩm quyền', 'Outside competence', ...outside('matters', 'cases', others, ['transferred', 'urged'])),
      replies(others),
    ),
    checks: [...['1=2+3+4+5+6+7', '8=9+10', '12=13+14+15+16', '12=17+18+19', '12=20+21', '21=22+23'], ...['12<=11', '11<=8', '8<=1']],
  },
];

function petitions(vi: string, en: string, where: Where): Unnumbered {
  return count(vi, en, 'petitions', 'petitions', where);
}

function matters(vi: string, en: string, where: Where): Unnumbered {
  return count(vi, en, 'matters', 'petitions', where);
}

/** Cases among what is eligible: each once, by its last petition of the period. */
function cases(vi: string, en: string, where: Where, note?: Parameters<typeof count>[5]): Unnumbered {
  return count(vi, en, 'matters', 'cases', { ...eligible, ...where }, note);
}

function replies({ kind }: Where): Unnumbered {
  return count('Số văn bản trả lời nhận được', 'Replies received', 'replies', 'replies', kind === undefined ? {} : { kind });
}

function arrivals(of: 'petitions' | 'matters', where: Where): Unnumbered[] {
  return [
    count('Tổng số', 'Total', of, 'petitions', where),
    count('Kỳ trước chuyển sang', 'Carried over', of, 'petitions', { ...where, ...carried }),
    count('Tiếp nhận trong kỳ', 'Received', of, 'petitions', { ...where, ...received }),
  ];
}

function progress(of: 'petitions' | 'matters', where: Where): Unnumbered[] {
  return [
    count('Số đơn đã xử lý', 'Processed', of, 'petitions', { ...where, ...processed }),
    count('Số đơn chưa xử lý', 'Not yet processed', of, 'petitions', { ...where, ...open }),
  ];
}

function processedByArrival(where: Where): Unnumbered[] {
  return [
    matters('Tổng số', 'Total', { ...where, ...processed }),
    matters('Đơn kỳ trước chuyển sang', 'Carried over', { ...where, ...processed, ...carried }),
    matters('Đơn tiếp nhận trong kỳ', 'Received', { ...where, ...processed, ...received }),
  ];
}

function bySignatories(of: 'petitions' | 'matters', where: Where): Unnumbered[] {
  return [
    count('Nhiều người đứng tên', 'Many signatories', of, 'petitions', { ...where, signatories: 'many' }),
    count('Một người đứng tên', 'One signatory', of, 'petitions', { ...where, signatories: 'one' }),
    count('Đơn khác', 'Other', of, 'petitions', { ...where, signatories: 'none' }),
  ];
}

function byManyOrOne(where: Where): Unnumbered[] {
  return [
    matters('Nhiều người đứng tên', 'Many signatories', { ...where, signatories: 'many' }),
    count(
      'Một người đứng tên',
      'One signatory',
      'matters',
      'petitions',
      { ...where, signatories: ['one', 'none'] },
      {
        vi: 'Gồm cả đơn không rõ người đứng tên, vì biểu không có cột riêng.',
        en: 'With those that nobody signed, for which the form has no column.',
      },
    ),
  ];
}

function kindsOf(where: Where): Unnumbered[] {
  return [
    petitions('Khiếu nại', 'Complaints', { ...where, ...complaint }),
    petitions('Tố cáo', 'Denunciations', { ...where, ...denunciation }),
    petitions('Kiến nghị, phản ánh', 'Recommendations and reflections', { ...where, ...others }),
  ];
}

function withinByKind(): Unnumbered {
  const within = { ...eligible, within: true };
  return group('Thuộc thẩm quyền', 'Within competence', petitions('Tổng số', 'Total', within), ...kindsOf(within));
}

function outside(
  of: 'petitions' | 'matters',
  measure: 'petitions' | 'cases',
  where: Where,
  ways: ('guided' | 'transferred' | 'urged')[],
): Unnumbered[] {
  const names = {
    guided: ['Hướng dẫn', 'Guided'],
    transferred: ['Chuyển đơn', 'Transferred'],
    urged: ['Đôn đốc giải quyết', 'Urged'],
  } as const;
  const all = { ...eligible, ...where, within: false };
  return [
    count('Tổng số', 'Total', of, measure, all),
    ...ways.map((way) => count(names[way][0], names[way][1], of, measure, { ...all, passed: way })),
  ];
}

function complaintFields(): Unnumbered {
  return group(
    'Theo lĩnh vực',
    'By field',
    group(
      'Hành chính',
      'Administrative',
      cases('Tổng số', 'Total', { ...complaint, field: ['policy', 'land_housing', 'officials_duty', 'other_administrative'] }),
      cases('Chế độ, chính sách', 'Policy', { ...complaint, field: 'policy' }),
      cases('Đất đai, nhà cửa', 'Land and housing', { ...complaint, field: 'land_housing' }),
      cases('Khác', 'Other', { ...complaint, field: ['officials_duty', 'other_administrative'] }),
    ),
    cases('Tư pháp', 'Judicial', { ...complaint, field: 'judicial' }),
    cases('Đảng, đoàn thể', 'Party and mass organisations', { ...complaint, field: 'party' }),
    cases('Lĩnh vực khác', 'Other fields', { ...complaint, field: ['corruption', 'other'] }),
  );
}

function denunciationFields(): Unnumbered[] {
  return [
    group(
      'Theo lĩnh vực',
      'By field',
      group(
        'Hành chính',
        'Administrative',
        cases('Tổng số', 'Total', { ...denunciation, field: ['policy', 'land_housing', 'officials_duty', 'other_administrative'] }),
        cases('Chế độ, chính sách', 'Policy', { ...denunciation, field: 'policy' }),
        cases('Đất đai, nhà cửa', 'Land and housing', { ...denunciation, field: 'land_housing' }),
        cases('Công chức, công vụ', 'Officials and public duty', { ...denunciation, field: 'officials_duty' }),
        cases('Khác', 'Other', { ...denunciation, field: 'other_administrative' }),
      ),
      cases('Tham nhũng', 'Corruption', { ...denunciation, field: 'corruption' }),
      cases('Tư pháp', 'Judicial', { ...denunciation, field: 'judicial' }),
      cases('Đảng, đoàn thể', 'Party and mass organisations', { ...denunciation, field: 'party' }),
      cases('Lĩnh vực khác', 'Other fields', { ...denunciation, field: 'other' }),
    ),
  ];
}

function otherFields(): Unnumbered[] {
  return [
    cases('Chế độ, chính sách', 'Policy', { ...others, field: 'policy' }),
    cases('Đất đai', 'Land', { ...others, field: 'land_housing' }),
    cases('Tư pháp', 'Judicial', { ...others, field: 'judicial' }),
    cases('Khác', 'Other', { ...others, field: ['officials_duty', 'other_administrative', 'corruption', 'party', 'other'] }),
  ];
}

function continuing(): Unnumbered[] {
  const again = { ...denunciation, stage: 'continuing' };
  return [
    cases('Tố cáo tiếp: quá thời hạn chưa giải quyết', 'Continuing: overdue unresolved', { ...again, matter: ['not_begun', 'in_hand'] }),
    cases('Tố cáo tiếp: đã có kết luận', 'Continuing: concluded', { ...again, matter: ['resolved_first', 'resolved_many', 'court'] }),
  ];
}

function complaintsWithin(): Unnumbered {
  const within = { ...complaint, within: true };
  return group(
    'Thuộc thẩm quyền',
    'Within competence',
    cases('Tổng số', 'Total', within),
    cases('Lần đầu', 'First instance', { ...within, stage: ['first', 'none'] }),
    cases('Lần hai', 'Second instance', { ...within, stage: 'second' }),
  );
}

function denunciationsWithin(): Unnumbered {
  const within = { ...denunciation, within: true };
  return group(
    'Thuộc thẩm quyền',
    'Within competence',
    cases('Tổng số', 'Total', within),
    cases('Tố cáo lần đầu', 'First', { ...within, stage: ['first', 'second', 'none'] }),
    cases('Tố cáo tiếp', 'Continuing', { ...within, stage: 'continuing' }),
  );
}
