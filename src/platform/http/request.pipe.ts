import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { type Dto, extentOf, noExtent } from './extent.js';
import { normaliseText } from '../problems/normalise-text.js';
import { type FieldProblem, Problem } from '../problems/problem.js';

/** Reads bodies and queries into their DTO: text normalised, unknown fields refused, every fault named with its JSON pointer. */
@Injectable()
export class RequestPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if ((type !== 'body' && type !== 'query') || !metatype || metatype === Object || metatype === String) return value;
    if (type === 'body' && value !== undefined && (value === null || typeof value !== 'object' || Array.isArray(value)))
      throw expectsObject();
    const prefixed = (error: FieldProblem): FieldProblem =>
      type === 'query' ? { ...error, pointer: `?${error.pointer.slice(1)}` } : error;
    const errors: FieldProblem[] = [];
    const extent = tooMuch(value, metatype as Dto, '');
    if (extent) throw invalid([prefixed(extent)]);
    const normalised = normaliseText(type === 'query' ? withoutEmpty(value) : (value ?? {}), '', errors);
    const dto = plainToInstance(metatype, normalised, { exposeUnsetFields: false }) as object;
    const faults = validateSync(dto, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false });
    for (const fault of faults) collect(fault, '', errors);
    if (errors.length > 0) throw invalid(errors.map(prefixed));
    return dto;
  }
}

/** More fields than any object of a request has. */
const mostFields = 500;

/**
 * The first object with too many fields, or list that is longer than its DTO lets it be: told before anything is made of them, because each
 * costs far more to read into objects and to check than to count.
 */
function tooMuch(value: unknown, dto: Dto | undefined, pointer: string): FieldProblem | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  if (Array.isArray(value)) return firstOf(value.entries(), ([index, item]) => tooMuch(item, dto, `${pointer}/${index}`));
  const fields = Object.entries(value);
  if (fields.length > mostFields) return { pointer, code: 'too_many_fields', detail: tooManyFields };
  const { lists, parts } = dto ? extentOf(dto) : noExtent;
  return firstOf(fields.values(), ([name, item]) => {
    const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const most = lists.get(name);
    if (most !== undefined && Array.isArray(item) && item.length > most) return { pointer: at, code: 'list', detail: tooLong(most) };
    return tooMuch(item, parts.get(name), at);
  });
}

function firstOf<T>(items: Iterable<T>, look: (item: T) => FieldProblem | undefined): FieldProblem | undefined {
  for (const item of items) {
    const found = look(item);
    if (found) return found;
  }
  return undefined;
}

const tooManyFields = { vi: `Có hơn ${mostFields} trường.`, en: `Has more than ${mostFields} fields.` };
const tooLong = (most: number): FieldProblem['detail'] => ({
  vi: `Danh sách có nhiều nhất ${most} phần tử.`,
  en: `The list has at most ${most} items.`,
});

/** `?q=&kind=` asks for nothing: an empty parameter is one that was left out. */
function withoutEmpty(query: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(query ?? {}).filter(([, value]) => value !== ''));
}

/** What the decorators of `fields.ts` attach to a constraint. */
export interface FaultContext {
  code: string;
  vi: string;
  en: string;
}

function collect(
  { property, constraints = {}, contexts = {}, children = [] }: ValidationError,
  parent: string,
  errors: FieldProblem[],
): void {
  const pointer = `${parent}/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const known = Object.values<FaultContext>(contexts);
  for (const { code, vi, en } of known.slice(0, 1)) errors.push({ pointer, code, detail: { vi, en } });
  if (constraints['whitelistValidation'])
    errors.push({ pointer, code: 'unknown_field', detail: { vi: 'Trường không được biết đến.', en: 'Unknown field.' } });
  else if (known.length === 0 && Object.keys(constraints).length > 0)
    errors.push({ pointer, code: 'invalid', detail: { vi: 'Giá trị không hợp lệ.', en: Object.values(constraints).join('; ') } });
  for (const child of children) collect(child, pointer, errors);
}

function invalid(errors: FieldProblem[]): Problem {
  return new Problem(
    'validation-failed',
    { vi: `Có ${errors.length} trường không hợp lệ; xem "errors".`, en: `${errors.length} invalid field(s); see "errors".` },
    errors,
  );
}

function expectsObject(): Problem {
  return Problem.field('validation-failed', '', 'object_expected', {
    vi: 'Nội dung phải là một đối tượng JSON.',
    en: 'The body must be a JSON object.',
  });
}
