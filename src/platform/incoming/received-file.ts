import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { ScanResult } from './virus-scanner.js';

/** What a file is taken for, and with it how large it may be and how it is looked at. */
export type FileUse = 'attachment' | 'ledger' | 'table';

/** A file that lies in the folder of incoming files, whole and looked at, until the request that brought it is answered. */
export class ReceivedFile {
  constructor(
    /** Where it lies, until a store takes it over. */
    readonly path: string,
    /** As its sender called it. */
    readonly filename: string,
    readonly sha256: string,
    readonly size: number,
    /** What it really is, whatever it is called. */
    readonly mediaType: string,
    readonly scan: ScanResult,
  ) {}

  whole(): Promise<Buffer> {
    return readFile(this.path);
  }

  stream(): Readable {
    return createReadStream(this.path);
  }
}
