import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Problem } from '../../platform/problems/problem.js';
import { type ChecklistGroup, scoredItems } from '../../rules/inspections/checklist.js';
import { type ItemResult, scoresByGroup } from '../../rules/inspections/score.js';
import { asWritten, type LegalDate, plusDays } from '../../platform/text/legal-date.js';
import { existsOn, type Unit } from '../../rules/structure/unit-structure.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { UnitDirectory } from '../../structure/units/unit-directory.js';
import type { InspectionType } from '../inspection.js';
import { severities, type Severity } from './finding.js';
import { concludedChecklists } from './findings.queries.js';

interface ConcludedRow {
  id: string;
  inspectedUnitId: string;
  type: InspectionType;
  concludedOn: LegalDate;
  checklistVersion: string;
  score: number;
  items: { code: string; result: ItemResult }[];
  severities: Partial<Record<Severity, number>>;
  notMended: number;
}

/** A unit beside the others: its last concluded checklist of the period, and the one before. */
export interface ComparedUnit {
  /** 1 is the best; units with the same score share a rank. */
  rank: number;
  unit: Unit;
  inspectionId: string;
  concludedOn: LegalDate;
  score: number;
  groups: { group: ChecklistGroup; score: number | null }[];
  findings: Record<Severity, number>;
  notMended: number;
  before: { inspectionId: string; concludedOn: LegalDate; score: number } | null;
}

export interface Comparison {
  from: LegalDate;
  to: LegalDate;
  units: ComparedUnit[];
  /** Of the scores, to one decimal; null where nothing is compared. */
  mean: number | null;
}

/** Units side by side, by the checklists of a period. */
@Injectable()
export class ComparisonService {
  constructor(
    private readonly transactions: Transactions,
    private readonly scope: AccessScope,
    private readonly units: UnitDirectory,
  ) {}

  /** The best first. Of the last twelve months when no period is named. */
  async of({ unitId, from, to }: { unitId?: string; from?: LegalDate; to?: LegalDate }, by: Official): Promise<Comparison> {
    const last = to ?? today();
    const first = from ?? plusDays(last, -365);
    if (last < first)
      throw Problem.field('validation-failed', '?to', 'period', {
        vi: `Không được trước ${asWritten(first)}.`,
        en: `Must not be before ${first}.`,
      });
    const { structure } = this.units;
    const units = this.scope
      .unitsAsked(by, unitId, true)
      .map((id) => structure.get(id))
      .filter((unit) => existsOn(unit, today()));
    const carried = new Map(units.map((unit) => [unit, this.scope.covered(by, unit, false).map(({ id }) => id)]));
    const rows = await this.transactions.rows<ConcludedRow & Record<string, unknown>>(concludedChecklists, [
      [...new Set([...carried.values()].flat())],
      // The one before may lie before the period.
      plusDays(first, -1461),
      last,
    ]);
    const byUnit = Map.groupBy(rows, ({ inspectedUnitId }) => inspectedUnitId);
    const compared = [...carried].flatMap(([unit, ids]) => {
      const [latest, former] = ids
        .flatMap((id) => byUnit.get(id) ?? [])
        .sort((one, other) =>
          one.concludedOn > other.concludedOn || (one.concludedOn === other.concludedOn && one.id > other.id) ? -1 : 1,
        );
      return latest && latest.concludedOn >= first ? [toCompared(unit, latest, former)] : [];
    });
    compared.sort((one, other) => other.score - one.score || one.unit.name.localeCompare(other.unit.name, 'vi'));
    const total = compared.reduce((sum, { score }) => sum + score, 0);
    return {
      from: first,
      to: last,
      units: compared.map((row) => ({ ...row, rank: 1 + compared.filter(({ score }) => score > row.score).length })),
      mean: compared.length === 0 ? null : Math.round((total * 10) / compared.length) / 10,
    };
  }
}

function toCompared(unit: Unit, latest: ConcludedRow, former: ConcludedRow | undefined): Omit<ComparedUnit, 'rank'> {
  const { id, concludedOn, score, items, checklistVersion, severities: found, notMended } = latest;
  return {
    unit,
    inspectionId: id,
    concludedOn,
    score,
    groups: scoresByGroup(scoredItems(checklistVersion, items)),
    findings: Object.fromEntries(severities.map((severity) => [severity, found[severity] ?? 0])) as Record<Severity, number>,
    notMended,
    before: former ? { inspectionId: former.id, concludedOn: former.concludedOn, score: former.score } : null,
  };
}
