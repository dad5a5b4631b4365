/**
 * The rooms of src/ in their one order (docs/architecture.md): a room imports only what stands before it. `npm run arrows` fails on an arrow that
 * runs back.
 */
const rooms = [
  'platform',
  'rules',
  'structure',
  'accounts',
  'petitions',
  'routing',
  'reception',
  'regulations',
  'oversight',
  'inspections',
  'reporting',
  'records',
  'demo',
  'boot',
];

const onlyWhatStandsBefore = rooms.map((room, place) => ({
  name: `${room}-imports-only-what-stands-before-it`,
  severity: 'error',
  // Tests of a room may set it up with what stands above it. A thread loads the task that it is given, whoever's it is.
  from: { path: `^src/${room}/`, pathNot: ['\\.spec\\.ts$', '^src/platform/parsing/tasks\\.ts$'] },
  to: { path: '^src/', pathNot: `^src/(${rooms.slice(0, place + 1).join('|')})/` },
}));

module.exports = {
  forbidden: [
    { name: 'no-circle', comment: 'A circle is a design fault.', severity: 'error', from: {}, to: { circular: true } },
    ...onlyWhatStandsBefore,
    {
      name: 'every-file-has-its-room',
      severity: 'error',
      from: {},
      to: { path: '^src/', pathNot: `^src/(${rooms.join('|')})/` },
    },
    {
      name: 'threads-load-only-papers',
      comment: 'The one arrow that runs back: what fills a template runs in a thread of the platform.',
      severity: 'error',
      from: { path: '^src/platform/parsing/tasks\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(platform/|petitions/documents/(fill|inspect)-template\\.ts$)' },
    },
    {
      name: 'rules-are-pure',
      comment: 'The law is data and pure functions: nothing of Nest, TypeORM, Node or the clock.',
      severity: 'error',
      from: { path: '^src/rules/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^src/(rules|platform/problems|platform/text)/' },
    },
    {
      name: 'problems-and-text-know-nothing',
      severity: 'error',
      from: { path: '^src/platform/(problems|text)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^src/', pathNot: '^src/platform/(problems|text)/' },
    },
    {
      name: 'services-know-no-http',
      comment:
        "Only controllers, interceptors, DTOs and responses speak HTTP. Pages of lists, the check of what somebody sends as a DTO, and which of its fields are officials' words, are for everybody.",
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          '^src/(platform/http|boot|accounts|demo)/',
          '\\.(controller|dto|response|view|module|guard|interceptor|decorators)\\.ts$',
          '\\.spec\\.ts$',
        ],
      },
      to: {
        path: ['^src/platform/http/', 'node_modules/fastify/', 'node_modules/@nestjs/platform-fastify/'],
        pathNot: '^src/platform/http/(page|official-words|request\\.pipe)\\.ts$',
      },
    },
    {
      name: 'no-foreign-tables',
      comment:
        "Parts of a room use each other's exported services and types, never another's queries; those of the room are for all its parts.",
      severity: 'error',
      from: { path: '^src/(([^/]+)/[^/]+)/' },
      to: { path: '^src/.*\\.(queries|entity)\\.ts$', pathNot: ['^src/$1/', '^src/$2/[^/]+$'] },
    },
    {
      name: 'no-foreign-tables-of-rooms',
      severity: 'error',
      from: { path: '^src/([^/]+)/[^/]+$' },
      to: { path: '^src/.*\\.(queries|entity)\\.ts$', pathNot: '^src/$1/' },
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
