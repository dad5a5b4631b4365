import { describe, expect, it } from '@jest/globals';
import { forms2025 } from '../../rules/reports/sets/forms-2025.js';
import { heightsOf, headingOf } from './heading.js';

describe('the heading of a form', () => {
  const heightOf = (label: string, rows = 1, width = 6) =>
    heightsOf([{ row: 0, column: 0, rows, columns: 1, label: { vi: label } }], rows, [24, width]);

  it('is as high as its labels need', () => {
    expect(heightOf('Đất')).toEqual([42]);
    // Seven letters a line: "Số tổ", "chức", "được", "trả lại", "quyền", "lợi".
    expect(heightOf('Số tổ chức được trả lại quyền lợi')).toEqual([78]);
    expect(heightOf('Số tổ chức được trả lại quyền lợi', 2)).toEqual([42, 42]);
    expect(heightOf('Số tổ chức được trả lại quyền lợi', 1, 60)).toEqual([42]);
  });

  it.each(forms2025.map((form) => [form.code, form] as const))('%s has room for every label in narrow columns', (_code, form) => {
    const { rows, cells } = headingOf(form);
    const columns = Math.max(...cells.map(({ column, columns: across }) => column + across));
    const heights = heightsOf(cells, rows, [24, ...Array<number>(columns).fill(6)]);
    for (const { row, rows: down, columns: across, label } of cells) {
      const room = heights.slice(row, row + down).reduce((sum, one) => sum + one, 0);
      expect({ label: label.vi, fits: Math.ceil(label.vi.length / (across * 6 * 1.25)) * 12 <= room }).toEqual({
        label: label.vi,
        fits: true,
      });
    }
  });
});
