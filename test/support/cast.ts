import { NestFactory } from '@nestjs/core';

/** A module of the built product in dist/, as it is shipped. */
export function built<Module>(file: string): Promise<Module> {
  return import(`../../dist/src/${file}`) as Promise<Module>;
}

export async function migrate(databaseUrl: string, masterKey: string): Promise<void> {
  const { prepareDatabase } = await built<typeof import('../../src/boot/database/prepare.js')>('boot/database/prepare.js');
  const { readConfig } = await built<typeof import('../../src/platform/config/config.js')>('platform/config/config.js');
  const { readMasterKeys } = await built<typeof import('../../src/platform/sealing/master-keys.js')>('platform/sealing/master-keys.js');
  await prepareDatabase(databaseUrl, readMasterKeys(readConfig({ TIEPDAN_MASTER_KEY: masterKey }, '')));
}

/** Stores the demo's units and accounts in a migrated database. */
export async function storeCast(databaseUrl: string, masterKey: string, keysFolder: string): Promise<void> {
  const { AppModule } = await built<typeof import('../../src/boot/app.module.js')>('boot/app.module.js');
  const { readConfig } = await built<typeof import('../../src/platform/config/config.js')>('platform/config/config.js');
  const { storeDemoCast } = await built<typeof import('../../src/demo/demo.js')>('demo/demo.js');
  const config = readConfig(
    {
      DATABASE_URL: databaseUrl,
      TIEPDAN_DATA_DIR: keysFolder,
      TIEPDAN_MASTER_KEY: masterKey,
      LOG_LEVEL: 'silent',
      TIEPDAN_WORKERS: '0',
    },
    '',
  );
  const app = await NestFactory.createApplicationContext(AppModule.forRoot(config), { logger: false, abortOnError: false });
  await storeDemoCast(app);
  await app.close();
}
