import { afterEach, describe, expect, it } from '@jest/globals';
import { freePort, until, useDatabase } from '@siaga/testkit';
import { startFeed, type RunningFeed } from '../running-feed.fixture.js';
import type { Ops } from './ops-schema.js';
import { consolePanels } from './panels.js';
import { scrapeWithPrometheus } from './prometheus.fixture.js';

const database = useDatabase();
let feed: RunningFeed | undefined;
afterEach(() => feed?.stop());

const look = async (query = ''): Promise<Ops> => (await (await fetch(`${feed?.base}/v1/ops${query}`)).json()) as Ops;

describe('GET /v1/ops', () => {
  it('says that there is no Prometheus, and that one does not answer', async () => {
    feed = await startFeed(database);
    expect(await look()).toEqual({ state: 'none', hours: 1, alerts: [], panels: [] });
    await feed.stop();
    feed = await startFeed(database, { prometheusUrl: `http://127.0.0.1:${await freePort()}` });
    expect(await look()).toEqual({ state: 'unreachable', hours: 1, alerts: [], panels: [] });
  });

  it('gives what fires and the figures of every panel, from a real Prometheus', async () => {
    const prometheus = await scrapeWithPrometheus(
      'siaga_classify_posts_total{outcome="scored"} 7\nsiaga_service_check_ok{check="database"} 0\n',
    );
    try {
      feed = await startFeed(database, { prometheusUrl: prometheus.url });
      const ops = await until('the alert fires and there are figures', async () => {
        const found = await look('?hours=1');
        const series = found.panels.find(({ id }) => id === 'posts')?.series ?? [];
        return found.alerts.length > 0 && series.length > 0 ? found : undefined;
      });
      expect(ops.panels.map(({ id }) => id)).toEqual(consolePanels().map(({ id }) => id));
      expect(ops.panels.find(({ id }) => id === 'posts')?.series).toEqual([
        { name: '', times: expect.arrayContaining([expect.any(Number)]), values: expect.arrayContaining([7]) },
      ]);
      expect(ops.panels.find(({ id }) => id === 'checks')?.series[0]?.name).toBe('notify · database');
      expect(ops.alerts).toEqual([
        {
          ...{ name: 'DependencyDown', severity: 'page', since: expect.stringMatching(/Z$/) },
          summary: 'notify cannot use its database <img src=x>',
          runbook: 'https://siaga.example.org/runbooks/DependencyDown.md',
          labels: expect.objectContaining({ check: 'database', job: 'notify' }),
        },
      ]);
    } finally {
      await prometheus.stop();
    }
  });

  it('asks nothing that somebody else has thought of', async () => {
    feed = await startFeed(database);
    for (const query of ['?query=up', '?hours=2', '?hours=1&query=up']) {
      expect((await fetch(`${feed.base}/v1/ops${query}`)).status).toBe(400);
    }
  });
});
