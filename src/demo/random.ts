/** What the demo rolls its dice with. */
export interface Random {
  between: (from: number, to: number) => number;
  pick: <T>(from: readonly T[]) => T;
}

/** The same numbers every time (a linear congruential generator), so that every demo is the same but for today's date. */
export function randomFrom(seed: number): Random {
  let state = seed;
  const next = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return { between, pick: (from) => from[between(0, from.length - 1)]! };
}
