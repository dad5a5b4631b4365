import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Official } from '../../platform/access/official.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { JobRow } from '../../structure/jobs/job.js';
import { JobRunner } from '../../structure/jobs/job-runner.js';
import { JobsService } from '../../structure/jobs/jobs.service.js';
import { PetitionRetention } from '../../petitions/retention/petition-retention.service.js';
import { mustMatch } from '../../platform/problems/problem.js';
import type { PetitionKind } from '../../rules/evaluation/filing.js';
import { AccessScope } from '../../structure/units/access-scope.js';
import { retention, type RetentionRow, toAnonymise } from './personal-data.queries.js';

const jobType = 'anonymisation';
const petitionsOfBatch = 100;

/**
 * The end of personal data: so many years after a petition ended nobody can be told from it any more. What is counted - kind, field, unit,
 * days, flags, outcome - stays, and so does its history, which names nobody. A period that nobody has compared with the law ends nothing.
 */
@Injectable()
export class RetentionService implements OnModuleInit {
  constructor(
    private readonly transactions: Transactions,
    private readonly jobs: JobsService,
    private readonly runner: JobRunner,
    private readonly petitions: PetitionRetention,
    private readonly scope: AccessScope,
  ) {}

  onModuleInit(): void {
    this.runner.register(jobType, (job, mayGoOn) => this.work(job, mayGoOn));
    // Every Saturday, at two o'clock at night on Sunday in Viet Nam.
    this.runner.registerTask('anonymisation', () => this.anonymiseAll(() => Promise.resolve(true)).then(() => undefined), '0 19 * * 6');
  }

  /** The period of each kind, with how many petitions are due, held and done. */
  rules(): Promise<RetentionRow[]> {
    return this.transactions.rows<RetentionRow>(retention);
  }

  /** The run that was asked for last. */
  last(): Promise<JobRow | undefined> {
    return this.jobs.lastOf(jobType);
  }

  /** Corrects the period of a kind. */
  change(
    kind: PetitionKind,
    { years, source, verified }: { years: number; source: string; verified: boolean },
    expected: number | null,
    by: Official,
  ): Promise<RetentionRow> {
    this.scope.mustAdministerAll(by);
    return this.transactions.run(async (tx) => {
      const [rule] = await tx.query<{ version: number }[]>('select version from retention_rule where kind = $1 for update', [kind]);
      mustMatch(rule!.version, expected);
      await tx.query(
        'update retention_rule set years = $2, source = $3, verified = $4, version = version + 1, updated_at = now() where kind = $1',
        [kind, years, source, verified],
      );
      return (await this.rules()).find((row) => row.kind === kind)!;
    });
  }

  /**
   * Starts anonymising what is due, beside the run of every week.
   * @throws Problem `forbidden` below the top of the structure; `conflict` while one is under way
   */
  start(by: Official): Promise<JobRow> {
    this.scope.mustAdministerAll(by);
    return this.transactions.run(async (tx) => {
      await this.jobs.mustBeAlone(tx, jobType);
      return this.jobs.get(await this.jobs.enqueue(tx, jobType, {}, by), by);
    });
  }

  private async work(job: JobRow, mayGoOn: () => Promise<boolean>): Promise<void> {
    const due = (await this.rules()).reduce((sum, row) => sum + (row.verified ? row.due : 0), 0);
    await this.jobs.setTotal(job.id, job.done + due);
    await this.anonymiseAll(mayGoOn, (tx, done) => this.jobs.advance(tx, job, { done, created: 0, unchanged: 0, refused: 0, faults: [] }));
  }

  private async anonymiseAll(
    mayGoOn: () => Promise<boolean>,
    advance: (tx: EntityManager, done: number) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
      const ids = await this.transactions.run(async (tx) => {
        const rows = await this.transactions.rows<{ id: string }>(toAnonymise, [after, petitionsOfBatch]);
        const due = rows.map(({ id }) => id);
        await this.petitions.forget(tx, due);
        await advance(tx, due.length);
        return due;
      });
      if (ids.length < petitionsOfBatch) return;
      after = ids.at(-1)!;
      await mayGoOn();
    }
  }
}
