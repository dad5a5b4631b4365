import type { Bilingual } from '../../platform/problems/problem.js';
import type { LegalDate } from '../../platform/text/legal-date.js';
import {
  allowanceCircular,
  allowanceCircular2026,
  inTime,
  law,
  receptionDecree2026,
  versionInForce,
  type VersionedRule,
} from '../source.js';

/** What a day of duty at a place of reception is paid, in đồng a person, by whether the person draws the responsibility allowance of the profession. */
export interface AllowanceRate extends VersionedRule {
  title: Bilingual;
  withoutProfessionalAllowance: number;
  withProfessionalAllowance: number;
}

/** First day of the rates of Circular 65/2026/TT-BTC (art. 2(1)); those before it are not held here. */
export const allowanceRatesFrom: LegalDate = '2026-07-27';

const ofCircular2026 = { version: '2026', from: allowanceRatesFrom, verified: true } as const;

/** Circular 320/2016/TT-BTC art. 4 as Circular 65/2026/TT-BTC art. 1 amends it, for the groups of Decree 154/2026/NĐ-CP art. 38. */
export const allowanceRates: readonly AllowanceRate[] = inTime<AllowanceRate>([
  {
    ...ofCircular2026,
    id: 'reception.allowance',
    title: {
      vi: 'Bồi dưỡng người tiếp công dân, người đứng đầu, cấp phó tiếp công dân (một ngày)',
      en: 'Allowance of who receives citizens, heads and deputies included (a day)',
    },
    withoutProfessionalAllowance: 200_000,
    withProfessionalAllowance: 150_000,
    sources: [
      law(allowanceCircular, '4(1)'),
      law(allowanceCircular2026, 1),
      law(receptionDecree2026, '38(1)'),
      law(receptionDecree2026, '38(2)'),
    ],
  },
  {
    ...ofCircular2026,
    id: 'reception.allowance.central',
    title: {
      vi: 'Bồi dưỡng người tiếp công dân tại Trụ sở tiếp công dân Trung ương (một ngày)',
      en: 'Allowance of who receives citizens at the Central Reception Office (a day)',
    },
    withoutProfessionalAllowance: 250_000,
    withProfessionalAllowance: 200_000,
    sources: [law(allowanceCircular, '4(1)'), law(allowanceCircular2026, 1)],
  },
  {
    ...ofCircular2026,
    id: 'reception.allowance.support',
    title: {
      vi: 'Bồi dưỡng người phối hợp tiếp công dân, giữ gìn an ninh, trật tự, bảo đảm y tế (một ngày)',
      en: 'Allowance of who assists at reception, keeps order or gives medical care (a day)',
    },
    withoutProfessionalAllowance: 100_000,
    withProfessionalAllowance: 100_000,
    sources: [law(allowanceCircular, '4(2)'), law(allowanceCircular2026, 1), law(receptionDecree2026, '38(3)')],
  },
  {
    ...ofCircular2026,
    id: 'reception.allowance.processing',
    title: {
      vi: 'Bồi dưỡng người được giao chuyên trách xử lý đơn (một ngày)',
      en: 'Allowance of who does nothing but process petitions (a day)',
    },
    withoutProfessionalAllowance: 100_000,
    withProfessionalAllowance: 100_000,
    sources: [law(allowanceCircular, '4(2)'), law(allowanceCircular2026, 1), law(receptionDecree2026, '38(4)')],
  },
]);

/** The rules of who receives: everywhere, and at the Central Reception Office. */
export const receivingRates = { elsewhere: 'reception.allowance', central: 'reception.allowance.central' } as const;

/**
 * What a day of receiving citizens is paid.
 * @param central at the Central Reception Office, which has rates of its own
 * @returns undefined where no rate is held for the day
 */
export function receivingRateOn(day: LegalDate, central: boolean): AllowanceRate | undefined {
  return versionInForce(allowanceRates, receivingRates[central ? 'central' : 'elsewhere'], day);
}
