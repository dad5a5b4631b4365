import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { centralServer } from './support/imported-structure.js';
import { realUnits } from './support/real-units.js';
import { startServer, type TestServer } from './support/server.js';

describe('importing the units of Viet Nam', () => {
  let server: TestServer;
  let admin: Client;
  const files = realUnits();
  const before = { validFrom: '2008-08-01', validTo: '2025-06-30' };
  const since = { validFrom: '2025-07-01' };

  beforeAll(async () => {
    ({ server, admin } = await centralServer());
  });
  afterAll(() => server.stop());

  it('lists with dryRun what would change, and changes nothing', async () => {
    const { status, body } = await admin.upload('/units/imports', files.before, { ...before, dryRun: 'true' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ dryRun: true, rows: files.beforeRows, created: files.beforeRows, changed: 0, unchanged: 0 });
    expect(body.changes).toHaveLength(files.beforeRows);
    expect((await admin.get('/units?count=exact&limit=1')).body.total).toBe(1);
  });

  it('imports whole files, both structures and the mergers', async () => {
    const first = await admin.upload('/units/imports', files.before, before);
    const second = await admin.upload('/units/imports', files.since, since);
    const mergers = await admin.upload('/units/successions/imports', files.mergers, { succeededOn: '2025-07-01' });
    expect([first.status, second.status, mergers.status]).toEqual([200, 200, 200]);
    expect([first.body.created, second.body.created, mergers.body.created]).toEqual([files.beforeRows, files.sinceRows, files.mergerRows]);
    expect((await admin.get('/units?count=exact&limit=1')).body.total).toBe(1 + files.beforeRows + files.sinceRows);
  }, 90_000);

  it('changes nothing the second time', async () => {
    const answers = await Promise.all([
      admin.upload('/units/imports', files.before, before),
      admin.upload('/units/imports', files.since, since),
      admin.upload('/units/successions/imports', files.mergers, { succeededOn: '2025-07-01' }),
    ]);
    expect(answers.map(({ body }) => [body.created, body.changed, body.continued, body.changes.length])).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
  }, 60_000);

  it('keeps the same code in two periods as two units, one after the other', async () => {
    const [old] = (await admin.get('/units?code=00004&asOf=2018-05-10')).body.items;
    const [current] = (await admin.get('/units?code=00004&asOf=2026-05-10')).body.items;
    expect(old).toMatchObject({
      name: 'Phường Trúc Bạch',
      validTo: '2025-06-30',
      successors: [{ unitId: current.id, portion: 'whole', on: '2025-07-01' }],
    });
    expect(current).toMatchObject({ name: 'Phường Ba Đình', validFrom: '2025-07-01', validTo: null });
    expect((await admin.get('/units?code=00004')).body.items).toHaveLength(2);
    const split = (await admin.get('/units?code=00019&asOf=2018-05-10')).body.items[0];
    expect(split.successors.map(({ portion }: Json) => portion)).toContain('part');
  });

  it('knows the superiors of a day', async () => {
    const [trucBach] = (await admin.get('/units?code=00004&asOf=2018-05-10')).body.items;
    const names = async (asOf: string): Promise<string[]> =>
      (await admin.get(`/units/${trucBach.id}/ancestors${asOf}`)).body.items.map(({ name }: Json) => name);
    expect(await names('?asOf=2018-05-10')).toEqual(['Thành phố Hà Nội', 'Quận Ba Đình']);
    expect(await names('?asOf=2026-05-10')).toEqual(['Thành phố Hà Nội']);
  });

  it('walks what is below a unit page by page', async () => {
    const [city] = (await admin.get('/units?code=01&asOf=2026-05-10')).body.items;
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body }: Json = await admin.get(
        `/units/${city.id}/descendants?asOf=2026-05-10&level=commune&limit=50${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...body.items.map(({ code }: Json) => code));
      cursor = body.nextCursor;
    }
    expect(seen).toHaveLength(files.hanoiCommunes);
    expect(seen).toEqual([...seen].sort());
  });

  it('finds a unit by its name, folded', async () => {
    const { body } = await admin.get('/units?q=phuong ba dinh&asOf=2026-05-10');
    expect(body.items.map(({ name }: Json) => name)).toContain('Phường Ba Đình');
  });

  it.each([
    [
      'an unknown parent',
      'code,name,level,parent_code\n99001,Xã A,commune,9999\n',
      { line: 2, column: 'parent_code', code: 'unknown_parent' },
    ],
    ['an orphan', 'code,name,level,parent_code\n99001,Xã A,commune,\n', { line: 2, column: 'parent_code', code: 'orphan' }],
    [
      'a circle',
      'code,name,level,parent_code\n99001,Xã A,commune,99002\n99002,Xã B,commune,99001\n',
      { column: 'parent_code', code: 'circle' },
    ],
    [
      'a unit below one of a lower level',
      'code,name,level,parent_code\n99001,Xã A,commune,01\n99002,Quận B,district,99001\n',
      { line: 3, column: 'parent_code', code: 'parent_level' },
    ],
    [
      'a code twice',
      'code,name,level,parent_code\n99001,Xã A,commune,01\n99001,Xã B,commune,01\n',
      { line: 3, column: 'code', code: 'repeated_code' },
    ],
    ['an unknown level', 'code,name,level,parent_code\n99001,Xã A,village,01\n', { line: 2, column: 'level', code: 'one_of' }],
    ['an empty name', 'code,name,level,parent_code\n99001,,commune,01\n', { line: 2, column: 'name', code: 'length' }],
    ['a missing column', 'code,name,level\n99001,Xã A,commune\n', { line: 1, column: 'parent_code', code: 'missing_column' }],
    [
      'an unknown column',
      'code,name,level,parent_code,colour\n99001,Xã A,commune,01,red\n',
      { line: 1, column: 'colour', code: 'unknown_column' },
    ],
    ['a row with too few columns', 'code,name,level,parent_code\n99001,Xã A\n', { line: 2, code: 'not_csv' }],
    ['no rows', 'code,name,level,parent_code\n', { code: 'empty_file' }],
    ['a NUL character', 'code,name,level,parent_code\n99001,Xã\0A,commune,01\n', { line: 2, column: 'name', code: 'nul_character' }],
  ])('refuses %s with line and column', async (_what, csv, error) => {
    const { status, body } = await admin.upload('/units/imports', csv, { validFrom: '2025-07-01' });
    expect(status).toBe(422);
    expect(body.type).toBe('/api/v1/problems/import-refused');
    expect(body.errors).toEqual(expect.arrayContaining([expect.objectContaining(error)]));
  });

  it('refuses a code of an overlapping period, a dead parent and text that is not UTF-8', async () => {
    const overlap = await admin.upload('/units/imports', 'code,name,level,parent_code\n00004,Phường Khác,commune,01\n', {
      validFrom: '2026-01-01',
    });
    expect(overlap.body.errors[0]).toMatchObject({ line: 2, column: 'code', code: 'period_overlaps' });
    const dead = await admin.upload('/units/imports', 'code,name,level,parent_code\n99001,Xã A,commune,001\n', { validFrom: '2025-07-01' });
    expect(dead.body.errors[0]).toMatchObject({ line: 2, code: 'unknown_parent' });
    const halfDead = await admin.upload('/units/imports', 'code,name,level,parent_code\n99001,Xã A,commune,001\n', {
      validFrom: '2025-01-01',
      validTo: '2025-12-31',
    });
    expect(halfDead.body.errors[0]).toMatchObject({ code: 'dead_parent' });
    const latin = await admin.upload('/units/imports', Buffer.from([0x63, 0x6f, 0x64, 0x65, 0xff, 0xfe]), { validFrom: '2025-07-01' });
    expect(latin.body.errors[0].code).toBe('not_csv');
  });

  it('renames a unit by a second import of its period', async () => {
    const csv = 'code,name,level,parent_code,kind,symbol\n01.NNMT,Sở Nông nghiệp và Môi trường,province,01,department,HNI-NNMT\n';
    expect((await admin.upload('/units/imports', csv, since)).body).toMatchObject({ created: 1 });
    const renamed = await admin.upload('/units/imports', csv.replace('và Môi trường', 'và Môi trường Hà Nội'), since);
    expect(renamed.body.changes).toEqual([
      { action: 'change', line: 2, code: '01.NNMT', name: 'Sở Nông nghiệp và Môi trường Hà Nội', fields: ['name'] },
    ]);
  });

  it('refuses a file over the limit', async () => {
    const small = await startServer({ env: { TIEPDAN_IMPORT_LIMIT: '1024' } });
    const { status, body } = await (
      await small.as('city.admin')
    ).upload('/units/imports', 'code,name,level,parent_code\n'.padEnd(5000, 'x'), since);
    await small.stop();
    expect([status, body.type]).toEqual([413, '/api/v1/problems/payload-too-large']);
  });

  it('is for administrators, with multipart form data', async () => {
    expect((await admin.post('/units/imports', {})).status).toBe(415);
    expect((await admin.upload('/units/imports', files.since, { validFrom: '2025-02-30' })).body.errors[0].pointer).toBe('/validFrom');
    expect(
      (await admin.upload('/units/imports', files.since, { validFrom: '2025-07-01', validTo: '2025-01-01' })).body.errors[0].pointer,
    ).toBe('/validTo');
  });

  describe('the database itself', () => {
    const insert = (values: string): Promise<unknown[]> =>
      server.sql(`insert into unit (code, symbol, name, level, kind, parent_id, valid_from, valid_to) values ${values}`);
    const hanoi = `(select id from unit where code = '01' and valid_to is null)`;

    it.each([
      ['an orphan', `('x1', 'x1', 'Xã', 'commune', 'peoples_committee', null, '2026-01-01', null)`, 'unit_not_orphan'],
      [
        'an overlapping period of one code',
        `('00004', 'x2', 'Xã', 'commune', 'peoples_committee', ${hanoi}, '2026-01-01', null)`,
        'unit_code_once_in_a_period',
      ],
      [
        'a parent that is dead',
        `('x3', 'x3', 'Xã', 'commune', 'peoples_committee', (select id from unit where code = '001'), '2026-01-01', null)`,
        'only',
      ],
      [
        'a parent of a lower level',
        `('x4', 'x4', 'Quận', 'district', 'peoples_committee', (select id from unit where code = '00004' and valid_to is null), '2026-01-01', null)`,
        'cannot be below',
      ],
      [
        'a parent that does not exist',
        `('x5', 'x5', 'Xã', 'commune', 'peoples_committee', '0199d3f2-6c7a-7c11-9d1e-2f6f1f6f0a11', '2026-01-01', null)`,
        'unit_parent',
      ],
    ])('refuses %s', async (_what, values, message) => {
      await expect(insert(values)).rejects.toThrow(message);
    });

    it('refuses a circle', async () => {
      await expect(
        server.sql(
          `update unit set parent_id = (select id from unit where code = '00004' and valid_to is null) where code = '01' and valid_to is null`,
        ),
      ).rejects.toThrow('cannot be below');
    });

    it('refuses to end a parent before its children', async () => {
      await expect(server.sql(`update unit set valid_to = '2025-12-31' where code = '01' and valid_to is null`)).rejects.toThrow(
        'longer than its parent',
      );
    });
  });
});
