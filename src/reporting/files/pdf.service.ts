import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Problem } from '../../platform/problems/problem.js';

const run = promisify(execFile);
const timeoutMilliseconds = 60_000;

/** Workbooks as PDF, by LibreOffice where the server has it. */
@Injectable()
export class PdfService implements OnModuleDestroy {
  /** One at a time: each takes a core and some hundred megabytes. */
  private last: Promise<unknown> = Promise.resolve();

  private readonly stopping = new AbortController();

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** LibreOffice does not outlive the process that started it. */
  onModuleDestroy(): void {
    this.stopping.abort();
  }

  /** @throws Problem `service-unavailable` without LibreOffice, or where it does not finish within a minute */
  convert(workbook: Readable): Promise<Buffer> {
    const mine = this.last.then(
      () => this.convertNow(workbook),
      () => this.convertNow(workbook),
    );
    // eslint-disable-next-line failures/swallowed-failure -- told to whoever asked; the next one begins all the same
    this.last = mine.catch(() => undefined);
    return mine;
  }

  private async convertNow(workbook: Readable): Promise<Buffer> {
    const folder = await mkdtemp(path.join(tmpdir(), 'tiepdan-pdf-'));
    try {
      const source = path.join(folder, 'report.xlsx');
      await pipeline(workbook, createWriteStream(source, { mode: 0o600 }));
      // A profile of its own: an office that somebody else runs must not answer for this one.
      const profile = `-env:UserInstallation=${pathToFileURL(path.join(folder, 'profile')).href}`;
      await run(this.config.soffice, [profile, '--headless', '--norestore', '--convert-to', 'pdf', '--outdir', folder, source], {
        timeout: timeoutMilliseconds,
        killSignal: 'SIGKILL',
        signal: this.stopping.signal,
      });
      return await readFile(path.join(folder, 'report.pdf'));
    } catch (cause) {
      throw unavailable(cause);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

function unavailable(cause: unknown): Problem {
  const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
  return new Problem(
    'service-unavailable',
    missing
      ? {
          vi: 'Máy chủ chưa cài LibreOffice (TIEPDAN_SOFFICE) nên chưa xuất được PDF; hãy tải tệp XLSX.',
          en: 'The server has no LibreOffice (TIEPDAN_SOFFICE), which makes the PDF; take the XLSX.',
        }
      : { vi: 'Không chuyển được sang PDF trong thời gian cho phép; hãy thử lại.', en: 'The PDF was not made in time; try again.' },
    [],
    {},
    cause,
  );
}
