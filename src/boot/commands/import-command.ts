import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runCommand, UsageError } from '../command.js';
import { isLegalDate } from '../../platform/text/legal-date.js';
import { type ImportReport, UnitImportService } from '../../structure/units/import/unit-import.service.js';

const usage = `Usage:
  npm run units:import -- FILE --valid-from YYYY-MM-DD [--valid-to YYYY-MM-DD] [--dry-run]   units of one period
  npm run units:import -- FILE --succeeded-on YYYY-MM-DD [--dry-run]                         which units followed which`;

/** `npm run units:import`: the same as POST /units/imports and POST /units/successions/imports. */
await runCommand(async (app) => {
  const { file, options } = readArguments();
  const imports = app.get(UnitImportService);
  const dryRun = options['dry-run'] ?? false;
  const report = options['succeeded-on']
    ? await imports.importSuccessions(file, options['succeeded-on'], dryRun)
    : await imports.importUnits(file, { validFrom: options['valid-from']!, validTo: options['valid-to'] ?? null }, dryRun);
  print(report);
});

function readArguments() {
  const day = { type: 'string' } as const;
  const { values: options, positionals } = parse(() =>
    parseArgs({
      allowPositionals: true,
      options: { 'valid-from': day, 'valid-to': day, 'succeeded-on': day, 'dry-run': { type: 'boolean' } },
    }),
  );
  const [path] = positionals;
  const days = [options['valid-from'], options['valid-to'], options['succeeded-on']].filter((value) => value !== undefined);
  const kinds = [options['valid-from'], options['succeeded-on']].filter((value) => value !== undefined);
  if (!path || kinds.length !== 1 || !days.every(isLegalDate)) throw new UsageError(usage);
  return { options, file: parse(() => readFileSync(path)) };
}

function parse<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${usage}`);
  }
}

function print({ dryRun, rows, created, changed, unchanged, continued, changes }: ImportReport): void {
  if (dryRun)
    for (const { action, line, code, name, fields } of changes)
      console.log(`line ${line}: ${action} ${code} ${name}${fields ? ` (${fields.join(', ')})` : ''}`);
  console.log(
    `${dryRun ? 'Would be' : 'Done'}: ${rows} rows, ${created} created, ${changed} changed, ${unchanged} unchanged, ${continued} continued`,
  );
}
