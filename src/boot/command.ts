import 'reflect-metadata';
import path from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { BackupError } from './backup/backup-error.js';
import { type Config, ConfigError, readConfig } from '../platform/config/config.js';
import { actingAsSystem } from '../platform/database/acting.js';
import { EmbeddedServerError } from '../platform/database/embedded-server.js';
import { type OpenDatabase, openDatabase } from './database/open-database.js';
import { DatabaseError } from '../platform/database/reach.js';
import { Problem } from '../platform/problems/problem.js';
import { SealError } from '../platform/sealing/key-ring.js';

/**
 * Runs a command of the shell with the services of the product, on the same settings and database as the server, which may be running.
 * What goes wrong is told in one line each and ends with exit code 1.
 */
export function runCommand(work: (app: INestApplicationContext, database: OpenDatabase) => Promise<void>): Promise<void> {
  return inOneLine((config) => withServices(config, work));
}

/** {@link runCommand} without the services, for work that neither needs them nor wants the schema brought up to date. */
export async function inOneLine(work: (config: Config) => Promise<void>): Promise<void> {
  try {
    await work(readConfig());
  } catch (error) {
    console.error(oneLine(error) ?? error);
    process.exitCode = 1;
  }
}

/** Work with the services of the product, which bring the schema up to date first. */
export async function withServices<T>(
  config: Config,
  work: (app: INestApplicationContext, database: OpenDatabase) => Promise<T>,
): Promise<T> {
  // Loaded where it is needed: it is the whole product.
  const { AppModule } = await import('./app.module.js');
  const database = await openDatabase(config);
  try {
    const app = await NestFactory.createApplicationContext(AppModule.forRoot({ ...config, databaseUrl: database.url, workers: 0 }), {
      logger: ['error', 'fatal'],
    });
    const action = `command ${path.basename(process.argv[1] ?? '', '.js')}`;
    return await actingAsSystem(action, () => work(app, database)).finally(() => app.close());
  } finally {
    await database.close();
  }
}

/** A wrong use of a command; the message is its usage. */
export class UsageError extends Error {}

function oneLine(error: unknown): string | undefined {
  if (error instanceof Problem)
    return [
      error.message,
      ...error.errors.map(({ line, column, pointer, detail }) => `  ${line ? `line ${line}, ${column}` : pointer}: ${detail.en}`),
    ].join('\n');
  const known = [BackupError, ConfigError, EmbeddedServerError, DatabaseError, SealError, UsageError];
  return known.some((kind) => error instanceof kind) ? (error as Error).message : undefined;
}
