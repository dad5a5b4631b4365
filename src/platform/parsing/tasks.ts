import type { TemplateValues } from '../../petitions/documents/fill-template.js';
import type { SpoolOrder } from '../tabular/spool.js';
import type { TableRow } from '../tabular/table-file.js';

/**
 * What a thread does with a file that somebody sent. Answers and arguments go from thread to thread as copies, and a thread loads only what
 * its tasks need.
 */
export const tasks = {
  /** Rows of a table into a file; how many there are. */
  spoolRows: async (order: SpoolOrder): Promise<number> => (await import('../tabular/spool.js')).spoolRows(order),
  /** A table of fixed columns, whole. */
  readTable: async ({ content, required, optional }: TableOrder): Promise<TableRow<string>[]> =>
    (await import('../tabular/table-file.js')).readTable(content, required, optional),
  /** The placeholders of a template. */
  inspectTemplate: async ({ content }: { content: Uint8Array }): Promise<string[]> =>
    (await import('../../petitions/documents/inspect-template.js')).inspectTemplate(content),
  fillTemplate: async ({ content, values }: { content: Uint8Array; values: TemplateValues }): Promise<Uint8Array> =>
    (await import('../../petitions/documents/fill-template.js')).fillTemplate(content, values),
  /** The media type of a file by its content, whatever it is called. */
  typeOf: async ({ path }: { path: string }): Promise<string | undefined> =>
    (await (await import('file-type')).fileTypeFromFile(path))?.mime,
};

interface TableOrder {
  content: Uint8Array;
  required: string[];
  optional: string[];
}

export type Tasks = typeof tasks;
export type TaskName = keyof Tasks;
export type TaskInput<Name extends TaskName> = Parameters<Tasks[Name]>[0];
export type TaskOutput<Name extends TaskName> = Awaited<ReturnType<Tasks[Name]>>;
