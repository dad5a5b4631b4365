import { Id, LegalDay, OfficialWords, OneOf, YesNo } from '../../../platform/http/fields.js';
import { PageQuery } from '../../../platform/http/page.dto.js';
import { type ContactResult, contactResults, type ContactWay, contactWays } from '../contact.js';

/** About one of the three at the least. */
export class ContactDto {
  @Id({ optional: true })
  superiorMatterId: string | null = null;

  @Id({ optional: true })
  petitionId: string | null = null;

  @Id({ optional: true })
  incidentId: string | null = null;

  @LegalDay({ example: '2026-11-03' })
  onDate: string;

  @OneOf(contactWays, { example: 'home_visit' })
  way: ContactWay;

  /** Who spoke with them. */
  @OfficialWords({ max: 500, example: 'Trần Văn Đức, Chủ tịch UBND phường; Lê Thu Hằng, công chức địa chính' })
  officials: string;

  /** Who else took part. */
  @OfficialWords({ max: 500, optional: true, example: 'Ủy ban Mặt trận Tổ quốc phường, tổ dân phố số 5' })
  togetherWith: string | null = null;

  @OfficialWords({ min: 3, max: 10_000, example: 'Giải thích phương án bồi thường, đề nghị không tập trung lên Thành phố' })
  content: string;

  @OneOf(contactResults, { example: 'partly_agreed' })
  result: ContactResult;

  /** When they are spoken with again. */
  @LegalDay({ optional: true, example: '2026-12-10' })
  nextOn: string | null = null;
}

export class ContactsQuery extends PageQuery {
  @Id({ optional: true })
  unitId?: string;

  @YesNo({ optional: true })
  includeSubordinates?: boolean;

  @Id({ optional: true })
  superiorMatterId?: string;

  @Id({ optional: true })
  petitionId?: string;

  @Id({ optional: true })
  incidentId?: string;

  /** Only talks that were to be followed by another one by this day, and were not. */
  @LegalDay({ optional: true, example: null })
  nextBy?: string;
}
