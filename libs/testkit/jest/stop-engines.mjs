export default async function teardown() {
  const engines = await globalThis.siagaEngines;
  globalThis.siagaEngines = undefined;
  await engines?.stop();
}
