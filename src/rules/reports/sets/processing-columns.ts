import { type CheckBetween, count, group, memo, partOf, total, type Unnumbered, type Unplaced, type Where } from './build.js';

/** Columns that the XLD forms of both circulars have in common: what came, how it was processed, where it stands (law.md 5.3, 5.4). */

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

export function petitions(vi: string, en: string, where: Where): Unplaced {
  return count(vi, en, 'petitions', 'petitions', where);
}

export function matters(vi: string, en: string, where: Where): Unplaced {
  return count(vi, en, 'matters', 'petitions', where);
}

/** Cases among what is eligible: each once, by its last petition of the period. */
export function cases(vi: string, en: string, where: Where, note?: Parameters<typeof count>[5]): Unplaced {
  return count(vi, en, 'matters', 'cases', { ...eligible, ...where }, note);
}

export function replies({ kind }: Where): Unplaced {
  return count('Số văn bản trả lời nhận được', 'Replies received', 'replies', 'replies', kind === undefined ? {} : { kind });
}

/** Columns with the total that they add up to, where other columns refer to it. */
export interface Totalled {
  total: Unplaced;
  columns: Unnumbered[];
}

/** All that was to be processed: carried over and received, and `divided` another way. */
export function arrivals(of: 'petitions' | 'matters', where: Where, ...divided: Unplaced[]): Totalled {
  const carriedOver = count('Kỳ trước chuyển sang', 'Carried over', of, 'petitions', { ...where, ...carried });
  const receivedNow = count('Tiếp nhận trong kỳ', 'Received', of, 'petitions', { ...where, ...received });
  const sum = total(count('Tổng số', 'Total', of, 'petitions', where), carriedOver, receivedNow);
  const all = divided.length > 0 ? total(sum, ...divided) : sum;
  return { total: all, columns: [group('Tổng số đơn phải xử lý', 'To be processed', all, carriedOver, receivedNow)] };
}

export function progress(of: 'petitions' | 'matters', where: Where): Unplaced[] {
  return [
    count('Số đơn đã xử lý', 'Processed', of, 'petitions', { ...where, ...processed }),
    count('Số đơn chưa xử lý', 'Not yet processed', of, 'petitions', { ...where, ...open }),
  ];
}

/** What was processed, by when it came; part of all that was to be processed where that is given. */
export function processedByArrival(where: Where, ofAll?: Unplaced): Totalled {
  const carriedOver = matters('Đơn kỳ trước chuyển sang', 'Carried over', { ...where, ...processed, ...carried });
  const receivedNow = matters('Đơn tiếp nhận trong kỳ', 'Received', { ...where, ...processed, ...received });
  const sum = total(matters('Tổng số', 'Total', { ...where, ...processed }), carriedOver, receivedNow);
  const all = ofAll ? partOf(sum, ofAll) : sum;
  return { total: all, columns: [group('Đơn đã xử lý', 'Processed', all, carriedOver, receivedNow)] };
}

/** What is eligible of a kind: petitions of those processed, and the cases that they are, each way of `divisions` divided wholly. */
export function eligibleOf(where: Where, ofProcessed: Unplaced, ...divisions: Unplaced[][]): Unnumbered {
  const those = partOf(matters('Số đơn', 'Petitions', { ...eligible, ...where }), ofProcessed);
  const divided = divisions.reduce((column, parts) => total(column, ...parts), cases('Số vụ việc', 'Cases', where));
  return group('Đủ điều kiện xử lý', 'Eligible', those, partOf(divided, those));
}

/** All that was to be processed: what was carried over and what was received, each divided by who signed. */
export function arrivalsBy(of: 'petitions' | 'matters', divided: (where: Where) => Unplaced[], where: Where): Totalled {
  const carriedOver = divided({ ...where, ...carried });
  const receivedNow = divided({ ...where, ...received });
  const all = total(count('Tổng số đơn phải xử lý', 'To be processed', of, 'petitions', where), ...carriedOver, ...receivedNow);
  return {
    total: all,
    columns: [
      all,
      group('Đơn kỳ trước chuyển sang', 'Carried over', ...carriedOver),
      group('Đơn tiếp nhận trong kỳ', 'Received', ...receivedNow),
    ],
  };
}

export function bySignatories(of: 'petitions' | 'matters', where: Where): Unplaced[] {
  return [
    count('Nhiều người đứng tên', 'Many signatories', of, 'petitions', { ...where, signatories: 'many' }),
    count('Một người đứng tên', 'One signatory', of, 'petitions', { ...where, signatories: 'one' }),
    count('Đơn khác', 'Other', of, 'petitions', { ...where, signatories: 'none' }),
  ];
}

export function byManyOrOne(where: Where): Unplaced[] {
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

export function kindsOf(where: Where): Unplaced[] {
  return [
    petitions('Khiếu nại', 'Complaints', { ...where, ...complaint }),
    petitions('Tố cáo', 'Denunciations', { ...where, ...denunciation }),
    petitions('Kiến nghị, phản ánh', 'Recommendations and reflections', { ...where, ...others }),
  ];
}

export function withinByKind(): Totalled {
  const within = { ...eligible, within: true };
  const kinds = kindsOf(within);
  const all = total(petitions('Tổng số', 'Total', within), ...kinds);
  return { total: all, columns: [group('Thuộc thẩm quyền', 'Within competence', all, ...kinds)] };
}

export function outside(
  of: 'petitions' | 'matters',
  measure: 'petitions' | 'cases',
  where: Where,
  ways: ('guided' | 'transferred' | 'urged')[],
): Totalled {
  const names = {
    guided: ['Hướng dẫn', 'Guided'],
    transferred: ['Chuyển đơn', 'Transferred'],
    urged: ['Đôn đốc giải quyết', 'Urged'],
  } as const;
  const outsideOf = { ...eligible, ...where, within: false };
  const byWay = ways.map((way) => count(names[way][0], names[way][1], of, measure, { ...outsideOf, passed: way }));
  const all = total(count('Tổng số', 'Total', of, measure, outsideOf), ...byWay);
  return { total: all, columns: [group('Không thuộc thẩm quyền', 'Outside competence', all, ...byWay)] };
}

/** A division of cases: the columns that add up to them, and how they stand. */
export interface Division {
  parts: Unplaced[];
  columns: Unnumbered[];
}

export function complaintFields(): Division {
  const administrative = [
    cases('Chế độ, chính sách', 'Policy', { ...complaint, field: 'policy' }),
    cases('Đất đai, nhà cửa', 'Land and housing', { ...complaint, field: 'land_housing' }),
    cases('Khác', 'Other', { ...complaint, field: ['officials_duty', 'other_administrative'] }),
  ];
  const whole = total(
    cases('Tổng số', 'Total', { ...complaint, field: ['policy', 'land_housing', 'officials_duty', 'other_administrative'] }),
    ...administrative,
  );
  const further = [
    cases('Tư pháp', 'Judicial', { ...complaint, field: 'judicial' }),
    cases('Đảng, đoàn thể', 'Party and mass organisations', { ...complaint, field: 'party' }),
    cases('Lĩnh vực khác', 'Other fields', { ...complaint, field: ['corruption', 'other'] }),
  ];
  return {
    parts: [whole, ...further],
    columns: [group('Theo lĩnh vực', 'By field', group('Hành chính', 'Administrative', whole, ...administrative), ...further)],
  };
}

export function denunciationFields(): Division {
  const administrative = [
    cases('Chế độ, chính sách', 'Policy', { ...denunciation, field: 'policy' }),
    cases('Đất đai, nhà cửa', 'Land and housing', { ...denunciation, field: 'land_housing' }),
    cases('Công chức, công vụ', 'Officials and public duty', { ...denunciation, field: 'officials_duty' }),
    cases('Khác', 'Other', { ...denunciation, field: 'other_administrative' }),
  ];
  const whole = total(
    cases('Tổng số', 'Total', { ...denunciation, field: ['policy', 'land_housing', 'officials_duty', 'other_administrative'] }),
    ...administrative,
  );
  const further = [
    cases('Tham nhũng', 'Corruption', { ...denunciation, field: 'corruption' }),
    cases('Tư pháp', 'Judicial', { ...denunciation, field: 'judicial' }),
    cases('Đảng, đoàn thể', 'Party and mass organisations', { ...denunciation, field: 'party' }),
    cases('Lĩnh vực khác', 'Other fields', { ...denunciation, field: 'other' }),
  ];
  return {
    parts: [whole, ...further],
    columns: [group('Theo lĩnh vực', 'By field', group('Hành chính', 'Administrative', whole, ...administrative), ...further)],
  };
}

export function otherFields(): Division {
  const parts = [
    cases('Chế độ, chính sách', 'Policy', { ...others, field: 'policy' }),
    cases('Đất đai', 'Land', { ...others, field: 'land_housing' }),
    cases('Tư pháp', 'Judicial', { ...others, field: 'judicial' }),
    cases('Khác', 'Other', { ...others, field: ['officials_duty', 'other_administrative', 'corruption', 'party', 'other'] }),
  ];
  return { parts, columns: [group('Theo lĩnh vực', 'By field', ...parts)] };
}

/** A division by the state of the resolution, all its columns below one heading. */
export function byState(...parts: Unplaced[]): Division {
  return { parts, columns: [group('Theo tình trạng giải quyết', 'By state of the resolution', ...parts)] };
}

export function continuing(): Unplaced[] {
  const again = { ...denunciation, stage: 'continuing' };
  return [
    cases('Tố cáo tiếp: quá thời hạn chưa giải quyết', 'Continuing: overdue unresolved', { ...again, matter: ['not_begun', 'in_hand'] }),
    cases('Tố cáo tiếp: đã có kết luận', 'Continuing: concluded', { ...again, matter: ['resolved_first', 'resolved_many', 'court'] }),
  ];
}

export function complaintsWithin(): Totalled {
  const within = { ...complaint, within: true };
  const instances = [
    cases('Lần đầu', 'First instance', { ...within, stage: ['first', 'none'] }),
    cases('Lần hai', 'Second instance', { ...within, stage: 'second' }),
  ];
  const all = total(cases('Tổng số', 'Total', within), ...instances);
  return { total: all, columns: [group('Thuộc thẩm quyền', 'Within competence', all, ...instances)] };
}

export function denunciationsWithin(): Totalled {
  const within = { ...denunciation, within: true };
  const instances = [
    cases('Tố cáo lần đầu', 'First', { ...within, stage: ['first', 'second', 'none'] }),
    cases('Tố cáo tiếp', 'Continuing', { ...within, stage: 'continuing' }),
  ];
  const all = total(cases('Tổng số', 'Total', within), ...instances);
  return { total: all, columns: [group('Thuộc thẩm quyền', 'Within competence', all, ...instances)] };
}

/**
 * What 01/XLD needs beside its columns to be the sum of the forms by kind: a petition that was split counts there once, its parts count here each.
 */
export const splitMemos = {
  parts: memo('matters', 'petitions', { ofWhole: true }),
  wholes: memo('petitions', 'petitions', { split: true }),
};

/** The check that what all petitions count is what the forms by kind count together. */
export function sumOfKinds(all: Unplaced, ...byKind: Unplaced[]): CheckBetween {
  return { left: all, relation: '=', plus: [...byKind, 'wholes'], minus: ['parts'] };
}
