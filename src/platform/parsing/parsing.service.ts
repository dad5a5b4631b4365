import { randomUUID } from 'node:crypto';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { Problem, type ProblemCode } from '../problems/problem.js';
import type { Row, TabularFormat } from '../tabular/row.js';
import { spooledRows } from '../tabular/spool.js';
import { FileFault } from './file-fault.js';
import { parsingLimits } from './limits.js';
import type { TaskInput, TaskName, TaskOutput } from './tasks.js';
import { ThreadPool } from './thread-pool.js';

/** How many wait for a thread before others are sent away. */
const longestQueue = 32;

/** Rows of a table that was read whole, to be looked at as often as one likes. */
export interface ReadTable {
  count: number;
  rows: () => AsyncGenerator<Row>;
}

export interface TableOptions {
  /** A ledger of a background job may be larger and take longer than a table whose sender waits. */
  kind?: 'upload' | 'ledger';
  /** Reading ends after so many rows. */
  atMost?: number;
  signal?: AbortSignal;
}

/** The one place where files from outside are read: in threads of their own, within limits, so that no file holds up the server. */
@Injectable()
export class ParsingService implements OnApplicationShutdown {
  private readonly uploads: ThreadPool;
  private readonly ledgers: ThreadPool;
  /** Papers and types of files: what takes milliseconds never waits behind what takes seconds. */
  private readonly short: ThreadPool;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.uploads = new ThreadPool(config.parsers, longestQueue);
    this.ledgers = new ThreadPool(Math.max(1, config.workers), longestQueue);
    this.short = new ThreadPool(config.parsers, 10 * longestQueue);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.uploads.close(), this.ledgers.close(), this.short.close()]);
  }

  /**
   * Reads a table and hands its rows to `use`; nothing is left of them afterwards.
   * @throws Problem `import-refused` saying what is wrong with the file; `payload-too-large`
   */
  async withTable<T>(
    file: Readable,
    format: TabularFormat,
    { kind = 'upload', atMost, signal }: TableOptions,
    use: (table: ReadTable) => Promise<T>,
  ): Promise<T> {
    const limits = parsingLimits[kind];
    const folder = path.join(this.config.attachmentDir, 'incoming');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const [source, spool] = [path.join(folder, randomUUID()), path.join(folder, randomUUID())];
    let handle: FileHandle | undefined;
    try {
      try {
        const most = kind === 'ledger' ? this.config.ledgerLimit : this.config.importLimit;
        await pipeline(file, (chunks: AsyncIterable<Buffer>) => upTo(most, chunks), createWriteStream(source, { mode: 0o600 }), { signal });
        const order = { source: { path: source }, format, spool, limits, ...(atMost !== undefined && { atMost }) };
        const pool = kind === 'ledger' ? this.ledgers : this.uploads;
        const count = await asProblem('import-refused', () => pool.run('spoolRows', order, { seconds: limits.seconds, signal }));
        // The file loses its name while it is open: whatever becomes of this process, nothing of the rows stays behind.
        handle = await open(spool, 'r');
        const opened = handle;
        await rm(spool);
        return await use({ count, rows: () => spooledRows(opened) });
      } finally {
        await rm(source, { force: true });
        await rm(spool, { force: true });
      }
    } finally {
      await handle?.close();
    }
  }

  /** @throws Problem `import-refused` with line and column of every fault */
  table<Column extends string>(
    content: Uint8Array,
    required: readonly Column[],
    optional: readonly Column[],
  ): Promise<{ line: number; values: Record<Column, string> }[]> {
    const input = { content, required: [...required], optional: [...optional] };
    return this.upload('import-refused', 'readTable', input, parsingLimits.upload.seconds);
  }

  /** @throws Problem `template-refused` naming every fault */
  inspectTemplate(content: Uint8Array): Promise<string[]> {
    return this.upload('template-refused', 'inspectTemplate', { content }, parsingLimits.template.seconds);
  }

  /** @throws Problem `template-refused` where the template does not fill */
  async fillTemplate(content: Uint8Array, values: TaskInput<'fillTemplate'>['values']): Promise<Buffer> {
    const { seconds } = parsingLimits.template;
    return Buffer.from(await asProblem('template-refused', () => this.short.run('fillTemplate', { content, values }, { seconds })));
  }

  /** The media type by the content; undefined where it is not known, also because it cannot be told in time. */
  async typeOf(file: string): Promise<string | undefined> {
    try {
      return await this.short.run('typeOf', { path: file }, { seconds: parsingLimits.type.seconds });
    } catch (error) {
      if (error instanceof FileFault) return undefined;
      throw error;
    }
  }

  private upload<Name extends TaskName>(code: ProblemCode, name: Name, input: TaskInput<Name>, seconds: number): Promise<TaskOutput<Name>> {
    return asProblem(code, () => this.uploads.run(name, input, { seconds }));
  }
}

/** @throws Problem `payload-too-large` once more than that has come */
async function* upTo(most: number, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > most)
      throw Problem.field('payload-too-large', '/file', 'too_large', {
        vi: `Tệp lớn hơn ${most} byte.`,
        en: `The file is larger than ${most} bytes.`,
      });
    yield chunk;
  }
}

async function asProblem<T>(code: ProblemCode, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof FileFault ? error.toProblem(code) : error;
  }
}
