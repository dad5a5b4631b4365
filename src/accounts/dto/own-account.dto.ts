import { Form, Text } from '../../platform/http/fields.js';

const sixDigits = { code: 'code', vi: 'Mã gồm 6 chữ số.', en: 'A code has six digits.', example: '287082' };

export class PasswordChangeDto {
  @Text({ max: 200 })
  currentPassword: string;

  @Text({ min: 12, max: 200, example: 'một câu dài dễ nhớ' })
  newPassword: string;
}

export class TotpEnrolmentDto {
  /** The password, again: a session that was left open changes nothing. */
  @Text({ max: 200 })
  password: string;

  /** Of the second factor that counts now, where there is one. */
  @Form(/^\d{6}$/, { ...sixDigits, optional: true })
  code?: string;
}

export class TotpCodeDto {
  @Form(/^\d{6}$/, sixDigits)
  code: string;
}

export class TotpRemovalDto extends TotpCodeDto {
  @Text({ max: 200 })
  password: string;
}

export class ClientTokenDto {
  /** `client_credentials`. */
  @Form(/^client_credentials$/, {
    code: 'unsupported_grant_type',
    vi: 'Chỉ hỗ trợ client_credentials.',
    en: 'Only client_credentials is supported.',
    example: 'client_credentials',
  })
  grant_type: string;

  /** Here or by HTTP Basic. */
  @Text({ max: 64, optional: true, example: 'mot-cua-ba-dinh' })
  client_id?: string;

  @Text({ max: 200, optional: true })
  client_secret?: string;

  /** Space-separated; all scopes of the client where it is left out. */
  @Text({ max: 1000, optional: true, example: 'petitions:read events:read' })
  scope?: string;
}
