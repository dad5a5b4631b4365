import type { FormFigures } from './form.js';

/** Sums of rows by column; amounts in parts of a million are told to the đồng. */
export function addUp(rows: readonly { figures: FormFigures }[], none: FormFigures): FormFigures {
  return Object.fromEntries(
    Object.keys(none).map((number) => [number, Number(rows.reduce((sum, { figures }) => sum + figures[Number(number)]!, 0).toFixed(6))]),
  );
}
