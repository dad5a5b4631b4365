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
  'regulations',
  'jobs',
  'audit',
];

export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const place = ({ path }) => {
      const at = longest.indexOf(/([^/]+)\.e2e\.ts$/.exec(path)?.[1]);
      return at < 0 ? longest.length : at;
    };
    return [...super.sort(tests)].sort((one, other) => place(one) - place(other));
  }
}
