import { createHash } from 'node:crypto';

/** A unit that can be drawn: what names it for everybody, and its weight, greater than nothing. */
export interface Candidate {
  /** Official code, so that anybody can repeat the draw without knowing our ids. */
  code: string;
  weight: number;
}

/** A candidate in the order of the draw, with the key that put it there. */
export interface Drawn extends Candidate {
  key: number;
}

/**
 * Draws without putting back, each with a chance in proportion to its weight, by a seed: who has the seed, the codes and the weights can repeat it.
 *
 * The number of a candidate is u = (first 52 bits of SHA-256 of `seed:code` + 0.5) / 2^52; its key is ln(u) / weight; those with the greatest keys
 * are drawn (Efraimidis and Spirakis, Weighted random sampling with a reservoir, 2006).
 * @returns all candidates, those drawn first
 */
export function draw(candidates: readonly Candidate[], seed: string): Drawn[] {
  return candidates
    .map((candidate) => ({ ...candidate, key: Math.log(uniform(seed, candidate.code)) / candidate.weight }))
    .sort((one, other) => other.key - one.key || (one.code < other.code ? -1 : 1));
}

function uniform(seed: string, code: string): number {
  const bits = createHash('sha256').update(`${seed}:${code}`, 'utf8').digest().readBigUInt64BE() >> 12n;
  return (Number(bits) + 0.5) / 2 ** 52;
}
