import { hashPassword } from '../../src/accounts/passwords.js';
import type { Client, Json } from './client.js';
import { realUnits, type UnitFiles } from './real-units.js';
import { must } from './reception.js';
import { startServer, type TestServer } from './server.js';
import { until } from './until.js';

/** A server whose first administrator belongs to a central body, which no file of provinces holds. */
export async function centralServer(): Promise<{ server: TestServer; admin: Client }> {
  const server = await startServer({ template: 'empty' });
  const [office] = await server.sql<{ id: string }>(
    `insert into unit (code, symbol, name, level, kind, valid_from) values ('TW', 'TW', 'Thanh tra Chính phủ', 'central', 'peoples_committee', '2000-01-01') returning id`,
  );
  await anAccount(server, 'admin', office!.id, 'admin');
  const known = async () => (await (await server.as('admin')).get('/units?code=TW')).body.items.length === 1;
  await until(async () => ((await known().catch(() => false)) ? true : undefined));
  return { server, admin: await server.as('admin') };
}

/** Both structures and the mergers between them. */
export async function importUnits(admin: Client, files: UnitFiles = realUnits()): Promise<Json[]> {
  return [
    await must(200, admin.upload('/units/imports', files.before, { validFrom: '2008-08-01', validTo: '2025-06-30' })),
    await must(200, admin.upload('/units/imports', files.since, { validFrom: '2025-07-01' })),
    await must(200, admin.upload('/units/successions/imports', files.mergers, { succeededOn: '2025-07-01' })),
  ];
}

/** An account with the demo password, past the API: there is nobody yet who could make it. */
export async function anAccount(server: TestServer, username: string, unitId: string, ...roles: string[]): Promise<void> {
  await server.sql(
    `insert into account (username, password_hash, display_name, unit_id, roles, approved_at) values ($1, $2, $1, $3, $4, now())`,
    [username, await hashPassword('TiepDan-Demo-2026'), unitId, roles],
  );
}
