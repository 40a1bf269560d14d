// Starts one Kafka and one PostgreSQL for a whole run of jest; each test file gets topics and a database of its own.
import { startEngines } from '@siaga/testkit/engines';

export default async function setup() {
  globalThis.siagaEngines ??= startEngines();
  await globalThis.siagaEngines;
}
