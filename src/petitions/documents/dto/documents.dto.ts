import { ApiProperty } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import {
  HoldsOfficialWords,
  Id,
  LegalDay,
  OfficialWords,
  OneOf,
  Optional,
  Text,
  WholeNumber,
  YesNo,
} from '../../../platform/http/fields.js';
import { defaultLimit, largestLimit } from '../../../platform/http/page.js';
import { type PaperCode, paperCodes } from '../../papers.js';
import type { TemplateValues } from '../fill-template.js';

/** Who issues a paper, when and where, and to whom. */
export class IssueDto {
  @LegalDay({ optional: true, example: '2026-05-14', description: 'Today when left out' })
  issuedOn?: string | null;

  /** Where it is issued; that of the unit when left out. */
  @Text({ max: 100, optional: true, example: 'Hà Nội' })
  place?: string | null;

  @Text({ max: 200, example: 'Trưởng Ban tiếp công dân' })
  signerTitle: string;

  @Text({ max: 200, example: 'Lê Thu Hường' })
  signerName: string;

  @OfficialWords({ items: 50, max: 200, optional: true, example: ['Như trên', 'Thanh tra Thành phố'] })
  recipients?: string[];

  /** For the register; the title and the number of the petition when left out. */
  @OfficialWords({ max: 500, optional: true })
  gist?: string | null;
}

export class DocumentDto extends IssueDto {
  @OneOf(paperCodes, { example: 'guidance_slip' })
  paper: PaperCode;

  /** The petition that it is made for; some papers of reception have none. */
  @Id({ optional: true })
  petitionId?: string | null;

  /** Values for placeholders (see GET /document-templates): texts, and rows of lists. */
  @ApiProperty({
    type: 'object',
    selfRequired: false,
    additionalProperties: true,
    example: { guidanceContent: 'Đề nghị gửi kèm bản sao quyết định.' },
  })
  @HoldsOfficialWords()
  @Optional()
  @IsObject({ context: { code: 'object', vi: 'Phải là một đối tượng.', en: 'Must be an object.' } })
  fields?: TemplateValues;
}

export class DocumentsQuery {
  /** The register of this unit; of your whole scope when left out. */
  @Id({ optional: true })
  unitId?: string;

  @YesNo({ optional: true })
  includeSubordinates?: boolean;

  @Id({ optional: true })
  petitionId?: string;

  @OneOf(paperCodes, { optional: true })
  paper?: PaperCode;

  @LegalDay({ optional: true, example: null })
  issuedFrom?: string;

  @LegalDay({ optional: true, example: null })
  issuedTo?: string;

  @WholeNumber({ min: 1, max: largestLimit, optional: true, example: defaultLimit })
  limit?: number;

  @Text({ max: 500, optional: true })
  cursor?: string;
}
