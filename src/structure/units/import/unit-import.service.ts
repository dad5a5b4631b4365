import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Transactions } from '../../../platform/database/transactions.js';
import { ParsingService } from '../../../platform/parsing/parsing.service.js';
import { Problem } from '../../../platform/problems/problem.js';
import { asWritten, plusDays } from '../../../platform/text/legal-date.js';
import { existsOn, type Portion, portions, type Unit, type UnitStructure } from '../../../rules/structure/unit-structure.js';
import { UnitDirectory } from '../unit-directory.js';
import { FileFaults, type TableRow } from '../../../platform/tabular/table-file.js';
import { optionalUnitColumns, type Period, planUnits, type UnitColumn, unitColumns, type UnitPlan } from './unit-plan.js';

/** What an import changed, or would change. */
export interface ImportReport {
  dryRun: boolean;
  rows: number;
  created: number;
  changed: number;
  unchanged: number;
  /** Provinces that go on under the same code and name after the period before. */
  continued: number;
  changes: ImportChange[];
}

export interface ImportChange {
  action: 'create' | 'change' | 'continue';
  line: number;
  code: string;
  name: string;
  fields?: string[];
}

const successionColumns = ['old_code', 'old_name', 'old_district', 'new_code', 'new_name', 'portion'] as const;
type SuccessionColumn = (typeof successionColumns)[number];

interface Succession {
  line: number;
  predecessor: Unit;
  successor: Unit;
  portion: Portion;
}

/** Bringing whole structures of units in from files, all or nothing. */
@Injectable()
export class UnitImportService {
  constructor(
    private readonly transactions: Transactions,
    private readonly directory: UnitDirectory,
    private readonly parsing: ParsingService,
  ) {}

  /**
   * Imports the structure of one period: CSV with code, name, level, parent_code and, if wanted, kind and symbol.
   * The same file a second time changes nothing.
   * @throws Problem `import-refused` with line and column of every fault
   */
  async importUnits(file: Buffer, period: Period, dryRun: boolean): Promise<ImportReport> {
    if (period.validTo && period.validTo < period.validFrom) throw endsBeforeStart();
    const rows = await this.parsing.table<UnitColumn>(file, unitColumns, optionalUnitColumns);
    return this.import(dryRun, async (tx, structure) => {
      const plan = planUnits(rows, period, structure);
      if (!dryRun) await applyUnits(tx, plan);
      return unitReport(plan, dryRun);
    });
  }

  /**
   * Imports which units followed which: CSV with old_code, old_name, old_district, new_code, new_name, portion (whole | part).
   * @param succeededOn first day of the new units; the old ones ended before
   * @throws Problem `import-refused`
   */
  async importSuccessions(file: Buffer, succeededOn: string, dryRun: boolean): Promise<ImportReport> {
    const rows = await this.parsing.table<SuccessionColumn>(file, ['old_code', 'new_code', 'portion'], successionColumns);
    return this.import(dryRun, async (tx, structure) => {
      const all = readSuccessions(rows, succeededOn, structure);
      const added = all.filter(
        ({ predecessor, successor, portion }) =>
          !predecessor.successors.some((known) => known.unitId === successor.id && known.portion === portion),
      );
      if (!dryRun) await storeSuccessions(tx, added, succeededOn);
      const changes = added.map(({ line, predecessor, successor }) => ({
        action: 'create' as const,
        line,
        code: predecessor.code,
        name: `${predecessor.name} → ${successor.name}`,
      }));
      return { dryRun, rows: all.length, created: added.length, changed: 0, unchanged: all.length - added.length, continued: 0, changes };
    });
  }

  /** One import at a time, on the units as they are in its transaction. */
  private async import(
    dryRun: boolean,
    work: (tx: EntityManager, structure: UnitStructure) => Promise<ImportReport>,
  ): Promise<ImportReport> {
    return this.transactions.run(async (tx) => {
      await tx.query(`select pg_advisory_xact_lock(hashtext('unit-import'))`);
      if (!dryRun) this.transactions.onCommitted(() => this.directory.upToDate(this.transactions.manager));
      return work(tx, await this.directory.upToDate(tx));
    });
  }
}

async function applyUnits(tx: EntityManager, { period, wanted, created, changed, continued }: UnitPlan): Promise<void> {
  const fresh = await tx.query<{ id: string }[]>('select new_id() as id from generate_series(1, $1)', [created.length]);
  const ids = new Map(wanted.flatMap(({ code, existing }) => (existing ? [[code, existing.id] as const] : [])));
  created.forEach(({ code }, index) => ids.set(code, fresh[index]!.id));
  const row = (unit: UnitPlan['wanted'][number], order: number) => ({
    order,
    id: ids.get(unit.code),
    code: unit.code,
    symbol: unit.symbol,
    name: unit.name,
    level: unit.level,
    kind: unit.kind,
    parent_id: unit.parent?.id ?? (unit.parentCode ? ids.get(unit.parentCode) : null),
  });
  const columns = '"order" int, id uuid, code text, symbol text, name text, level text, kind text, parent_id uuid';
  // In the order of the plan, parents first, because the closure of a unit is made from that of its parent.
  await tx.query(
    `insert into unit (id, code, symbol, name, level, kind, parent_id, valid_from, valid_to)
     select id, code, symbol, name, level, kind, parent_id, $2, $3 from jsonb_to_recordset($1::jsonb) as wanted (${columns}) order by "order"`,
    [JSON.stringify(created.map(row)), period.validFrom, period.validTo],
  );
  await tx.query(
    `update unit set symbol = wanted.symbol, name = wanted.name, level = wanted.level, kind = wanted.kind, parent_id = wanted.parent_id, valid_to = $2
     from jsonb_to_recordset($1::jsonb) as wanted (${columns}) where unit.id = wanted.id`,
    [JSON.stringify(changed.map(({ unit }, order) => row(unit, order))), period.validTo],
  );
  await tx.query(
    `insert into unit_succession (predecessor_id, successor_id, portion, succeeded_on)
     select predecessor_id, successor_id, 'whole', $2 from jsonb_to_recordset($1::jsonb) as known (predecessor_id uuid, successor_id uuid)`,
    [
      JSON.stringify(
        continued.map(({ predecessor, successor }) => ({ predecessor_id: predecessor.id, successor_id: ids.get(successor.code) })),
      ),
      period.validFrom,
    ],
  );
}

async function storeSuccessions(tx: EntityManager, successions: Succession[], succeededOn: string): Promise<void> {
  await tx.query(
    `insert into unit_succession (predecessor_id, successor_id, portion, succeeded_on)
     select predecessor_id, successor_id, portion, $2 from jsonb_to_recordset($1::jsonb) as known (predecessor_id uuid, successor_id uuid, portion text)
     on conflict (predecessor_id, successor_id) do update set portion = excluded.portion, succeeded_on = excluded.succeeded_on`,
    [
      JSON.stringify(
        successions.map(({ predecessor, successor, portion }) => ({ predecessor_id: predecessor.id, successor_id: successor.id, portion })),
      ),
      succeededOn,
    ],
  );
}

function unitReport({ wanted, created, changed, unchanged, continued }: UnitPlan, dryRun: boolean): ImportReport {
  return {
    dryRun,
    rows: wanted.length,
    created: created.length,
    changed: changed.length,
    unchanged,
    continued: continued.length,
    changes: [
      ...created.map(({ line, code, name }) => ({ action: 'create' as const, line, code, name })),
      ...changed.map(({ unit: { line, code, name }, fields }) => ({ action: 'change' as const, line, code, name, fields })),
      ...continued.map(({ successor: { line, code, name } }) => ({ action: 'continue' as const, line, code, name })),
    ],
  };
}

function readSuccessions(rows: TableRow<SuccessionColumn>[], succeededOn: string, structure: UnitStructure): Succession[] {
  const faults = new FileFaults();
  const dayBefore = plusDays(succeededOn, -1);
  const onDay = (day: string) =>
    new Map(
      structure
        .allUnits()
        .filter((unit) => existsOn(unit, day))
        .map((unit) => [unit.code, unit]),
    );
  const old = onDay(dayBefore);
  const current = onDay(succeededOn);
  const found = rows.flatMap(({ line, values }): Succession[] => {
    const predecessor = old.get(values.old_code);
    const successor = current.get(values.new_code);
    const portion = portions.find((known) => known === values.portion);
    if (!predecessor)
      faults.add(line, 'old_code', 'unknown_unit', {
        vi: `Không có đơn vị mã ${values.old_code} vào ngày ${dayBefore}.`,
        en: `No unit with the code ${values.old_code} on ${dayBefore}.`,
      });
    else if (predecessor.validTo !== dayBefore)
      faults.add(line, 'old_code', 'still_exists', {
        vi: `${predecessor.name} không kết thúc ngày ${dayBefore}.`,
        en: `${predecessor.name} does not end on ${dayBefore}.`,
      });
    if (!successor)
      faults.add(line, 'new_code', 'unknown_unit', {
        vi: `Không có đơn vị mã ${values.new_code} vào ngày ${asWritten(succeededOn)}.`,
        en: `No unit with the code ${values.new_code} on ${succeededOn}.`,
      });
    if (!portion)
      // eslint-disable-next-line words/vietnamese -- these very words are sent
      faults.add(line, 'portion', 'one_of', { vi: `Giá trị cho phép: ${portions.join(', ')}.`, en: `Allowed: ${portions.join(', ')}.` });
    return predecessor && successor && portion ? [{ line, predecessor, successor, portion }] : [];
  });
  const whole = new Map<string, Succession>();
  for (const succession of found.filter(({ portion }) => portion === 'whole')) {
    const first = whole.get(succession.predecessor.id);
    if (first)
      faults.add(succession.line, 'portion', 'two_wholes', {
        vi: `Đơn vị này đã nhập toàn bộ ở dòng ${first.line}.`,
        en: `This unit already went whole into another in line ${first.line}.`,
      });
    else whole.set(succession.predecessor.id, succession);
  }
  faults.throwIfAny();
  return found;
}

function endsBeforeStart(): Problem {
  return Problem.field('validation-failed', '/validTo', 'before_start', {
    vi: 'validTo không được trước validFrom.',
    en: 'validTo must not be before validFrom.',
  });
}
