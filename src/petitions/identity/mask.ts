const shown = 3;

/**
 * A national id or telephone number with its last digits alone, enough to tell two people apart at the counter. The whole number is read
 * for a reason, which is kept: `src/records/personal-data/`.
 */
export function maskNumber(number: string | null): string | null {
  if (number === null) return null;
  const digits = number.replace(/\D/g, '');
  return `${'•'.repeat(Math.max(0, digits.length - shown))}${digits.slice(-shown)}`;
}
