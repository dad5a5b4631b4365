import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../config/config.js';
import { CachedReference } from '../database/cached-reference.js';
import { Transactions } from '../database/transactions.js';

/**
 * Sessions that have ended while access tokens of theirs are still young: such a token is worth nothing from the next request on here, and
 * within a second in every other instance.
 */
@Injectable()
export class Revocations implements OnModuleInit, OnApplicationShutdown {
  private readonly cached: CachedReference<ReadonlySet<string>>;

  constructor(
    private readonly transactions: Transactions,
    @Inject(CONFIG) { accessTokenSeconds }: Config,
  ) {
    this.cached = new CachedReference('revocations', (manager) => endedSessions(manager, accessTokenSeconds));
  }

  onModuleInit(): Promise<void> {
    return this.cached.start(this.transactions.manager);
  }

  onApplicationShutdown(): void {
    this.cached.stop();
  }

  has(sessionId: string | undefined): boolean {
    return sessionId !== undefined && this.cached.current.has(sessionId);
  }

  /** Looks at once, after a session was ended here. */
  async refresh(): Promise<void> {
    await this.cached.upToDate(this.transactions.manager);
  }
}

async function endedSessions(manager: EntityManager, accessTokenSeconds: number): Promise<ReadonlySet<string>> {
  const rows = await manager.query<{ id: string }[]>(
    'select id from account_session where revoked_at > now() - make_interval(secs => $1)',
    [accessTokenSeconds + 60],
  );
  return new Set(rows.map(({ id }) => id));
}
