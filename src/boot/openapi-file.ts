import { readFileSync, writeFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { readConfig } from '../platform/config/config.js';
import { buildOpenApi } from '../platform/http/openapi.js';
import { apiPrefix, outsideApi } from './http/server.js';

/** `npm run openapi` writes docs/openapi.json from the code; `--check` fails when the two differ. Needs no database. */
const file = 'docs/openapi.json';
const config = readConfig({ LOG_LEVEL: 'silent' }, '');
const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(config), new FastifyAdapter(), {
  preview: true,
  logger: false,
  // Without it what is wrong with a module ends the process without a word.
  abortOnError: false,
});
app.setGlobalPrefix(apiPrefix, { exclude: outsideApi });
const document = `${JSON.stringify(buildOpenApi(app), null, 2)}\n`;
if (process.argv.includes('--write')) writeFileSync(file, document);
else if (readFileSync(file, 'utf8') !== document) {
  console.error(`${file} differs from the code: run npm run openapi and look at the change.`);
  process.exitCode = 1;
}
