import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, classify, file, unitId } from './support/stories.js';

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const migrate = (...parameters: string[]) =>
  spawnSync(process.execPath, ['dist/src/database/migrate.js', ...parameters], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: server.databaseUrl,
      NODE_ENV: 'test',
      TIEPDAN_MASTER_KEY: process.env['E2E_MASTER_KEY']!,
    },
    encoding: 'utf8',
  });

const schema = async (): Promise<string> => {
  const columns = await server.sql(
    `select table_name, column_name, data_type, is_nullable, column_default from information_schema.columns where table_schema = 'public' order by 1, 2`,
  );
  const constraints = await server.sql(
    `select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace order by 1, 2`,
  );
  const routines = await server.sql(
    `select proname, prosrc from pg_proc where pronamespace = 'public'::regnamespace and prolang <> (select oid from pg_language where lanname = 'c') order by 1, 2`,
  );
  const indexes = await server.sql(`select indexname, indexdef from pg_indexes where schemaname = 'public' order by 1`);
  return JSON.stringify({ columns, constraints, routines, indexes }, null, 1);
};

it('running again changes nothing and keeps what is stored', async () => {
  const clerk = await server.as('commune.clerk');
  const petition = await classify(clerk, await file(clerk, aComplaintAbout(await unitId(clerk, '00004'))));
  expect(migrate().status).toBe(0);
  expect((await clerk.get(`/petitions/${petition.id}`)).body).toEqual(petition);
});

it('every migration goes back, and forth to the same schema', async () => {
  const before = await schema();
  const [{ count } = { count: 0 }] = await server.sql<{ count: number }>('select count(*)::int as count from migrations');
  for (let step = 0; step < count; step++) {
    const { status, stderr } = migrate('--down');
    expect([status, stderr]).toEqual([0, '']);
  }
  const left = await server.sql(
    `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v') and relname <> 'migrations'`,
  );
  expect(left).toEqual([]);
  expect(migrate().status).toBe(0);
  expect(await schema()).toBe(before);
}, 240_000);
