import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { FileFault } from './file-fault.js';
import type { ParsingLimits } from './limits.js';

/** A file to be read: where it lies, or what it holds. */
export type FileSource = { path: string } | { content: Uint8Array };

/** Stored as it is, and deflated: the two that documents use (ISO/IEC 29500-2). */
const methods = [0, 8];

/**
 * A zip archive from outside. Entries are found by the central directory, whose names and count are checked; what they unpack to is counted
 * while it comes, and reading stops at the limit.
 */
export class Archive {
  private inflated = 0;

  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: Map<string, Entry>,
    private readonly limits: ParsingLimits,
  ) {}

  /** @throws FileFault when it is no archive, a torn one, or one with too many entries or with names that leave it */
  static async open(source: FileSource, limits: ParsingLimits): Promise<Archive> {
    const zip = await opened(source);
    try {
      if (zip.entryCount > limits.entries)
        throw FileFault.tooMuch('too_many_entries', limits.entries, { vi: 'tệp thành phần', en: 'entries' });
      return new Archive(zip, await entriesOf(zip), limits);
    } catch (error) {
      zip.close();
      throw asFault(error);
    }
  }

  get names(): string[] {
    return [...this.entries.keys()];
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /**
   * The bytes of an entry, unpacked.
   * @throws FileFault where it is broken, encrypted, not there, or more than the archive may unpack to
   */
  async *stream(name: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name);
    if (!entry) throw broken();
    if (entry.isEncrypted() || !methods.includes(entry.compressionMethod)) throw locked();
    try {
      for await (const chunk of (await this.zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
        this.inflated += chunk.length;
        if (this.inflated > this.limits.inflatedBytes)
          throw FileFault.tooMuch('too_large_unpacked', this.limits.inflatedBytes, {
            vi: 'byte sau khi giải nén',
            en: 'bytes when unpacked',
          });
        yield chunk;
      }
    } catch (error) {
      throw asFault(error);
    }
  }

  async read(name: string): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.stream(name)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  close(): void {
    this.zip.close();
  }
}

async function opened(source: FileSource): Promise<ZipFile> {
  try {
    // Names are checked, and an entry that is longer than the directory says is refused when it is read.
    const options = { lazyEntries: true, autoClose: false, decodeStrings: true, validateEntrySizes: true };
    return 'path' in source
      ? await yauzl.openPromise(source.path, options)
      : await yauzl.fromBufferPromise(Buffer.from(source.content.buffer, source.content.byteOffset, source.content.byteLength), options);
  } catch (error) {
    throw asFault(error);
  }
}

function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      if (entries.has(entry.fileName)) {
        // Two of a name: what one program reads is not what another one reads.
        reject(broken());
        return;
      }
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', reject);
    zip.readEntry();
  });
}

function asFault(error: unknown): Error {
  if (error instanceof FileFault) return error;
  const { code } = error as NodeJS.ErrnoException;
  // What the disk says is no fault of the file.
  return code && /^E[A-Z]+$/.test(code) ? (error as Error) : broken();
}

function broken(): FileFault {
  return new FileFault('broken_archive', {
    vi: 'Tệp hỏng hoặc không đúng định dạng: không giải nén được. Hãy mở tệp bằng Excel hoặc Word, lưu lại rồi gửi lại.',
    en: 'The file is broken or of another format: it does not unpack. Open it in Excel or Word, save it anew and send it again.',
  });
}

function locked(): FileFault {
  return new FileFault('encrypted', {
    vi: 'Tệp có mật khẩu hoặc nén theo cách không đọc được. Hãy bỏ mật khẩu, lưu lại rồi gửi lại.',
    en: 'The file has a password, or is packed in a way that is not read. Take the password off, save it anew and send it again.',
  });
}
