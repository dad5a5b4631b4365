/** The arrows between the rooms of src/ (docs/architecture.md). `npm run arrows` fails on a forbidden one. */
module.exports = {
  forbidden: [
    { name: 'no-circle', comment: 'A circle is a design fault.', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'rules-are-pure',
      comment: 'The law is data and pure functions: nothing of Nest, TypeORM, Node or the clock below src/rules/<notion>/.',
      severity: 'error',
      from: { path: '^src/rules/', pathNot: ['^src/rules/rules\\.', '^src/rules/dto/', '\\.spec\\.ts$'] },
      to: { pathNot: ['^src/rules/(?!rules\\.)', '^src/problems/'] },
    },
    {
      name: 'problems-know-nothing',
      severity: 'error',
      from: { path: '^src/problems/' },
      to: { pathNot: '^src/problems/' },
    },
    {
      name: 'services-know-no-http',
      comment:
        "Only controllers, interceptors, DTOs and answers speak HTTP. Pages of lists, the check of what somebody sends as a DTO, and which of its fields are officials' words, are for everybody.",
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          '^src/(http|app\\.module|main|start)',
          '\\.(controller|dto|answer|view|module|guard|interceptor|decorators)\\.ts$',
          '\\.spec\\.ts$',
          '^src/auth/',
          '^src/demo/',
        ],
      },
      to: {
        path: ['^src/http/', 'node_modules/fastify/', 'node_modules/@nestjs/platform-fastify/'],
        pathNot: '^src/http/(page|official-words|request\\.pipe)\\.ts$',
      },
    },
    {
      name: 'no-foreign-tables',
      comment: "Feature modules use each other's exported services and types, never another's queries.",
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: ['^src/database/'] },
      to: { path: '^src/[^/]+/.*\\.(queries|entity)\\.ts$', pathNot: '^src/$1/' },
    },
    {
      name: 'nothing-imports-reporting',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(reporting|demo|app\\.module)' },
      to: { path: '^src/reporting/' },
    },
    {
      name: 'petitions-do-not-know-routing',
      comment: 'controllers -> services -> rules: routing builds on petitions, not the other way round.',
      severity: 'error',
      from: { path: '^src/petitions/' },
      to: { path: '^src/(routing|alerts|demo)/' },
    },
    {
      name: 'units-know-only-rules',
      severity: 'error',
      from: { path: '^src/units/' },
      to: { path: '^src/(petitions|routing|alerts|demo)/' },
    },
    {
      name: 'no-dev-dependency-in-the-product',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: { tsConfig: { fileName: 'tsconfig.json' }, tsPreCompilationDeps: true, doNotFollow: { path: 'node_modules' } },
};
