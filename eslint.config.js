import regexp from 'eslint-plugin-regexp';
import eslint from 'typescript-eslint';

export default eslint.config(
  { ignores: ['dist/', 'coverage/', '.data/', '**/*.cjs', '*.config.js'] },
  ...eslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { regexp },
    rules: {
      // What callers send is matched in linear time: no expression that backtracks more than that.
      'regexp/no-super-linear-backtracking': 'error',
      'regexp/no-super-linear-move': ['error', { report: 'certain' }],
      // A field is left out of an answer by taking the rest.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      eqeqeq: ['error', 'smart'],
      'no-console': ['error', { allow: ['error'] }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'off',
      // Statements are sent through prepared queries whose rows are typed at the call.
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
    },
  },
  {
    // What the API answers is looked at as JSON.
    files: ['test/**', 'web/**'],
    rules: Object.fromEntries(
      ['argument', 'assignment', 'call', 'member-access', 'return'].map((what) => [`@typescript-eslint/no-unsafe-${what}`, 'off']),
    ),
  },
  { files: ['src/**/*-command.ts', 'src/database/migrate.ts', 'src/demo/load.ts', 'bench/**'], rules: { 'no-console': 'off' } },
);
