import 'reflect-metadata';
import { setTimeout as pause } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { AppModule } from './app.module.js';
import { type Config, ConfigError } from '../platform/config/config.js';
import { actingAsSystem } from '../platform/database/acting.js';
import { EmbeddedServerError } from '../platform/database/embedded-server.js';
import { openDatabase, type OpenDatabase } from './database/open-database.js';
import { DatabaseError } from '../platform/database/reach.js';
import { demoPassword } from '../demo/accounts.js';
import { demoIsWanted, loadDemo, openDemoAccounts, refuseDemoInProduction } from '../demo/demo.js';
import { createServer } from './http/server.js';
import { Stopping } from '../platform/http/stopping.js';
import { sayingSo } from '../platform/text/progress.js';
import { SealError } from '../platform/sealing/key-ring.js';

/** How long the embedded database may take to stop. */
const databaseSeconds = 10;

/** Starts everything in order: database, schema, demo data, HTTP. What cannot start says why in one line, and ends the process. */
export async function start(config: Config): Promise<void> {
  try {
    await open(config);
  } catch (error) {
    console.error(explain(error) ?? error);
    process.exit(1);
  }
}

async function open(config: Config): Promise<void> {
  const database = await openDatabase(config);
  try {
    const running = { ...config, databaseUrl: database.url };
    const app = await createServer(AppModule.forRoot(running), running);
    await app.init();
    const dataSource = app.get(DataSource);
    await refuseDemoInProduction(running, dataSource);
    if (await demoIsWanted(running, database.isEmbedded, dataSource))
      await sayingSo('Filling the empty database with the demo', () => actingAsSystem('demo', () => loadDemo(app)));
    // Not app.listen(), which would log a fault that is told below.
    await app.getHttpAdapter().getInstance().listen({ port: running.port, host: running.host });
    stopOnSignals(app, database, running);
    await announce(app, dataSource);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/**
 * The first signal tells those who ask whether it is ready, lets running requests finish, then stops the database; a second one does not wait.
 * What follows at once is the same Ctrl-C, which reaches this process from the terminal and again through npm. Whatever hangs, the process ends.
 */
function stopOnSignals(app: NestFastifyApplication, database: OpenDatabase, { stopPause, stopSeconds }: Config): void {
  let stoppingSince: number | undefined;
  const stop = async (): Promise<void> => {
    if (stoppingSince !== undefined) {
      if (Date.now() - stoppingSince > 1000) process.exit(130);
      return;
    }
    stoppingSince = Date.now();
    // What is cut off within a library by the end of its connections must not end the process before its time: requests are answered, the
    // embedded database is stopped.
    process.on('uncaughtException', ({ name }) => console.error(`While stopping: ${name}`));
    const stopping = app.get(Stopping);
    stopping.begin();
    await pause(stopPause * 1000);
    // Nobody new comes in; who is in is answered.
    stopping.closeDoor();
    const drained = await within(stopSeconds, app.close());
    if (!drained) console.error(`Not everything ended within ${stopSeconds} s (TIEPDAN_STOP_SECONDS); what was under way is given up.`);
    await within(databaseSeconds, database.close());
    process.exit(drained ? 0 : 1);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
}

/** Whether the work ended in time, well or not. */
async function within(seconds: number, work: Promise<unknown>): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), seconds * 1000));
  return Promise.race([
    late,
    work.then(
      () => true,
      (error: unknown) => {
        console.error(error);
        return true;
      },
    ),
  ]);
}

async function announce(app: NestFastifyApplication, dataSource: DataSource): Promise<void> {
  const url = app
    .getHttpAdapter()
    .getInstance()
    .listeningOrigin.replace(/\[::1\]|127\.0\.0\.1|0\.0\.0\.0/, 'localhost');
  const demo = await openDemoAccounts(dataSource);
  const lines = [
    'Tiếp Dân is ready.',
    `  Swagger UI     ${url}/docs`,
    `  Report page    ${url}/reports/view`,
    `  OpenAPI        ${url}/openapi.json`,
    ...(demo.length > 0 ? [`  Demo accounts  ${demo.join(', ')}`, `  Password       ${demoPassword}`] : []),
  ];
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
}

/** Faults of the surroundings, each told in one line. */
function explain(error: unknown): string | undefined {
  if ([ConfigError, EmbeddedServerError, DatabaseError, SealError].some((kind) => error instanceof kind)) return (error as Error).message;
  const { code, port, address } = error as { code?: string; port?: number; address?: string };
  if (code === 'EADDRINUSE') return `PORT: ${address}:${port} is in use by another program; stop it or set another PORT`;
  if (code === 'EACCES' && port) return `PORT: ${port} may not be opened by this account; use a port from 1024 on`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST: the address is not one of this machine; use 127.0.0.1 or 0.0.0.0`;
  return undefined;
}
