import type { EntityManager } from 'typeorm';

/** How long another instance's change may go unnoticed by reads, in milliseconds. Writes look every time. */
const checkEvery = 1000;

/**
 * Reference data that every instance keeps in memory, read again when its version in the database has moved.
 * Reads use what is there; a write calls {@link upToDate} inside its transaction and so never works from old law or old units.
 */
export class CachedReference<T> {
  private loaded: { version: number; value: T } | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly name: 'units' | 'calendar' | 'keys' | 'revocations',
    private readonly load: (manager: EntityManager) => Promise<T>,
  ) {}

  get current(): T {
    if (!this.loaded) throw new Error(`The ${this.name} are not loaded yet`);
    return this.loaded.value;
  }

  async start(manager: EntityManager): Promise<void> {
    await this.upToDate(manager);
    // A failing check is tried again a second later; requests notice a missing database by themselves.
    this.timer = setInterval(() => void this.upToDate(manager).catch(() => undefined), checkEvery);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  async upToDate(manager: EntityManager): Promise<T> {
    const [row] = await manager.query<{ version: number }[]>('select version from reference_version where name = $1', [this.name]);
    const version = row?.version ?? 0;
    if (this.loaded?.version !== version) this.loaded = { version, value: await this.load(manager) };
    return this.loaded.value;
  }
}
