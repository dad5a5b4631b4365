import { ApiProperty } from '@nestjs/swagger';
import { BilingualResponse } from '../structure/law-desk/rules.response.js';
import { explainCount } from '../rules/reports/explain.js';
import { type ColumnNode, type Form, formulaOf, type FormSet, isByHand, isColumn } from '../rules/reports/form.js';
import {
  derivedMeasures,
  type MeasuringUnit,
  measuringUnits,
  sourceNames,
  type SourceName,
  sourceOf,
} from '../rules/reports/vocabulary.js';
import { setFor } from '../rules/reports/form-sets.js';
import type { LegalDate } from '../platform/text/legal-date.js';
import type { FormRevision, FormSetChange } from './form-sets.service.js';

export class FormCircularResponse {
  @ApiProperty({ example: '01/2024/TT-TTCP' })
  circular: string;

  title: BilingualResponse;

  /** It governs periods that close on this day or later, until another set does. */
  @ApiProperty({ format: 'date', example: '2024-03-01' })
  closingFrom: string;

  /** Why every figure is provisional; null where the forms are the circular's own. */
  provisional: BilingualResponse | null;

  /** False where the columns were not read in the circular itself. */
  verified: boolean;
}

export class FormItem {
  @ApiProperty({ example: '02-XLD' })
  code: string;

  @ApiProperty({ example: '02/XLD' })
  name: string;

  title: BilingualResponse;

  @ApiProperty({ example: 22 })
  columns: number;
}

export class FormSetResponse extends FormCircularResponse {
  /** It governs the period that was asked for. */
  governs: boolean;

  forms: FormItem[];
}

/** What entering a set of forms did, or would do. */
export class FormSetChangeResponse extends FormSetResponse {
  @ApiProperty({ type: 'integer', example: 1 })
  revision: number;

  /** Forms and columns of the former revision that are gone. */
  @ApiProperty({ example: ['02-XLD', '01-XLD/5'] })
  dropped: string[];

  /** Nothing was stored. */
  dryRun: boolean;
}

export class FormSetRevisionResponse extends FormCircularResponse {
  /** 0 is what is built in. */
  @ApiProperty({ type: 'integer', example: 1 })
  revision: number;

  /** Why it was entered; null of what is built in. */
  reason: string | null;

  @ApiProperty({ format: 'date-time' })
  enteredAt: string | null;

  forms: FormItem[];
}

export class FormSetRevisionsResponse {
  items: FormSetRevisionResponse[];
}

export class FormSetsResponse {
  items: FormSetResponse[];
}

export class FormAttributeValueResponse extends BilingualResponse {
  @ApiProperty({ example: 'received' })
  code: string;
}

export class FormAttributeResponse {
  @ApiProperty({ example: 'movement' })
  code: string;

  label: BilingualResponse;

  /** Null where it is true or false. */
  values: FormAttributeValueResponse[] | null;
}

export class FormMeasureResponse {
  @ApiProperty({ example: 'petitions' })
  code: string;

  label: BilingualResponse;

  @ApiProperty({ enum: Object.keys(measuringUnits) })
  unit: MeasuringUnit;
}

export class DerivedMeasureResponse {
  @ApiProperty({ example: 'daysToProcess' })
  code: string;

  label: BilingualResponse;

  @ApiProperty({ enum: ['days', 'per_cent', 'persons'] })
  unit: 'days' | 'per_cent' | 'persons';
}

export class SourceVocabularyResponse {
  @ApiProperty({ enum: sourceNames })
  code: SourceName;

  label: BilingualResponse;
  attributes: FormAttributeResponse[];
  measures: FormMeasureResponse[];

  /** Means and shares, for `GET /reports/pivot` alone. */
  derived: DerivedMeasureResponse[];
}

export class VocabularyResponse {
  sources: SourceVocabularyResponse[];
}

export class ColumnCountResponse {
  /** What is counted. */
  @ApiProperty({ enum: sourceNames })
  of: SourceName;

  @ApiProperty({ example: 'petitions' })
  measure: string;

  /** Conditions by attribute: one value, or several of which one is enough. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: { movement: 'received' } })
  where: Record<string, string | boolean | string[]>;
}

export class MeasuringUnitResponse extends BilingualResponse {
  @ApiProperty({ enum: Object.keys(measuringUnits) })
  code: MeasuringUnit;
}

/** A heading over `columns`, or a column with its number. */
export class ColumnNodeResponse {
  label: BilingualResponse;

  @ApiProperty({ required: false, example: 3 })
  number?: number;

  @ApiProperty({ type: MeasuringUnitResponse, required: false })
  unit?: MeasuringUnitResponse;

  @ApiProperty({ type: ColumnCountResponse, required: false })
  count?: ColumnCountResponse;

  /** How it is counted, in words. */
  @ApiProperty({ type: BilingualResponse, required: false })
  explained?: BilingualResponse;

  /** Whether the unit enters it by hand (`PUT /reports/opening-figures/{unitId}`), because nothing in the product tells it. */
  @ApiProperty({ required: false })
  byHand?: boolean;

  /** As the row of formulas has it. */
  @ApiProperty({ required: false, example: '1=2+3=4+5' })
  formula?: string | null;

  @ApiProperty({ type: BilingualResponse, required: false })
  note?: BilingualResponse | null;

  @ApiProperty({ type: () => [ColumnNodeResponse], required: false })
  columns?: ColumnNodeResponse[];
}

/** A figure that no column shows and a check needs. */
export class FormMemoResponse {
  @ApiProperty({ example: 'parts' })
  name: string;

  count: ColumnCountResponse;

  /** How it is counted, in words. */
  explained: BilingualResponse;
}

export class FormReferenceResponse {
  @ApiProperty({ example: '02-XLD' })
  code: string;

  @ApiProperty({ example: '02/XLD' })
  name: string;

  title: BilingualResponse;
  set: FormCircularResponse;
}

export class FormDefinitionResponse extends FormReferenceResponse {
  columns: ColumnNodeResponse[];

  /** A term on the right is a column of this form, of another one of the set (`02-XLD:6`), or a memo by its name. */
  @ApiProperty({ example: ['1=2+3', '7<=6', '1=02-XLD:6'] })
  checks: string[];

  /** Figures that no column shows and a check needs: how each is counted. */
  memos: FormMemoResponse[];
}

export function toFormSets(sets: readonly FormSet[], governing: FormSet | undefined): FormSetsResponse {
  return {
    items: sets.map((set) => ({
      ...toCircular(set),
      governs: set.circular === governing?.circular,
      forms: set.forms.map(toFormItem),
    })),
  };
}

/** @param on the day on which it is told whether the set governs */
export function toFormSetChange({ set, sets, revision, dropped }: FormSetChange, on: LegalDate, dryRun: boolean): FormSetChangeResponse {
  return { ...toFormSets([set], setFor(sets, on)).items[0]!, revision, dropped, dryRun };
}

export function toFormSetRevisions(revisions: readonly FormRevision[]): FormSetRevisionsResponse {
  return {
    items: revisions.map(({ revision, reason, enteredAt, forms, ...set }) => ({
      ...toCircular({ ...set, forms }),
      revision,
      reason,
      enteredAt: enteredAt?.toISOString() ?? null,
      forms: forms.map(toFormItem),
    })),
  };
}

function toFormItem(form: Form): FormItem {
  return {
    code: form.code,
    name: nameOf(form),
    title: form.title,
    columns: form.columns.reduce((count, node) => count + columnCount(node), 0),
  };
}

export function toVocabulary(): VocabularyResponse {
  return {
    sources: sourceNames.map((code) => {
      const { label, attributes, measures } = sourceOf(code);
      return {
        code,
        label,
        attributes: Object.entries(attributes).map(([name, attribute]) => ({
          code: name,
          label: attribute.label,
          values:
            attribute.values === 'boolean' ? null : Object.entries(attribute.values).map(([value, words]) => ({ code: value, ...words })),
        })),
        measures: Object.entries(measures).map(([name, measure]) => ({ code: name, ...measure })),
        derived: Object.entries(derivedMeasures[code] ?? {}).map(([name, measure]) => ({ code: name, ...measure })),
      };
    }),
  };
}

export function toFormDefinition(set: FormSet, form: Form): FormDefinitionResponse {
  const memos = Object.entries(form.memos ?? {}).map(([name, count]) => ({ name, count, explained: explainCount(count) }));
  return { ...toFormReference(set, form), columns: form.columns.map((node) => toColumnNode(form, node)), checks: form.checks, memos };
}

export function toFormReference(set: FormSet, form: Form): FormReferenceResponse {
  return { code: form.code, name: nameOf(form), title: form.title, set: toCircular(set) };
}

export function toCircular({ circular, title, closingFrom, provisional, verified }: FormSet): FormCircularResponse {
  return { circular, title, closingFrom, provisional, verified };
}

export function toColumnNode(form: Form, node: ColumnNode): ColumnNodeResponse {
  if (!isColumn(node)) return { label: node.label, columns: node.columns.map((child) => toColumnNode(form, child)) };
  const { number, label, unit, count, note } = node;
  return {
    label,
    number,
    unit: { code: unit, ...measuringUnits[unit] },
    count,
    explained: explainCount(count),
    byHand: isByHand(count),
    formula: formulaOf(form, number),
    note: note ?? null,
  };
}

function columnCount(node: ColumnNode): number {
  return isColumn(node) ? 1 : node.columns.reduce((count, child) => count + columnCount(child), 0);
}

/** `01/XLD`, as the circulars write it. */
function nameOf({ code }: Form): string {
  return code.replace('-', '/');
}
