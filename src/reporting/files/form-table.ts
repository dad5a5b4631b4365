import { type CheckResult, type Form, type FormFigures, type FormSet } from '../../rules/reports/form.js';
import type { ReportPeriod } from '../../rules/reports/periods.js';
import { officeName, type Unit, type UnitLevel, unitLevels } from '../../rules/structure/unit-structure.js';
import type { FormReport } from '../form-reports.service.js';
import type { Frozen, FrozenForm, Submission } from '../submissions/submission.js';

/** A row of a form as it is printed. */
export interface TableRow {
  label: string;
  kind: 'unit' | 'subtotal' | 'total';
  figures: FormFigures;
}

/** A form as it is printed: whose it is, for when, its rows, what its checks say, who signed. */
export interface FormTable {
  set: FormSet;
  form: Form;
  period: ReportPeriod;
  unit: string;
  asOf: Date;
  rows: TableRow[];
  failed: CheckResult[];
  /** Names of units whose figures are kept apart; nothing is said of them in what was signed. */
  apart: string[];
  /** Null where nobody signed: the figures of this moment. */
  signed: { title: string; name: string; on: string; digest: string; revision: number } | null;
}

const levelNames: Record<UnitLevel, string> = { central: 'Trung ương', province: 'cấp tỉnh', district: 'cấp huyện', commune: 'cấp xã' };

/** A form that was filled in just now. */
export function tableOf({ set, form, period, unit, asOf, rows, apart, subtotals, total, checks }: FormReport): FormTable {
  const units = rows.map((row) => ({ label: row.unit.name, level: row.unit.level, figures: row.figures }));
  return {
    ...common({ set, form, period, unit, asOf }),
    rows: ordered(units, subtotals, total),
    failed: failedOf(checks),
    apart: apart.map(({ name }) => name),
    signed: null,
  };
}

/** A form as it was frozen. */
export function tableOfFrozen(report: Submission, period: ReportPeriod, unit: Unit, { set }: Frozen, frozen: FrozenForm): FormTable {
  const form = set.forms.find(({ code }) => code === frozen.code)!;
  const units = frozen.rows.map(({ name, level, figures }) => ({ label: name, level, figures }));
  return {
    ...common({ set, form, period, unit, asOf: report.asOf! }),
    rows: ordered(units, frozen.subtotals, frozen.total),
    failed: failedOf(frozen.checks),
    apart: [],
    signed: {
      title: report.signerTitle!,
      name: report.signerName!,
      on: report.submittedOn!,
      digest: report.digest!,
      revision: report.revision,
    },
  };
}

function common({
  set,
  form,
  period,
  unit,
  asOf,
}: Pick<FormReport, 'set' | 'form' | 'period' | 'unit' | 'asOf'>): Omit<FormTable, 'rows' | 'failed' | 'apart' | 'signed'> {
  return { set, form, period, unit: officeName(unit).vi, asOf };
}

/** Level by level from above, each with its sum, and the total at the end. */
function ordered(
  units: { label: string; level: UnitLevel; figures: FormFigures }[],
  subtotals: { level: UnitLevel; figures: FormFigures }[],
  total: FormFigures,
): TableRow[] {
  const levels = unitLevels.flatMap((level): TableRow[] => {
    const rows = units.filter((row) => row.level === level).map(({ label, figures }): TableRow => ({ label, kind: 'unit', figures }));
    const sum = subtotals.find((subtotal) => subtotal.level === level);
    return sum && subtotals.length > 1 ? [...rows, { label: `Cộng ${levelNames[level]}`, kind: 'subtotal', figures: sum.figures }] : rows;
  });
  return [...levels, { label: 'Tổng cộng', kind: 'total', figures: total }];
}

function failedOf(checks: readonly CheckResult[]): CheckResult[] {
  return checks.filter(({ holds }) => !holds);
}
