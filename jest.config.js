/*
 * Each folder of tests is one project; both run TypeScript through SWC as native ES modules. Every run begins on the same ordinary
 * Wednesday at nine in Viet Nam, whatever the day is: test/support/clock/.
 */
process.env.PINNED_CLOCK_OFFSET ??= String(Date.parse('2026-11-25T09:00:00+07:00') - Date.now());

const shared = {
  testEnvironment: 'node',
  setupFiles: ['<rootDir>/test/support/clock/pin-process.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2024',
        },
        module: { type: 'es6' },
      },
    ],
  },
};

const e2e = {
  ...shared,
  roots: ['<rootDir>/test'],
  globalSetup: '<rootDir>/test/support/start-database.ts',
  globalTeardown: '<rootDir>/test/support/stop-database.ts',
};

/** Days on which software that counts days goes wrong; what looks at "today" passes on each of them, and the demo is good on each. */
const days = {
  'a Monday': { startsAt: '2026-11-30T09:00:00+07:00' },
  'a Saturday': { startsAt: '2026-11-28T09:00:00+07:00' },
  'the eve of Tết': { startsAt: '2027-02-05T09:00:00+07:00' },
  '31 December': { startsAt: '2026-12-31T16:00:00+07:00' },
  '29 February': { startsAt: '2028-02-29T09:00:00+07:00' },
  'the last day of a reporting year': { startsAt: '2026-12-14T09:00:00+07:00' },
  'the first day of a reporting year, at 00:30, on a machine in New York': {
    startsAt: '2026-12-15T00:30:00+07:00',
    zone: 'America/New_York',
    isWhole: true,
  },
};
const lookingAtToday = ['report-analysis', 'roll-out'];
/** They start the demo, or take some time: on the hardest of the days, and on each with TIEPDAN_TEST_EVERY_DAY=1. */
const alsoLookingAtToday = ['alerts', 'overview', 'reception-desk', 'backlog', 'urging'];
const everyDay = process.env.TIEPDAN_TEST_EVERY_DAY === '1';

export default {
  testSequencer: '<rootDir>/jest.order.config.js',
  maxWorkers: 2,
  // Ample: a suite that starts the demo on a busy machine still passes, and one that hangs still ends.
  testTimeout: 180_000,
  projects: [
    { ...shared, displayName: 'unit', roots: ['<rootDir>/src'], testMatch: ['**/*.spec.ts'] },
    { ...e2e, displayName: 'e2e', testMatch: ['**/*.e2e.ts'] },
    ...Object.entries(days).map(([day, { isWhole = false, ...globals }]) => ({
      ...e2e,
      displayName: `on ${day}`,
      globals,
      testMatch: [...lookingAtToday, ...(isWhole || everyDay ? alsoLookingAtToday : [])].map((suite) => `**/${suite}.e2e.ts`),
    })),
  ],
};
