import type { AttributeValue } from '../form.js';
import { count, group, type Unnumbered } from './build.js';

/** Columns that the XLD forms of both circulars have in common: what came, how it was processed, where it stands (law.md 5.3, 5.4). */

export type Where = Record<string, AttributeValue>;

export const complaint: Where = { kind: 'complaint' };
export const denunciation: Where = { kind: 'denunciation' };
export const others: Where = { kind: ['recommendation', 'reflection'] };
export const carried: Where = { movement: 'carried' };
export const received: Where = { movement: 'received' };
export const processed: Where = { progress: 'processed' };
export const open: Where = { progress: 'open' };
export const eligible: Where = { progress: 'processed', eligible: true };
export const firstDenunciation: Where = { ...denunciation, stage: ['first', 'second', 'none'] };

export const titles = {
  '01-XLD': { vi: 'Tổng hợp kết quả xử lý đơn', en: 'Processing of petitions' },
  '02-XLD': { vi: 'Tổng hợp kết quả xử lý đơn khiếu nại', en: 'Processing of complaints' },
  '03-XLD': { vi: 'Tổng hợp kết quả xử lý đơn tố cáo', en: 'Processing of denunciations' },
  '04-XLD': {
    vi: 'Tổng hợp kết quả xử lý đơn kiến nghị, phản ánh',
    en: 'Processing of recommendations and reflections',
  },
};

export function petitions(vi: string, en: string, where: Where): Unnumbered {
  return count(vi, en, 'petitions', 'petitions', where);
}

export function matters(vi: string, en: string, where: Where): Unnumbered {
  return count(vi, en, 'matters', 'petitions', where);
}

/** Cases among what is eligible: each once, by its last petition of the period. */
export function cases(vi: string, en: string, where: Where, note?: Parameters<typeof count>[5]): Unnumbered {
  return count(vi, en, 'matters', 'cases', { ...eligible, ...where }, note);
}

export function replies({ kind }: Where): Unnumbered {
  return count('Số văn bản trả lời nhận được', 'Replies received', 'replies', 'replies', kind === undefined ? {} : { kind });
}

export function arrivals(of: 'petitions' | 'matters', where: Where): Unnumbered {
  return group(
    'Tổng số đơn phải xử lý',
    'To be processed',
    count('Tổng số', 'Total', of, 'petitions', where),
    count('Kỳ trước chuyển sang', 'Carried over', of, 'petitions', { ...where, ...carried }),
    count('Tiếp nhận trong kỳ', 'Received', of, 'petitions', { ...where, ...received }),
  );
}

export function progress(of: 'petitions' | 'matters', where: Where): Unnumbered[] {
  return [
    count('Số đơn đã xử lý', 'Processed', of, 'petitions', { ...where, ...processed }),
    count('Số đơn chưa xử lý', 'Not yet processed', of, 'petitions', { ...where, ...open }),
  ];
}

export function processedByArrival(where: Where): Unnumbered {
  return group(
    'Đơn đã xử lý',
    'Processed',
    matters('Tổng số', 'Total', { ...where, ...processed }),
    matters('Đơn kỳ trước chuyển sang', 'Carried over', { ...where, ...processed, ...carried }),
    matters('Đơn tiếp nhận trong kỳ', 'Received', { ...where, ...processed, ...received }),
  );
}

/** What is eligible of a kind: petitions, and the cases that they are. */
export function eligibleOf(where: Where): Unnumbered {
  return group(
    'Đủ điều kiện xử lý',
    'Eligible',
    matters('Số đơn', 'Petitions', { ...eligible, ...where }),
    cases('Số vụ việc', 'Cases', where),
  );
}

/** What was carried over and what was received, each divided by who signed. */
export function arrivalsBy(divided: (where: Where) => Unnumbered[], where: Where): Unnumbered[] {
  return [
    group('Đơn kỳ trước chuyển sang', 'Carried over', ...divided({ ...where, ...carried })),
    group('Đơn tiếp nhận trong kỳ', 'Received', ...divided({ ...where, ...received })),
  ];
}

export function bySignatories(of: 'petitions' | 'matters', where: Where): Unnumbered[] {
  return [
    count('Nhiều người đứng tên', 'Many signatories', of, 'petitions', { ...where, signatories: 'many' }),
    count('Một người đứng tên', 'One signatory', of, 'petitions', { ...where, signatories: 'one' }),
    count('Đơn khác', 'Other', of, 'petitions', { ...where, signatories: 'none' }),
  ];
}

export function byManyOrOne(where: Where): Unnumbered[] {
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

export function kindsOf(where: Where): Unnumbered[] {
  return [
    petitions('Khiếu nại', 'Complaints', { ...where, ...complaint }),
    petitions('Tố cáo', 'Denunciations', { ...where, ...denunciation }),
    petitions('Kiến nghị, phản ánh', 'Recommendations and reflections', { ...where, ...others }),
  ];
}

export function withinByKind(): Unnumbered {
  const within = { ...eligible, within: true };
  return group('Thuộc thẩm quyền', 'Within competence', petitions('Tổng số', 'Total', within), ...kindsOf(within));
}

export function outside(
  of: 'petitions' | 'matters',
  measure: 'petitions' | 'cases',
  where: Where,
  ways: ('guided' | 'transferred' | 'urged')[],
): Unnumbered {
  const names = {
    guided: ['Hướng dẫn', 'Guided'],
    transferred: ['Chuyển đơn', 'Transferred'],
    urged: ['Đôn đốc giải quyết', 'Urged'],
  } as const;
  const all = { ...eligible, ...where, within: false };
  return group(
    'Không thuộc thẩm quyền',
    'Outside competence',
    count('Tổng số', 'Total', of, measure, all),
    ...ways.map((way) => count(names[way][0], names[way][1], of, measure, { ...all, passed: way })),
  );
}

export function complaintFields(): Unnumbered {
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

export function denunciationFields(): Unnumbered[] {
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

export function otherFields(): Unnumbered {
  return group(
    'Theo lĩnh vực',
    'By field',
    cases('Chế độ, chính sách', 'Policy', { ...others, field: 'policy' }),
    cases('Đất đai', 'Land', { ...others, field: 'land_housing' }),
    cases('Tư pháp', 'Judicial', { ...others, field: 'judicial' }),
    cases('Khác', 'Other', { ...others, field: ['officials_duty', 'other_administrative', 'corruption', 'party', 'other'] }),
  );
}

export function continuing(): Unnumbered[] {
  const again = { ...denunciation, stage: 'continuing' };
  return [
    cases('Tố cáo tiếp: quá thời hạn chưa giải quyết', 'Continuing: overdue unresolved', { ...again, matter: ['not_begun', 'in_hand'] }),
    cases('Tố cáo tiếp: đã có kết luận', 'Continuing: concluded', { ...again, matter: ['resolved_first', 'resolved_many', 'court'] }),
  ];
}

export function complaintsWithin(): Unnumbered {
  const within = { ...complaint, within: true };
  return group(
    'Thuộc thẩm quyền',
    'Within competence',
    cases('Tổng số', 'Total', within),
    cases('Lần đầu', 'First instance', { ...within, stage: ['first', 'none'] }),
    cases('Lần hai', 'Second instance', { ...within, stage: 'second' }),
  );
}

export function denunciationsWithin(): Unnumbered {
  const within = { ...denunciation, within: true };
  return group(
    'Thuộc thẩm quyền',
    'Within competence',
    cases('Tổng số', 'Total', within),
    cases('Tố cáo lần đầu', 'First', { ...within, stage: ['first', 'second', 'none'] }),
    cases('Tố cáo tiếp', 'Continuing', { ...within, stage: 'continuing' }),
  );
}
