import { Form, Id, YesNo } from '../../../platform/http/fields.js';

export class AllowancesQuery {
  /** A month that has begun, since 2014-07. */
  @Form(/^\d{4}-(0[1-9]|1[0-2])$/, {
    code: 'month',
    vi: 'Phải là tháng dạng YYYY-MM.',
    en: 'Must be a month as YYYY-MM.',
    example: '2026-08',
  })
  month: string;

  /** Offices and sessions of this unit; of your whole scope when left out. */
  @Id({ optional: true })
  unitId?: string;

  @YesNo({ optional: true })
  includeSubordinates?: boolean;
}
