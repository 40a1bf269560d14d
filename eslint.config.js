import js from '@eslint/js';
import node from 'eslint-plugin-n';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** A package with one owner: everybody else is told whom to ask. */
const owned = (name, owner) => ({ name, message: `Only ${owner} imports ${name}.` });
const OWNED = [
  owned('kafkajs', 'libs/stream'),
  owned('pg', 'libs/storage'),
  owned('nodemailer', 'libs/outgoing/src/smtp.ts'),
  owned('nodemailer/lib/smtp-connection', 'libs/outgoing/src/smtp.ts'),
  owned('natural', 'nobody: its root loads mongoose and reads .env; deep-import what libs/text needs, and so only it'),
];
const restricted = (...except) => ['error', { paths: OWNED.filter(({ name }) => !except.includes(name)) }];

const NODE_GLOBALS = [
  ...['process', 'console', 'Buffer', 'URL', 'fetch', 'AbortController'],
  ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate'],
];

export default defineConfig(
  globalIgnores(['**/dist/', '**/node_modules/', '.siaga/', 'coverage/']),
  js.configs.recommended,
  tseslint.configs.recommended,
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: Object.fromEntries(NODE_GLOBALS.map((name) => [name, 'readonly'])) },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: { module: 'writable', require: 'readonly', __dirname: 'readonly' } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { project: './tsconfig.lint.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
    },
  },
  {
    plugins: { n: node },
    rules: {
      'no-restricted-imports': restricted(),
      'n/no-process-env': 'error',
      'n/no-process-exit': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
    },
  },
  { files: ['libs/stream/**'], rules: { 'no-restricted-imports': restricted('kafkajs') } },
  // What others run who are no part of the fleet.
  {
    files: ['docs/consumers/flags.ts'],
    rules: { 'no-restricted-imports': 'off', 'n/no-process-env': 'off', 'no-console': 'off' },
  },
  { files: ['libs/storage/**'], rules: { 'no-restricted-imports': restricted('pg') } },
  {
    files: ['libs/outgoing/src/smtp.ts'],
    rules: { 'no-restricted-imports': restricted('nodemailer', 'nodemailer/lib/smtp-connection') },
  },
  // The runtime is the one reader of the environment, and the one that ends a service's process.
  { files: ['libs/runtime/src/service.ts'], rules: { 'n/no-process-env': 'off', 'n/no-process-exit': 'off' } },
  // Programs that a person runs, and tests: the terminal is theirs.
  {
    files: [
      'infra/**',
      'models/train/**',
      'models/src/cli/**',
      'services/*/src/cli/**',
      'services/*/src/replay/main.ts',
      '**/*.test.ts',
      '**/*.fixture.ts',
      'libs/testkit/**',
      '*.cjs',
      '*.js',
    ],
    rules: { 'n/no-process-env': 'off', 'n/no-process-exit': 'off', 'no-console': 'off' },
  },
  { files: ['*.config.{js,ts}', '**/*.config.{js,ts}', '**/*.{cjs,mjs}'], rules: { 'no-restricted-exports': 'off' } },
);
