/** Who may import whom: the table in ARCHITECTURE.md, enforced. `tsc -b` would let an undeclared import pass. */
const only = (name, from, ...allowed) => ({
  name,
  severity: 'error',
  from: { path: `^${from}/` },
  to: { path: '^(libs|models|services|infra)/', pathNot: [`^${from}/`, ...allowed.map((folder) => `^${folder}/`)] },
});
const TESTS = '\\.(test|fixture)\\.tsx?$';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'declared-dependencies-only',
      comment: 'a package imports what its own package.json declares, not what a neighbour happens to install',
      severity: 'error',
      from: { pathNot: TESTS },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
    {
      name: 'testkit-from-tests-only',
      severity: 'error',
      from: { pathNot: [TESTS, '^libs/testkit/'] },
      to: { path: '^libs/testkit/' },
    },
    ...['contracts', 'text', 'runtime'].map((lib) => ({
      ...only(`${lib}-stands-alone`, `libs/${lib}`, 'libs/testkit'),
    })),
    only('outgoing-imports', 'libs/outgoing', 'libs/runtime', 'libs/testkit'),
    only('stream-imports', 'libs/stream', 'libs/contracts', 'libs/runtime', 'libs/testkit'),
    only('storage-imports', 'libs/storage', 'libs/contracts', 'libs/runtime', 'libs/testkit'),
    only('models-import', 'models', 'libs/text', 'libs/contracts', 'libs/testkit'),
    only('ingest-imports', 'services/ingest', 'libs', 'models'),
    only('classify-imports', 'services/classify', 'libs', 'models'),
    only('notify-imports', 'services/notify', 'libs', 'models'),
    only('feed-imports', 'services/feed', 'libs', 'models'),
    only('engines-stand-alone', 'infra/engines'),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/|\\.[mc]js$' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json', '.d.ts'],
    },
  },
};
