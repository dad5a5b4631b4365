import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';
import { aComplaintAbout, file, unitId } from './support/stories.js';

/** What an official wrote while the audit still told it in clear. */
const canary = 'cùng người tố cáo là bà Kiều Hoạ Mi';

let server: TestServer;
let clerk: Client;
let inspector: Client;

beforeAll(async () => {
  server = await startServer();
  [clerk, inspector] = await Promise.all([server.as('commune.clerk'), server.as('city.inspector')]);
});
afterAll(() => server.stop());

const verification = async (): Promise<Json> => (await inspector.get('/audit/verification')).body;
const everyRecord = async (): Promise<string> =>
  (await server.sql<{ all: string }>(`select string_agg(r::text, E'\\n') as all from audit_record r`))[0]!.all;
/** Back to the version before the list. */
const goBack = (): void =>
  expect(server.command('boot/database/migrate.js', '--down=AuditByList1764000000050')).toEqual({ status: 0, stdout: '', stderr: '' });
/** The chain as the version before the list proves it. */
const formerlyIntact = async (): Promise<boolean> =>
  (
    await server.sql<{ intact: boolean }>(
      `select bool_and(hash = encode(sha256(convert_to(concat_ws(E'\\n', coalesce(previous_hash, ''), position, transaction_id, (
           select string_agg(encode(sha256(convert_to(audit_text(r), 'UTF8')), 'hex'), '' order by r.id) from audit_record r
           where r.transaction_id = l.transaction_id)), 'UTF8')), 'hex')
         and previous_hash is not distinct from (select hash from audit_link b where b.position = l.position - 1)) as intact from audit_link l`,
    )
  )[0]!.intact;

describe('records that told words in clear', () => {
  let checkpoint: Json;

  it('tell digests after the list has come, and are proved as before', async () => {
    const unit = await unitId(clerk, '00004');
    // Before the schema goes back: the product files by that of today.
    const [one, other] = [await file(clerk, aComplaintAbout(unit)), await file(clerk, aComplaintAbout(unit))];
    goBack();
    expect(await formerlyIntact()).toBe(true);
    const relate = `insert into petition_relation (petition_id, related_petition_id, relation, reason) values ($1, $2, 'repeats', $3)`;
    await server.sql(relate, [one.id, other.id, canary]);
    await server.sql(relate, [other.id, one.id, 'Cùng một việc']);
    expect(await everyRecord()).toContain(canary);
    const [head] = await server.sql<Json>('select position, hash from audit_link order by position desc limit 1');
    checkpoint = head!;

    expect(server.command('boot/database/migrate.js')).toMatchObject({ status: 0 });
    expect(await everyRecord()).not.toContain(canary);
    const [told] = await server.sql<{ after: Json }>(
      `select after from audit_record where object_type = 'petition_relation' order by id limit 1`,
    );
    expect(told!.after).toMatchObject({ relation: 'repeats', reason: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const { intact, broken, rewritten } = await verification();
    expect([intact, broken, rewritten > 0]).toEqual([true, null, true]);
  });

  it('leave the hashes of the chain as they were, so that checkpoints kept elsewhere hold', async () => {
    expect(await server.sql('select position, hash from audit_link where position = $1', [checkpoint.position])).toEqual([checkpoint]);
    expect(server.command('boot/commands/audit-command.js')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Intact/) });
  });

  it.each([
    ['changes one of them', `update audit_record set after = '{}' where id = (select min(record_id) from audit_rewrite)`],
    [
      'passes off another as one of them',
      `with changed as (update audit_record r set after = '{"state": "x"}' from audit_link l where l.transaction_id = r.transaction_id
         and r.id = (select max(id) from audit_record where id not in (select record_id from audit_rewrite) and object_type <> 'audit_rewrite')
         returning r.id)
       insert into audit_rewrite select id, 'x' from changed`,
    ],
  ])('are told by the verification when somebody %s', async (_what, statement) => {
    await server.sql('create table kept as select * from audit_record');
    await server.sql('create table kept_rewrite as select * from audit_rewrite');
    await server.sql('alter table audit_record disable trigger user');
    await server.sql('alter table audit_rewrite disable trigger user');
    await server.sql(statement);
    expect(await verification()).toMatchObject({ intact: false });
    await server.sql('delete from audit_rewrite where record_id not in (select record_id from kept_rewrite)');
    await server.sql('update audit_record r set before = k.before, after = k.after from kept k where k.id = r.id');
    await server.sql('drop table kept, kept_rewrite');
    await server.sql('alter table audit_record enable trigger user');
    await server.sql('alter table audit_rewrite enable trigger user');
    expect(await verification()).toMatchObject({ intact: true });
  });

  it('stay digests on the way back, where the chain is made anew for the version before', async () => {
    goBack();
    expect(await everyRecord()).not.toContain(canary);
    expect(await formerlyIntact()).toBe(true);
    expect(server.command('boot/database/migrate.js')).toMatchObject({ status: 0 });
    expect(await verification()).toMatchObject({ intact: true });
  });
});
