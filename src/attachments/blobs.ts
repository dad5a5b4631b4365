import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../config/config.js';
import { Transactions } from '../database/transactions.js';
import { ParsingService } from '../parsing/parsing.service.js';
import { Problem } from '../problems/problem.js';
import { BLOB_STORE, type BlobStore, type ByteRange } from './blob-store.js';
import { type ScanResult, VirusScanner } from './virus-scanner.js';

/** A file that lies in the folder of incoming files, looked at. */
export interface Incoming {
  path: string;
  sha256: string;
  size: number;
  mediaType: string;
  scan: ScanResult;
}

/** What may be stored, by what the file really is. */
export const allowedTypes = [
  'application/pdf',
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/heic',
  'image/tiff',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.oasis.opendocument.text',
  'audio/mpeg',
  'audio/mp4',
  'audio/x-m4a',
  'audio/wav',
  'video/mp4',
];

/** After so long an incoming file belongs to nobody: the process that took it has ended. */
const abandonedAfter = 3_600_000;

/** Contents, from a stream that comes in to a row that names them. Whatever fails on the way leaves nothing behind. */
@Injectable()
export class Blobs implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
    private readonly scanner: VirusScanner,
    private readonly transactions: Transactions,
    private readonly parsing: ParsingService,
  ) {}

  async onModuleInit(): Promise<void> {
    const names = await readdir(this.incomingFolder).catch(() => []);
    for (const name of names) {
      const file = path.join(this.incomingFolder, name);
      const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Date.now() }));
      if (Date.now() - mtimeMs > abandonedAfter) await rm(file, { force: true });
    }
  }

  /**
   * Takes in a stream, looks at it and hands it to `use`; the incoming file is gone afterwards, whatever happens.
   * @param wasCut whether the stream was ended by a limit of its reader
   * @throws Problem `payload-too-large`, `unsupported-media-type`, `infected-file`, `service-unavailable`
   */
  take<T>(stream: Readable, wasCut: () => boolean, use: (incoming: Incoming) => Promise<T>): Promise<T> {
    return this.receive(stream, this.config.attachmentLimit, async (file, content) => {
      if (wasCut()) throw tooLarge(this.config.attachmentLimit);
      return use({ ...content, mediaType: allowedType(await this.parsing.typeOf(file)), scan: await this.scanner.scan(file) });
    });
  }

  /** {@link take} for a table to be imported, which is read as text and numbers and never given out again. */
  takeTable<T>(stream: Readable, use: (incoming: Incoming) => Promise<T>): Promise<T> {
    return this.receive(stream, this.config.ledgerLimit, async (file, content) =>
      use({ ...content, mediaType: 'application/octet-stream', scan: await this.scanner.scan(file) }),
    );
  }

  private async receive<T>(
    stream: Readable,
    limit: number,
    look: (file: string, content: Pick<Incoming, 'path' | 'sha256' | 'size'>) => Promise<T>,
  ): Promise<T> {
    await mkdir(this.incomingFolder, { recursive: true, mode: 0o700 });
    const file = path.join(this.incomingFolder, randomUUID());
    try {
      const { sha256, size } = await receive(stream, file, limit);
      if (size === 0) throw empty();
      return await look(file, { path: file, sha256, size });
    } finally {
      await rm(file, { force: true });
    }
  }

  /**
   * Stores an incoming content together with the rows that name it: both or none.
   * @param name writes the rows in the transaction that is open
   */
  async keep<T>({ path: file, sha256, size, mediaType }: Omit<Incoming, 'scan'>, name: () => Promise<T>): Promise<T> {
    let put = false;
    try {
      return await this.transactions.run(async (tx) => {
        const rows = await tx.query<unknown[]>(
          'insert into blob (sha256, size, media_type) values ($1, $2, $3) on conflict (sha256) do nothing returning sha256',
          [sha256, size, mediaType],
        );
        if (rows.length > 0) {
          put = true;
          await this.store.put(sha256, file, size, mediaType);
        }
        return await name();
      });
    } catch (error) {
      if (put) await this.removeUnnamed(sha256);
      throw error;
    }
  }

  /** {@link keep} for a content that was made here. */
  async keepBuffer<T>(content: Buffer, mediaType: string, name: (sha256: string) => Promise<T>): Promise<T> {
    await mkdir(this.incomingFolder, { recursive: true, mode: 0o700 });
    const file = path.join(this.incomingFolder, randomUUID());
    const sha256 = createHash('sha256').update(content).digest('hex');
    try {
      await writeFile(file, content, { mode: 0o600 });
      return await this.keep({ path: file, sha256, size: content.length, mediaType }, () => name(sha256));
    } finally {
      await rm(file, { force: true });
    }
  }

  read(sha256: string, range?: ByteRange): Promise<Readable> {
    return this.store.read(sha256, range);
  }

  async readWhole(sha256: string): Promise<Buffer> {
    return Buffer.concat(await (await this.read(sha256)).toArray());
  }

  private get incomingFolder(): string {
    return path.join(this.config.attachmentDir, 'incoming');
  }

  /**
   * Takes contents out of the books that nothing names any more; their files go with {@link removeUnnamed} once that is committed.
   * @param finishedJob a job that has read its file and needs it no longer
   * @returns the contents that nothing names
   */
  async forget(tx: EntityManager, contents: readonly string[], finishedJob: string | null = null): Promise<string[]> {
    const [gone] = await tx.query<[{ sha256: string }[], number]>(
      `delete from blob where sha256 = any ($1) and not exists (select from attachment where sha256 = blob.sha256)
         and not exists (select from document where sha256 = blob.sha256) and not exists (select from document_template where sha256 = blob.sha256)
         and not exists (select from report_file where sha256 = blob.sha256)
         and not exists (select from background_job where parameters ->> 'sha256' = blob.sha256 and state <> 'succeeded' and id is distinct from $2)
       returning sha256`,
      [contents, finishedJob],
    );
    return gone.map(({ sha256 }) => sha256);
  }

  /** Removes a content that no row names; somebody else may have stored the same one in the meantime: then it stays. */
  async removeUnnamed(sha256: string): Promise<void> {
    const [row] = await this.transactions.manager.query<unknown[]>('select from blob where sha256 = $1', [sha256]);
    if (!row) await this.store.remove(sha256);
  }
}

async function receive(stream: Readable, file: string, limit: number): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      hash.update(chunk);
      done(size > limit ? tooLarge(limit) : null, chunk);
    },
  });
  await pipeline(stream, measure, createWriteStream(file, { mode: 0o600 }));
  return { sha256: hash.digest('hex'), size };
}

function allowedType(mediaType: string | undefined): string {
  if (mediaType && allowedTypes.includes(mediaType)) return mediaType;
  throw Problem.field('unsupported-media-type', '/file', 'file_type', {
    vi: `Loại tệp ${mediaType ?? 'không xác định'} không được nhận. Cho phép: ${allowedTypes.join(', ')}.`,
    en: `The file is ${mediaType ?? 'of an unknown type'}. Allowed: ${allowedTypes.join(', ')}.`,
  });
}

function tooLarge(limit: number): Problem {
  return Problem.field('payload-too-large', '/file', 'too_large', {
    vi: `Tệp lớn hơn ${limit} byte.`,
    en: `The file is larger than ${limit} bytes.`,
  });
}

function empty(): Problem {
  return Problem.field('validation-failed', '/file', 'empty', { vi: 'Tệp rỗng.', en: 'The file is empty.' });
}
