import { fileURLToPath } from 'node:url';
import { unitOf } from './naming-faults.js';
import { metricGroups, type CataloguedMetric } from './registries.js';

/** Where the catalogue is kept, seen from src and from dist alike. */
export const CATALOGUE_FILE = fileURLToPath(new URL('../../../../docs/metrics.md', import.meta.url));

const HEAD = `# Metrics

<!-- Made by npm run metrics-catalogue, of the services' registries: change it there. -->

Every process serves them at \`/metrics\` of its ops port. Names follow
[Prometheus' conventions](https://prometheus.io/docs/practices/naming): base units, \`_total\` for what only grows. Labels come from small
sets that we know: no ids, no addresses, no words of a post. Gauges that are read from the database say the same in every
process: take \`max\`, not \`sum\`. Node's own (\`process_*\`, \`nodejs_*\`) come with each process and are not listed here.

Rules, alerts and what to do about them: [infra/prometheus](../infra/prometheus), [runbooks](runbooks/README.md).
`;

/** The catalogue's text. */
export function catalogueText(): string {
  const groups = metricGroups().map(
    ({ title, metrics }) =>
      `## ${title}\n\n| metric | kind | unit | labels | what it says |\n|---|---|---|---|---|\n${metrics.map(row).join('\n')}\n`,
  );
  return [HEAD, ...groups].join('\n');
}

function row(metric: CataloguedMetric): string {
  const { name, type, labels, help } = metric;
  const cells = [`\`${name}\``, type, unitOf(metric), labels.map((label) => `\`${label}\``).join(' '), cell(help)];
  return `| ${cells.join(' | ')} |`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
