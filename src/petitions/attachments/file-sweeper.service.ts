import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Transactions } from '../../platform/database/transactions.js';
import { JobRunner } from '../../structure/jobs/job-runner.js';
import { namedContents } from './attachments.queries.js';
import { BLOB_STORE, type BlobStore, everyContent } from './blob-store.js';
import { Blobs } from './blobs.js';

/** So many files may be unnamed in any store; where there are more, and more than a tenth of it, it rather belongs to another database. */
const tolerated = 100;
/** The next run goes on. */
const mostOfRun = 100_000;

/**
 * Removes what lies in the store and is named by no row: left by a process that was killed between the file and its commit, or newer than the
 * database after a restore. It can be evidence that was refused, and nobody would see it.
 */
@Injectable()
export class FileSweeper implements OnModuleInit {
  private readonly logger = new Logger('FileSweeper');

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(BLOB_STORE) private readonly contents: BlobStore,
    private readonly transactions: Transactions,
    private readonly blobs: Blobs,
    private readonly runner: JobRunner,
  ) {}

  onModuleInit(): void {
    this.runner.registerTask('files_sweep', () => this.sweep(), '25 * * * *');
  }

  private async sweep(): Promise<void> {
    const { seen, unnamed } = await this.unnamed();
    if (unnamed.length > tolerated && unnamed.length > seen / 10) {
      const msg = 'So many files have no row that the store may belong to another database: none was removed. See files:verify';
      this.logger.error({ msg, unnamed: unnamed.length, seen });
      return;
    }
    let removed = 0;
    // Looked at again, each under its lock: somebody may have named it in the meantime.
    for (const sha256 of unnamed) if (await this.blobs.removeUnnamed(sha256)) removed++;
    if (removed > 0) this.logger.warn({ msg: 'Files that no row names were removed', removed });
  }

  private async unnamed(): Promise<{ seen: number; unnamed: string[] }> {
    const unnamed: string[] = [];
    let seen = 0;
    for await (const page of everyContent(this.contents)) {
      seen += page.length;
      const old = page.filter(({ age }) => age >= this.config.filesGrace * 1000).map(({ sha256 }) => sha256);
      const rows = await this.transactions.rows<{ sha256: string }>(namedContents, [old]);
      const named = new Set(rows.map(({ sha256 }) => sha256));
      unnamed.push(...old.filter((sha256) => !named.has(sha256)));
      if (unnamed.length >= mostOfRun) break;
    }
    return { seen, unnamed };
  }
}
