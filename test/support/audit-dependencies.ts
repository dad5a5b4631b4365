/*
 * `npm run audit:dependencies`: what the product depends on. From the lock file alone: every package has the digest that it is checked by, none runs
 * a script of its own that package.json does not allow, and every one that is delivered has a licence. From the advisories: none that is high or
 * critical. Where nobody can be asked for advisories this says so loudly; with AUDIT_REQUIRED=1, which belongs into every
 * environment that can ask, it fails.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

interface LockedPackage {
  version?: string;
  integrity?: string;
  hasInstallScript?: boolean;
  link?: boolean;
  dev?: boolean;
  license?: string;
}

interface Advisories {
  metadata?: { vulnerabilities: { high: number; critical: number } };
  vulnerabilities?: Record<string, { severity: string }>;
  /** HTTP status where the registry answered something else. */
  statusCode?: number;
  message?: string;
  error?: { code?: string; summary?: string };
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, LockedPackage> };
const { allowScripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { allowScripts: Record<string, boolean> };
const locked = Object.entries(packages).filter(([path, { link }]) => path !== '' && !link);
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

const faults = locked.flatMap(([path, { integrity, hasInstallScript, dev, license }]) => [
  ...(integrity?.startsWith('sha512-') ? [] : [`${path} has no digest in package-lock.json`]),
  ...(hasInstallScript && !(nameOf(path) in allowScripts)
    ? [`${path} has an install script that package.json neither allows nor forbids`]
    : []),
  ...(dev || license ? [] : [`${path} is delivered with the product and has no licence: it may not be passed on`]),
]);

const asked = ask();
for (const [name, { severity }] of Object.entries(asked.vulnerabilities ?? {}))
  if (severity === 'high' || severity === 'critical') faults.push(`${name} has an advisory that is ${severity}: npm audit --omit=dev`);

const required = process.env['AUDIT_REQUIRED'] === '1';
if (!asked.metadata) {
  const why = whyNot(asked);
  if (required) faults.push(`Advisories could not be asked for, and AUDIT_REQUIRED=1 says that they can be: ${why}`);
  else
    console.error(
      `\n  !!! ADVISORIES WERE NOT ASKED FOR: ${why}.\n  !!! Nothing is known of published faults of these packages; set AUDIT_REQUIRED=1 where they can be asked for.\n`,
    );
}
for (const fault of faults) console.error(fault);
process.stdout.write(
  `${locked.length} packages locked with their digests; ${locked.filter(([, { dev }]) => !dev).length} are delivered; advisories ${asked.metadata ? 'asked' : 'NOT asked'}\n`,
);
process.exitCode = faults.length > 0 ? 1 : 0;

function ask(): Advisories {
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8', timeout: 60_000 });
  try {
    return JSON.parse(stdout) as Advisories;
  } catch {
    return {};
  }
}

/** The registry has nothing to ask, or it could not be reached. */
function whyNot({ statusCode, message, error }: Advisories): string {
  const said = `${statusCode ?? ''} ${message ?? ''} ${error?.code ?? ''} ${error?.summary ?? ''}`;
  return /\b(404|405|501)\b|ENOAUDIT|not (?:allowed|found|implemented|support)/i.test(said)
    ? 'the registry that is used here answers no such question'
    : 'the registry could not be reached';
}
