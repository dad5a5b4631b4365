import { Injectable } from '@nestjs/common';
import { today } from '../../platform/text/today.js';
import { Transactions } from '../../platform/database/transactions.js';
import { mustMatch, Problem } from '../../platform/problems/problem.js';
import { type LegalDate, plusDays } from '../../platform/text/legal-date.js';
import { readPeriod, type ReportPeriod } from '../../rules/reports/periods.js';
import { deadlineByLaw, type Reporter, reportDueOn } from '../../rules/reports/report-deadlines.js';
import type { Unit } from '../../rules/structure/unit-structure.js';
import { deadlines } from './submissions.queries.js';

export const deadlinePeriods = ['regular', 'national_assembly'] as const;
export type DeadlinePeriod = (typeof deadlinePeriods)[number];

/**
 * By when a kind of unit reports: so many days after the last day of a period. Where a law says it, a paper may set an earlier day (`verified: true`); where no
 * law does, it is a proposal until a paper sets it.
 */
export interface Deadline {
  reporter: Reporter;
  period: DeadlinePeriod;
  daysAfter: number;
  source: string;
  verified: boolean;
  /** Days after the last day that the law in force gives at most; null where no law does. */
  daysByLaw: number | null;
  version: number;
}

/** Which units report, and by when. */
@Injectable()
export class DeadlinesService {
  constructor(private readonly transactions: Transactions) {}

  async allDeadlines(): Promise<Deadline[]> {
    const rows = await this.transactions.rows<Omit<Deadline, 'daysByLaw'> & Record<string, unknown>>(deadlines);
    return rows.map((row) => ({ ...row, daysByLaw: daysByLaw(row.reporter, row.period) }));
  }

  /** The last day on which a unit reports for a period; null for units that do not report, and for stretches that nobody set a day for. */
  static dueOn(all: readonly Deadline[], unit: Unit, { code, to }: Pick<ReportPeriod, 'code' | 'to'>): LegalDate | null {
    const reporter = reporterOf(unit);
    if (!reporter || !readPeriod(code)) return null;
    const period: DeadlinePeriod = code.endsWith('-NA') ? 'national_assembly' : 'regular';
    const deadline = all.find((one) => one.reporter === reporter && one.period === period);
    if (period === 'regular') return reportDueOn(reporter, to, deadline);
    return deadline ? plusDays(to, deadline.daysAfter) : null;
  }

  /** @throws Problem `not-found` for a deadline that there is not; `validation-failed` for one later than the law's; `precondition-failed` */
  change(
    reporter: string,
    period: string,
    { daysAfter, source, verified }: Pick<Deadline, 'daysAfter' | 'source' | 'verified'>,
    expected: number | null,
  ): Promise<Deadline> {
    return this.transactions.run(async (tx) => {
      const [known] = await tx.query<{ version: number }[]>(
        'select version from report_deadline where reporter = $1 and period = $2 for update',
        [reporter, period],
      );
      if (!known) throw Problem.notFound('thời hạn này', 'such deadline');
      mustMatch(known.version, expected);
      const most = daysByLaw(reporter as Reporter, period as DeadlinePeriod);
      if (most !== null && daysAfter > most)
        throw Problem.field('validation-failed', '/daysAfter', 'later_than_law', {
          vi: `Chậm nhất ${most} ngày sau ngày chốt số liệu (Điều 7 Thông tư số 06/2025/TT-TTCP); chỉ đặt được sớm hơn.`,
          en: `At most ${most} days after the period closes (Circular 06/2025/TT-TTCP art. 7); only an earlier day can be set.`,
        });
      await tx.query(
        'update report_deadline set days_after = $3, source = $4, verified = $5, version = version + 1 where reporter = $1 and period = $2',
        [reporter, period, daysAfter, source, verified],
      );
      return (await this.allDeadlines()).find((one) => one.reporter === reporter && one.period === period)!;
    });
  }
}

function daysByLaw(reporter: Reporter, period: DeadlinePeriod): number | null {
  return period === 'regular' ? (deadlineByLaw(reporter, today())?.days ?? null) : null;
}

/** How a unit reports: People's Committees by their level, departments to the city; other units are in the report of theirs. */
export function reporterOf({ kind, level }: Pick<Unit, 'kind' | 'level'>): Reporter | null {
  if (kind === 'department') return 'department';
  if (kind === 'peoples_committee' && level !== 'central') return level;
  return null;
}
