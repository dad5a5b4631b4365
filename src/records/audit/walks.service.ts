import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AccessTokens } from '../../accounts/access-tokens.js';
import { Transactions } from '../../platform/database/transactions.js';
import { JobRunner } from '../../structure/jobs/job-runner.js';
import { newestWalk } from './audit.queries.js';
import { AuditService, type Verification } from './audit.service.js';
import { CheckpointsService } from './checkpoints.service.js';

/** A verification that goes on where the last walk along the whole chain ended. */
export interface VerificationSince extends Verification {
  /** When the whole chain was walked along up to {@link walkedTo}; null where this answer looked at everything that it counts. */
  walkedAt: Date | null;
  /** Position of the last link that the walk looked at. */
  walkedTo: number | null;
}

interface Walk {
  walkedAt: Date;
  found: Verification;
}

const tokenType = 'audit-walk+jwt';

/**
 * Walks along the whole chain, by night and in the background, each signed with what it found: whoever asks waits for the links since alone. Who
 * changes the rows of a walk is told from them by the signature.
 */
@Injectable()
export class WalksService implements OnModuleInit {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly checkpoints: CheckpointsService,
    private readonly tokens: AccessTokens,
    private readonly runner: JobRunner,
  ) {}

  onModuleInit(): void {
    // 18:30 UTC is half past one at night in Viet Nam, behind the checkpoint.
    this.runner.registerTask('audit_walk', () => this.walk(), '30 18 * * *');
  }

  /** Walks along the whole chain, however long it takes, and keeps what was found. */
  async walk(): Promise<void> {
    const found = await this.audit.verify(1, { checkpoints: await this.checkpoints.trusted() });
    await this.transactions.rows({ text: 'insert into audit_walk (token) values ($1)' }, [
      await this.tokens.signStatement(tokenType, { ...found }),
    ]);
  }

  /**
   * What is known of the chain: the last walk, and the links since as far as one answer goes.
   * @throws Problem `too-many-requests` while another answer is worked out
   */
  async sinceLast(): Promise<VerificationSince> {
    const walk = await this.newest();
    if (!walk) return { ...(await this.audit.verifyAlone(1, await this.checkpoints.trusted())), walkedAt: null, walkedTo: null };
    const { found, walkedAt } = walk;
    const told = { walkedAt, walkedTo: found.links };
    if (!found.intact) return { ...found, ...told };
    const head = await this.audit.hashAt(found.links);
    if (head !== found.head) {
      const reason = head === null ? 'link_missing' : 'checkpoint_differs';
      return { ...found, intact: false, broken: { position: found.links, recordId: null, reason }, ...told };
    }
    const from = found.links + 1;
    const rest = await this.audit.verifyAlone(from, await this.checkpoints.trusted([], from));
    return {
      ...rest,
      links: found.links + rest.links,
      records: found.records + rest.records,
      rewritten: found.rewritten + rest.rewritten,
      head: rest.head ?? found.head,
      ...told,
    };
  }

  /** The newest walk that this installation signed. */
  private async newest(): Promise<Walk | null> {
    const [row] = await this.transactions.rows<{ token: string; walkedAt: Date }>(newestWalk);
    const found = row && (await this.tokens.readStatement(tokenType, row.token));
    if (!found) return null;
    const { intact, broken, links, records, rewritten, head } = found as unknown as Verification;
    return { walkedAt: row.walkedAt, found: { intact, broken, links, records, rewritten, head, nextFrom: null } };
  }
}
