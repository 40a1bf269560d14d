/** Tests run on the sources (through swc); the services that integration tests start are the built ones. */
const sourceOf = {
  '^@siaga/(contracts|text|runtime|outgoing|stream|storage|testkit)$': '<rootDir>/libs/$1/src/index.ts',
  '^@siaga/(ingest|classify|notify|feed)$': '<rootDir>/services/$1/src/index.ts',
  '^@siaga/models$': '<rootDir>/models/src/index.ts',
  '^@siaga/(engines|ops|dev)$': '<rootDir>/infra/$1/src/index.ts',
  '^(\\.{1,2}/.*)\\.js$': '$1',
};

const project = (displayName, testMatch, extra = {}) => ({
  displayName,
  rootDir: import.meta.dirname,
  testMatch,
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'cjs', 'json', 'node'],
  moduleNameMapper: sourceOf,
  modulePathIgnorePatterns: ['/dist/', '/\\.siaga/'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic', importSource: 'preact' } },
        },
        module: { type: 'es6' },
      },
    ],
  },
  ...extra,
});

const onEngines = {
  globalSetup: '<rootDir>/libs/testkit/jest/start-engines.mjs',
  globalTeardown: '<rootDir>/libs/testkit/jest/stop-engines.mjs',
};
const areas = '<rootDir>/{libs,models,services,infra,docs}/**';

export default {
  // A hung test is a finding; a machine with two cores shared by Kafka, PostgreSQL and a fleet is not.
  testTimeout: 60_000,
  maxWorkers: 2,
  projects: [
    project('unit', [`${areas}/!(*.integration|*.browser).test.ts?(x)`]),
    project('integration', [`${areas}/*.integration.test.ts`], onEngines),
    project('browser', [`${areas}/*.browser.test.ts`], onEngines),
  ],
};
