import { Readable } from 'node:stream';
import { type ColumnNode, type Form, isColumn } from '../../rules/reports/form.js';
import { ledgerCsv } from '../../platform/tabular/ledger-file.js';
import type { FormTable } from './form-table.js';

/** A form as CSV: one line of headings with the number and the whole name of each column, then its rows. */
export function formCsv({ form, rows }: FormTable): Readable {
  const columns = [{ heading: 'Đơn vị', width: 0 }, ...headingsOf(form).map((heading) => ({ heading, width: 0 }))];
  const cells = rows.map(({ label, figures }) => [label, ...columns.slice(1).map((_column, index) => figures[index + 1] ?? 0)]);
  return ledgerCsv({ columns, rows: Readable.from(cells) });
}

function headingsOf({ columns }: Form): string[] {
  const walk = (node: ColumnNode, above: string[]): string[] => {
    const path = [...above, node.label.vi];
    return isColumn(node) ? [`${node.number}. ${path.join(' – ')}`] : node.columns.flatMap((child) => walk(child, path));
  };
  return columns.flatMap((node) => walk(node, []));
}
