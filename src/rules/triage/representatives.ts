import { law, receptionLaw, type Source } from '../source.js';

/** How many may speak for a group. */
export interface RepresentativeRule {
  least: number;
  most: number;
  sources: Source[];
}

/**
 * Representatives by the number of people in one matter: one or two for five to ten, up to five for more (domain.md 1).
 * Fewer than five may come themselves or name one or two. No rule for a single person.
 */
export function representativeRule(people: number): RepresentativeRule | null {
  if (people <= 1) return null;
  const sources = [law('02/2011/QH13', 8), law(receptionLaw, 29)];
  return { least: people >= 5 ? 1 : 0, most: people > 10 ? 5 : 2, sources };
}
