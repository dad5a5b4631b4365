import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client } from './support/client.js';
import { anOffice } from './support/reception.js';
import { startServer, type TestServer } from './support/server.js';
import { until } from './support/until.js';

/** Columns that may hold any JSON, each with its reason. */
const anyShape = new Map([['idempotency_key.body', 'an answer as it was given, whatever it was']]);

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

it('every jsonb column says whether it holds a list or an object', async () => {
  const columns = await server.sql<{ name: string; checked: boolean }>(
    `select c.table_name || '.' || c.column_name as name, exists (
       select from pg_constraint k where k.conrelid = format('public.%I', c.table_name)::regclass and k.contype = 'c'
         and pg_get_constraintdef(k.oid) ~ ('jsonb_typeof\\("?' || c.column_name || '"?\\) = ')) as checked
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and c.data_type = 'jsonb' and t.table_type = 'BASE TABLE' order by 1`,
  );
  expect(columns.length).toBeGreaterThan(30);
  expect(columns.filter(({ name, checked }) => !checked && !anyShape.has(name)).map(({ name }) => name)).toEqual([]);
});

it('what an earlier version stored as JSON null is mended, and its office answers again', async () => {
  const clerk = await server.as('commune.clerk');
  const office = await anOffice(clerk);
  const [first] = await server.sql<{ name: string }>('select name from migrations where timestamp >= 1764000000031 order by id limit 1');
  expect(server.command('boot/database/migrate.js', `--down=${first!.name}`).status).toBe(0);
  await server.sql(`update reception_room set equipment = 'null' where office_id = $1`, [office.id]);
  expect((await clerk.get(`/reception-offices/${office.id}`)).status).toBe(500);
  expect(server.command('boot/database/migrate.js').status).toBe(0);
  // Another epoch has begun, whose tokens hold.
  const { body } = await until(async () => {
    const answer = await (await Client.signIn(server.url, 'commune.clerk')).get(`/reception-offices/${office.id}`);
    return answer.status === 200 && answer;
  });
  expect(body.rooms[0].equipment).toEqual([]);
  await expect(server.sql(`update reception_room set equipment = 'null' where office_id = $1`, [office.id])).rejects.toThrow(
    /reception_room_equipment_shape/,
  );
});
