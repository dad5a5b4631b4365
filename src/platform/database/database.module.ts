// Database: the connection, transactions and migrations that every module uses.
import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CONFIG, type Config } from '../config/config.js';
import { apiSession, dataSourceOptions } from './data-source.js';
import { Primary } from './primary.js';
import { Replica } from './replica.js';
import { Transactions } from './transactions.js';

@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [CONFIG],
      // The schema is brought up to date before Nest starts (see prepareDatabase), so one failing attempt is the answer.
      useFactory: (config: Config) => ({
        ...dataSourceOptions(config.databaseUrl, config.databasePool, apiSession(config), { maximumWaiting: config.databaseWaiting }),
        retryAttempts: 0,
        // Each room names its own entities (TypeOrmModule.forFeature).
        autoLoadEntities: true,
      }),
    }),
  ],
  providers: [Primary, Replica, Transactions],
  exports: [Primary, Transactions],
})
export class DatabaseModule {}
