/*
 * `npm run audit:dependencies`: what the product depends on. From the lock file alone: every package has the digest that it is checked by, and
 * none runs a script of its own that package.json does not allow. From the advisories, where they can be asked: none that is high or critical.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

interface LockedPackage {
  version?: string;
  integrity?: string;
  hasInstallScript?: boolean;
  link?: boolean;
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, LockedPackage> };
const { allowScripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { allowScripts: Record<string, boolean> };
const locked = Object.entries(packages).filter(([path, { link }]) => path !== '' && !link);
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

const faults = locked.flatMap(([path, { integrity, hasInstallScript }]) => [
  ...(integrity?.startsWith('sha512-') ? [] : [`${path} has no digest in package-lock.json`]),
  ...(hasInstallScript && !(nameOf(path) in allowScripts)
    ? [`${path} has an install script that package.json neither allows nor forbids`]
    : []),
]);

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8', timeout: 30_000 });
const { metadata, vulnerabilities } = readJson(stdout) as {
  metadata?: { vulnerabilities: { high: number; critical: number } };
  vulnerabilities?: Record<string, { severity: string }>;
};
for (const [name, { severity }] of Object.entries(vulnerabilities ?? {}))
  if (severity === 'high' || severity === 'critical') faults.push(`${name} has an advisory that is ${severity}: npm audit --omit=dev`);

for (const fault of faults) console.error(fault);
process.stdout.write(
  `${locked.length} packages locked with their digests; advisories ${metadata ? 'asked' : 'not asked, because their service is not reachable from here'}\n`,
);
process.exitCode = faults.length > 0 ? 1 : 0;

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
