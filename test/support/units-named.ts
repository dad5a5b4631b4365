import PizZip from 'pizzip';
import type { Json } from './client.js';

/** A unit that an answer names. */
export interface NamedUnit {
  /** Where: `items[].fromUnit`; `text` of what is not JSON. */
  field: string;
  unitId: string;
}

/** One thing of an answer, an item of a list or the whole, with the units that it names. */
export type NamedTogether = NamedUnit[];

/** Finds units in answers, by id or by whole name, whatever the field is called. */
export class UnitsNamed {
  private readonly byId: Set<string>;
  /** Two units in time can share a name: it names either. */
  private readonly byName: Map<string, string[]>;

  constructor(units: { id: string; name: string }[]) {
    this.byId = new Set(units.map(({ id }) => id));
    this.byName = new Map([...Map.groupBy(units, ({ name }) => name)].map(([name, same]) => [name, same.map(({ id }) => id)]));
  }

  /** Each item of a list by itself; anything else as one. */
  in(answer: Json, inScope: ReadonlySet<string>): NamedTogether[] {
    if (typeof answer === 'string') return [this.inText(answer, inScope)];
    const { items, ...rest } = answer ?? {};
    if (!Array.isArray(items)) return [this.inside(answer, '', inScope)];
    return [this.inside(rest, '', inScope), ...items.map((item) => this.inside(item, 'items[]', inScope))];
  }

  private inside(value: Json, field: string, inScope: ReadonlySet<string>): NamedTogether {
    if (typeof value === 'string') {
      const unitId = this.byId.has(value) ? value : this.named(value, inScope);
      return unitId ? [{ field: field.replace(/\.(id|name|unitId|unitName)$/, ''), unitId }] : [];
    }
    if (Array.isArray(value)) return value.flatMap((one) => this.inside(one, `${field}[]`, inScope));
    if (value === null || typeof value !== 'object') return [];
    return Object.entries(value).flatMap(([key, one]) => this.inside(one, field ? `${field}.${key}` : key, inScope));
  }

  private inText(text: string, inScope: ReadonlySet<string>): NamedTogether {
    const names = [...this.byName.keys()].filter((name) => text.includes(name));
    // «Phường Ba Đình» stands in «Ban Tiếp công dân phường Ba Đình», too: the longest name counts.
    const whole = names.filter((name) => !names.some((longer) => longer !== name && longer.includes(name)));
    return whole.map((name) => ({ field: 'text', unitId: this.named(name, inScope)! }));
  }

  private named(name: string, inScope: ReadonlySet<string>): string | undefined {
    const ids = this.byName.get(name);
    return ids?.find((id) => inScope.has(id)) ?? ids?.[0];
  }
}

/** What stands in an answer: its JSON, or its words; of a workbook those of all its parts. */
export async function contentOf(response: Response): Promise<Json> {
  const content = Buffer.from(await response.arrayBuffer());
  if (/json/.test(response.headers.get('content-type') ?? '')) return JSON.parse(content.toString('utf8'));
  if (content.subarray(0, 2).toString('latin1') !== 'PK') return content.toString('utf8');
  const parts = Object.values(new PizZip(content).files).filter(({ dir }) => !dir);
  return parts.map((part) => part.asText().normalize('NFC')).join('\n');
}
