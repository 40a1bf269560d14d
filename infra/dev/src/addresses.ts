import type { Ports } from './fleet/ports.js';

/** What a person opens next, once the fleet is up. */
export function renderAddresses(ports: Ports, adminLink: string | undefined, withPrometheus: boolean): string {
  const at = (port: number, path = '') => `http://127.0.0.1:${port}${path}`;
  const rows = [
    ['console', at(ports.feed)],
    ...(adminLink === undefined ? [] : [['sign in (once)', at(ports.feed, `/#sign-in=${adminLink}`)]]),
    ['flags (API)', at(ports.feed, '/v1/flags')],
    ['live stream', at(ports.feed, '/v1/stream')],
    ['push posts to', at(ports.push, '/v1/posts')],
    ['metrics', `ingest ${at(ports.ingestOps, '/metrics')}`],
    ['', `classify ${at(ports.classifyOps, '/metrics')}`],
    ['', `notify ${at(ports.notifyOps, '/metrics')}`],
    ['', `feed ${at(ports.feedOps, '/metrics')}`],
    ...(withPrometheus
      ? [
          ['operations', at(ports.feed, '/#/ops')],
          ['Prometheus', at(ports.prometheus, '/alerts')],
        ]
      : []),
    ['demo platform', at(ports.platform, '/ledger')],
    ['stop', 'Ctrl-C'],
  ];
  return ['', ...rows.map(([name = '', value = '']) => `  ${name.padEnd(14)} ${value}`), ''].join('\n');
}
