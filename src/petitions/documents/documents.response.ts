import { ApiProperty } from '@nestjs/swagger';
import { type PaperCode, paperCodes } from '../papers.js';
import { BilingualResponse } from '../../structure/law-desk/rules.response.js';
import type { UnitStructure } from '../../rules/structure/unit-structure.js';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import type { DocumentRow } from './documents.queries.js';

export class DocumentResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  unit: UnitReference;

  @ApiProperty({ example: '12/PHD-UBND' })
  number: string;

  @ApiProperty({ enum: paperCodes })
  paper: PaperCode;

  @ApiProperty({ format: 'uuid' })
  petitionId: string | null;

  @ApiProperty({ example: 'Phiếu hướng dẫn – HNI-2026-000123' })
  gist: string;

  @ApiProperty({ format: 'date' })
  issuedOn: string;

  signerTitle: string;
  signerName: string;
  recipients: string[];

  /** It names who denounced: say why it is needed first (`POST /documents/{id}/reveals`). */
  needsReveal: boolean;

  /** The paper as .docx. */
  @ApiProperty({ format: 'uri-reference' })
  file: string;

  /** The scan of the signed paper: an attachment. */
  @ApiProperty({ format: 'uuid' })
  signedCopyId: string | null;
}

export class DocumentPageResponse {
  items: DocumentResponse[];
  nextCursor: string | null;
}

export class PlaceholderResponse {
  @ApiProperty({ example: 'petitionNumber' })
  name: string;

  label: BilingualResponse;

  /** `system`: filled in from the petition and the register; `request`: sent along. */
  @ApiProperty({ enum: ['system', 'request'] })
  from: 'system' | 'request';

  /** Of a list: placeholders of one of its rows, between {#list} and {/list}. */
  @ApiProperty({ type: [String], nullable: true, example: null })
  of: readonly string[] | null;
}

export class TemplateResponse {
  @ApiProperty({ enum: paperCodes })
  paper: PaperCode;

  title: BilingualResponse;

  /** Your unit uses its own template. */
  own: boolean;

  @ApiProperty({ enum: ['required', 'optional'] })
  petition: 'required' | 'optional';

  /** Kinds of petition that it is made for; null for all. */
  @ApiProperty({ type: [String], nullable: true, example: null })
  kinds: readonly string[] | null;

  /** Fields that the request must bring. */
  @ApiProperty({ type: [String] })
  fields: readonly string[];

  /** Fields that it may bring; a dotted line where it does not. */
  @ApiProperty({ type: [String] })
  optional: readonly string[];

  @ApiProperty({ format: 'uri-reference' })
  file: string;
}

export class TemplatesResponse {
  items: TemplateResponse[];
  placeholders: PlaceholderResponse[];
}

export class UploadedTemplateResponse {
  @ApiProperty({ enum: paperCodes })
  paper: PaperCode;

  /** Placeholders in it. */
  placeholders: string[];
}

export function toDocument(row: DocumentRow, structure: UnitStructure): DocumentResponse {
  return {
    id: row.id,
    unit: toUnitReference(structure.get(row.unitId)),
    number: row.number,
    paper: row.paper,
    petitionId: row.petitionId,
    gist: row.gist,
    issuedOn: row.issuedOn,
    signerTitle: row.signerTitle,
    signerName: row.signerName,
    recipients: row.recipients,
    needsReveal: row.secretPetitionId !== null || row.secretVisit !== null,
    file: `/api/v1/documents/${row.id}/file`,
    signedCopyId: row.signedCopyId,
  };
}
