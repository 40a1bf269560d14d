import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AddressInfo } from 'node:net';
import { freePort, startPrometheus } from '@siaga/testkit';

export interface ScrapingPrometheus {
  readonly url: string;
  stop(): Promise<void>;
}

const RULES = {
  groups: [
    {
      name: 'test',
      rules: [
        { record: 'siaga:posts:rate5m', expr: 'sum(siaga_classify_posts_total)' },
        {
          alert: 'DependencyDown',
          expr: 'siaga_service_check_ok == 0',
          labels: { severity: 'page' },
          annotations: {
            summary: '{{ $labels.job }} cannot use its {{ $labels.check }} <img src=x>',
            runbook_url: 'https://siaga.example.org/runbooks/DependencyDown.md',
          },
        },
      ],
    },
  ],
};

/** A real Prometheus that scrapes `metrics` every second, with an alert on what is not usable. */
export async function scrapeWithPrometheus(metrics: string): Promise<ScrapingPrometheus> {
  const target: Server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4');
    response.end(metrics);
  });
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  const { port: targetPort } = target.address() as AddressInfo;
  const folder = await mkdtemp(path.join(tmpdir(), 'siaga-prometheus-'));
  const config = {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: ['test.rules.yml'],
    scrape_configs: [{ job_name: 'notify', static_configs: [{ targets: [`127.0.0.1:${targetPort}`] }] }],
  };
  // JSON is YAML.
  await writeFile(path.join(folder, 'prometheus.yml'), JSON.stringify(config));
  await writeFile(path.join(folder, 'test.rules.yml'), JSON.stringify(RULES));
  const configFile = path.join(folder, 'prometheus.yml');
  const started = await startPrometheus({ port: await freePort(), configFile, dataDir: path.join(folder, 'data') });
  return {
    url: started.url,
    async stop() {
      await started.stop();
      await new Promise((resolve) => target.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
