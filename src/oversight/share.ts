/** Share in per cent, to one decimal; null where there is nothing to have a share of. */
export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part * 1000) / whole) / 10;
}
