import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { choosePassword } from './support/accounts.js';
import { pinnedEnvironment } from './support/clock/pin-database.js';
import { realUnits } from './support/real-units.js';
import { startServer, type TestServer } from './support/server.js';

let server: TestServer;
const folder = mkdtempSync(path.join(tmpdir(), 'tiepdan-commands-'));
const file = path.join(folder, 'units.csv');

beforeAll(async () => {
  server = await startServer({ template: 'empty' });
  writeFileSync(file, realUnits().since);
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function run(command: string, parameters: string[], input = ''): { status: number | null; stdout: string; stderr: string } {
  const env = {
    PATH: process.env['PATH'],
    ...pinnedEnvironment(),
    DATABASE_URL: server.databaseUrl,
    NODE_ENV: 'test',
    TIEPDAN_DATA_DIR: folder,
    TIEPDAN_MASTER_KEY: process.env['E2E_MASTER_KEY']!,
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, [`dist/src/${command}`, ...parameters], { env, input, encoding: 'utf8' });
  return { status, stdout: stdout.trim(), stderr: stderr.trim() };
}

it('a new installation gets its units and its first administrator from the shell, while the server runs', async () => {
  const rows = realUnits().sinceRows;
  const dry = run('boot/commands/import-command.js', [file, '--valid-from', '2025-07-01', '--dry-run']);
  expect(dry.stdout.split('\n')).toHaveLength(rows + 1);
  expect(dry.stdout).toContain('line 2: create 01 Thành phố Hà Nội');
  const imported = run('boot/commands/import-command.js', [file, '--valid-from', '2025-07-01']);
  expect(imported).toMatchObject({ status: 0, stdout: `Done: ${rows} rows, ${rows} created, 0 changed, 0 unchanged, 0 continued` });
  const created = run(
    'boot/commands/account-command.js',
    ['--username', 'goc.admin', '--name', 'Quản trị', '--unit', '01', '--roles', 'admin'],
    'TiepDan-Demo-2026\n',
  );
  expect(created).toMatchObject({ status: 0, stdout: 'Created goc.admin at Thành phố Hà Nội: admin' });
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect((await (await server.as('goc.admin')).get('/auth/me')).body).toMatchObject({ unit: { code: '01' }, roles: ['admin'] });
});

it('the shell makes the first leader as well, refuses a password that is easy to guess, and lets an owner choose a new one', async () => {
  const create = (username: string, password: string) =>
    run(
      'boot/commands/account-command.js',
      ['--username', username, '--name', 'Lê Thu Hằng', '--unit', '01', '--roles', 'leader'],
      password,
    );
  expect(create('goc.leader', 'Lê Thu Hằng 2026')).toMatchObject({ status: 1, stderr: expect.stringContaining('easy to guess') });
  expect(create('goc.leader', 'TiepDan-Demo-2026')).toMatchObject({ status: 0 });
  const leader = await server.as('goc.leader');
  expect((await leader.get('/petitions')).status).toBe(200);
  const invited = run('boot/commands/account-command.js', ['--invite', '--username', 'goc.leader']);
  expect(invited.status).toBe(0);
  const code = /: (\S+)$/.exec(invited.stdout)![1]!;
  expect((await choosePassword(server, 'goc.leader', code)).token).toBeDefined();
  expect(run('boot/commands/account-command.js', ['--invite', '--username', 'nobody.here'])).toMatchObject({ status: 1 });
});

it.each([
  ['boot/commands/import-command.js', [], /^Usage:/],
  ['boot/commands/import-command.js', [file, '--valid-from', '2025-02-30'], /^Usage:/],
  ['boot/commands/import-command.js', ['nowhere.csv', '--valid-from', '2025-07-01'], /^ENOENT: no such file/],
  ['boot/commands/import-command.js', [file, '--colour', 'red'], /^Unknown option '--colour'/],
  ['boot/commands/hanoi-2025-command.js', [], /^Usage:/],
  ['boot/commands/hanoi-2025-command.js', ['nowhere'], /^ENOENT: no such file.*units-2024.csv/],
  ['boot/commands/account-command.js', ['--username', 'x'], /^Usage:/],
  ['boot/commands/account-command.js', ['--username', 'mot.hai', '--name', 'A', '--unit', '01', '--roles', 'king'], /^Usage:/],
])('%s %j says how it is used', (command, parameters, message) => {
  const { status, stderr } = run(command, parameters);
  expect(status).toBe(1);
  expect(stderr).toMatch(message);
});

it('an import that is refused names line and column', () => {
  writeFileSync(file, 'code,name,level,parent_code\n99001,Xã A,commune,9999\n');
  const { status, stderr } = run('boot/commands/import-command.js', [file, '--valid-from', '2025-07-01']);
  expect(status).toBe(1);
  expect(stderr).toContain('line 2, parent_code: There is no parent with the code 9999.');
});

it('invents a city in an empty database only', () => {
  for (const name of ['units-2024.csv', 'units-2025-07.csv', 'hanoi-mergers-2025-07.csv']) writeFileSync(path.join(folder, name), '');
  const { status, stderr } = run('boot/commands/hanoi-2025-command.js', [folder]);
  expect([status, stderr]).toEqual([1, expect.stringMatching(/^The database has units or accounts/)]);
});
