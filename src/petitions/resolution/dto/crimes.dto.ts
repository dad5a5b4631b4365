import { LegalDay, OfficialWords, YesNo } from '../../../platform/http/fields.js';

export class SignsOfCrimeDto {
  @LegalDay({ optional: true, example: '2026-05-20', description: 'Today when left out' })
  foundOn?: string | null;

  /** Which act, and what shows it; without anything that gives the denouncer away. */
  @OfficialWords({ max: 5000, example: 'Hành vi lập khống chứng từ để rút 420 triệu đồng có dấu hiệu tội tham ô tài sản' })
  reason: string;
}

export class CrimeTransferDto {
  @LegalDay({ optional: true, example: '2026-05-20', description: 'Today when left out' })
  sentOn?: string | null;

  /** Investigating body or procuracy. */
  @OfficialWords({ max: 200, example: 'Cơ quan Cảnh sát điều tra Công an thành phố Hà Nội' })
  body: string;

  @OfficialWords({ max: 100, example: '61/CV-UBND' })
  documentNumber: string;

  @OfficialWords({ max: 2000, optional: true })
  reason?: string | null;

  /** Nothing is left for the office: a denunciation that was not accepted ends so. */
  @YesNo({ optional: true })
  wholeMatter?: boolean | null;
}
