import path from 'node:path';
import TestSequencer from '@jest/test-sequencer';

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
  'small-heap',
  'regulations',
  'jobs',
  'audit',
];

export default class LongestFirst extends TestSequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => placeOf(one) - placeOf(other));
  }
}

function placeOf(test) {
  const at = longest.indexOf(path.basename(test.path, '.e2e.ts'));
  return at < 0 ? longest.length : at;
}
