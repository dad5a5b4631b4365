import { type FieldOptions, Form } from '../../platform/http/fields.js';

/**
 * What somebody is known by: the number of an identity card or certificate, which is the personal number (twelve digits; nine on old cards), or of a
 * passport (Decree 154/2026/NĐ-CP art. 12(1)).
 */
export function NationalId(options: FieldOptions = {}): PropertyDecorator {
  return Form(/^(\d{9}(\d{3})?|(?=\d*[A-Z])[A-Z0-9]{6,12})$/, {
    code: 'national_id',
    vi: 'Số căn cước, giấy chứng nhận căn cước hoặc số định danh cá nhân có 12 chữ số (chứng minh nhân dân cũ có 9); số hộ chiếu có 6 đến 12 chữ in hoa và chữ số.',
    en: 'The number of an identity card or certificate, or a personal number, has 12 digits (9 on old cards); that of a passport 6 to 12 capital letters and digits.',
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
