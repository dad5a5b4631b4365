import { asWritten } from '../../../platform/text/legal-date.js';
import { isWithin, type LegalDate, plusDays } from '../../../platform/text/legal-date.js';
import {
  existsOn,
  type Unit,
  type UnitKind,
  unitKinds,
  type UnitLevel,
  unitLevels,
  type UnitStructure,
} from '../../../rules/structure/unit-structure.js';
import { FileFaults, type TableRow } from '../../../platform/tabular/table-file.js';

export const unitColumns = ['code', 'name', 'level', 'parent_code'] as const;
export const optionalUnitColumns = ['kind', 'symbol'] as const;
export type UnitColumn = (typeof unitColumns)[number] | (typeof optionalUnitColumns)[number];

export interface Period {
  validFrom: LegalDate;
  validTo: LegalDate | null;
}

/** A unit as a file wants it; `parentCode` names a row of the file or a unit that exists already. */
export interface WantedUnit {
  line: number;
  code: string;
  symbol: string;
  name: string;
  level: UnitLevel;
  kind: UnitKind;
  parentCode: string | null;
  /** The unit it is already, where it is. */
  existing: Unit | null;
  /** The parent where it is not in the file. */
  parent: Unit | null;
}

/** What importing a file would do. Parents come before their children. */
export interface UnitPlan {
  period: Period;
  wanted: WantedUnit[];
  created: WantedUnit[];
  changed: { unit: WantedUnit; fields: string[] }[];
  unchanged: number;
  /** Units of a province that goes on under the same code and name. */
  continued: { predecessor: Unit; successor: WantedUnit }[];
}

const levelNames: Record<UnitLevel, string> = { central: 'trung ương', province: 'tỉnh', district: 'huyện', commune: 'xã' };

/**
 * Compares a file with the units there are. A unit is the same one when its code, first day and so its period are the same:
 * the same code in two periods is two units.
 * @throws Problem `import-refused` with line and column of every fault
 */
export function planUnits(rows: TableRow<UnitColumn>[], period: Period, structure: UnitStructure): UnitPlan {
  const faults = new FileFaults();
  const byCode = new Map<string, Unit[]>();
  for (const unit of structure.allUnits()) if (overlaps(unit, period)) byCode.set(unit.code, [...(byCode.get(unit.code) ?? []), unit]);
  const symbols = new Set(structure.allUnits().map(({ symbol }) => symbol));
  const wanted = new Map<string, WantedUnit>();
  for (const row of rows) {
    const unit = readRow(row, byCode, period, symbols, faults);
    if (!unit) continue;
    if (wanted.has(unit.code))
      faults.add(row.line, 'code', 'repeated_code', {
        vi: `Mã ${unit.code} đã có ở dòng ${wanted.get(unit.code)?.line}.`,
        en: `The code ${unit.code} is already in line ${wanted.get(unit.code)?.line}.`,
      });
    else wanted.set(unit.code, unit);
  }
  for (const unit of wanted.values()) findParent(unit, wanted, byCode, period, faults);
  faults.throwIfAny();
  const ordered = parentsFirst(wanted, faults);
  faults.throwIfAny();
  return compare(ordered, wanted, period, structure);
}

function readRow(
  { line, values }: TableRow<UnitColumn>,
  byCode: Map<string, Unit[]>,
  period: Period,
  symbols: Set<string>,
  faults: FileFaults,
): WantedUnit | null {
  const { code, name, level, kind = '', symbol = '', parent_code: parentCode } = values;
  let sound = true;
  const fault = (column: UnitColumn, errorCode: string, vi: string, en: string) => {
    sound = false;
    faults.add(line, column, errorCode, { vi, en });
  };
  if (!/^[\p{L}\d._-]{1,32}$/u.test(code))
    fault(
      'code',
      'code',
      'Mã phải có từ 1 đến 32 chữ cái, chữ số, ".", "_" hoặc "-".',
      'A code has 1 to 32 letters, digits, ".", "_" or "-".',
    );
  if (name.length < 1 || name.length > 200) fault('name', 'length', 'Tên phải dài từ 1 đến 200 ký tự.', 'A name has 1 to 200 characters.');
  if (!unitLevels.includes(level as UnitLevel))
    // eslint-disable-next-line words/vietnamese -- these very words are sent
    fault('level', 'one_of', `Cấp cho phép: ${unitLevels.join(', ')}.`, `Allowed: ${unitLevels.join(', ')}.`);
  if (kind && !unitKinds.includes(kind as UnitKind))
    // eslint-disable-next-line words/vietnamese -- these very words are sent
    fault('kind', 'one_of', `Loại cho phép: ${unitKinds.join(', ')}.`, `Allowed: ${unitKinds.join(', ')}.`);
  const sameCode = byCode.get(code) ?? [];
  const existing = sameCode.find(({ validFrom }) => validFrom === period.validFrom) ?? null;
  const other = sameCode.find((unit) => unit !== existing);
  if (other)
    fault(
      'code',
      'period_overlaps',
      `Mã ${code} đang là của ${other.name} (${asWritten(other.validFrom)} – ${other.validTo ? asWritten(other.validTo) : '…'}), trùng thời gian.`,
      `The code ${code} belongs to ${other.name} (${other.validFrom} – ${other.validTo ?? '…'}) in an overlapping period.`,
    );
  if (symbol && !/^[\p{Lu}\d.-]{1,32}$/u.test(symbol))
    fault(
      'symbol',
      'symbol',
      'Ký hiệu phải có từ 1 đến 32 chữ hoa, chữ số, "." hoặc "-".',
      'A symbol has 1 to 32 capitals, digits, "." or "-".',
    );
  if (symbol && symbol !== existing?.symbol && symbols.has(symbol))
    fault('symbol', 'symbol_taken', `Ký hiệu ${symbol} đã được dùng.`, `The symbol ${symbol} is taken.`);
  if (!sound) return null;
  return {
    line,
    code,
    symbol: symbol || existing?.symbol || freeSymbol(code, symbols),
    name,
    level: level as UnitLevel,
    kind: (kind || existing?.kind || 'peoples_committee') as UnitKind,
    parentCode: parentCode || null,
    existing,
    parent: null,
  };
}

/** Numbers of petitions start with the symbol, so a code that is used again gets another one. */
function freeSymbol(code: string, symbols: Set<string>): string {
  let symbol = code;
  for (let round = 2; symbols.has(symbol); round++) symbol = `${code}.${round}`;
  symbols.add(symbol);
  return symbol;
}

function findParent(
  unit: WantedUnit,
  wanted: Map<string, WantedUnit>,
  byCode: Map<string, Unit[]>,
  period: Period,
  faults: FileFaults,
): void {
  const { line, parentCode, level, kind } = unit;
  const fault = (code: string, vi: string, en: string) => faults.add(line, 'parent_code', code, { vi, en });
  if (!parentCode) {
    if (!(kind === 'peoples_committee' && (level === 'province' || level === 'central')))
      fault(
        'orphan',
        'Chỉ UBND cấp tỉnh hoặc cơ quan Trung ương không có cấp trên ở đây.',
        'Only a People’s Committee of a province or a central body has no parent here.',
      );
    return;
  }
  const inFile = wanted.get(parentCode);
  const stored = byCode.get(parentCode) ?? [];
  const alive = stored.find((candidate) => covers(candidate, period));
  const parent = inFile ?? alive;
  if (!inFile && alive) unit.parent = alive;
  if (!parent)
    fault(
      stored.length > 0 ? 'dead_parent' : 'unknown_parent',
      stored.length > 0
        ? `Đơn vị cấp trên ${parentCode} không tồn tại suốt thời gian này.`
        : `Không có đơn vị cấp trên mang mã ${parentCode}.`,
      stored.length > 0
        ? `The parent ${parentCode} does not exist all through the period.`
        : `There is no parent with the code ${parentCode}.`,
    );
  else if (unitLevels.indexOf(parent.level) > unitLevels.indexOf(level))
    fault(
      'parent_level',
      `Cấp ${levelNames[level]} không thể trực thuộc cấp ${levelNames[parent.level]}.`,
      `A unit of level ${level} cannot be below one of level ${parent.level}.`,
    );
}

/** Every unit after its parent; a unit that is never reached from above is part of a circle. */
function parentsFirst(wanted: Map<string, WantedUnit>, faults: FileFaults): WantedUnit[] {
  const ordered: WantedUnit[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (unit: WantedUnit): void => {
    if (state.get(unit.code) === 'done') return;
    if (state.get(unit.code) === 'open') {
      faults.add(unit.line, 'parent_code', 'circle', {
        vi: `${unit.name} nằm dưới chính nó.`,
        en: `${unit.name} would be below itself.`,
      });
      return;
    }
    state.set(unit.code, 'open');
    const parent = unit.parentCode ? wanted.get(unit.parentCode) : undefined;
    if (parent) visit(parent);
    state.set(unit.code, 'done');
    ordered.push(unit);
  };
  for (const unit of wanted.values()) visit(unit);
  return ordered;
}

function compare(ordered: WantedUnit[], inFile: Map<string, WantedUnit>, period: Period, structure: UnitStructure): UnitPlan {
  const plan: UnitPlan = { period, wanted: ordered, created: [], changed: [], unchanged: 0, continued: [] };
  const endedBefore = new Map(
    structure
      .allUnits()
      .filter(({ level, validTo }) => level === 'province' && validTo === plusDays(period.validFrom, -1))
      .map((unit) => [`${unit.code} ${unit.name}`, unit]),
  );
  for (const unit of ordered) {
    const { existing } = unit;
    const predecessor = unit.level === 'province' ? endedBefore.get(`${unit.code} ${unit.name}`) : undefined;
    if (predecessor && !predecessor.successors.some(({ unitId }) => unitId === existing?.id))
      plan.continued.push({ predecessor, successor: unit });
    if (!existing) {
      plan.created.push(unit);
      continue;
    }
    const parentId = unit.parentCode ? (inFile.get(unit.parentCode)?.existing?.id ?? unit.parent?.id ?? 'new') : null;
    const fields = [
      ...(['name', 'level', 'kind', 'symbol'] as const).filter((field) => existing[field] !== unit[field]),
      ...(existing.validTo !== period.validTo ? ['validTo'] : []),
      ...(existing.parentId !== parentId ? ['parentId'] : []),
    ];
    if (fields.length > 0) plan.changed.push({ unit, fields });
    else plan.unchanged++;
  }
  return plan;
}

function overlaps(unit: Unit, { validFrom, validTo }: Period): boolean {
  return (!validTo || unit.validFrom <= validTo) && (!unit.validTo || unit.validTo >= validFrom);
}

function covers(unit: Unit, { validFrom, validTo }: Period): boolean {
  return existsOn(unit, validFrom) && (validTo ? isWithin(validTo, unit.validFrom, unit.validTo) : !unit.validTo);
}
