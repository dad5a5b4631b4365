import type { Form } from '../form.js';
import { count, form, group, partOf, total } from './build.js';
import {
  arrivals,
  byState,
  cases,
  complaint,
  complaintFields,
  complaintsWithin,
  continuing,
  denunciation,
  denunciationFields,
  denunciationsWithin,
  eligible,
  eligibleOf,
  firstDenunciation,
  kindsOf,
  otherFields,
  others,
  outside,
  petitions,
  processedByArrival,
  progress,
  replies,
  splitMemos,
  sumOfKinds,
  titles,
  withinByKind,
} from './processing-columns.js';

const complaints = (() => {
  const all = arrivals('matters', complaint);
  const done = processedByArrival(complaint);
  const fields = complaintFields();
  const states = byState(
    cases('Đã giải quyết lần đầu', 'Resolved at first instance', { ...complaint, matter: 'resolved_first' }),
    cases('Đã giải quyết lần hai', 'Resolved at second instance', { ...complaint, matter: 'resolved_many' }),
    cases('Đã có bản án của Toà án', 'Decided by a court', { ...complaint, matter: 'court' }),
    cases('Chưa giải quyết xong', 'Not finished', { ...complaint, matter: ['in_hand', 'not_begun'] }),
  );
  const within = complaintsWithin();
  const without = outside('matters', 'cases', complaint, ['guided', 'urged']);
  return {
    all: all.total,
    form: form({ code: '02-XLD', title: titles['02-XLD'] }, [
      ...all.columns,
      ...done.columns,
      eligibleOf(complaint, done.total, fields.parts, states.parts, [within.total, without.total]),
      ...fields.columns,
      ...states.columns,
      ...within.columns,
      ...without.columns,
      replies(complaint),
    ]),
  };
})();

const denunciations = (() => {
  const all = arrivals('matters', denunciation);
  const done = processedByArrival(denunciation);
  const fields = denunciationFields();
  const states = byState(
    ...continuing(),
    cases('Chưa giải quyết', 'Not resolved', firstDenunciation, {
      vi: 'Tố cáo lần đầu: chưa được giải quyết khi đơn được xử lý.',
      en: 'Denounced for the first time: not resolved when the petition was processed.',
    }),
  );
  const within = denunciationsWithin();
  const without = outside('matters', 'cases', denunciation, ['transferred', 'urged']);
  return {
    all: all.total,
    form: form({ code: '03-XLD', title: titles['03-XLD'] }, [
      ...all.columns,
      ...done.columns,
      eligibleOf(denunciation, done.total, fields.parts, states.parts, [within.total, without.total]),
      ...fields.columns,
      ...states.columns,
      ...within.columns,
      ...without.columns,
      replies(denunciation),
    ]),
  };
})();

const recommendations = (() => {
  const all = arrivals('matters', others);
  const done = processedByArrival(others);
  const fields = otherFields();
  const states = byState(
    cases('Đã giải quyết', 'Resolved', { ...others, matter: ['resolved_first', 'resolved_many', 'court'] }),
    cases('Chưa giải quyết', 'Not resolved', { ...others, matter: ['in_hand', 'not_begun'] }),
  );
  const resolutions = [
    cases('Đã giải quyết', 'Resolved', { ...others, within: true, resolved: true }),
    cases('Chưa giải quyết', 'Not resolved', { ...others, within: true, resolved: false }),
  ];
  const within = total(cases('Thuộc thẩm quyền', 'Within competence', { ...others, within: true }), ...resolutions);
  const without = outside('matters', 'cases', others, ['transferred', 'urged']);
  return {
    all: all.total,
    form: form({ code: '04-XLD', title: titles['04-XLD'] }, [
      ...all.columns,
      ...done.columns,
      eligibleOf(others, done.total, fields.parts, states.parts, [within, without.total]),
      ...fields.columns,
      ...states.columns,
      within,
      ...without.columns,
      group('Kết quả giải quyết thuộc thẩm quyền', 'Of those within competence', ...resolutions),
    ]),
  };
})();

const everything = (() => {
  const processing = progress('petitions', {});
  const all = arrivals('petitions', {}, ...processing);
  const contents = kindsOf(eligible);
  const states = byState(
    petitions('Đã giải quyết lần đầu', 'Resolved once', { ...eligible, matter: 'resolved_first' }),
    petitions('Đã giải quyết nhiều lần', 'Resolved more than once', { ...eligible, matter: ['resolved_many', 'court'] }),
    petitions('Chưa giải quyết xong', 'Not finished', { ...eligible, matter: ['in_hand', 'not_begun'] }),
  );
  const within = withinByKind();
  const without = outside('petitions', 'petitions', {}, ['guided', 'transferred', 'urged']);
  const divisions = [contents, states.parts, [within.total, without.total]];
  const those = divisions.reduce((column, parts) => total(column, ...parts), petitions('Số đơn', 'Petitions', eligible));
  return form(
    { code: '01-XLD', title: titles['01-XLD'], memos: splitMemos },
    [
      ...all.columns,
      group('Kết quả xử lý', 'Processing', ...processing),
      group(
        'Đơn đủ điều kiện xử lý',
        'Eligible petitions',
        those,
        partOf(count('Số vụ việc', 'Cases', 'petitions', 'cases', eligible), those),
        group('Theo nội dung', 'By content', ...contents),
        ...states.columns,
      ),
      ...within.columns,
      ...without.columns,
      replies({}),
    ],
    [sumOfKinds(all.total, complaints.all, denunciations.all, recommendations.all)],
  );
})();

/** 01–04/XLD of the circular of 2024 (law.md 5.3). */
export const processingForms2024: Form[] = [everything, complaints.form, denunciations.form, recommendations.form];
