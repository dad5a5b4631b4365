import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Transactions } from '../platform/database/transactions.js';
import { JobRunner } from '../structure/jobs/job-runner.js';
import { Keys } from '../platform/sealing/keys.service.js';
import { fingerprintsMissing, storeMissingFingerprints } from './duplicates/store-fingerprints.js';
import { gatheringsOpen, hideGatheringsAround, identitiesOpen, sealOpenIdentities } from './identity/seal-open-identities.js';

/** How often the log tells how far it is. */
const tellMilliseconds = 10_000;
const task = 'earlier_rows';

/**
 * What this version keeps of a petition and an earlier one did not: identities under seal, what hangs on them hidden, fingerprints. Made beside the
 * service, in one instance, some rows at a time and each time in a transaction of its own, so that nobody waits for it; what is broken off – by a
 * stop, by a fault – goes on from where it was, because the rows themselves tell what is missing.
 */
@Injectable()
export class EarlierRows implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('EarlierRows');
  private stopping = false;

  constructor(
    private readonly transactions: Transactions,
    private readonly keys: Keys,
    private readonly runner: JobRunner,
  ) {}

  onModuleInit(): void {
    this.runner.registerTask(task, () => this.bringUpToDate());
  }

  /** One entry in the queue, whoever starts. */
  async onApplicationBootstrap(): Promise<void> {
    await this.transactions.manager.query('select graphile_worker.add_job($1, job_key => $1, queue_name => $1)', [task]);
  }

  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  private async bringUpToDate(): Promise<void> {
    const ring = await this.keys.upToDate();
    // Secrecy first.
    await this.told('identities', identitiesOpen, (mayGoOn) => sealOpenIdentities(this.transactions.manager, ring, mayGoOn));
    await this.told('gatherings', gatheringsOpen, (mayGoOn) => hideGatheringsAround(this.transactions.manager, ring, mayGoOn));
    await this.told('fingerprints', fingerprintsMissing, (mayGoOn) => storeMissingFingerprints(this.transactions.manager, ring, mayGoOn));
    // Whoever starts next, or another instance, goes on.
    if (this.stopping) throw new Error('This instance stops');
  }

  private async told(what: string, counting: string, work: (mayGoOn: (done: number) => boolean) => Promise<void>): Promise<void> {
    const [{ left }] = await this.transactions.manager.query<[{ left: number }]>(counting);
    if (left === 0) return;
    this.logger.log({ earlierRows: what, left });
    let toldAt = Date.now();
    await work((done) => {
      if (Date.now() - toldAt >= tellMilliseconds) {
        toldAt = Date.now();
        this.logger.log({ earlierRows: what, done, of: left });
      }
      return !this.stopping;
    });
    this.logger.log({ earlierRows: what, ended: !this.stopping });
  }
}
