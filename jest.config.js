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

export default {
  maxWorkers: 2,
  testTimeout: 60_000,
  projects: [
    { ...shared, displayName: 'unit', roots: ['<rootDir>/src'], testMatch: ['**/*.spec.ts'] },
    {
      ...shared,
      displayName: 'e2e',
      roots: ['<rootDir>/test'],
      testMatch: ['**/*.e2e.ts'],
      globalSetup: '<rootDir>/test/support/start-database.ts',
      globalTeardown: '<rootDir>/test/support/stop-database.ts',
    },
  ],
};
