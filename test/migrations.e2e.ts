import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Json } from './support/client.js';
import { startServer, type TestServer } from './support/server.js';
import { until } from './support/until.js';
import { aComplaintAbout, aDenunciationOf, classify, file, unitId } from './support/stories.js';

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const limit = (petition: Json, ruleId: string): Json => petition.limits.find((one: Json) => one.ruleId === ruleId);

const migrate = (...parameters: string[]) => server.command('boot/database/migrate.js', ...parameters);

/** Takes a migration back, and all that came after it. */
const down = (to: string): void => {
  const { status, stderr } = migrate(`--down=${to}`);
  expect([status, stderr]).toEqual([0, '']);
};

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

it('24 November becomes a day off, open limits move with both days in the history, and what an administrator decided stays', async () => {
  const clerk = await server.as('commune.clerk');
  const unit = await unitId(clerk, '00004');
  const petition = await file(clerk, aDenunciationOf(unit, 'official', { receivedOn: '2026-11-20', writtenOn: null }));
  expect(limit(petition, 'denunciation.acceptance')).toMatchObject({ dueOn: '2026-12-02', calendarStatus: 'official' });
  down('CultureDay1764000000054');
  // As the version before kept it.
  await server.sql(
    `update calendar_day set working = true, status = 'provisional', name = 'Ngày Văn hóa Việt Nam (chờ xác nhận)' where date = '2026-11-24'`,
  );
  await server.sql(
    `update petition_limit set due_on = '2026-12-01', backlog_on = '2027-01-01', calendar_status = 'provisional'
     where petition_id = $1 and rule_id = 'denunciation.acceptance'`,
    [petition.id],
  );
  expect(migrate().status).toBe(0);
  const moved = (await clerk.get(`/petitions/${petition.id}`)).body;
  expect(limit(moved, 'denunciation.acceptance')).toMatchObject({
    dueOn: '2026-12-02',
    backlogOn: '2027-01-02',
    calendarStatus: 'official',
  });
  expect(moved.nextDueOn).toBe('2026-12-02');
  const history = (await clerk.get(`/petitions/${petition.id}/history`)).body;
  expect(history).toMatchObject({ intact: true });
  expect(history.items.at(-1)).toMatchObject({
    event: 'limit_moved',
    facts: { ruleId: 'denunciation.acceptance', dueOnBefore: '2026-12-01', dueOn: '2026-12-02', calendarYear: 2026 },
  });
  // The instance notices within a second.
  const day = (working: boolean): Promise<Json> =>
    until(async () => {
      const { body } = await clerk.get('/calendar?from=2026-11-24&to=2026-11-24');
      return body.items[0].working === working && body.items[0];
    });
  expect(await day(false)).toEqual({ date: '2026-11-24', working: false, name: 'Ngày Văn hóa Việt Nam', status: 'official' });

  // An administrator had confirmed that it is worked: that stays, and nothing moves a second time.
  down('CultureDay1764000000054');
  await server.sql(`update calendar_day set working = true, status = 'official', name = 'Ngày làm việc' where date = '2026-11-24'`);
  expect(migrate().status).toBe(0);
  expect(await day(true)).toMatchObject({ name: 'Ngày làm việc', status: 'official' });
  await server.sql(`update calendar_day set working = false, name = 'Ngày Văn hóa Việt Nam' where date = '2026-11-24'`);
});

it('services lose what none may have, accounts of the provider their passwords, and what waits as a second factor waits beside', async () => {
  down('SignInGuard1764000000036');
  const insert = (username: string, more: Record<string, unknown>) =>
    server.sql(
      `insert into account (username, display_name, unit_id, roles, kind, scopes, password_hash, external_issuer, external_subject)
       select $1, $1, unit_id, $2, $3, $4, $5, $6, $7 from account where username = 'commune.clerk'`,
      [username, more['roles'], more['kind'], more['scopes'] ?? [], more['hash'] ?? null, more['issuer'] ?? null, more['subject'] ?? null],
    );
  await insert('cong.lanh.dao', { kind: 'service', roles: ['leader'], scopes: ['petitions:read', 'identity:read'] });
  await insert('cong.hai.vai', {
    kind: 'service',
    roles: ['clerk', 'inspector'],
    scopes: ['petitions:read', 'identity:read', 'audit:read'],
  });
  await insert('cong.so.lieu', { kind: 'service', roles: ['analyst'], scopes: ['reports:read'] });
  await insert('nguoi.thanh.pho', { kind: 'person', roles: ['clerk'], hash: '$argon2id$', issuer: 'https://idp.example', subject: 's1' });
  await server.sql(`insert into account_session (account_id) select id from account where username = 'cong.hai.vai'`);
  await server.sql(
    `update account set totp_sealed = 'x', totp_key = (select max(version) from data_key) where username in ('commune.clerk', 'commune.handler')`,
  );
  await server.sql(`update account set totp_confirmed_at = now() where username = 'commune.handler'`);
  expect(migrate().status).toBe(0);
  const rows = await server.sql(
    `select username, active, roles, scopes, lost_roles as "lostRoles", array(select unnest(lost_scopes) order by 1) as "lostScopes", password_hash as hash from account
     where username like 'cong.%' or username = 'nguoi.thanh.pho' order by username`,
  );
  expect(rows).toMatchObject([
    {
      username: 'cong.hai.vai',
      active: true,
      roles: ['clerk'],
      scopes: ['petitions:read'],
      lostRoles: ['inspector'],
      lostScopes: ['audit:read', 'identity:read'],
    },
    { username: 'cong.lanh.dao', active: false, roles: ['leader'], lostRoles: ['leader'] },
    { username: 'cong.so.lieu', active: true, roles: ['analyst'], scopes: ['reports:read'], lostRoles: [], lostScopes: [] },
    { username: 'nguoi.thanh.pho', active: true, hash: null },
  ]);
  expect((await server.sql('select from account_session where revoked_because is not null')).length).toBeGreaterThan(0);
  expect(
    await server.sql(
      `select username, totp_sealed is not null as counts, totp_next_sealed is not null as waits from account
       where totp_key is not null or totp_next_key is not null order by username`,
    ),
  ).toEqual([
    { username: 'commune.clerk', counts: false, waits: true },
    { username: 'commune.handler', counts: true, waits: false },
  ]);
}, 120_000);

it('every migration goes back, and forth to the same schema', async () => {
  const before = await schema();
  // The newest alone, then all others.
  const made = (): Promise<Json[]> => server.sql('select name from migrations order by id');
  const all = await made();
  expect(migrate('--down').status).toBe(0);
  expect(await made()).toEqual(all.slice(0, -1));
  expect(migrate('--down=Nothing').stderr).toMatch(/^--down=Nothing: no such migration was made; allowed: all, /);
  down('all');
  const left = await server.sql(
    `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v') and relname <> 'migrations'`,
  );
  expect(left).toEqual([]);
  expect(migrate().status).toBe(0);
  expect(await schema()).toBe(before);
}, 300_000);
