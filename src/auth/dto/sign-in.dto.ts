import { Text } from '../../http/fields.js';

export class SignInDto {
  @Text({ max: 64, example: 'city.clerk' })
  username: string;

  @Text({ max: 200, example: 'TiepDan-Demo-2026' })
  password: string;
}

export class RefreshDto {
  /** The refresh token of the last answer; it works once. */
  @Text({ max: 200 })
  refreshToken: string;
}
