import type { Bilingual } from '../../platform/problems/problem.js';
import { type ColumnNode, type Form, isColumn } from '../../rules/reports/form.js';

/** A cell of the heading: where it begins and how far it reaches, rows and columns from 0. */
export interface HeadingCell {
  row: number;
  column: number;
  rows: number;
  columns: number;
  label: Bilingual;
}

/** The heading of a form as cells: a heading stands over its columns, and a column reaches down to the row of numbers. */
export function headingOf({ columns }: Pick<Form, 'columns'>): { rows: number; cells: HeadingCell[] } {
  const rows = Math.max(...columns.map(depthOf));
  const cells: HeadingCell[] = [];
  let column = 0;
  const place = (node: ColumnNode, row: number): void => {
    const width = widthOf(node);
    cells.push({ row, column, rows: isColumn(node) ? rows - row : 1, columns: width, label: node.label });
    if (isColumn(node)) column++;
    else for (const child of node.columns) place(child, row + 1);
  };
  for (const node of columns) place(node, 0);
  return { rows, cells };
}

function depthOf(node: ColumnNode): number {
  return isColumn(node) ? 1 : 1 + Math.max(...node.columns.map(depthOf));
}

function widthOf(node: ColumnNode): number {
  return isColumn(node) ? 1 : node.columns.reduce((width, child) => width + widthOf(child), 0);
}
