import {
  amendingLaw2025,
  circularPeriods,
  complaintsLaw,
  denunciationsLaw,
  denunciationsLaw2011,
  inTime,
  law,
  partedOn,
  processingCircular,
  processingCircular2014,
  receptionLaw,
  since2026,
  type VersionedRule,
  type Written,
} from '../source.js';
import type { Bilingual } from '../../platform/problems/problem.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import type { PetitionKind } from './filing.js';

export const flagCodes = [
  'over_level',
  'outside_competence',
  'forwarded',
  'also_sent_to_competent',
  'already_guided',
  'already_finally_resolved',
  'filing_period_expired',
] as const;
export type FlagCode = (typeof flagCodes)[number];

/** The law behind a flag, by kind of petition. */
export interface FlagRule extends VersionedRule {
  code: FlagCode;
  kinds: PetitionKind[];
  title: Bilingual;
}

const complaint: PetitionKind[] = ['complaint'];
const denunciation: PetitionKind[] = ['denunciation'];
const others: PetitionKind[] = ['recommendation', 'reflection'];
const all: PetitionKind[] = [...complaint, ...denunciation, ...others];

const titles: Record<FlagCode, Bilingual> = {
  over_level: { vi: 'Đơn gửi vượt cấp', en: 'Filed above the competent level' },
  outside_competence: { vi: 'Đơn không thuộc thẩm quyền', en: 'Outside the competence of the receiving unit' },
  forwarded: { vi: 'Đơn do cơ quan, người có thẩm quyền chuyển đến', en: 'Forwarded by a body entitled to forward' },
  also_sent_to_competent: { vi: 'Đơn đã gửi đến cơ quan có thẩm quyền', en: 'Also sent to the competent authority' },
  already_guided: { vi: 'Đã được hướng dẫn một lần về cùng nội dung', en: 'Guided once about the same matter' },
  already_finally_resolved: { vi: 'Vụ việc đã có quyết định giải quyết lần hai', en: 'A second-instance decision exists' },
  filing_period_expired: { vi: 'Hết thời hiệu, thời hạn khiếu nại', en: 'The period for filing has passed' },
};

/** First day on which a circular said that people are guided once. */
export const guidedOnceSince: LegalDate = '2014-12-15';

const guidedOnce: Written<FlagRule>[] = [
  { version: '2014', from: guidedOnceSince, sources: [law(processingCircular2014, '8(1)')] },
  { version: '2021', from: '2021-11-15', sources: [law(processingCircular, 6)] },
].map((version) => ({
  id: 'already_guided',
  code: 'already_guided',
  kinds: [...complaint, ...others],
  title: titles.already_guided,
  verified: true,
  ...version,
}));

/** Rules OL, C, D and K of law.md 2.4. */
export const flagRules: readonly FlagRule[] = inTime([
  ...rule('over_level.complaint', 'over_level', complaint, (from) => [law(complaintsLaw, 7), ...guideOrTransferSources(from)]),
  ...rule('over_level.denunciation', 'over_level', denunciation, denunciationSources),
  ...rule('over_level.recommendation', 'over_level', others, () => [law(receptionLaw, 27)], false),
  ...rule('outside_competence.complaint', 'outside_competence', complaint, (from) => [
    law(complaintsLaw, '17–26'),
    ...guideOrTransferSources(from),
  ]),
  ...rule('outside_competence.denunciation', 'outside_competence', denunciation, denunciationSources),
  ...rule('outside_competence.recommendation', 'outside_competence', others, () => [law(receptionLaw, 27)]),
  ...rule('forwarded', 'forwarded', all, () => [law(complaintsLaw, 27)]),
  ...rule('also_sent_to_competent', 'also_sent_to_competent', all, denunciationSources),
  // Guided once: since the first circular on the processing of petitions (07/2014/TT-TTCP art. 8, 05/2021/TT-TTCP art. 6).
  ...guidedOnce,
  ...rule('already_finally_resolved', 'already_finally_resolved', complaint, () => [law(complaintsLaw, 11), law(receptionLaw, 9)]),
  ...rule('filing_period_expired', 'filing_period_expired', complaint, () => [
    law(complaintsLaw, 9),
    law(complaintsLaw, 11),
    law(complaintsLaw, 33),
  ]),
]);

/** The rule behind a flag for a kind of petition on a day. */
export function flagRule(code: FlagCode, kind: PetitionKind, on: string): FlagRule {
  const found = flagRules.find((rule) => rule.code === code && rule.kinds.includes(kind) && rule.from <= on && (!rule.to || on <= rule.to));
  if (!found) throw new Error(`No rule behind the flag ${code} for a ${kind} on ${on}`);
  return found;
}

function denunciationSources(from: string): VersionedRule['sources'] {
  return from < '2019-01-01' ? [law(denunciationsLaw2011, 20)] : [law(denunciationsLaw, 24)];
}

/** What reception received may be guided or transferred since Law 136/2025/QH15. */
function guideOrTransferSources(from: string): VersionedRule['sources'] {
  return from < since2026 ? [] : [law(receptionLaw, '26(1)(b)'), law(amendingLaw2025, '1(11)')];
}

/** One version for each period in which all of its sources stayed the same. */
function rule(
  id: string,
  code: FlagCode,
  kinds: PetitionKind[],
  sources: (from: string) => VersionedRule['sources'],
  verified = true,
): Written<FlagRule>[] {
  const periods = kinds.includes('denunciation')
    ? partedOn(circularPeriods, ['2018', '2019-01-01'])
    : id.endsWith('.complaint')
      ? partedOn(circularPeriods, ['2026', since2026])
      : circularPeriods;
  return periods.map(({ version, from, circular }) => ({
    id,
    version,
    code,
    kinds,
    title: titles[code],
    from,
    sources: [...sources(from), ...circular],
    verified,
  }));
}
