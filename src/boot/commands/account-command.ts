import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { runCommand, UsageError } from '../command.js';
import { UnitsService } from '../../structure/units/units.service.js';
import { today } from '../../platform/text/today.js';
import { AccountsService } from '../../accounts/accounts.service.js';
import { type Role, roles } from '../../platform/access/official.js';

const usage = `Usage:
  npm run --silent account:create -- --username NAME --name "Full name" --unit CODE --roles admin < password.txt
  npm run --silent account:invite -- --username NAME
The first makes an account, for an installation that has nobody yet: its administrator and the leader at the top. The password (12 characters
or more, hard to guess) is read from standard input. Roles: ${roles.join(', ')}, comma-separated.
The second prints a code with which the owner of an account chooses a new password, for whoever has nobody above who could agree to it.`;

/**
 * `npm run account:create` and `npm run account:invite`: what takes a second person over HTTP, for whoever runs the installation and could
 * change the database anyway. It stands in the audit as what it is.
 */
await runCommand(async (app) => {
  const accounts = app.get(AccountsService);
  const wanted = readArguments();
  if (wanted.invite) {
    const { code, link, expiresAt } = await accounts.inviteAgain(wanted.username);
    console.log(`Code for ${wanted.username}, until ${expiresAt.toISOString()}: ${code}${link ? `\n${link}` : ''}`);
    return;
  }
  const { username, name, unit: unitCode, roles: held } = wanted;
  const [unit] = app.get(UnitsService).list({ code: unitCode, asOf: today() }).items;
  if (!unit) throw new UsageError(`There is no unit with the code ${unitCode} today: import units first (npm run units:import)`);
  const password = (await text(process.stdin)).trimEnd();
  if (password.length > 200) throw new UsageError('The password must have 12 to 200 characters');
  const account = await accounts.createFirst({ username, displayName: name, unitId: unit.id, roles: held, password });
  console.log(`Created ${account.username} at ${unit.name}: ${account.roles.join(', ')}`);
});

type Wanted = { invite: true; username: string } | { invite: false; username: string; name: string; unit: string; roles: Role[] };

function readArguments(): Wanted {
  const option = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ options: { username: option, name: option, unit: option, roles: option, invite: { type: 'boolean' } } });
    const { username, name, unit } = values;
    if (username && /^[a-z0-9._-]{3,64}$/i.test(username)) {
      if (values.invite) return { invite: true, username };
      const held = values.roles?.split(',').map((role) => roles.find((known) => known === role.trim())) ?? [];
      if (name && unit && held.length > 0 && held.every((role) => role !== undefined))
        return { invite: false, username, name, unit, roles: held };
    }
  } catch {
    // Answered with the usage like any other wrong call.
  }
  throw new UsageError(usage);
}
