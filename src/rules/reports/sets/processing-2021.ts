import type { Form } from '../form.js';
import { count, form, group, partOf, total } from './build.js';
import {
  arrivalsBy,
  byManyOrOne,
  bySignatories,
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
  processed,
  processedByArrival,
  replies,
  splitMemos,
  sumOfKinds,
  titles,
  withinByKind,
} from './processing-columns.js';

const complaints = (() => {
  const all = arrivalsBy('matters', byManyOrOne, complaint);
  const done = processedByArrival(complaint, all.total);
  const fields = complaintFields();
  const states = byState(
    cases('Đã giải quyết lần đầu', 'Resolved at first instance', { ...complaint, matter: 'resolved_first' }),
    cases('Đã giải quyết lần hai', 'Resolved at second instance', { ...complaint, matter: 'resolved_many' }),
    cases('Đã có bản án của Toà án', 'Decided by a court', { ...complaint, matter: 'court' }),
    cases('Đang giải quyết', 'In hand', { ...complaint, matter: 'in_hand' }),
    cases('Chưa giải quyết', 'Not begun', { ...complaint, matter: 'not_begun' }),
  );
  const within = complaintsWithin();
  const without = outside('matters', 'cases', complaint, ['guided', 'transferred', 'urged']);
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
  const all = arrivalsBy('matters', (where) => bySignatories('matters', where), denunciation);
  const done = processedByArrival(denunciation, all.total);
  const fields = denunciationFields();
  const states = byState(
    cases('Chưa giải quyết (trong hạn)', 'Not yet, in time', {
      ...firstDenunciation,
      matter: ['not_begun', 'resolved_first', 'resolved_many', 'court'],
    }),
    cases('Đang giải quyết', 'In hand', { ...firstDenunciation, matter: 'in_hand' }),
    ...continuing(),
  );
  const within = denunciationsWithin();
  const without = outside('matters', 'cases', denunciation, ['guided', 'transferred', 'urged']);
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
  const all = arrivalsBy('matters', (where) => bySignatories('matters', where), others);
  const done = processedByArrival(others, all.total);
  const fields = otherFields();
  const states = byState(
    cases('Đã giải quyết', 'Resolved', { ...others, matter: ['resolved_first', 'resolved_many', 'court'] }),
    cases('Đang giải quyết', 'In hand', { ...others, matter: 'in_hand' }),
    cases('Chưa giải quyết', 'Not begun', { ...others, matter: 'not_begun' }),
  );
  const within = cases('Thuộc thẩm quyền', 'Within competence', { ...others, within: true });
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
      replies(others),
    ]),
  };
})();

const everything = (() => {
  const all = arrivalsBy('petitions', (where) => bySignatories('petitions', where), {});
  const done = partOf(petitions('Đơn đã xử lý', 'Processed', processed), all.total);
  const contents = kindsOf(eligible);
  const states = byState(
    petitions('Đã giải quyết lần đầu', 'Resolved once', { ...eligible, matter: 'resolved_first' }),
    petitions('Đã giải quyết nhiều lần', 'Resolved more than once', { ...eligible, matter: ['resolved_many', 'court'] }),
    petitions('Đang giải quyết', 'In hand', { ...eligible, matter: 'in_hand' }),
    petitions('Chưa giải quyết', 'Not begun', { ...eligible, matter: 'not_begun' }),
  );
  const within = withinByKind();
  const without = outside('petitions', 'petitions', {}, ['guided', 'transferred', 'urged']);
  const divisions = [contents, states.parts, [within.total, without.total]];
  const those = partOf(
    divisions.reduce((column, parts) => total(column, ...parts), petitions('Số đơn', 'Petitions', eligible)),
    done,
  );
  return form(
    { code: '01-XLD', title: titles['01-XLD'], memos: splitMemos },
    [
      ...all.columns,
      done,
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

/** 01–04/XLD of the circular of 2021 (law.md 5.4). */
export const processingForms2021: Form[] = [everything, complaints.form, denunciations.form, recommendations.form];
