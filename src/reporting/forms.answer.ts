import { ApiProperty } from '@nestjs/swagger';
import { BilingualAnswer } from '../rules/rules.answer.js';
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
import type { LegalDate } from '../rules/legal-date.js';
import type { FormRevision, FormSetChange } from './form-sets.service.js';

export class FormCircularAnswer {
  @ApiProperty({ example: '01/2024/TT-TTCP' })
  circular: string;

  @ApiProperty({ type: BilingualAnswer })
  title: BilingualAnswer;

  /** It governs periods that close on this day or later, until another set does. */
  @ApiProperty({ format: 'date', example: '2024-03-01' })
  closingFrom: string;

  /** Why every figure is provisional; null where the forms are the circular's own. */
  @ApiProperty({ type: BilingualAnswer, nullable: true })
  provisional: BilingualAnswer | null;

  /** False where the columns were not read in the circular itself. */
  @ApiProperty()
  verified: boolean;
}

export class FormItem {
  @ApiProperty({ example: '02-XLD' })
  code: string;

  @ApiProperty({ example: '02/XLD' })
  name: string;

  @ApiProperty({ type: BilingualAnswer })
  title: BilingualAnswer;

  @ApiProperty({ example: 22 })
  columns: number;
}

export class FormSetAnswer extends FormCircularAnswer {
  /** It governs the period that was asked for. */
  @ApiProperty()
  governs: boolean;

  @ApiProperty({ type: [FormItem] })
  forms: FormItem[];
}

/** What entering a set of forms did, or would do. */
export class FormSetChangeAnswer extends FormSetAnswer {
  @ApiProperty({ type: 'integer', example: 1 })
  revision: number;

  /** Forms and columns of the former revision that are gone. */
  @ApiProperty({ type: [String], example: ['02-XLD', '01-XLD/5'] })
  dropped: string[];

  /** Nothing was stored. */
  @ApiProperty()
  dryRun: boolean;
}

export class FormSetRevisionAnswer extends FormCircularAnswer {
  /** 0 is what is built in. */
  @ApiProperty({ type: 'integer', example: 1 })
  revision: number;

  /** Why it was entered; null of what is built in. */
  @ApiProperty({ type: String, nullable: true })
  reason: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  enteredAt: string | null;

  @ApiProperty({ type: [FormItem] })
  forms: FormItem[];
}

export class FormSetRevisionsAnswer {
  @ApiProperty({ type: [FormSetRevisionAnswer] })
  items: FormSetRevisionAnswer[];
}

export class FormSetsAnswer {
  @ApiProperty({ type: [FormSetAnswer] })
  items: FormSetAnswer[];
}

export class FormAttributeValueAnswer extends BilingualAnswer {
  @ApiProperty({ example: 'received' })
  code: string;
}

export class FormAttributeAnswer {
  @ApiProperty({ example: 'movement' })
  code: string;

  @ApiProperty({ type: BilingualAnswer })
  label: BilingualAnswer;

  /** Null where it is true or false. */
  @ApiProperty({ type: [FormAttributeValueAnswer], nullable: true })
  values: FormAttributeValueAnswer[] | null;
}

export class FormMeasureAnswer {
  @ApiProperty({ example: 'petitions' })
  code: string;

  @ApiProperty({ type: BilingualAnswer })
  label: BilingualAnswer;

  @ApiProperty({ enum: Object.keys(measuringUnits) })
  unit: MeasuringUnit;
}

export class DerivedMeasureAnswer {
  @ApiProperty({ example: 'daysToProcess' })
  code: string;

  @ApiProperty({ type: BilingualAnswer })
  label: BilingualAnswer;

  @ApiProperty({ enum: ['days', 'per_cent', 'persons'] })
  unit: 'days' | 'per_cent' | 'persons';
}

export class SourceVocabularyAnswer {
  @ApiProperty({ enum: sourceNames })
  code: SourceName;

  @ApiProperty({ type: BilingualAnswer })
  label: BilingualAnswer;

  @ApiProperty({ type: [FormAttributeAnswer] })
  attributes: FormAttributeAnswer[];

  @ApiProperty({ type: [FormMeasureAnswer] })
  measures: FormMeasureAnswer[];

  /** Means and shares, for `GET /reports/pivot` alone. */
  @ApiProperty({ type: [DerivedMeasureAnswer] })
  derived: DerivedMeasureAnswer[];
}

export class VocabularyAnswer {
  @ApiProperty({ type: [SourceVocabularyAnswer] })
  sources: SourceVocabularyAnswer[];
}

export class ColumnCountAnswer {
  /** What is counted. */
  @ApiProperty({ enum: sourceNames })
  of: SourceName;

  @ApiProperty({ example: 'petitions' })
  measure: string;

  /** Conditions by attribute: one value, or several of which one is enough. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: { movement: 'received' } })
  where: Record<string, string | boolean | string[]>;
}

export class MeasuringUnitAnswer extends BilingualAnswer {
  @ApiProperty({ enum: Object.keys(measuringUnits) })
  code: MeasuringUnit;
}

/** A heading over `columns`, or a column with its number. */
export class ColumnNodeAnswer {
  @ApiProperty({ type: BilingualAnswer })
  label: BilingualAnswer;

  @ApiProperty({ required: false, example: 3 })
  number?: number;

  @ApiProperty({ type: MeasuringUnitAnswer, required: false })
  unit?: MeasuringUnitAnswer;

  @ApiProperty({ type: ColumnCountAnswer, required: false })
  count?: ColumnCountAnswer;

  /** How it is counted, in words. */
  @ApiProperty({ type: BilingualAnswer, required: false })
  explained?: BilingualAnswer;

  /** Whether the unit enters it by hand (`PUT /reports/opening-figures/{unitId}`), because nothing in the product tells it. */
  @ApiProperty({ required: false })
  byHand?: boolean;

  /** As the row of formulas has it. */
  @ApiProperty({ type: String, required: false, nullable: true, example: '1=2+3=4+5' })
  formula?: string | null;

  @ApiProperty({ type: BilingualAnswer, required: false, nullable: true })
  note?: BilingualAnswer | null;

  @ApiProperty({ type: () => [ColumnNodeAnswer], required: false })
  columns?: ColumnNodeAnswer[];
}

/** A figure that no column shows and a check needs. */
export class FormMemoAnswer {
  @ApiProperty({ example: 'parts' })
  name: string;

  @ApiProperty({ type: ColumnCountAnswer })
  count: ColumnCountAnswer;

  /** How it is counted, in words. */
  @ApiProperty({ type: BilingualAnswer })
  explained: BilingualAnswer;
}

export class FormReferenceAnswer {
  @ApiProperty({ example: '02-XLD' })
  code: string;

  @ApiProperty({ example: '02/XLD' })
  name: string;

  @ApiProperty({ type: BilingualAnswer })
  title: BilingualAnswer;

  @ApiProperty({ type: FormCircularAnswer })
  set: FormCircularAnswer;
}

export class FormDefinitionAnswer extends FormReferenceAnswer {
  @ApiProperty({ type: [ColumnNodeAnswer] })
  columns: ColumnNodeAnswer[];

  /** A term on the right is a column of this form, of another one of the set (`02-XLD:6`), or a memo by its name. */
  @ApiProperty({ type: [String], example: ['1=2+3', '7<=6', '1=02-XLD:6'] })
  checks: string[];

  /** Figures that no column shows and a check needs: how each is counted. */
  @ApiProperty({ type: [FormMemoAnswer] })
  memos: FormMemoAnswer[];
}

export function toFormSets(sets: readonly FormSet[], governing: FormSet | undefined): FormSetsAnswer {
  return {
    items: sets.map((set) => ({
      ...toCircular(set),
      governs: set.circular === governing?.circular,
      forms: set.forms.map(toFormItem),
    })),
  };
}

/** @param on the day on which it is told whether the set governs */
export function toFormSetChange({ set, sets, revision, dropped }: FormSetChange, on: LegalDate, dryRun: boolean): FormSetChangeAnswer {
  return { ...toFormSets([set], setFor(sets, on)).items[0]!, revision, dropped, dryRun };
}

export function toFormSetRevisions(revisions: readonly FormRevision[]): FormSetRevisionsAnswer {
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

export function toVocabulary(): VocabularyAnswer {
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

export function toFormDefinition(set: FormSet, form: Form): FormDefinitionAnswer {
  const memos = Object.entries(form.memos ?? {}).map(([name, count]) => ({ name, count, explained: explainCount(count) }));
  return { ...toFormReference(set, form), columns: form.columns.map((node) => toColumnNode(form, node)), checks: form.checks, memos };
}

export function toFormReference(set: FormSet, form: Form): FormReferenceAnswer {
  return { code: form.code, name: nameOf(form), title: form.title, set: toCircular(set) };
}

export function toCircular({ circular, title, closingFrom, provisional, verified }: FormSet): FormCircularAnswer {
  return { circular, title, closingFrom, provisional, verified };
}

export function toColumnNode(form: Form, node: ColumnNode): ColumnNodeAnswer {
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
