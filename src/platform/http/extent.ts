import { getMetadataStorage } from 'class-validator';
import { partOf } from './official-words.js';

export type Dto = new () => object;

/** How long the lists of a DTO may be, and which of its fields hold other DTOs. */
export interface Extent {
  lists: ReadonlyMap<string, number>;
  parts: ReadonlyMap<string, Dto>;
}

export const noExtent: Extent = { lists: new Map(), parts: new Map() };
const known = new WeakMap<Dto, Extent>();

/** What the decorators of `fields.ts` say of a DTO. */
export function extentOf(dto: Dto): Extent {
  const before = known.get(dto);
  if (before) return before;
  const lists = new Map<string, number>();
  const parts = new Map<string, Dto>();
  for (const { name, propertyName, constraints } of getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false)) {
    if (name === 'arrayMaxSize') lists.set(propertyName, (constraints as [number])[0]);
    if (name === partOf) parts.set(propertyName, (constraints as [() => Dto])[0]());
  }
  const extent = { lists, parts };
  known.set(dto, extent);
  return extent;
}
