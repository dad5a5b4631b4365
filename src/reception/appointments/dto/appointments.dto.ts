import { Form, Id, OfficialWords, OneOf, Text, TimeOfDay, WholeNumber } from '../../../platform/http/fields.js';
import { NationalId, Phone } from '../../../petitions/dto/forms.decorators.js';
import { type PetitionKind, petitionKinds } from '../../../rules/evaluation/filing.js';

export class BookingDto {
  /** Hour at which the slot begins. */
  @TimeOfDay({ example: '09:00' })
  slotAt: string;

  @Text({ min: 2, max: 200, example: 'Nguyễn Văn Hoà' })
  name: string;

  /** One place a session for a telephone number. */
  @Phone()
  phone: string;

  @NationalId({ optional: true })
  nationalId: string | null = null;

  @Text({ max: 500, optional: true, example: 'Số 5 phố Trấn Vũ' })
  address: string | null = null;

  /** As far as it is known. Whoever denounces is shown to nobody at the counter. */
  @OneOf(petitionKinds, { optional: true, example: 'complaint' })
  kind: PetitionKind | null = null;

  @WholeNumber({ min: 1, max: 1000, optional: true, example: 1 })
  persons: number = 1;

  @Text({ min: 3, max: 1000, example: 'Đề nghị xem xét phương án bồi thường tại phố Trấn Vũ' })
  matter: string;
}

export class PublicBookingDto extends BookingDto {
  /** For the code of confirmation, in units that send it by e-mail; used for that alone and not kept. */
  @Form(/^[^\s@,;<>]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}$/i, {
    code: 'email',
    vi: 'Địa chỉ thư điện tử có dạng ten@noi.vn.',
    en: 'An address of e-mail reads name@place.vn.',
    optional: true,
    example: 'hoa.nguyen@example.vn',
  })
  email: string | null = null;
}

export class CodeQuery {
  /** The code that the booking was answered with, with or without dashes. */
  @Text({ max: 40, example: 'A1B2-C3D4-E5F6' })
  code: string;
}

export class CodeDto {
  @Text({ max: 40, example: 'A1B2-C3D4-E5F6' })
  code: string;
}

export class ConfirmationDto extends CodeDto {
  /** The code that came by SMS or e-mail. */
  @Text({ min: 6, max: 20, example: '123456' })
  confirmationCode: string;
}

export class AppointmentReasonDto {
  @OfficialWords({ max: 1000, example: 'Công dân báo bận' })
  reason: string;
}

export class ReschedulingDto {
  /** Another session of the unit; the same one when left out. */
  @Id({ optional: true })
  sessionId?: string | null;

  @TimeOfDay({ example: '10:00' })
  slotAt: string;

  @OfficialWords({ max: 1000, example: 'Theo đề nghị của công dân' })
  reason: string;
}
