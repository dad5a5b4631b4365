import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  emptyWhereSealed,
  peopleTables,
  type PeopleTable,
  personAttributes,
  sealedPeopleTables,
} from '../src/petitions/identity/person-attributes.js';
import { startServer, type TestServer } from './support/server.js';
import { aDenunciationOf, file, unitId } from './support/stories.js';

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

it.each(Object.keys(peopleTables) as PeopleTable[])(
  '%s holds nothing but what its list calls clear, sealed or an attribute',
  async (table) => {
    const { attributes, clear, gone, sealed } = peopleTables[table];
    const columns = await server.sql<{ name: string }>(
      'select column_name as name from information_schema.columns where table_schema = current_schema() and table_name = $1 order by 1',
      [table],
    );
    const listed = [...clear, ...gone, ...sealed, ...attributes.map((name) => personAttributes[name].column)];
    expect(columns.map(({ name }) => name)).toEqual(listed.sort());
  },
);

it.each(sealedPeopleTables)(
  'the database refuses whatever stands beside a seal of %s, in every column that is not clear',
  async (table) => {
    const covered = await server.sql<{ column: string }>(
      `select attname as column from pg_constraint join pg_attribute on attrelid = conrelid and attnum = any (conkey)
     where conrelid = $1::regclass and conname = $2`,
      [table, `${table}_sealed`],
    );
    expect(covered.map(({ column }) => column)).toEqual(expect.arrayContaining(emptyWhereSealed(table).map(({ column }) => column)));
  },
);

it('a party of a denunciation has no attribute in clear, and a value in any of them is refused', async () => {
  const clerk = await server.as('commune.clerk');
  const parties = [{ role: 'petitioner', type: 'person', name: 'Quách Thị Sương Mai', birthYear: 1977, office: 'Giáo viên' }];
  const { id } = await file(clerk, aDenunciationOf(await unitId(clerk, '00004'), 'official', { parties }));
  const attributes = emptyWhereSealed('petition_party');
  const [stored] = await server.sql<Record<string, unknown>>('select * from petition_party where petition_id = $1', [id]);
  for (const { column, empty } of attributes) expect([column, stored![column]]).toEqual([column, empty]);
  for (const { column } of attributes.filter((one) => one.column !== 'person_id'))
    await expect(
      server.sql(
        `update petition_party p set ${column} = v.${column} from jsonb_populate_record(null::petition_party, '{"${column}": ${column === 'authorisation' ? '{}' : 1977}}') v
        where p.petition_id = $1`,
        [id],
      ),
    ).rejects.toMatchObject({ constraint: 'petition_party_sealed' });
});
