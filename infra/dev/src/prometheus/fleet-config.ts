import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { fastRules } from './fast-rules.js';
import { PROMETHEUS_FOLDER, ruleFiles } from './rule-files.js';

export interface Target {
  /** Of the service: ingest, classify, notify or feed. */
  readonly job: string;
  readonly port: number;
}

/** On one machine nobody minds, and a newcomer sees something soon. */
const INTERVAL = '5s';
const FAST_INTERVAL = '1s';

/**
 * Writes the configuration of this fleet's Prometheus: the committed one, with the targets that run here.
 *
 * @param speed how many times shorter the windows of the rules are
 * @returns its prometheus.yml
 */
export function writeFleetConfig(folder: string, targets: readonly Target[], speed: number): string {
  const at = (...parts: string[]) => path.join(folder, ...parts);
  for (const part of ['rules', 'targets']) {
    rmSync(at(part), { recursive: true, force: true });
    mkdirSync(at(part), { recursive: true });
  }
  for (const file of ruleFiles())
    writeFileSync(at('rules', path.basename(file)), fastRules(readFileSync(file, 'utf8'), speed));
  writeFileSync(
    at('targets', 'fleet.json'),
    JSON.stringify(targets.map(({ job, port }) => ({ targets: [`127.0.0.1:${port}`], labels: { job } }))),
  );
  const config = parse(readFileSync(path.join(PROMETHEUS_FOLDER, 'prometheus.yml'), 'utf8')) as {
    global: Record<string, unknown>;
  };
  const interval = speed === 1 ? INTERVAL : FAST_INTERVAL;
  Object.assign(config.global, {
    ...{ scrape_interval: interval, evaluation_interval: interval },
    external_labels: { fleet: 'siaga', runbooks: 'docs/runbooks' },
  });
  writeFileSync(at('prometheus.yml'), stringify(config));
  return at('prometheus.yml');
}
