import { fold } from '../text/fold.js';

/** A field of a file from elsewhere, with the headings under which it is usually found. */
export interface KnownField {
  required?: true;
  headings: string[];
}

/** Column of each field: as the mapping says, else the first heading that the file has. */
export function columnsOf<Name extends string>(
  fields: Record<Name, KnownField>,
  headings: readonly string[],
  mapping: Partial<Record<Name, string>> = {},
): Partial<Record<Name, string>> {
  const byName = new Map(headings.map((heading) => [fold(heading), heading]));
  return Object.fromEntries(
    (Object.keys(fields) as Name[]).flatMap((field) => {
      const column =
        mapping[field] ?? fields[field].headings.map((heading) => byName.get(fold(heading))).find((found) => found !== undefined);
      return column === undefined ? [] : [[field, column]];
    }),
  ) as Partial<Record<Name, string>>;
}

/** 05/02/2019, 5-2-2019 and 2019-02-05 are the same day; what is no date is left as it is, and refused as such. */
export function asLegalDate(text: string): string {
  const match = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  if (!match) return text.slice(0, 10);
  const [, day = '', month = '', year = ''] = match;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
