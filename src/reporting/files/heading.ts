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

/** Height of a line of a heading in 9 points, of the space around it, and the least of a row, in points. */
const [lineHeight, padding, leastHeight] = [12, 6, 42];
/** Letters of a heading in bold 9 points that stand on one unit of width. */
const lettersOfUnit = 1.25;

/**
 * Heights of the rows of a heading, in points, so that no label is cut: what reaches down over several rows makes the last of them higher.
 * @param widths of the columns of the sheet, the unit's first; a cell at column 0 stands over the second
 */
export function heightsOf(
  cells: readonly (Omit<HeadingCell, 'label'> & { label: Pick<Bilingual, 'vi'> })[],
  rows: number,
  widths: readonly number[],
): number[] {
  const heights = Array.from({ length: rows }, () => leastHeight);
  const byRows = [...cells].sort((one, other) => one.rows - other.rows);
  for (const { row, column, rows: down, columns: across, label } of byRows) {
    const width = widths.slice(column + 1, column + 1 + across).reduce((sum, one) => sum + one, 0);
    const needed = linesIn(label.vi, Math.floor(width * lettersOfUnit)) * lineHeight + padding;
    const last = row + down - 1;
    const above = heights.slice(row, last).reduce((sum, one) => sum + one, 0);
    heights[last] = Math.max(heights[last]!, needed - above);
  }
  return heights;
}

/** Lines of a text whose words are not broken. */
function linesIn(text: string, letters: number): number {
  let [lines, taken] = [1, 0];
  for (const { length } of text.split(' ')) {
    if (taken > 0 && taken + 1 + length > letters) [lines, taken] = [lines + 1, length];
    else taken += (taken > 0 ? 1 : 0) + length;
  }
  return lines;
}
