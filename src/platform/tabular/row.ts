export const tabularFormats = ['csv', 'xlsx', 'ndjson'] as const;
export type TabularFormat = (typeof tabularFormats)[number];

/** One row of a table with the line it stands on; texts by column as the heading has it. */
export interface Row {
  line: number;
  values: Record<string, string>;
}
