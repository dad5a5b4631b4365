import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { programOf } from '../test/support/programs.ts';
import { until } from '../test/support/until.ts';
import { freePort } from './instance.ts';

/** nginx with the rules of deploy/nginx/api.conf before some instances, on loopback. */
export class Balancer {
  readonly url: string;
  private readonly process: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.process = child;
  }

  static isInstalled(): boolean {
    return programOf('nginx') !== undefined;
  }

  static async before(urls: readonly string[], folder: string): Promise<Balancer> {
    const port = await freePort();
    await mkdir(folder);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`);
    const servers = urls.map((url) => `server ${new URL(url).host} max_fails=3 fail_timeout=5s;`);
    const file = path.join(folder, 'nginx.conf');
    await writeFile(
      file,
      `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log; events {}
http { access_log off; ${temporary.join(' ')} upstream api { zone api 64k; ${servers.join(' ')} keepalive 32; }
server { listen 127.0.0.1:${port}; include ${path.resolve('deploy/nginx/api.conf')}; } }
`,
    );
    const child = spawn(programOf('nginx')!, ['-c', file], { stdio: 'ignore', detached: true });
    const balancer = new Balancer(`http://127.0.0.1:${port}`, child);
    await until(
      () =>
        fetch(`${balancer.url}/health/live`).then(
          ({ ok }) => ok,
          () => false,
        ),
      30,
    );
    return balancer;
  }

  stop(): void {
    this.process.kill();
  }
}
