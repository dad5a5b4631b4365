import { type FieldOptions, Form } from '../../http/fields.js';

/** Number of a citizen's identity card: nine digits, or twelve. */
export function NationalId(options: FieldOptions = {}): PropertyDecorator {
  return Form(/^\d{9}(\d{3})?$/, {
    code: 'national_id',
    vi: 'Số CMND/CCCD có 9 hoặc 12 chữ số.',
    en: 'A national id has 9 or 12 digits.',
    example: '001082012345',
    ...options,
  });
}

export function Phone(options: FieldOptions = {}): PropertyDecorator {
  return Form(/^\+?[\d. ]{6,20}$/, {
    code: 'phone',
    vi: 'Số điện thoại có 6 đến 20 chữ số, dấu "+", "." hoặc khoảng trắng.',
    en: 'A phone number has 6 to 20 digits, "+", "." or spaces.',
    example: '0912 345 678',
    ...options,
  });
}

/** Field of a petition, e.g. policy, land_housing, officials_duty, corruption, judicial, party, other. */
export function FieldCode(options: FieldOptions = {}): PropertyDecorator {
  return Form(/^[a-z0-9._-]{1,64}$/, {
    code: 'field_code',
    vi: 'Mã lĩnh vực gồm chữ thường không dấu, chữ số, ".", "_" hoặc "-".',
    en: 'A field code has small letters, digits, ".", "_" or "-".',
    example: 'land_housing',
    ...options,
  });
}
