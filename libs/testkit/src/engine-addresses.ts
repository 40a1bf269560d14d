/** Names of the environment variables through which jest's global setup tells the test workers where the engines are. */
export const ENGINES = { brokers: 'SIAGA_TEST_BROKERS', postgres: 'SIAGA_TEST_POSTGRES' } as const;

/** Migrated once; PostgreSQL copies it for each test file in a fraction of the time that migrating takes. */
export const TEMPLATE_DATABASE = 'siaga_template';

export function addressOf(engine: keyof typeof ENGINES): string {
  const address = process.env[ENGINES[engine]];
  if (!address) throw new Error(`no ${engine} for tests: name the file *.integration.test.ts or *.browser.test.ts`);
  return address;
}
