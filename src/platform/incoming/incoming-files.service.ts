import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { ParsingService } from '../parsing/parsing.service.js';
import { Problem } from '../problems/problem.js';
import { diskClock } from './disk-clock.js';
import { type FileUse, ReceivedFile } from './received-file.js';
import { VirusScanner } from './virus-scanner.js';

/** What may be attached, by what the file really is. */
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

/** A table is read as text and numbers and never given out again: its type is not looked at. */
const uses = {
  attachment: { limit: 'attachmentLimit', mayBeEmpty: false, typed: true, scanned: true },
  ledger: { limit: 'ledgerLimit', mayBeEmpty: false, typed: false, scanned: true },
  // A table of a request is gone with its answer, and an empty one is refused in the words of what reads it.
  table: { limit: 'importLimit', mayBeEmpty: true, typed: false, scanned: false },
} as const satisfies Record<FileUse, { limit: keyof Config; mayBeEmpty: boolean; typed: boolean; scanned: boolean }>;

/** After so long without a byte an incoming file belongs to nobody: the process that took it has ended. */
const abandonedAfter = 3_600_000;

/** A file that has come in whole, and is not looked at yet. */
export interface Spooled {
  path: string;
  sha256: string;
  size: number;
}

/** The folder through which every file passes on its way in, made here or sent. */
@Injectable()
export class IncomingFiles implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('IncomingFiles');
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly parsing: ParsingService,
    private readonly scanner: VirusScanner,
  ) {}

  /** Every instance looks into its own folder: where contents lie in a bucket, nobody else can. */
  async onModuleInit(): Promise<void> {
    await this.tidy();
    this.timer = setInterval(() => void this.tidy(), abandonedAfter).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /**
   * Writes a stream to the disk; when it fails, nothing is left of it.
   * @throws Problem `payload-too-large` as soon as more has come than this use allows
   */
  async spool(stream: Readable, use: FileUse): Promise<Spooled> {
    const limit = this.config[uses[use].limit];
    const hash = createHash('sha256');
    let size = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length;
        hash.update(chunk);
        done(size > limit ? tooLarge(limit) : null, chunk);
      },
    });
    const file = await this.newPath();
    try {
      // Flushed: once a row names it, it outlives the loss of power.
      await pipeline(stream, measure, createWriteStream(file, { mode: 0o600, flush: true }));
    } catch (error) {
      await this.drop(file);
      throw error;
    }
    return { path: file, sha256: hash.digest('hex'), size };
  }

  /** {@link spool} for a content that was made here. */
  async write(content: Buffer): Promise<Spooled> {
    const file = await this.newPath();
    try {
      await writeFile(file, content, { mode: 0o600, flush: true });
    } catch (error) {
      await this.drop(file);
      throw error;
    }
    return { path: file, sha256: createHash('sha256').update(content).digest('hex'), size: content.length };
  }

  /**
   * Looks at a file as far as its use asks for.
   * @throws Problem `unsupported-media-type`, `infected-file`, `service-unavailable`; `validation-failed` when it is empty
   */
  async look({ path: file, sha256, size }: Spooled, filename: string, use: FileUse): Promise<ReceivedFile> {
    const { mayBeEmpty, typed, scanned } = uses[use];
    if (size === 0 && !mayBeEmpty) throw empty();
    const mediaType = typed ? allowedType(await this.parsing.typeOf(file)) : 'application/octet-stream';
    return new ReceivedFile(file, filename, sha256, size, mediaType, scanned ? await this.scanner.scan(file) : 'not_configured');
  }

  /** Removes an incoming file that no store has taken over. */
  async drop(file: string): Promise<void> {
    await rm(file, { force: true });
  }

  /** Removes what processes left that were killed. What cannot be removed now is tried again an hour later. */
  private async tidy(): Promise<void> {
    try {
      // eslint-disable-next-line failures/swallowed-failure -- a folder that is not there has nothing in it
      const names = await readdir(this.folder).catch(() => []);
      if (names.length === 0) return;
      const now = await diskClock(this.folder);
      let removed = 0;
      for (const name of names) {
        const file = path.join(this.folder, name);
        // eslint-disable-next-line failures/swallowed-failure -- a file that is gone meanwhile is not old
        const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: now }));
        if (now - mtimeMs <= abandonedAfter) continue;
        await rm(file, { force: true });
        removed++;
      }
      if (removed > 0) this.logger.warn({ msg: 'Incoming files that nobody finished were removed', removed });
    } catch (error) {
      this.logger.warn({ msg: 'The folder of incoming files could not be tidied', code: (error as NodeJS.ErrnoException).code });
    }
  }

  private async newPath(): Promise<string> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    return path.join(this.folder, randomUUID());
  }

  private get folder(): string {
    return path.join(this.config.attachmentDir, 'incoming');
  }
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
