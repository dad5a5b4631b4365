import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { runCommand, UsageError } from '../command.js';
import { UnitsService } from '../units/units.service.js';
import { today } from '../calendar/today.js';
import { AccountsService } from './accounts.service.js';
import { type Role, roles } from './official.js';

const usage = `Usage:
  npm run --silent account:create -- --username NAME --name "Full name" --unit CODE --roles admin < password.txt
The password (12 characters or more) is read from standard input. Roles: ${roles.join(', ')}, comma-separated.`;

/** `npm run account:create`: makes the first administrator of a new installation, who makes the others over HTTP. */
await runCommand(async (app) => {
  const { username, name, unit: code, roles: wanted } = readArguments();
  const [unit] = app.get(UnitsService).list({ code, asOf: today() }).items;
  if (!unit) throw new UsageError(`There is no unit with the code ${code} today: import units first (npm run units:import)`);
  const password = (await text(process.stdin)).trimEnd();
  if (password.length < 12 || password.length > 200) throw new UsageError('The password must have 12 to 200 characters');
  const account = await app.get(AccountsService).create({ username, displayName: name, unitId: unit.id, roles: wanted, password }, null);
  console.log(`Created ${account.username} at ${unit.name}: ${account.roles.join(', ')}`);
});

function readArguments(): { username: string; name: string; unit: string; roles: Role[] } {
  const option = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ options: { username: option, name: option, unit: option, roles: option } });
    const wanted = values.roles?.split(',').map((role) => roles.find((known) => known === role.trim()));
    if (values.username && /^[a-z0-9._-]{3,64}$/i.test(values.username) && values.name && values.unit && wanted?.length)
      if (wanted.every((role) => role !== undefined))
        return { username: values.username, name: values.name, unit: values.unit, roles: wanted };
  } catch {
    // Answered with the usage like any other wrong call.
  }
  throw new UsageError(usage);
}
