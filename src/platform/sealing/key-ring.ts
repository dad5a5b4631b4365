import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { MasterKey, MasterKeys } from './master-keys.js';

/** A text as it lies in the database, and the version of the data key that opens it. */
export interface Sealed {
  sealed: Buffer;
  keyVersion: number;
}

/** A data key, wrapped by a master key; 64 bytes of which one half seals and the other finds again. */
export interface DataKeyRow {
  version: number;
  masterKeyId: string;
  wrapped: Buffer;
}

interface DataKey {
  seal: Buffer;
  index: Buffer;
}

/** The identities cannot be read; the message is one line without any key. */
export class SealError extends Error {
  // The log tells the kind of a failure and never its message.
  override readonly name = 'SealError';
}

/** Answers {@link DataKeyRow}. */
export const dataKeyRows = 'select version, master_key_id as "masterKeyId", wrapped from data_key order by version';

const nonceLength = 12;
const tagLength = 16;

/**
 * The data keys of this installation, opened with its master keys: seals fields with AES-256-GCM (NIST SP 800-38D) under the newest one
 * and opens those of every version. A sealed field is bound to its place, so that it opens nowhere else.
 */
export class KeyRing {
  private constructor(private readonly keys: ReadonlyMap<number, DataKey>) {}

  /**
   * @throws SealError when a data key was wrapped by a master key that is not at hand
   */
  static async load(manager: EntityManager, masterKeys: MasterKeys): Promise<KeyRing> {
    return KeyRing.fromRows(await manager.query<DataKeyRow[]>(dataKeyRows), masterKeys);
  }

  /** {@link load} from rows that lie elsewhere, in a backup. */
  static fromRows(rows: readonly DataKeyRow[], masterKeys: MasterKeys): KeyRing {
    return new KeyRing(new Map(rows.map((row) => [row.version, unwrap(row, masterKeys)])));
  }

  /** {@link load}, and the first data key where there is none yet. */
  static async prepare(manager: EntityManager, masterKeys: MasterKeys): Promise<KeyRing> {
    const ring = await KeyRing.load(manager, masterKeys);
    if (ring.keys.size > 0) return ring;
    await addDataKey(manager, masterKeys);
    return KeyRing.load(manager, masterKeys);
  }

  /** Version that seals now. */
  get current(): number {
    return Math.max(...this.keys.keys());
  }

  /**
   * Seals a value as JSON.
   * @param place where it lies, e.g. `petition_party:<id>`: it opens only there
   */
  seal(value: unknown, place: string): Sealed {
    const keyVersion = this.current;
    const nonce = randomBytes(nonceLength);
    const cipher = createCipheriv('aes-256-gcm', this.key(keyVersion).seal, nonce).setAAD(Buffer.from(place));
    const content = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
    return { sealed: Buffer.concat([nonce, cipher.getAuthTag(), content]), keyVersion };
  }

  /** @throws SealError for a value that was changed, moved, or sealed by a key that is not at hand */
  open<T>({ sealed, keyVersion }: Sealed, place: string): T {
    const decipher = createDecipheriv('aes-256-gcm', this.key(keyVersion).seal, sealed.subarray(0, nonceLength))
      .setAAD(Buffer.from(place))
      .setAuthTag(sealed.subarray(nonceLength, nonceLength + tagLength));
    try {
      const content = Buffer.concat([decipher.update(sealed.subarray(nonceLength + tagLength)), decipher.final()]);
      return JSON.parse(content.toString('utf8')) as T;
    } catch {
      throw new SealError(`A sealed field does not open: it was changed or moved (${place.split(':')[0]})`);
    }
  }

  /** Blind index: equal values have equal indexes, and nobody without the key tells which value one is of. */
  index(value: string): Buffer {
    return indexOf(this.key(this.current), value);
  }

  /** {@link index} under every version, for rows that a rotation has not reached. */
  indexes(value: string): Buffer[] {
    return [...this.keys.values()].map((key) => indexOf(key, value));
  }

  /** Key of what petitions with secret authors are compared by; that of the first data key, because comparisons outlive rotations. */
  get comparisonKey(): string {
    const first = this.key(Math.min(...this.keys.keys()));
    return Buffer.from(hkdfSync('sha256', first.index, '', 'tiepdan comparison', 32)).toString('hex');
  }

  private key(version: number): DataKey {
    const key = this.keys.get(version);
    if (!key) throw new SealError(`There is no data key ${version}`);
    return key;
  }
}

/** Makes the next data key, wrapped by the current master key. Answers its version. */
export async function addDataKey(manager: EntityManager, masterKeys: MasterKeys): Promise<number> {
  const [master] = masterKeys;
  const [next] = await manager.query<{ version: number }[]>('select coalesce(max(version), 0) + 1 as version from data_key');
  const version = next!.version;
  await manager.query('insert into data_key (version, master_key_id, wrapped) values ($1, $2, $3)', [
    version,
    master.id,
    wrap(randomBytes(64), master, version),
  ]);
  return version;
}

/** Wraps anew what an older master key wrapped; afterwards that one can be taken out of the settings. Answers how many. */
export async function rewrapDataKeys(manager: EntityManager, masterKeys: MasterKeys): Promise<number> {
  const [master] = masterKeys;
  const rows = await manager.query<DataKeyRow[]>(
    'select version, master_key_id as "masterKeyId", wrapped from data_key where master_key_id <> $1 for update',
    [master.id],
  );
  for (const row of rows) {
    const { seal, index } = unwrap(row, masterKeys);
    const wrapped = wrap(Buffer.concat([seal, index]), master, row.version);
    await manager.query('update data_key set master_key_id = $2, wrapped = $3 where version = $1', [row.version, master.id, wrapped]);
  }
  return rows.length;
}

function wrap(key: Buffer, { key: master }: MasterKey, version: number): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', master, nonce).setAAD(Buffer.from(`data_key:${version}`));
  const content = Buffer.concat([cipher.update(key), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), content]);
}

function unwrap({ version, masterKeyId, wrapped }: DataKeyRow, masterKeys: MasterKeys): DataKey {
  const master = masterKeys.find(({ id }) => id === masterKeyId);
  if (!master)
    throw new SealError(
      `TIEPDAN_MASTER_KEY: data key ${version} was wrapped by the master key ${masterKeyId}, which is not among those set; add it after the current one`,
    );
  const decipher = createDecipheriv('aes-256-gcm', master.key, wrapped.subarray(0, nonceLength))
    .setAAD(Buffer.from(`data_key:${version}`))
    .setAuthTag(wrapped.subarray(nonceLength, nonceLength + tagLength));
  try {
    const key = Buffer.concat([decipher.update(wrapped.subarray(nonceLength + tagLength)), decipher.final()]);
    return { seal: key.subarray(0, 32), index: key.subarray(32) };
  } catch {
    throw new SealError(`Data key ${version} does not open: its row was changed`);
  }
}

function indexOf({ index }: DataKey, value: string): Buffer {
  return createHmac('sha256', index).update(value).digest();
}
