import 'reflect-metadata';
import path from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { ConfigError, readConfig } from './config/config.js';
import { actingAsSystem } from './database/acting.js';
import { EmbeddedServerError } from './database/embedded-server.js';
import { type OpenDatabase, openDatabase } from './database/open-database.js';
import { DatabaseError } from './database/reach.js';
import { Problem } from './problems/problem.js';
import { SealError } from './sealing/key-ring.js';

/**
 * Runs a command of the shell with the services of the product, on the same settings and database as the server, which may be running.
 * What goes wrong is told in one line each and ends with exit code 1.
 */
export async function runCommand(work: (app: INestApplicationContext, database: OpenDatabase) => Promise<void>): Promise<void> {
  try {
    const config = readConfig();
    const database = await openDatabase(config);
    try {
      const app = await NestFactory.createApplicationContext(AppModule.with({ ...config, databaseUrl: database.url, workers: 0 }), {
        logger: ['error', 'fatal'],
      });
      const action = `command ${path.basename(process.argv[1] ?? '', '.js')}`;
      await actingAsSystem(action, () => work(app, database)).finally(() => app.close());
    } finally {
      await database.close();
    }
  } catch (error) {
    console.error(oneLine(error) ?? error);
    process.exitCode = 1;
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
  const known = [ConfigError, EmbeddedServerError, DatabaseError, SealError, UsageError];
  return known.some((kind) => error instanceof kind) ? (error as Error).message : undefined;
}
