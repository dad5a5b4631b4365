import { PassThrough, type Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify';
import ExcelJS from 'exceljs';
import type { Official } from '../auth/official.js';
import { type LedgerRow, PetitionsService } from '../petitions/petitions.service.js';
import type { PetitionFilter } from '../petitions/petition-list.js';
import { stateNames } from '../petitions/transition.js';
import { officeName, type Unit } from '../rules/structure/unit-structure.js';
import { AccessScope } from '../units/access-scope.js';
import { UnitDirectory } from '../units/unit-directory.js';

export const ledgers = ['petitions', 'reception'] as const;
export type Ledger = (typeof ledgers)[number];

export interface ExportOrder {
  ledger: Ledger;
  filter: Omit<PetitionFilter, 'limit' | 'cursor' | 'count' | 'sort'>;
  unitId?: string;
  includeSubordinates?: boolean;
}

interface Column {
  heading: string;
  width: number;
  value: (row: LedgerRow, index: number, names: Names) => string | number;
}

interface Names {
  office: (unitId: string | null) => string;
}

const kinds = { complaint: 'Khiếu nại', denunciation: 'Tố cáo', recommendation: 'Kiến nghị', reflection: 'Phản ánh' };
const channels = {
  in_person: 'Tiếp công dân',
  post: 'Bưu điện',
  handed_in: 'Nộp tại trụ sở',
  online: 'Trực tuyến',
  transferred: 'Đơn vị khác chuyển',
  forwarded: 'Cơ quan, người có thẩm quyền chuyển',
};
const stages = { first: 'Lần đầu', second: 'Lần hai', continuing: 'Tố cáo tiếp' };
const secret = '(bí mật)';

/** The usual columns of a petition ledger. Whoever denounced stands in none. */
const columns: Column[] = [
  { heading: 'STT', width: 6, value: (_row, index) => index },
  { heading: 'Số vào sổ', width: 20, value: ({ number }) => number },
  { heading: 'Ngày nhận', width: 12, value: ({ receivedOn }) => asWritten(receivedOn) },
  { heading: 'Nguồn đơn', width: 16, value: ({ channel }) => channels[channel] },
  { heading: 'Họ tên người gửi', width: 26, value: ({ petitioner, identitySecret }) => (identitySecret ? secret : (petitioner ?? '')) },
  {
    heading: 'Địa chỉ',
    width: 30,
    value: ({ petitionerAddress, identitySecret }) => (identitySecret ? secret : (petitionerAddress ?? '')),
  },
  { heading: 'Số người', width: 9, value: ({ signatories }) => signatories },
  { heading: 'Loại đơn', width: 12, value: ({ kind }) => kinds[kind] },
  { heading: 'Lĩnh vực', width: 16, value: ({ fieldCode }) => fieldCode ?? '' },
  { heading: 'Tóm tắt nội dung', width: 50, value: ({ summary }) => summary },
  { heading: 'Lần giải quyết', width: 12, value: ({ stage }) => (stage ? stages[stage] : '') },
  { heading: 'Thẩm quyền giải quyết', width: 28, value: ({ competentUnitId }, _index, { office }) => office(competentUnitId) },
  { heading: 'Đơn vị đang xử lý', width: 28, value: ({ responsibleUnitId }, _index, { office }) => office(responsibleUnitId) },
  { heading: 'Kết quả xử lý', width: 22, value: ({ state }) => stateNames[state].vi },
  { heading: 'Hạn', width: 12, value: ({ nextDueOn }) => asWritten(nextDueOn) },
  { heading: 'Ngày kết thúc', width: 12, value: ({ closedOn }) => asWritten(closedOn) },
];

const titles: Record<Ledger, string> = {
  petitions: 'SỔ TIẾP NHẬN ĐƠN KHIẾU NẠI, TỐ CÁO, KIẾN NGHỊ, PHẢN ÁNH',
  reception: 'SỔ TIẾP NHẬN ĐƠN QUA TIẾP CÔNG DÂN',
};

/** The ledger as a file, written while it is read: a hundred thousand rows take no more memory than a page. */
@Injectable()
export class LedgerExportService {
  constructor(
    private readonly petitions: PetitionsService,
    private readonly units: UnitDirectory,
    private readonly scope: AccessScope,
  ) {}

  /** CSV (RFC 4180, UTF-8 with a byte order mark); a cell that a spreadsheet would take for a formula is escaped. */
  csv(order: ExportOrder, by: Official): Readable {
    const csv = stringify({ bom: true, escape_formulas: true, record_delimiter: 'windows' });
    void this.write(order, by, csv, async (rows) => {
      await put(
        csv,
        columns.map(({ heading }) => heading),
      );
      for await (const cells of rows) await put(csv, cells);
      csv.end();
    });
    return csv;
  }

  /** XLSX in the usual layout: unit, title, headings, numbers of the columns, rows. Every text is stored as text, never as a formula. */
  xlsx(order: ExportOrder, by: Official): Readable {
    const output = new PassThrough();
    void this.write(order, by, output, async (rows) => {
      const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: output, useStyles: true, useSharedStrings: false });
      const sheet = workbook.addWorksheet('Sổ', {
        pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
        views: [{ state: 'frozen', ySplit: 5 }],
      });
      sheet.columns = columns.map(({ width }) => ({ width }));
      heading(sheet, officeName(this.unitOf(order, by)).vi, titles[order.ledger]);
      for await (const cells of rows) {
        const row = sheet.addRow(cells);
        row.alignment = { vertical: 'top', wrapText: true };
        row.commit();
        if (output.writableNeedDrain) await new Promise((resolve) => output.once('drain', resolve));
      }
      sheet.commit();
      await workbook.commit();
    });
    return output;
  }

  /** Whatever goes wrong on the way breaks the download off, so that half a ledger never looks whole. */
  private async write(
    { ledger, filter, unitId, includeSubordinates }: ExportOrder,
    by: Official,
    output: NodeJS.WritableStream & { destroy(error: Error): unknown },
    work: (rows: AsyncGenerator<(string | number)[]>) => Promise<void>,
  ): Promise<void> {
    try {
      const asked: PetitionFilter = {
        ...filter,
        ledgerOnly: true,
        sort: 'receivedOn',
        ...(ledger === 'reception' && { channel: 'in_person' }),
      };
      await work(this.cells(this.petitions.ledger(asked, { unitId, includeSubordinates }, by)));
    } catch (error) {
      output.destroy(error as Error);
    }
  }

  private async *cells(rows: AsyncGenerator<LedgerRow>): AsyncGenerator<(string | number)[]> {
    const { structure } = this.units;
    const names: Names = { office: (unitId) => (unitId ? officeName(structure.get(unitId)).vi : '') };
    let index = 0;
    for await (const row of rows) {
      index++;
      yield columns.map(({ value }) => value(row, index, names));
    }
  }

  private unitOf({ unitId }: ExportOrder, by: Official): Unit {
    return unitId ? this.units.structure.get(unitId) : this.scope.top(by);
  }
}

function heading(sheet: ExcelJS.Worksheet, unit: string, title: string): void {
  const last = columns.length;
  const lines: [text: string, size: number][] = [
    [unit.toUpperCase(), 12],
    [title, 14],
    ['', 12],
  ];
  for (const [index, [text, size]] of lines.entries()) {
    const row = sheet.addRow([text]);
    row.font = { bold: true, size, name: 'Times New Roman' };
    row.alignment = { horizontal: index === 1 ? 'center' : 'left' };
    sheet.mergeCells(index + 1, 1, index + 1, last);
    row.commit();
  }
  const headings = sheet.addRow(columns.map((column) => column.heading));
  headings.font = { bold: true, name: 'Times New Roman' };
  headings.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true };
  headings.commit();
  const numbers = sheet.addRow(columns.map((_column, index) => index + 1));
  numbers.alignment = { horizontal: 'center' };
  numbers.commit();
}

async function put(csv: ReturnType<typeof stringify>, cells: (string | number)[]): Promise<void> {
  if (!csv.write(cells)) await new Promise((resolve) => csv.once('drain', resolve));
}

function asWritten(date: string | null): string {
  return date ? date.split('-').reverse().join('/') : '';
}
