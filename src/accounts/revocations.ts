import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../platform/config/config.js';
import { CachedReference } from '../platform/database/cached-reference.js';
import { Transactions } from '../platform/database/transactions.js';

/** Which access tokens are worth nothing although they are signed and in time. */
interface Ended {
  sessions: ReadonlySet<string>;
  /** The epoch that goes on, whose tokens hold; a restore begins another one. */
  epoch: string;
  /** No token says its epoch that was issued before there were any; it holds until the first restore. */
  isFirst: boolean;
}

/**
 * Sessions that have ended while access tokens of theirs are still young, and tokens of before a restore, or of another system with the same key: such a
 * token is worth nothing from the next request on here, and within a second in every other instance.
 */
@Injectable()
export class Revocations implements OnModuleInit, OnApplicationShutdown {
  private readonly cached: CachedReference<Ended>;

  constructor(
    private readonly transactions: Transactions,
    @Inject(CONFIG) { accessTokenSeconds }: Config,
  ) {
    this.cached = new CachedReference('revocations', (manager) => whatEnded(manager, accessTokenSeconds));
  }

  onModuleInit(): Promise<void> {
    return this.cached.start(this.transactions.manager);
  }

  onApplicationShutdown(): void {
    this.cached.stop();
  }

  /** @param epoch that the token is of; null where it says none */
  has(sessionId: string | undefined, epoch: string | null): boolean {
    const { sessions, epoch: current, isFirst } = this.cached.current;
    const holds = epoch === null ? isFirst : epoch === current;
    return !holds || (sessionId !== undefined && sessions.has(sessionId));
  }

  /** The epoch of tokens that are issued now. */
  get epoch(): string {
    return this.cached.current.epoch;
  }

  /** Looks at once, after a session was ended here. */
  async refresh(): Promise<void> {
    await this.cached.upToDate(this.transactions.manager);
  }
}

async function whatEnded(manager: EntityManager, accessTokenSeconds: number): Promise<Ended> {
  const rows = await manager.query<{ id: string }[]>(
    'select id from account_session where revoked_at > now() - make_interval(secs => $1)',
    [accessTokenSeconds + 60],
  );
  const [epoch] = await manager.query<{ id: string; isFirst: boolean }[]>(
    'select id, number = 1 as "isFirst" from system_epoch order by number desc limit 1',
  );
  return { sessions: new Set(rows.map(({ id }) => id)), epoch: epoch!.id, isFirst: epoch!.isFirst };
}
