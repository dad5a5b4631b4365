import type { Json } from '../test/support/client.js';
import type { Chance } from './chance.ts';
import type { ApiDocument } from './document.ts';
import { hostileNumbers, hostileTexts, strangeFields, wrongKinds } from './hostile.ts';
import { isUuid, type Knowledge } from './knowledge.ts';

/** `plain`: what is required alone; `valid`: as somebody would send it; `edge`: what the document still allows, or just not; `hostile`: anything. */
export type Mode = 'plain' | 'valid' | 'edge' | 'hostile';

const shareOfNonsense: Record<Mode, number> = { plain: 0, valid: 0, edge: 0.04, hostile: 0.25 };
const words = ['Khiếu nại quyết định thu hồi đất', 'Tố cáo công chức', 'Nguyễn Văn Hoà', 'Số 5 phố Trấn Vũ', '12/QĐ-UBND', 'Chủ tịch'];

function isMeant(mode: Mode): boolean {
  return mode === 'plain' || mode === 'valid';
}

/** Makes values for the schemas of requests, out of the document's examples and what is known. */
export class Values {
  private readonly document: ApiDocument;
  private readonly knowledge: Knowledge;

  constructor(document: ApiDocument, knowledge: Knowledge) {
    this.document = document;
    this.knowledge = knowledge;
  }

  /** A value that a schema asks for, or, by the mode, one that it does not. */
  of(chance: Chance, schema: Json, name: string, mode: Mode, seenBy: string | null, depth = 0): Json {
    if (chance.happens(shareOfNonsense[mode])) return this.nonsense(chance);
    const found = this.document.resolved(schema);
    const options = found.anyOf ?? found.oneOf;
    if (options) {
      const real = options.filter((option: Json) => option.type !== 'null');
      return !isMeant(mode) && chance.happens(0.2) ? null : this.of(chance, chance.one(real), name, mode, seenBy, depth);
    }
    const types: string[] = [found.type ?? (found.properties ? 'object' : 'string')].flat();
    if (types.includes('null') && chance.happens(mode === 'plain' ? 0 : mode === 'valid' ? 0.05 : 0.2)) return null;
    if (found.enum) return chance.one(found.enum.filter((value: unknown) => value !== null || !isMeant(mode)));
    const type = types.find((one) => one !== 'null');
    if (isMeant(mode) && typeof found.example === 'object' && found.example !== null && depth > 0) return structuredClone(found.example);
    if (type === 'array') return this.list(chance, found, name, mode, seenBy, depth);
    if (type === 'object') return this.object(chance, found, mode, seenBy, depth);
    if (type === 'boolean') return typeof found.example === 'boolean' && isMeant(mode) ? found.example : chance.happens(0.5);
    if (type === 'integer' || type === 'number') return this.number(chance, found, mode);
    return this.text(chance, found, name, mode, seenBy);
  }

  /** An example of the document in which ids are known ones and days are of now; some of it replaced, left out or added, by the mode. */
  varied(chance: Chance, example: Json, schema: Json, mode: Mode, seenBy: string | null): Json {
    const share = mode === 'edge' ? 0.12 : mode === 'hostile' ? 0.3 : 0;
    const walk = (value: Json, of: Json, name: string): Json => {
      const known = this.document.resolved(of);
      if (Array.isArray(value)) return value.map((one) => walk(one, known.items, name));
      if (value === null || typeof value !== 'object') return this.leaf(chance, value, known, name, seenBy);
      const properties: Record<string, Json> = this.propertiesOf(known);
      const made: Record<string, Json> = {};
      for (const [key, one] of Object.entries<Json>(value)) {
        if (chance.happens(share / 3)) continue;
        made[key] = chance.happens(share) ? this.of(chance, properties[key] ?? {}, key, mode, seenBy, 2) : walk(one, properties[key], key);
      }
      for (const [key, property] of Object.entries(properties))
        if (!(key in made) && chance.happens(share / 2)) set(made, key, this.of(chance, property, key, mode, seenBy, 2));
      if (mode === 'hostile' && chance.happens(0.08)) set(made, chance.one(strangeFields), chance.one(wrongKinds));
      return made;
    };
    return walk(structuredClone(example), schema, '');
  }

  nonsense(chance: Chance): Json {
    return chance.happens(0.5) ? chance.one(hostileTexts) : chance.happens(0.5) ? chance.one(hostileNumbers) : chance.one(wrongKinds);
  }

  private leaf(chance: Chance, value: Json, schema: Json, name: string, seenBy: string | null): Json {
    if (isUuid(value)) return this.knowledge.idFor(chance, name, seenBy);
    if (typeof value === 'string' && schema.format === 'date') return dayFor(chance, name);
    return value;
  }

  private propertiesOf(schema: Json): Record<string, Json> {
    const options: Json[] = schema.anyOf ?? [];
    return schema.properties ?? options.map((one) => this.document.resolved(one)).find((one) => one.properties)?.properties ?? {};
  }

  private list(
    chance: Chance,
    { minItems = 0, maxItems = 20, items = {} }: Json,
    name: string,
    mode: Mode,
    seenBy: string | null,
    depth: number,
  ): Json {
    const size = isMeant(mode)
      ? Math.max(minItems, Math.min(maxItems, 1))
      : chance.happens(0.04)
        ? Math.min(maxItems + 1, 300)
        : Math.min(maxItems, Math.max(minItems, chance.int(0, 3)));
    return depth > 6 ? [] : Array.from({ length: size }, () => this.of(chance, items, name, mode, seenBy, depth + 1));
  }

  private object(chance: Chance, { properties = {}, required = [] }: Json, mode: Mode, seenBy: string | null, depth: number): Json {
    const made: Record<string, Json> = {};
    for (const [key, property] of Object.entries<Json>(properties)) {
      const needed = required.includes(key);
      const wanted = needed
        ? !chance.happens(shareOfNonsense[mode] / 3)
        : chance.happens(mode === 'plain' ? 0 : mode === 'valid' ? 0.15 : 0.45);
      if (wanted && depth < 7) made[key] = this.of(chance, property, key, mode, seenBy, depth + 1);
    }
    if (mode === 'hostile' && chance.happens(0.15)) set(made, chance.one(strangeFields), chance.one(wrongKinds));
    return made;
  }

  private number(chance: Chance, { minimum = 0, maximum = 1000, example }: Json, mode: Mode): number {
    if (isMeant(mode) && typeof example === 'number') return example;
    if (!isMeant(mode) && chance.happens(0.35)) return chance.one([minimum, maximum, minimum - 1, maximum + 1]);
    return chance.int(minimum, Math.min(maximum, minimum + 50));
  }

  private text(chance: Chance, schema: Json, name: string, mode: Mode, seenBy: string | null): string {
    const { format, minLength = 1, maxLength = 200, pattern, example } = schema;
    if (format === 'uuid' || /Id$/.test(name)) return this.knowledge.idFor(chance, name, seenBy);
    if (format === 'date')
      return isMeant(mode) || chance.happens(0.8) ? dayFor(chance, name) : chance.one(['1000-01-01', '2999-12-31', '1900-02-28']);
    if (format === 'date-time') return `${dayFor(chance, name)}T08:30:00+07:00`;
    if (name === 'cursor') return this.cursor(chance, mode);
    if (name === 'username' || name === 'client_id') return `fuzz.${chance.int(1, 100_000)}`;
    if (/password/i.test(name)) return `mot mat khau dai ${chance.int(1, 1000)}`;
    if (/number/i.test(name) && !pattern && this.knowledge.numbers.length > 0 && chance.happens(0.3))
      return chance.one(this.knowledge.numbers);
    if (!isMeant(mode) && chance.happens(0.06)) return 'y'.repeat(Math.min(maxLength + 1, 20_000));
    if (typeof example === 'string' && (chance.happens(0.8) || (isMeant(mode) && pattern))) return example;
    const word = name === 'reference' || name === 'title' ? `${chance.one(words)} ${chance.int(1, 1_000_000)}` : chance.one(words);
    return word.length >= minLength ? word.slice(0, maxLength) : word.padEnd(minLength, ' dài');
  }

  /** A page of an earlier answer, or something that looks like one. */
  private cursor(chance: Chance, mode: Mode): string {
    const known = this.knowledge.cursor(chance);
    if (known && chance.happens(isMeant(mode) ? 1 : 0.3)) return known;
    const part = (): unknown =>
      chance.one([
        '2026-01-01',
        '99:99',
        '2026-02-30T00:00:00Z',
        'x',
        "' or 1=1",
        1e300,
        -1,
        3,
        null,
        '9'.repeat(30),
        '',
        [],
        {},
        true,
        'constructor',
        '\u0000',
        '0199d3f2-6c7a-7c11-9d1e-2f6f1f6f0a11',
      ]);
    return Buffer.from(JSON.stringify(Array.from({ length: chance.int(0, 4) }, part))).toString('base64url');
  }
}

/** Also a key that an assignment would not make a field of, `__proto__`. */
function set(record: Record<string, Json>, key: string, value: Json): void {
  Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
}

/** A legal day by what its field is about: what is due or ends lies ahead, what happened happened today or lately. */
export function dayFor(chance: Chance, name: string): string {
  const ahead = /due|until|^to$|endsOn|toOn|lastOn|firstOn|startsOn|fromOn|onDate|closing/i.test(name);
  const days = ahead ? chance.int(20, 60) : chance.one([0, 0, 0, -1, -3, -10, -200]);
  return dayFromNow(days);
}

/** A day in Viet Nam, so many days from today. */
export function dayFromNow(days: number): string {
  return new Date(Date.now() + 7 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
}
