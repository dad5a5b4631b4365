import { Id, OfficialWords, OneOf, Parts, Text, WholeNumber, YesNo } from '../../../platform/http/fields.js';
import { NationalId } from '../../dto/forms.decorators.js';
import { mostSignatories } from '../signatories.service.js';

export class PersonsQuery {
  @NationalId({ optional: true })
  nationalId?: string;

  /** The whole name; case and diacritics do not matter. */
  @Text({ max: 200, optional: true, example: 'nguyen van hoa' })
  name?: string;

  @WholeNumber({ min: 1850, max: 2100, optional: true })
  birthYear?: number;

  /** The whole address as it was written; case and diacritics do not matter. */
  @Text({ max: 500, optional: true })
  address?: string;

  @WholeNumber({ min: 1, max: 200, optional: true, example: 50 })
  limit?: number;
}

export class PersonMergeDto {
  /** The entry that goes into this one. */
  @Id()
  personId: string;

  @OfficialWords({ max: 2000, example: 'Cùng số CCCD, khác cách ghi địa chỉ' })
  reason: string;
}

export class UndoPersonMergeDto {
  @OfficialWords({ max: 2000, example: 'Hai cha con trùng tên' })
  reason: string;
}

export class SignatoryDto {
  @Text({ max: 200, example: 'Trần Thị Bình' })
  name: string;

  @WholeNumber({ min: 1850, max: 2100, optional: true, example: 1970 })
  birthYear: number | null = null;

  @NationalId({ optional: true })
  nationalId: string | null = null;

  @Text({ max: 500, optional: true, example: 'Số 7 phố Trấn Vũ' })
  address: string | null = null;

  /** Speaks for the group. */
  @YesNo({ optional: true, example: false })
  representative: boolean = false;
}

export class SignatoriesDto {
  @Parts(() => SignatoryDto, { max: mostSignatories })
  signatories: SignatoryDto[];
}

export class SignatoryImportDto {
  @OneOf(['csv', 'xlsx'], { example: 'csv' })
  format: 'csv' | 'xlsx';

  @YesNo({ optional: true, example: true })
  dryRun?: boolean;
}
