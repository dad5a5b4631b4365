import { describe, expect, it } from '@jest/globals';
import { type ColumnNode, columnsOf, formulaOf, isColumn } from '../form.js';
import { annex } from './annex-06-2025.fixture.js';
import { forms2025 } from './forms-2025.js';

/** The heading over each column, as a path. */
function headingsOf(nodes: readonly ColumnNode[], above: string[] = []): string[] {
  return nodes.flatMap((node) => {
    const path = [...above, node.label.vi];
    return isColumn(node) ? [path.join(' › ')] : headingsOf(node.columns, path);
  });
}

describe('the forms of Circular 06/2025/TT-TTCP', () => {
  it('are those of the annex, in its order', () => {
    expect(forms2025.map(({ code }) => code.replace('-', '/'))).toEqual(Object.keys(annex));
    for (const { code, title } of forms2025) expect(title.vi.toUpperCase()).toBe(annex[code.replace('-', '/')]!.title);
  });

  it('differ from it in one heading, whose comma the annex forgets', () => {
    const differences = forms2025.flatMap((form) => {
      const { columns } = annex[form.code.replace('-', '/')]!;
      const headings = headingsOf(form.columns);
      return columns.flatMap(([cell, heading], index) => {
        const own = [formulaOf(form, index + 1) ?? String(index + 1), headings[index]];
        return own[0] === cell && own[1] === heading ? [] : [{ column: `${form.code}:${index + 1}`, annex: [cell, heading], own }];
      });
    });
    const group = (comma: string) => `Ban hành văn bản quản lý, chỉ đạo (Bộ, ngành, tỉnh, TP) về công tác TCD${comma} KN, TC`;
    const names = ['Số văn bản ban hành mới', 'Số văn bản được sửa đổi, bổ sung', 'Số văn bản hủy bỏ'];
    expect(differences).toEqual(
      names.map((name, index) => ({
        column: `06-QLKNTC:${index + 1}`,
        annex: [String(index + 1), `${group('')} › ${name}`],
        own: [String(index + 1), `${group(',')} › ${name}`],
      })),
    );
  });

  it.each(forms2025.map((form) => [form.code, form] as const))('%s keeps the filling rules of the annex, and no other', (code, form) => {
    const { rules, columns } = annex[code.replace('-', '/')]!;
    expect([...form.checks].sort()).toEqual(rules.map((rule) => rule.replace(/(\d\d)\/([A-Z]+):/, '$1-$2:')).sort());
    expect(columnsOf(form)).toHaveLength(columns.length);
  });
});
