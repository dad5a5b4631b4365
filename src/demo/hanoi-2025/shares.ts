import type { Random } from '../random.js';

/** Divides a whole into parts by their weights; what rounding leaves over goes to the first ones, so that the parts add up. */
export function divide(whole: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const parts = weights.map((weight) => Math.floor((whole * weight) / sum));
  const left = whole - parts.reduce((total, part) => total + part, 0);
  return parts.map((part, index) => (index < left ? part + 1 : part));
}

/** So many numbers from `least` to `most` that add up to a sum. @throws Error where there are none */
export function numbersOf(count: number, sum: number, { least, most }: { least: number; most: number }, random: Random): number[] {
  if (sum < count * least || sum > count * most) throw new Error(`No ${count} numbers from ${least} to ${most} add up to ${sum}`);
  const numbers = Array.from({ length: count }, () => least);
  for (let left = sum - count * least; left > 0; left--) {
    let at = random.between(0, count - 1);
    while (numbers[at]! >= most) at = (at + 1) % count;
    numbers[at]!++;
  }
  return numbers;
}

/** In another order (Fisher and Yates). */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const all = [...items];
  for (let at = all.length - 1; at > 0; at--) {
    const other = random.between(0, at);
    [all[at], all[other]] = [all[other]!, all[at]!];
  }
  return all;
}
