import { exceptionFor, isPermissive } from './allowed.js';
import type { InstalledPackage } from './installed-packages.js';

/** The page of `docs/licences.md`. */
export function renderLicences(packages: readonly InstalledPackage[]): string {
  const running = packages.filter(({ dev }) => !dev);
  const others = packages.filter((one) => !isPermissive(one.licence));
  return `# Licences of what Siaga uses

Made by \`npm run licences\` from \`package-lock.json\`, which names every package of every platform; a test fails when it is out of date, or when
a package comes with a licence that is not allowed. Siaga's own code is under the [Apache License 2.0](../LICENSE); the shipped model
weights are for research and non-commercial use ([README](../README.md)). The full list with hashes is the bill of materials: \`npm run sbom\`
(CycloneDX).

${packages.length} packages, of which ${running.length} are needed to run something and the others to build and test.

| licence | running | building and testing |
|---|---|---|
${counts(packages)
  .map(([licence, { running: here, dev }]) => `| ${licence || 'none said'} | ${here} | ${dev} |`)
  .join('\n')}

## Allowed one by one

| package | says | why it may be used |
|---|---|---|
${others.map((one) => `| ${one.name} ${one.version} | ${one.licence || 'nothing'} | ${exceptionFor(one) ?? 'NOT ALLOWED'} |`).join('\n')}

## What runs

${running.map(({ name, version, licence }) => `- ${name} ${version}: ${licence || 'see above'}`).join('\n')}

Not from npm: Apache Kafka (Apache-2.0) and its jars, PostgreSQL (PostgreSQL License), and where you deploy them Prometheus (Apache-2.0) and
Grafana (AGPL-3.0, run beside Siaga as it is).
`;
}

function counts(packages: readonly InstalledPackage[]): [string, { running: number; dev: number }][] {
  const found = new Map<string, { running: number; dev: number }>();
  for (const { licence, dev } of packages) {
    const count = found.get(licence) ?? { running: 0, dev: 0 };
    found.set(licence, count);
    if (dev) count.dev++;
    else count.running++;
  }
  return [...found].sort(
    ([a, one], [b, other]) => other.running + other.dev - one.running - one.dev || (a < b ? -1 : 1),
  );
}
