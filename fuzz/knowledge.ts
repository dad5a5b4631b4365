import type { Json } from '../test/support/client.js';
import type { Chance } from './chance.ts';

const mostOfAPool = 300;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Something that an answer named: its id, who saw it, and in what state it was. */
export interface Thing {
  id: string;
  seenBy: string | null;
  state?: string | undefined;
}

/** Fields whose name says less than what they point at. */
const poolOfField: Record<string, string> = {
  person: 'persons',
  session: 'reception-sessions',
  office: 'reception-offices',
  room: 'reception-rooms',
  rooms: 'reception-rooms',
  ticket: 'reception-tickets',
  receiver: 'reception-receivers',
  case: 'cases',
  instrument: 'legal-instruments',
  regulation: 'regulations',
  replacedBy: 'regulations',
  superiorMatter: 'superior-matters',
  incident: 'reception-incidents',
  repeatsIncident: 'reception-incidents',
  visit: 'reception-visits',
  repeatsVisit: 'reception-visits',
  draw: 'inspection-draws',
  attachment: 'attachments',
  document: 'documents',
  inspection: 'inspections',
  other: 'petitions',
};

/** What the fuzzer learnt from answers: ids by kind, entity tags by address, cursors by route. */
export class Knowledge {
  private readonly pools = new Map<string, Map<string, Thing>>();
  private readonly cursors = new Map<string, string>();
  private readonly etags = new Map<string, string>();
  readonly numbers: string[] = [];

  /** Reads an answer. Accounts of the demo are left out, so that chance closes none of them. */
  learn(route: string, address: string, body: Json, etag: string | null, seenBy: string | null): void {
    if (etag) this.etags.set(address.split('?')[0]!, etag);
    const own =
      route
        .split('/')
        .filter((part) => part && !part.startsWith('{'))
        .at(-1) ?? '';
    const walk = (value: Json, name: string, depth: number): void => {
      if (depth > 6 || value === null || typeof value !== 'object') return;
      if (Array.isArray(value)) {
        for (const one of value.slice(0, 50)) walk(one, name, depth + 1);
        return;
      }
      for (const [key, one] of Object.entries<Json>(value)) {
        if (key === 'id' && isUuid(one)) {
          const pool = depth <= 2 && (name === 'items' || name === '') ? own : poolFor(name);
          if (!/^(accounts|services)$/.test(pool) || /^fuzz\./.test(value.username ?? '')) this.keep(pool, one, seenBy, value.state);
        } else if (/Ids?$/.test(key) && !/account/i.test(key))
          for (const id of [one].flat()) if (isUuid(id)) this.keep(poolFor(key.replace(/Ids?$/, '')), id, seenBy);
        if (key === 'number' && typeof one === 'string' && this.numbers.length < 200) this.numbers.push(one);
        if (key === 'nextCursor' && typeof one === 'string') this.cursors.set(route, one);
        if (one !== null && typeof one === 'object') walk(one, key, depth + 1);
      }
    };
    walk(body, '', 0);
  }

  keep(pool: string, id: string, seenBy: string | null, state?: string): void {
    const known = this.pools.get(pool) ?? new Map<string, Thing>();
    const before = known.get(id);
    // The newest are the most useful: they are put at the end, and the oldest goes.
    known.delete(id);
    known.set(id, { id, seenBy: before?.seenBy ?? seenBy, state: state ?? before?.state });
    if (known.size > mostOfAPool) known.delete(known.keys().next().value!);
    this.pools.set(pool, known);
  }

  /** A thing of a kind: by preference one that this caller saw, in one of these states, and among the newest. */
  thing(chance: Chance, pool: string, { seenBy, states }: { seenBy?: string | null; states?: readonly string[] } = {}): Thing | undefined {
    let things = [...(this.pools.get(pool)?.values() ?? [])];
    const narrow = (fits: (thing: Thing) => boolean): void => {
      const fitting = things.filter(fits);
      if (fitting.length > 0) things = fitting;
    };
    if (states) narrow(({ state }) => states.includes(state ?? ''));
    if (seenBy) narrow((thing) => thing.seenBy?.split('.')[0] === seenBy.split('.')[0]);
    if (things.length === 0) return undefined;
    return chance.happens(0.6) ? chance.one(things.slice(-12)) : chance.one(things);
  }

  /** An id that a field of this name may hold. */
  idFor(chance: Chance, field: string, seenBy: string | null): string {
    const pool = poolFor(field.replace(/Ids?$/, ''));
    return this.thing(chance, pool, { seenBy })?.id ?? '0199d3f2-6c7a-7c11-9d1e-2f6f1f6f0a11';
  }

  cursor(chance: Chance): string | undefined {
    const known = [...this.cursors.values()];
    return known.length > 0 ? chance.one(known) : undefined;
  }

  etagOf(address: string): string | undefined {
    // A step of a thing is asked with the tag of the thing.
    const parts = address.split('?')[0]!.split('/');
    for (let length = parts.length; length > 4; length--) {
      const found = this.etags.get(parts.slice(0, length).join('/'));
      if (found) return found;
    }
    return undefined;
  }

  get sizes(): Record<string, number> {
    return Object.fromEntries([...this.pools].map(([name, things]) => [name, things.size]));
  }
}

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && uuid.test(value);
}

function poolFor(name: string): string {
  if (/unit/i.test(name)) return 'units';
  if (/petition/i.test(name)) return 'petitions';
  if (/account/i.test(name)) return 'accounts';
  return Object.hasOwn(poolOfField, name) ? poolOfField[name]! : name;
}
