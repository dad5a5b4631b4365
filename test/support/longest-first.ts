import path from 'node:path';
import * as sequencer from '@jest/test-sequencer';

const TestSequencer = sequencer.default;
type Tests = Parameters<InstanceType<typeof TestSequencer>['sort']>[0];

/** Suites that take a minute and more, the longest first: one that begins last is waited for with nothing beside it. */
const longest = [
  'start',
  'secrecy-journey',
  'access',
  'backup',
  'scope',
  'drills',
  'hostile-files',
  'connections',
  'files-survive',
  'exchange',
  'reports',
  'commands',
  'oidc',
  'public-booking',
  'regulations',
  'jobs',
  'audit',
];

export default class LongestFirst extends TestSequencer {
  override sort(tests: Tests): Tests {
    return Array.from(super.sort(tests) as Tests).sort((one, other) => placeOf(one.path) - placeOf(other.path));
  }
}

function placeOf(file: string): number {
  const at = longest.indexOf(path.basename(file, '.e2e.ts'));
  return at < 0 ? longest.length : at;
}
