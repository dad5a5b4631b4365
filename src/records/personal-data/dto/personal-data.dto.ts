import { OfficialWords, Text, WholeNumber, YesNo } from '../../../platform/http/fields.js';

export class ReasonDto {
  /** Kept in the audit. */
  @OfficialWords({ min: 10, max: 1000, example: 'Mời người khiếu nại đến đối thoại' })
  reason: string;
}

export class RetentionRuleDto {
  /** Years after the end of a petition. */
  @WholeNumber({ min: 1, max: 100, example: 15 })
  years: number;

  @Text({ max: 500, example: 'Thông tư 10/2022/TT-BNV: hồ sơ giải quyết khiếu nại, tố cáo' })
  source: string;

  /** Somebody compared it with the instrument in force; until then nothing of the kind is anonymised. */
  @YesNo({ example: false })
  verified: boolean;
}
