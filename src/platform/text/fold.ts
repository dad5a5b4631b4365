/** The same folding as the SQL function `fold`: lower case, without diacritics, `đ` as `d`, any run of spaces as one. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd').replace(/\s+/g, ' ').trim();
}
