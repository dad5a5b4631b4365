import regexp from 'eslint-plugin-regexp';
import eslint from 'typescript-eslint';
import { openKey } from './eslint/open-key.js';
import { swallowedFailure } from './eslint/swallowed-failure.js';
import { vietnameseWords } from './eslint/vietnamese-words.js';

/**
 * `.*?` looks at the rest of the text at every place where its beginning stands and its end never comes: quadratic, which regexp/no-super-linear-move does not
 * see in matchAll and replace. Texts from outside are read piece by piece (src/platform/parsing/xml.ts) or by a class that cannot pass the end: `[^<]*`.
 */
const noLazyExpression = {
  create: (context) => ({
    'Literal[regex]'(node) {
      if (/[.\])}][*+]\?/.test(node.regex.pattern))
        context.report({
          node,
          message: 'A lazy expression takes quadratic time where its end never comes; name what may stand before the end ([^<]*).',
        });
    },
  }),
};

const unitsPastTheScope = {
  selector: 'MemberExpression[property.name=/^(coveredBy|carriedOnBy|descendantsOf)$/]',
  message: 'Units that a caller asks for come from AccessScope.covered or unitsAsked, which keep to the scope.',
};

/** The compiler's plugin (nest-cli.json) writes types and nullability into the document; of what a `readonly` list holds it knows nothing. */
const repeatedTypes = ['PropertyDefinition:not([declare=true])'].flatMap((property) => [
  {
    selector: `${property} > Decorator > CallExpression[callee.name='ApiProperty'][arguments.length=0]`,
    message: 'The document knows the type from the property; leave the decorator out.',
  },
  {
    selector: `${property}:has(> TSTypeAnnotation > TSStringKeyword) > Decorator > CallExpression[callee.name='ApiProperty'] Property[key.name='type'][value.name='String']`,
    message: 'The document knows the type from the property; leave it out.',
  },
]);

export default eslint.config(
  { ignores: ['dist/', 'coverage/', '.data/', '**/*.cjs', '*.config.js', 'eslint/'] },
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
    files: ['test/**', 'web/**', 'fuzz/**', 'drills/**'],
    rules: Object.fromEntries(
      ['argument', 'assignment', 'call', 'member-access', 'return'].map((what) => [`@typescript-eslint/no-unsafe-${what}`, 'off']),
    ),
  },
  {
    // Nothing that callers send is a key of an object; see the rule.
    files: ['src/**'],
    // The last one makes the document of the routes at the start, when nobody calls.
    ignores: ['**/*.spec.ts', 'src/demo/**', 'src/platform/text/own.ts', 'src/platform/http/common-answers.ts'],
    plugins: { local: { rules: { 'open-key': openKey } } },
    rules: { 'local/open-key': 'error' },
  },
  {
    // What users read in Vietnamese; see the rule.
    files: ['src/**'],
    ignores: ['**/*.spec.ts'],
    plugins: { words: { rules: { vietnamese: vietnameseWords } } },
    rules: { 'words/vietnamese': 'error' },
  },
  {
    files: ['src/**', 'templates/**'],
    ignores: ['**/*.spec.ts'],
    plugins: { own: { rules: { 'no-lazy-expression': noLazyExpression } } },
    rules: { 'own/no-lazy-expression': 'error' },
  },
  {
    // What fails is not what is not there; see the rule.
    files: ['src/**'],
    // Files and programs of this machine, before there is a database to ask.
    ignores: ['**/*.spec.ts', 'src/platform/database/embedded-server.ts'],
    plugins: { failures: { rules: { 'swallowed-failure': swallowedFailure } } },
    rules: { 'failures/swallowed-failure': 'error' },
  },
  {
    // A connection to PostgreSQL that is not from src/platform/database/pools.ts can end the process, or wait for ever.
    files: ['src/**'],
    ignores: ['src/platform/database/pools.ts', '**/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'pg',
              importNames: ['Client', 'Pool'],
              message: 'Use safeClient or safePool of src/platform/database/pools.ts.',
              allowTypeImports: true,
            },
          ],
        },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'pg', property: 'Client', message: 'Use safeClient of src/platform/database/pools.ts.' },
        { object: 'pg', property: 'Pool', message: 'Use safePool of src/platform/database/pools.ts.' },
      ],
    },
  },
  {
    // A unit that a caller asks for becomes units in AccessScope.covered, which keeps to what the caller may see.
    files: ['src/**'],
    ignores: [
      'src/rules/structure/**',
      'src/structure/units/**',
      'src/demo/**',
      // Everybody may read these of every unit: offices, the public calendar, regulations.
      'src/reception/offices/offices.service.ts',
      'src/reception/public/public-calendar.service.ts',
      'src/regulations/asked-units.ts',
      // A filter of petitions beside the condition `visibleTo`.
      'src/petitions/petitions.service.ts',
      // No caller asks: what an inspected unit answers for, and who belongs to it.
      'src/inspections/inspections.service.ts',
      'src/inspections/findings/findings.service.ts',
      'src/inspections/responsibility/samples.service.ts',
    ],
    rules: {
      'no-restricted-syntax': ['error', unitsPastTheScope],
    },
  },
  {
    files: ['src/**/*.response.ts'],
    rules: { 'no-restricted-syntax': ['error', unitsPastTheScope, ...repeatedTypes] },
  },
  {
    // Answers are asked for through the client, which compares each with the document; the provider of identities is not ours.
    files: ['test/**/*.e2e.ts'],
    ignores: ['test/oidc.e2e.ts'],
    rules: { 'no-restricted-globals': ['error', { name: 'fetch', message: 'Ask through test/support/client.ts.' }] },
  },
  { files: ['src/**/*-command.ts', 'src/boot/database/migrate.ts', 'src/demo/load.ts', 'bench/**'], rules: { 'no-console': 'off' } },
);
