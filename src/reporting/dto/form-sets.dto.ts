import { ApiProperty } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import { Form, LegalDay, OneOf, Part, Parts, Text, Texts, WholeNumber, YesNo } from '../../platform/http/fields.js';
import type { AttributeValue, ColumnNode, Form as ReportForm } from '../../rules/reports/form.js';
import { type MeasuringUnit, measuringUnits, sourceNames, type SourceName } from '../../rules/reports/vocabulary.js';

/** In examples: whoever tries one must not replace the forms that reports of this year are made by. */
const madeUpCircular = '99/2099/TT-THU';
const deepest = 'At most a few levels of headings.';

export class BilingualDto {
  @Text({ max: 300, example: 'Tiếp nhận trong kỳ' })
  vi: string;

  @Text({ max: 300, example: 'Received in the period' })
  en: string;
}

export class ColumnCountDto {
  /** Source of the things that are counted: `GET /reports/vocabulary`. */
  @OneOf(sourceNames, { example: 'petitions' })
  of: SourceName;

  @Text({ max: 40, example: 'petitions' })
  measure: string;

  /** By attribute: one value, or several of which one is enough. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: { movement: 'received' } })
  @IsObject({ context: { code: 'object', vi: 'Phải là một đối tượng.', en: 'Must be an object.' } })
  where: Record<string, AttributeValue>;
}

/** A heading with `columns`, or a column with `number`, `unit` and `count`. */
export class ColumnNodeDto {
  @Part(() => BilingualDto)
  label: BilingualDto;

  @WholeNumber({ min: 1, max: 200, optional: true, example: 3 })
  number?: number | null;

  @OneOf(Object.keys(measuringUnits), { optional: true, example: 'petitions' })
  unit?: MeasuringUnit | null;

  @Part(() => ColumnCountDto, { optional: true, example: { of: 'petitions', measure: 'petitions', where: { movement: 'received' } } })
  count?: ColumnCountDto | null;

  @Part(() => BilingualDto, { optional: true })
  note?: BilingualDto | null;

  @Parts(() => ColumnNodeDto, { min: 1, max: 60, optional: true, description: deepest })
  columns?: ColumnNodeDto[] | null;
}

export class FormMemoDto {
  @Form(/^[a-z][a-zA-Z]{1,30}$/, { code: 'memo_name', vi: 'Viết như "parts".', en: 'Write like "parts".', example: 'parts' })
  name: string;

  @Part(() => ColumnCountDto)
  count: ColumnCountDto;
}

export class StatutoryFormDto {
  @Form(/^\d{2}-[A-Z]{2,6}$/, { code: 'form_code', vi: 'Viết như 01-XLD.', en: 'Write like 01-XLD.', example: '02-XLD' })
  code: string;

  @Part(() => BilingualDto)
  title: BilingualDto;

  @Parts(() => ColumnNodeDto, { min: 1, max: 60, example: [exampleColumn()] })
  columns: ColumnNodeDto[];

  /** `1=2+3`, `8<=4`, with a column of another form of the set `1>=03-GQKN:7`, with memos `1=02-XLD:1+wholes-parts`. */
  @Texts({ max: 100, each: 200, example: ['1<=1'] })
  checks: string[];

  /** Figures that no column shows and a check needs. */
  @Parts(() => FormMemoDto, { max: 20, optional: true, example: [] })
  memos?: FormMemoDto[] | null;
}

export class FormSetDto {
  /** Number of the circular; entering one that is there makes a new revision. */
  @Text({ max: 60, example: madeUpCircular })
  circular: string;

  @Part(() => BilingualDto)
  title: BilingualDto;

  /** It governs periods that close on this day or later. */
  @LegalDay({ example: '2099-01-01' })
  closingFrom: string;

  /** Why its figures are provisional; left out where the forms are the circular's own. */
  @Part(() => BilingualDto, { optional: true })
  provisional?: BilingualDto | null;

  /** The columns were read in the circular itself. */
  @YesNo({ example: true })
  verified: boolean;

  @Parts(() => StatutoryFormDto, { min: 1, max: 40 })
  forms: StatutoryFormDto[];

  /** What it takes away from the former revision, each named: a form by its code, a column by form and number. */
  @Texts({ max: 2000, each: 20, optional: true, example: [] })
  drops?: string[] | null;

  @Text({ max: 2000, example: 'Ban hành Thông tư mới' })
  reason: string;
}

export class FormSetChangeQuery {
  /** Tell what would change and change nothing. */
  @YesNo({ optional: true })
  dryRun?: boolean;
}

export class FormSetRevisionsQuery {
  /** All circulars when left out. */
  @Text({ max: 60, optional: true, example: '06/2025/TT-TTCP' })
  circular?: string | null;
}

export class FormSetRestorationDto {
  @Text({ max: 60, example: madeUpCircular })
  circular: string;

  /** As in `GET /reports/form-sets`; 0 is what is built in. */
  @WholeNumber({ min: 0, max: 100_000, example: 1 })
  revision: number;

  @Text({ max: 2000, example: 'Nhập nhầm' })
  reason: string;
}

/** A form as it is sent, in the terms of the rules; what is left out of a node is absent there. */
export function toForm({ code, title, columns, checks, memos }: StatutoryFormDto): ReportForm {
  const named = memos?.length ? { memos: Object.fromEntries(memos.map(({ name, count }) => [name, { ...count }])) } : {};
  return { code, title: { ...title }, columns: columns.map(toNode), checks, ...named };
}

function toNode({ label, number, unit, count, note, columns }: ColumnNodeDto): ColumnNode {
  return {
    label: { ...label },
    ...(columns && { columns: columns.map(toNode) }),
    ...(number && { number }),
    ...(unit && { unit }),
    ...(count && { count: { ...count } }),
    ...(note && { note: { ...note } }),
  } as ColumnNode;
}

function exampleColumn(): object {
  return {
    label: { vi: 'Tiếp nhận trong kỳ', en: 'Received in the period' },
    number: 1,
    unit: 'petitions',
    count: { of: 'petitions', measure: 'petitions', where: { movement: 'received' } },
  };
}
