import { Injectable } from '@nestjs/common';
import type { Official } from '../auth/official.js';
import { Transactions } from '../database/transactions.js';
import type { TriageMode } from '../petitions/transition.js';
import { mustMatch, Problem } from '../problems/problem.js';
import { AccessScope } from '../units/access-scope.js';
import { UnitDirectory } from '../units/unit-directory.js';

export const latePublications = ['refuse', 'mark'] as const;
export type LatePublication = (typeof latePublications)[number];

export const defaultSuperiorNewsDays = 30;

/** How a unit works; version 0 where it never said. */
export interface UnitSettings {
  unitId: string;
  triageMode: TriageMode;
  /** Whether a schedule that is published too late is refused, or marked and taken. */
  latePublication: LatePublication;
  /** Days without news after which a case at a superior or a court is stale. */
  superiorNewsDays: number;
  /** Working days after the day of an answer to an urging from which on the next level is told that there was none. */
  escalateAfterDays: number;
  version: number;
}

/** Settings of a unit that its administrator keeps. */
@Injectable()
export class UnitSettingsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly units: UnitDirectory,
    private readonly scope: AccessScope,
  ) {}

  async get(unitId: string): Promise<UnitSettings> {
    if (!this.units.structure.find(unitId)) throw Problem.notFound('đơn vị này', 'unit');
    const [row] = await this.transactions.manager.query<Omit<UnitSettings, 'unitId'>[]>(
      `select triage_mode as "triageMode", late_publication as "latePublication", superior_news_days as "superiorNewsDays",
         escalate_after_days as "escalateAfterDays", version from unit_setting where unit_id = $1`,
      [unitId],
    );
    return {
      unitId,
      triageMode: row?.triageMode ?? 'one_step',
      latePublication: row?.latePublication ?? 'refuse',
      superiorNewsDays: row?.superiorNewsDays ?? defaultSuperiorNewsDays,
      escalateAfterDays: row?.escalateAfterDays ?? 10,
      version: row?.version ?? 0,
    };
  }

  /**
   * What is left out stays as it is.
   * @throws Problem `forbidden` for a unit that the caller does not administer
   */
  replace(
    unitId: string,
    {
      triageMode,
      latePublication,
      superiorNewsDays,
      escalateAfterDays,
    }: Pick<UnitSettings, 'triageMode'> & Partial<Omit<UnitSettings, 'unitId' | 'version'>>,
    expected: number | null,
    by: Official,
  ): Promise<UnitSettings> {
    return this.transactions.run(async (tx) => {
      const before = await this.get(unitId);
      if (!this.scope.administered(by).has(unitId)) throw notAdministered();
      mustMatch(before.version, expected);
      await tx.query(
        `insert into unit_setting (unit_id, triage_mode, late_publication, superior_news_days, escalate_after_days) values ($1, $2, $3, $4, $5)
         on conflict (unit_id) do update set triage_mode = excluded.triage_mode, late_publication = excluded.late_publication,
           superior_news_days = excluded.superior_news_days, escalate_after_days = excluded.escalate_after_days, version = unit_setting.version + 1, updated_at = now()`,
        [
          unitId,
          triageMode,
          latePublication ?? before.latePublication,
          superiorNewsDays ?? before.superiorNewsDays,
          escalateAfterDays ?? before.escalateAfterDays,
        ],
      );
      return this.get(unitId);
    });
  }
}

function notAdministered(): Problem {
  return new Problem('forbidden', {
    vi: 'Bạn chỉ cấu hình đơn vị của mình và các đơn vị cấp dưới.',
    en: 'You keep the settings of your own unit and of those below it.',
  });
}
