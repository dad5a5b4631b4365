import { createHash } from 'node:crypto';
import { addUp } from '../../rules/reports/add-up.js';
import { checkFigures, columnsOf, type Form, type FormFigures } from '../../rules/reports/form.js';
import { unitLevels } from '../../rules/structure/unit-structure.js';
import { type FormReport, sumOfBesides } from '../form-reports.service.js';
import type { Difference, Frozen, FrozenForm, FrozenRow } from './submission.js';

/** An accepted report from below, whose rows stand in the report above as they were signed. */
export interface AcceptedReport {
  id: string;
  unitId: string;
  revision: number;
  forms: FrozenForm[];
  /** The forms as they were when it was signed. */
  definitions: Pick<Form, 'code' | 'columns'>[];
}

/**
 * A form as it is frozen: rows of accepted reports as they were signed, the other ones as they are counted now. What was signed by other columns of the same
 * code stays where it was signed: here its row is counted.
 */
export function freezeForm(report: FormReport, accepted: readonly AcceptedReport[]): FrozenForm {
  const signed = new Map<string, FrozenRow>();
  const columns = canonical(report.form.columns);
  const same = accepted.filter(({ definitions }) =>
    definitions.some((one) => one.code === report.form.code && canonical(one.columns) === columns),
  );
  for (const { id, revision, forms } of same)
    for (const row of forms.find(({ code }) => code === report.form.code)?.rows ?? [])
      if (!signed.has(row.unitId)) signed.set(row.unitId, { ...row, from: row.from ?? { reportId: id, revision } });
  const rows = report.rows.map(
    ({ unit, figures, beside, failed }): FrozenRow =>
      signed.get(unit.id) ?? { unitId: unit.id, code: unit.code, name: unit.name, level: unit.level, figures, beside, failed, from: null },
  );
  return withSums(report.form, rows);
}

function withSums(form: Form, rows: FrozenRow[]): FrozenForm {
  const none: FormFigures = Object.fromEntries(columnsOf(form).map(({ number }) => [number, 0]));
  const total = addUp(rows, none);
  return {
    code: form.code,
    rows,
    subtotals: unitLevels
      .map((level) => ({ level, of: rows.filter((row) => row.level === level) }))
      .filter(({ of }) => of.length > 0)
      .map(({ level, of }) => ({ level, units: of.length, figures: addUp(of, none) })),
    total,
    checks: checkFigures(form, total, sumOfBesides(rows)),
  };
}

/** What is digested beside the figures: whose they are, for when, by whom and as of which moment. */
export interface Signed {
  unitId: string;
  period: string;
  revision: number;
  asOf: string;
  signerTitle: string;
  signerName: string;
  submittedOn: string;
  narrative: unknown;
  frozen: Frozen;
}

/** SHA-256 of the report in canonical JSON (names in order, no spaces: as RFC 8785 has it for texts and numbers like ours), so that anybody can prove it again. */
export function digestOf(signed: Signed): string {
  return createHash('sha256').update(canonical(signed)).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
}

/** Where the figures of today are not those that were signed: by form, unit and column. */
export function differencesOf(frozen: readonly FrozenForm[], now: readonly FrozenForm[]): Difference[] {
  return frozen.flatMap((form) => {
    const other = now.find(({ code }) => code === form.code);
    if (!other) return [];
    const units = [...new Set([...form.rows, ...other.rows].map(({ unitId }) => unitId))];
    const rows = units.flatMap((unitId) => {
      const of = ({ rows: all }: FrozenForm) => all.find((row) => row.unitId === unitId)?.figures ?? {};
      return compare(form.code, unitId, of(form), of(other));
    });
    return [...compare(form.code, null, form.total, other.total), ...rows];
  });
}

function compare(form: string, unitId: string | null, frozen: FormFigures, now: FormFigures): Difference[] {
  const columns = [...new Set([...Object.keys(frozen), ...Object.keys(now)])].map(Number).sort((one, other) => one - other);
  return columns
    .map((column) => ({ form, column, unitId, frozen: frozen[column] ?? 0, now: now[column] ?? 0 }))
    .filter((difference) => difference.frozen !== difference.now);
}
