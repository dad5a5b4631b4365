import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { AccountEntity } from '../auth/account.entity.js';
import { migrations } from './migrations.js';
import { SnakeNaming } from './naming.js';

// A legal day is a day in Viet Nam, not a moment: it stays the text YYYY-MM-DD and never becomes a Date of the machine's zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (day) => day);
// Counts are bigint in PostgreSQL; ours stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** How this product connects: one list of entities, one list of migrations, the session in Vietnamese time. */
export function dataSourceOptions(url: string, poolSize = 10): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    poolSize,
    applicationName: 'tiepdan',
    entities: [AccountEntity],
    migrations,
    migrationsTransactionMode: 'each',
    namingStrategy: new SnakeNaming(),
    installExtensions: false,
    extra: {
      options: '-c timezone=Asia/Ho_Chi_Minh -c lock_timeout=10s -c statement_timeout=60s -c idle_in_transaction_session_timeout=60s',
    },
  };
}
