import type { LegalDate } from '../../platform/text/legal-date.js';
import { inTime } from '../source.js';
import type { FormSet } from './form.js';
import { forms2025 } from './sets/forms-2025.js';
import { processingForms2021 } from './sets/processing-2021.js';
import { processingForms2024 } from './sets/processing-2024.js';
import { receptionForm, receptionPetitionsForm } from './sets/reception-forms.js';
import { resolutionForms } from './sets/resolution-forms.js';

/** The sets of forms that this version knows (law.md 5.1); further ones are entered as data. */
export const builtInSets: readonly FormSet[] = following([
  {
    circular: '02/2021/TT-TTCP',
    title: {
      vi: 'Biểu mẫu báo cáo tiếp công dân, khiếu nại, tố cáo (Thông tư 02/2021/TT-TTCP)',
      en: 'Forms on reception, complaints and denunciations (Circular 02/2021/TT-TTCP)',
    },
    closingFrom: '2021-05-01',
    provisional: null,
    verified: false,
    forms: [receptionForm, receptionPetitionsForm, ...processingForms2021, ...resolutionForms],
  },
  {
    circular: '01/2024/TT-TTCP',
    title: {
      vi: 'Biểu mẫu báo cáo tiếp công dân, khiếu nại, tố cáo (Thông tư 01/2024/TT-TTCP)',
      en: 'Forms on reception, complaints and denunciations (Circular 01/2024/TT-TTCP)',
    },
    closingFrom: '2024-03-01',
    provisional: null,
    verified: false,
    forms: [receptionForm, ...processingForms2024, ...resolutionForms],
  },
  {
    circular: '06/2025/TT-TTCP',
    title: {
      vi: 'Biểu mẫu báo cáo tiếp công dân, khiếu nại, tố cáo (Thông tư 06/2025/TT-TTCP)',
      en: 'Forms on reception, complaints and denunciations (Circular 06/2025/TT-TTCP)',
    },
    closingFrom: '2025-09-30',
    provisional: null,
    verified: true,
    forms: forms2025,
  },
]);

/**
 * Sets that follow one another: each governs until the next one begins, as versions of a rule do.
 * @throws Error for two of one circular, or from one day
 */
function following(sets: readonly FormSet[]): readonly FormSet[] {
  inTime(sets.map(({ circular, closingFrom }) => ({ version: circular, from: closingFrom })));
  return sets;
}

/**
 * The set that governs a period by its last day: of those that have begun by then the one that began last; of two from the same day the one that stands later
 * in the list, so that what was entered goes before what is built in.
 */
export function setFor(sets: readonly FormSet[], closingOn: LegalDate): FormSet | undefined {
  return sets
    .filter(({ closingFrom }) => closingFrom <= closingOn)
    .reduce<FormSet | undefined>((best, set) => (best && best.closingFrom > set.closingFrom ? best : set), undefined);
}
