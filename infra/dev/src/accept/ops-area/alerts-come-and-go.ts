import { setTimeout as wait } from 'node:timers/promises';
import type { CheckResult } from '../check.js';
import { startRunningFleet, type RunningFleet } from '../running-fleet.js';
import { runTests } from '../tests.js';
import type { Workspace } from '../workspace.js';
import { prometheusAt } from './prometheus-at.js';

/** A real alert takes an hour to end; with windows so many times shorter it takes minutes. Thresholds are those of production. */
const SPEED = 30;
const JOBS = ['classify', 'feed', 'ingest', 'notify'];
const FIRES_WITHIN_SECONDS = 180;
const CLEARS_WITHIN_SECONDS = 420;
/** Well above the 30 s of the objective. */
const LATE_SECONDS = 45;
const ALERT = 'FreshnessFastBurn';

/** The rules' own tests, and a fleet whose classify workers are stopped and let go on, seen by a real Prometheus. */
export async function alertsComeAndGo(workspace: Workspace): Promise<CheckResult[]> {
  const rules = await runTests(workspace, 'infra/dev/src/prometheus');
  const env = { ...workspace.env, SIAGA_CANARY_SECONDS: '1' };
  const args = ['--posts', '-', '--workers', '1', '--with-prometheus', '--alert-speed', String(SPEED)];
  const fleet = await startRunningFleet({ ...workspace, env }, args);
  try {
    return [
      { what: 'promtool: rules, configuration and a test of each alert', ...rules, bar: 'all pass' },
      ...(await watch(fleet, workspace.say)),
    ];
  } finally {
    await fleet.stop();
  }
}

async function watch(fleet: RunningFleet, say: Workspace['say']): Promise<CheckResult[]> {
  const prometheus = prometheusAt(`http://127.0.0.1:${fleet.ports.prometheus}`);
  const up = await prometheus.until('all services are scraped', 60, async () => {
    const jobs = (await prometheus.query('up == 1')).flatMap(({ metric }) => metric.job ?? []);
    return JOBS.every((job) => jobs.includes(job)) && jobs;
  });
  await prometheus.until('a canary has come through, and freshness is known', 90, async () => {
    const canaries = await prometheus.query('siaga_notify_canary_seconds_count > 3');
    return canaries.length > 0 && (await late(prometheus)) === 0;
  });
  const before = await prometheus.firing();

  say('stopping the classify worker');
  const stoppedAt = Date.now();
  const goOn = fleet.pause('classify');
  let fired: number | undefined;
  let oldest: number | undefined;
  try {
    await prometheus.until(`${ALERT} fires`, FIRES_WITHIN_SECONDS, async () =>
      (await prometheus.firing()).includes(ALERT),
    );
    fired = (Date.now() - stoppedAt) / 1000;
    // Posts that are answered sooner than the objective says were never late.
    oldest = await prometheus.until('posts are late for good', FIRES_WITHIN_SECONDS, async () => {
      const [lag] = await prometheus.query('siaga:lag_seconds:max{group="siaga.classify"}');
      return Number(lag?.value[1]) > LATE_SECONDS && Number(lag?.value[1]);
    });
  } finally {
    goOn();
  }
  const shown = await opsOf(fleet);
  const wentOnAt = Date.now();
  await prometheus.until(`${ALERT} ends`, CLEARS_WITHIN_SECONDS, async () => {
    await wait(1_000);
    return !(await prometheus.firing()).includes(ALERT);
  });
  const cleared = (Date.now() - wentOnAt) / 1000;
  const flags = await (await fetch(`http://127.0.0.1:${fleet.ports.feed}/v1/flags?limit=200`)).text();
  return [
    {
      what: 'a real Prometheus scrapes the fleet',
      figure: [...up].sort().join(', '),
      bar: JOBS.join(', '),
      pass: true,
    },
    {
      what: `${ALERT} is quiet while all goes well`,
      figure: before.join(', ') || 'nothing fires',
      bar: 'not firing',
      pass: !before.includes(ALERT),
    },
    {
      what: `classify stopped (SIGSTOP): ${ALERT} fires, windows ${SPEED} times shorter`,
      figure: `after ${fired.toFixed(0)} s`,
      bar: `<= ${FIRES_WITHIN_SECONDS} s`,
      pass: true,
    },
    { what: 'the operations view tells of it', figure: shown.join(', '), bar: ALERT, pass: shown.includes(ALERT) },
    {
      what: 'classify goes on: it ends',
      figure: `after ${cleared.toFixed(0)} s; the oldest post had waited for ${oldest.toFixed(0)} s`,
      bar: `<= ${CLEARS_WITHIN_SECONDS} s`,
      pass: true,
    },
    {
      what: 'canaries in the feed',
      figure: String(flags.split('siaga-canary').length - 1),
      bar: '0',
      pass: !flags.includes('siaga-canary'),
    },
  ];
}

const late = async (prometheus: ReturnType<typeof prometheusAt>): Promise<number> =>
  Number((await prometheus.query('siaga:freshness_errors:ratio_rate5m{stage="verdict"}'))[0]?.value[1] ?? NaN);

async function opsOf({ ports }: RunningFleet): Promise<string[]> {
  const answer = await fetch(`http://127.0.0.1:${ports.feed}/v1/ops`);
  return ((await answer.json()) as { alerts: { name: string }[] }).alerts.map(({ name }) => name);
}
