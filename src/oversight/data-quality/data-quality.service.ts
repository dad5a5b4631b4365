import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { today } from '../../platform/text/today.js';
import { type NamedQuery, Transactions } from '../../platform/database/transactions.js';
import { decodeCursor, defaultLimit, isUuid, type Page, page } from '../../platform/http/page.js';
import { isLegalDate, type LegalDate } from '../../platform/text/legal-date.js';
import type { Unit } from '../../rules/structure/unit-structure.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { type FiguresBelow, sumOf, UnitsBelow } from '../../structure/units/units-below.js';
import { type Checked, type QualityCheckCode, qualityCheckCodes, qualityChecks } from './quality-checks.js';

export type QualityFigures = Record<QualityCheckCode, number>;

/** Something that a check found. */
export interface QualityRow {
  about: Checked;
  id: string;
  number: string;
  unitId: string;
  onDate: LegalDate;
}

export interface QualityListQuestion {
  unitId?: string;
  includeSubordinates?: boolean;
  from?: LegalDate;
  to?: LegalDate;
  limit?: number;
  cursor?: string;
}

/** The table of each kind of thing, its unit, day and name. */
const tables: Record<Checked, { table: string; unit: string; day: string; number: string }> = {
  petition: { table: 'petition', unit: 't.ledger_unit_id', day: 't.received_on', number: 't.number' },
  visit: { table: 'reception_visit', unit: 't.unit_id', day: 't.visited_on', number: 't.number' },
  session: { table: 'reception_session', unit: 't.unit_id', day: 't.on_date', number: `to_char(t.on_date, 'DD/MM/YYYY')` },
};

/** Values: today, units, first and last day. */
const figuresOf = Object.fromEntries(
  (Object.keys(tables) as Checked[]).map((about): [Checked, NamedQuery] => {
    const { table, unit, day } = tables[about];
    const counted = qualityCheckCodes
      .filter((code) => qualityChecks[code].about === about)
      .map((code) => `count(*) filter (where ${qualityChecks[code].condition})::int as "${code}"`);
    return [
      about,
      {
        name: `quality-figures-${about}`,
        text: `select ${unit} as "unitId", ${counted.join(', ')} from ${table} t
          where ${unit} = any ($2::uuid[]) and ${day} between $3 and $4 and $1::date is not null group by ${unit}`,
      },
    ];
  }),
) as Record<Checked, NamedQuery>;

/** Values: today, units, first and last day, day and id to start after or null, limit. The latest first. */
function listOf(code: QualityCheckCode): NamedQuery {
  const { about, condition } = qualityChecks[code];
  const { table, unit, day, number } = tables[about];
  return {
    name: `quality-list-${code}`,
    text: `select '${about}' as about, t.id, ${number} as number, ${unit} as "unitId", ${day} as "onDate" from ${table} t
      where ${unit} = any ($2::uuid[]) and ${day} between $3 and $4 and $1::date is not null and ${condition}
        and ($5::date is null or (${day}, t.id) < ($5, $6::uuid))
      order by ${day} desc, t.id desc limit $7`,
  };
}

/** Checks of what was entered, each with the list behind it. */
@Injectable()
export class DataQualityService {
  constructor(
    private readonly transactions: Transactions,
    private readonly scope: AccessScope,
    private readonly below: UnitsBelow,
  ) {}

  /** How many rows each check finds, of what came in from a day on (a year ago when left out) – down the tree. */
  async summary(
    { unitId, ...asked }: Pick<QualityListQuestion, 'unitId' | 'from' | 'to'>,
    by: Official,
  ): Promise<FiguresBelow<QualityFigures> & { from: LegalDate; to: LegalDate }> {
    const { from, to } = stretchOf(asked);
    const figuresOf = (units: readonly Unit[]) =>
      this.figures(
        units.map(({ id }) => id),
        from,
        to,
      );
    return { from, to, ...(await this.below.figures({ unitId, none: nothing }, figuresOf, by)) };
  }

  /** The figures of each of these units for itself, by its id. */
  async figures(unitIds: readonly string[], from: LegalDate, to: LegalDate): Promise<Map<string, QualityFigures>> {
    const all = new Map<string, QualityFigures>();
    for (const query of Object.values(figuresOf)) {
      const rows = await this.transactions.rows<Partial<QualityFigures> & { unitId: string }>(query, [today(), unitIds, from, to]);
      for (const { unitId, ...figures } of rows) all.set(unitId, sumOf([all.get(unitId) ?? nothing, figures], nothing));
    }
    return all;
  }

  /** What a check found, the latest first. */
  async list(
    code: QualityCheckCode,
    { unitId, includeSubordinates = true, limit = defaultLimit, cursor, ...stretch }: QualityListQuestion,
    by: Official,
  ): Promise<Page<QualityRow>> {
    const after = decodeCursor(cursor, [isLegalDate, isUuid]) ?? [null, null];
    const { from, to } = stretchOf(stretch);
    const units = this.scope.unitsAsked(by, unitId, includeSubordinates);
    const rows = await this.transactions.rows<QualityRow & Record<string, unknown>>(listOf(code), [
      today(),
      units,
      from,
      to,
      ...after,
      limit + 1,
    ]);
    return page(
      rows,
      limit,
      ({ onDate, id }) => [onDate, id],
      (row) => row,
    );
  }
}

const nothing = Object.fromEntries(qualityCheckCodes.map((code) => [code, 0])) as QualityFigures;

/** The last year when left out. */
function stretchOf({ from, to = today() }: { from?: LegalDate | undefined; to?: LegalDate | undefined }): {
  from: LegalDate;
  to: LegalDate;
} {
  const yearBefore = String(Number(to.slice(0, 4)) - 1).padStart(4, '0');
  return { from: from ?? `${yearBefore}${to.slice(4) === '-02-29' ? '-02-28' : to.slice(4)}`, to };
}
