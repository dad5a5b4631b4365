import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';
import { isLegalDate } from '../text/legal-date.js';
import { longestWords, officialWords, officialWordsInDocument, partOf } from './official-words.js';
import type { FaultContext } from './request.pipe.js';
import { own } from '../text/own.js';

/*
 * The kinds of field that requests are made of. Each one checks, says in both languages what is allowed,
 * and documents itself in OpenAPI, so that a DTO is a list of names.
 */

export interface FieldOptions {
  /** May be left out or null, which is the same: the default of the class holds. */
  optional?: boolean;
  /** Null takes away what is there, and so says something else than leaving out. */
  clearable?: boolean;
  example?: unknown;
  description?: string;
}

/** A text of so many characters; outer spaces are cut off before counting. */
export function Text({ min = 1, max, ...options }: FieldOptions & { min?: number; max: number }): PropertyDecorator {
  return field(
    { type: 'string', minLength: min, maxLength: max },
    options,
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value)),
    IsString(says('text', 'Phải là văn bản.', 'Must be a text.')),
    Length(min, max, says('length', `Phải dài từ ${min} đến ${max} ký tự.`, `Must have ${min} to ${max} characters.`)),
  );
}

/**
 * What an official writes about a petition, a visit, a case or people: whoever denounced in any petition that the request is about is taken
 * out before anything else sees it (`src/petitions/reveals/official-words.interceptor.ts`; Law on Denunciations arts 8, 56).
 * @param items how many texts, where it is a list of them
 */
export function OfficialWords({ items, ...options }: FieldOptions & { min?: number; max: number; items?: number }): PropertyDecorator {
  const { max, min, ...rest } = options;
  if (max > longestWords) throw new Error(`Officials' words of ${max} letters would not be looked through`);
  return applyDecorators(HoldsOfficialWords(), items ? Texts({ ...rest, max: items, each: max }) : Text(options));
}

/** A field of another kind whose texts, however deep, are officials' words. */
export function HoldsOfficialWords(): PropertyDecorator {
  return applyDecorators(marks(officialWords), ApiProperty({ [officialWordsInDocument]: true } as ApiPropertyOptions));
}

/** A text of a fixed form. */
export function Form(pattern: RegExp, { code, vi, en, ...options }: FieldOptions & FaultContext): PropertyDecorator {
  return field({ type: 'string', pattern: pattern.source }, options, Matches(pattern, says(code, vi, en)));
}

/** A legal day in Viet Nam that exists in the calendar. */
export function LegalDay(options: FieldOptions = {}): PropertyDecorator {
  return field(
    { type: 'string', format: 'date', example: '2026-05-11' },
    options,
    ValidateBy(
      { name: 'isLegalDay', validator: { validate: isLegalDate } },
      says('date', 'Phải là một ngày có thật, dạng YYYY-MM-DD.', 'Must be a day that exists, as YYYY-MM-DD.'),
    ),
  );
}

/** A list of legal days. */
export function LegalDays({ max, ...options }: FieldOptions & { max: number }): PropertyDecorator {
  return field(
    { type: 'array', items: { type: 'string', format: 'date' }, maxItems: max },
    options,
    ...list(0, max),
    ValidateBy(
      { name: 'areLegalDays', validator: { validate: isLegalDate } },
      {
        each: true,
        ...says('date', 'Mỗi phần tử là một ngày có thật, dạng YYYY-MM-DD.', 'Every item is a day that exists, as YYYY-MM-DD.'),
      },
    ),
  );
}

/** An hour of the day in Viet Nam, HH:MM. */
export function TimeOfDay(options: FieldOptions = {}): PropertyDecorator {
  return Form(/^([01]\d|2[0-3]):[0-5]\d$/, {
    code: 'time_of_day',
    vi: 'Phải là giờ dạng HH:MM, từ 00:00 đến 23:59.',
    en: 'Must be a time as HH:MM, from 00:00 to 23:59.',
    example: '08:00',
    ...options,
  });
}

/** A moment, RFC 3339 with its offset. */
export function Moment(options: FieldOptions = {}): PropertyDecorator {
  return field(
    { type: 'string', format: 'date-time', example: '2026-05-11T08:00:00+07:00' },
    options,
    ValidateBy(
      { name: 'isMoment', validator: { validate: isMoment } },
      says('moment', 'Phải là thời điểm có thật theo RFC 3339 có múi giờ.', 'Must be a moment that exists, by RFC 3339 with its offset.'),
    ),
  );
}

const momentForm = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/i;

/** RFC 3339 section 5.6, of the days that a legal day can be and the offsets that there are; without leap seconds, which no clock here counts. */
function isMoment(value: unknown): boolean {
  const day = typeof value === 'string' ? momentForm.exec(value)?.[1] : undefined;
  return day !== undefined && isLegalDate(day);
}

/** Id of something held here. */
export function Id(options: FieldOptions = {}): PropertyDecorator {
  return field({ type: 'string', format: 'uuid' }, options, IsUUID('all', says('id', 'Phải là mã định danh UUID.', 'Must be a UUID.')));
}

export function Ids({ max, ...options }: FieldOptions & { max: number }): PropertyDecorator {
  return field(
    { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: max },
    options,
    ...list(0, max),
    IsUUID('all', { each: true, ...says('id', 'Mỗi phần tử phải là mã định danh UUID.', 'Every item must be a UUID.') }),
    // A UUID in capitals is the same one.
    ArrayUnique(
      (id: unknown) => (typeof id === 'string' ? id.toLowerCase() : id),
      says('unique', 'Mỗi mã chỉ nêu một lần.', 'Every id once.'),
    ),
  );
}

/** A list of short texts. */
export function Texts({ max, each, min = 0, ...options }: FieldOptions & { min?: number; max: number; each: number }): PropertyDecorator {
  const rule = {
    each: true,
    ...says('text', `Mỗi phần tử là văn bản dài từ 1 đến ${each} ký tự.`, `Every item is a text of 1 to ${each} characters.`),
  };
  return field(
    { type: 'array', items: { type: 'string', minLength: 1, maxLength: each }, maxItems: max },
    options,
    ...list(min, max),
    IsString(rule),
    Length(1, each, rule),
  );
}

/** One of a closed list of words. */
export function OneOf(values: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  const allowed = values.join(', ');
  return field(
    { type: 'string', enum: [...values] },
    options,
    IsIn(values, says('one_of', `Giá trị cho phép: ${allowed}.`, `Allowed: ${allowed}.`)),
  );
}

/** A list of words out of a closed list. */
export function SomeOf(values: readonly string[], { min = 0, ...options }: FieldOptions & { min?: number } = {}): PropertyDecorator {
  const allowed = values.join(', ');
  return field(
    { type: 'array', items: { type: 'string', enum: [...values] }, minItems: min, maxItems: values.length },
    options,
    ...list(min, values.length),
    IsIn(values, { each: true, ...says('one_of', `Giá trị cho phép: ${allowed}.`, `Allowed: ${allowed}.`) }),
    ArrayUnique(says('unique', 'Mỗi giá trị chỉ nêu một lần.', 'Every value once.')),
  );
}

/** True or false. In a query the words `true` and `false`. */
export function YesNo(options: FieldOptions = {}): PropertyDecorator {
  return field(
    { type: 'boolean' },
    options,
    Transform(({ value, obj, key }: { value: unknown; obj: Record<string, unknown>; key: string }) => {
      const raw = own(obj, key);
      return raw === 'true' ? true : raw === 'false' ? false : typeof raw === 'boolean' ? raw : value;
    }),
    IsBoolean(says('boolean', 'Phải là true hoặc false.', 'Must be true or false.')),
  );
}

/** A whole number. In a query its digits. */
export function WholeNumber({ min, max, ...options }: FieldOptions & { min: number; max: number }): PropertyDecorator {
  const rule = says('whole_number', `Phải là số nguyên từ ${min} đến ${max}.`, `Must be a whole number from ${min} to ${max}.`);
  return field(
    { type: 'integer', minimum: min, maximum: max },
    options,
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value)),
    IsInt(rule),
    Min(min, rule),
    Max(max, rule),
  );
}

/** A number that is not negative, with so many decimals at most: money in đồng, land in m². */
export function Amount({ max, decimals, ...options }: FieldOptions & { max: number; decimals: number }): PropertyDecorator {
  const rule = says(
    'amount',
    `Phải là số từ 0 đến ${max}, nhiều nhất ${decimals} chữ số thập phân.`,
    `Must be a number from 0 to ${max} with at most ${decimals} decimals.`,
  );
  return field(
    { type: 'number', minimum: 0, maximum: max },
    options,
    IsNumber({ allowNaN: false, allowInfinity: false, maxDecimalPlaces: decimals }, rule),
    Min(0, rule),
    Max(max, rule),
  );
}

export function WholeNumbers({ min, max, most, ...options }: FieldOptions & { min: number; max: number; most: number }): PropertyDecorator {
  const rule = {
    each: true,
    ...says('whole_number', `Phải là số nguyên từ ${min} đến ${max}.`, `Must be whole numbers from ${min} to ${max}.`),
  };
  return field(
    { type: 'array', items: { type: 'integer', minimum: min, maximum: max } },
    options,
    ...list(0, most),
    IsInt(rule),
    Min(min, rule),
    Max(max, rule),
  );
}

/** An object with fields of its own. (Swagger takes a class lazily from a function that is called `type`.) */
export function Part(type: () => new () => object, options: FieldOptions = {}): PropertyDecorator {
  const rule = says('object', 'Phải là một đối tượng.', 'Must be an object.');
  return field({ type: () => type() }, options, marks(partOf, type), Type(type), IsObject(rule), ValidateNested(rule));
}

/** A list of objects with fields of their own. */
export function Parts(
  type: () => new () => object,
  { min = 0, max, ...options }: FieldOptions & { min?: number; max: number },
): PropertyDecorator {
  const rule = says('object', 'Phải là một đối tượng.', 'Must be an object.');
  return field(
    { type: () => type(), isArray: true, maxItems: max },
    options,
    marks(partOf, type),
    Type(type),
    ...list(min, max),
    ValidateNested({ each: true, ...rule }),
  );
}

/** What {@link FieldOptions.optional} says, for a field that checks itself. */
export function Optional({ clearable = false }: Pick<FieldOptions, 'clearable'> = {}): PropertyDecorator {
  return applyDecorators(IsOptional(), ...(clearable ? [] : [Transform(({ value }: { value: unknown }) => value ?? undefined)]));
}

/** Says something about a field to whoever asks what it is (`official-words.ts`); it stands in every value. */
function marks(name: string, ...constraints: unknown[]): PropertyDecorator {
  return ValidateBy({ name, constraints, validator: { validate: () => true } });
}

function list(min: number, max: number): PropertyDecorator[] {
  const rule = says('list', `Phải là danh sách có từ ${min} đến ${max} phần tử.`, `Must be a list of ${min} to ${max} items.`);
  return [IsArray(rule), ArrayMinSize(min, rule), ArrayMaxSize(max, rule)];
}

function field(
  schema: ApiPropertyOptions,
  { optional = false, clearable = false, example, description }: FieldOptions,
  ...checks: PropertyDecorator[]
): PropertyDecorator {
  const documented = {
    ...schema,
    required: !optional,
    ...(optional && { nullable: true }),
    ...(example !== undefined ? { example } : optional && { example: null }),
    ...(description && { description }),
  } as ApiPropertyOptions;
  return applyDecorators(ApiProperty(documented), ...(optional ? [Optional({ clearable })] : []), ...checks);
}

function says(code: string, vi: string, en: string): ValidationOptions {
  return { message: en, context: { code, vi, en } satisfies FaultContext };
}
