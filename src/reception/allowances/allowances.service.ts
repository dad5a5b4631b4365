import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { CalendarService } from '../../structure/calendar/calendar.service.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { since2026 } from '../../rules/source.js';
import { officeName, type Unit } from '../../rules/structure/unit-structure.js';
import { dayInLedger, type LedgerColumn, ledgerXlsx } from '../../platform/tabular/ledger-file.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import { type Allowance, allowancesOf } from './allowance-days.js';
import { daysOfMonth, type Month, type MonthDays, monthInWords } from './allowance-month.js';
import { notesOn } from './allowance-notes.js';
import { receivedDays, type ReceivedRow } from './allowances.queries.js';

/** Which month, and whose offices and sessions. */
export interface AllowanceQuestion {
  month: Month;
  unitId?: string;
  includeSubordinates?: boolean;
}

export interface AllowanceList {
  month: Month;
  days: MonthDays;
  /** The unit that was asked for, or where the caller's view begins. */
  unit: Unit;
  /** By unit, then by name. */
  items: Allowance[];
}

/** Who is entitled to the daily allowance for receiving citizens (Decree 154/2026/NĐ-CP arts 37–39): a list for whoever pays it, which decides nothing. */
@Injectable()
export class AllowancesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly calendars: CalendarService,
    private readonly units: UnitDirectory,
    private readonly scope: AccessScope,
  ) {}

  /** @throws Problem for a month that has not begun or is from before the law, and for a unit out of scope */
  async list({ month, unitId, includeSubordinates = false }: AllowanceQuestion, by: Official): Promise<AllowanceList> {
    const days = daysOfMonth(month, today());
    const asked = this.scope.unitsAsked(by, unitId, includeSubordinates);
    const rows = await this.transactions.rows<ReceivedRow & Record<string, unknown>>(receivedDays, [asked, days.from, days.to]);
    const { structure } = this.units;
    const { calendar } = this.calendars;
    const items = allowancesOf(rows, {
      isWorking: (day) => calendar.isWorking(day),
      isCentral: (id) => isCentralOffice(structure.get(id)),
    });
    const nameOf = ({ unitId: id }: Allowance) => structure.get(id).name;
    items.sort(
      (one, other) =>
        inVietnamese.compare(nameOf(one), nameOf(other)) ||
        inVietnamese.compare(one.unitId, other.unitId) ||
        inVietnamese.compare(one.name ?? '', other.name ?? ''),
    );
    return { month, days, unit: unitId ? structure.get(unitId) : this.scope.top(by), items };
  }

  /** The list as a spreadsheet. @throws Problem as {@link list}, before anything of the file is there */
  async xlsx(question: AllowanceQuestion, by: Official): Promise<Readable> {
    const { month, days, unit, items } = await this.list(question, by);
    const columns = columnsOf(days);
    const { structure } = this.units;
    const names: Names = { unit: (id) => officeName(structure.get(id)).vi };
    return ledgerXlsx({
      unit: officeName(unit).vi,
      title: `DANH SÁCH NGƯỜI TIẾP CÔNG DÂN HƯỞNG BỒI DƯỠNG THÁNG ${monthInWords(month)}`,
      columns,
      rows: Readable.from(items.map((person, index) => columns.map(({ value }) => value(person, index + 1, names)))),
      notes: notesOn(days).map(({ vi }) => vi),
    });
  }
}

const inVietnamese = new Intl.Collator('vi');

/** The Central Reception Office is that of the reception board of the central level. */
function isCentralOffice({ level, kind }: Unit): boolean {
  return level === 'central' && kind === 'reception_board';
}

interface Names {
  unit: (unitId: string) => string;
}

/** Clauses of article 38 are named since the decree that has them is in force. */
function columnsOf({ from }: MonthDays): LedgerColumn<Allowance, Names>[] {
  const clause = (number: number) => (from < since2026 ? '' : ` (khoản ${number} Điều 38)`);
  return [
    { heading: 'STT', width: 6, value: (_person, index) => index },
    { heading: 'Họ và tên', width: 28, value: ({ name }) => name ?? '(chưa ghi tên)' },
    { heading: 'Chức vụ', width: 28, value: ({ titles }) => titles.join('; ') },
    { heading: 'Cơ quan, đơn vị', width: 30, value: ({ unitId }, _index, { unit }) => unit(unitId) },
    { heading: 'Nơi tiếp công dân', width: 30, value: ({ offices }) => offices.map(({ name }) => name).join('; ') },
    { heading: 'Các ngày tiếp trong tháng', width: 24, value: ({ days }) => days.map((day) => Number(day.slice(8))).join(', ') },
    { heading: `Số ngày được giao tiếp công dân${clause(1)}`, width: 14, value: ({ assignedDays }) => assignedDays.length },
    {
      heading: `Số ngày tiếp của người đứng đầu, cấp phó, người được uỷ quyền${clause(2)}`,
      width: 18,
      value: ({ headDays }) => headDays.length,
    },
    { heading: 'Tổng số ngày', width: 10, value: ({ days }) => days.length },
    {
      heading: 'Số tiền nếu chưa hưởng phụ cấp trách nhiệm theo nghề (đồng)',
      width: 18,
      value: ({ withoutProfessionalAllowance }) => withoutProfessionalAllowance ?? '',
    },
    {
      heading: 'Số tiền nếu đang hưởng phụ cấp trách nhiệm theo nghề (đồng)',
      width: 18,
      value: ({ withProfessionalAllowance }) => withProfessionalAllowance ?? '',
    },
    { heading: 'Ghi chú', width: 40, value: remarkOn },
  ];
}

function remarkOn({ name, daysOff, daysWithoutRate, sameName }: Allowance): string {
  return [
    name === null && 'Lịch trực không ghi tên người được cử',
    sameName && 'Cùng họ tên: kiểm tra có phải một người',
    daysWithoutRate.length > 0 && `${daysWithoutRate.length} ngày chưa có mức chi trong hệ thống`,
    daysOff.length > 0 && `Tiếp vào ngày nghỉ, không tính: ${daysOff.map(dayInLedger).join(', ')}`,
  ]
    .filter(Boolean)
    .join('; ');
}
