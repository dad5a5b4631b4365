/** The earliest of some legal days; null when there are none. */
export function earliest(days: readonly string[]): string | null {
  return days.reduce<string | null>((first, day) => (first === null || day < first ? day : first), null);
}
