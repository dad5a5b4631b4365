import { createReadStream } from 'node:fs';
import { connect } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { Problem } from '../problems/problem.js';

/** How a file was looked at. */
export type ScanResult = 'clean' | 'not_configured';

const silence = 30_000;

/** Asks clamd (the daemon of ClamAV) about a file with its INSTREAM command: chunks with their length before them, an empty one at the end. */
@Injectable()
export class VirusScanner {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /**
   * @returns `not_configured` where no clamd is named in the settings
   * @throws Problem `infected-file`; `service-unavailable` when clamd does not answer: nothing is stored unseen
   */
  async scan(file: string): Promise<ScanResult> {
    if (!this.config.clamd) return 'not_configured';
    const answer = await this.ask(file).catch((error: unknown) => {
      throw unavailable(error);
    });
    if (/ OK$/.test(answer)) return 'clean';
    if (/ FOUND$/.test(answer)) throw infected(answer);
    throw unavailable(new Error(answer));
  }

  private async ask(file: string): Promise<string> {
    const { host, port } = hostAndPort(this.config.clamd);
    const socket = connect({ host, port });
    socket.setTimeout(silence, () => socket.destroy(new Error('clamd is silent')));
    const answered = new Promise<string>((resolve, reject) => {
      let text = '';
      socket.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
      socket.on('end', () => resolve(text.replace(/\0/g, '').trim()));
      socket.on('error', reject);
    });
    const sent = this.send(file, socket);
    const [answer] = await Promise.all([answered, sent]);
    socket.destroy();
    return answer;
  }

  private async send(file: string, socket: NodeJS.WritableStream): Promise<void> {
    socket.write('zINSTREAM\0');
    for await (const chunk of createReadStream(file, { highWaterMark: 65_536 }) as AsyncIterable<Buffer>) {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(chunk.length);
      socket.write(length);
      if (!socket.write(chunk)) await new Promise((resolve) => socket.once('drain', resolve));
    }
    socket.write(Buffer.alloc(4));
  }
}

function hostAndPort(address: string): { host: string; port: number } {
  const at = address.lastIndexOf(':');
  return { host: address.slice(0, at), port: Number(address.slice(at + 1)) };
}

function infected(answer: string): Problem {
  const signature = /stream: (.+) FOUND/.exec(answer)?.[1] ?? '';
  return new Problem('infected-file', {
    vi: `Tệp có mã độc (${signature}); không được lưu.`,
    en: `The file is infected (${signature}); it was not stored.`,
  });
}

function unavailable(error: unknown): Problem {
  return new Problem(
    'service-unavailable',
    {
      vi: 'Dịch vụ quét mã độc không trả lời; tệp chưa được lưu. Hãy thử lại.',
      en: 'The virus scanner does not answer; the file was not stored. Try again.',
    },
    [],
    {},
    error,
  );
}
