import { Form, Text } from '../../platform/http/fields.js';

export class SignInDto {
  @Text({ max: 64, example: 'city.clerk' })
  username: string;

  @Text({ max: 200, example: 'TiepDan-Demo-2026' })
  password: string;

  /** One-time code, where the account has a second factor. */
  @Form(/^\d{6}$/, { code: 'code', vi: 'Mã gồm 6 chữ số.', en: 'A code has six digits.', optional: true })
  code?: string;
}

export class RefreshDto {
  /** The refresh token of the last answer; it works once. */
  @Text({ max: 200 })
  refreshToken: string;
}
