import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { CachedReference } from '../database/cached-reference.js';
import { Transactions } from '../database/transactions.js';
import { KeyRing } from './key-ring.js';
import { type MasterKeys, readMasterKeys } from './master-keys.js';

/** The key ring of this instance, read again when another instance made a new data key. */
@Injectable()
export class Keys implements OnModuleInit, OnApplicationShutdown {
  readonly masterKeys: MasterKeys;
  private readonly cached: CachedReference<KeyRing>;

  constructor(
    private readonly transactions: Transactions,
    @Inject(CONFIG) config: Config,
  ) {
    this.masterKeys = readMasterKeys(config);
    this.cached = new CachedReference('keys', (manager) => KeyRing.load(manager, this.masterKeys));
  }

  onModuleInit(): Promise<void> {
    return this.cached.start(this.transactions.manager);
  }

  onApplicationShutdown(): void {
    this.cached.stop();
  }

  get ring(): KeyRing {
    return this.cached.current;
  }

  /** The ring as it is in the database now. */
  upToDate(): Promise<KeyRing> {
    return this.cached.upToDate(this.transactions.manager);
  }
}
