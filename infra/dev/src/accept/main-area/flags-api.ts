import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { CheckResult } from '../check.js';
import { runProgram } from '../run-program.js';
import { startRunningFleet } from '../running-fleet.js';
import type { Workspace } from '../workspace.js';

const TIMEOUT_MS = 30_000;

interface Item {
  readonly category?: unknown;
  readonly score?: unknown;
  readonly threshold?: unknown;
  readonly model?: { readonly version?: unknown };
  readonly reasons?: readonly unknown[];
  readonly post?: { readonly id?: string };
}

/** The demo's posts, asked for as a person would. */
export async function flagsApi(workspace: Workspace): Promise<CheckResult[]> {
  const fleet = await startRunningFleet(workspace);
  try {
    const demo = readFileSync(path.join(workspace.checkout, 'infra/dev/demo-posts.ndjson'), 'utf8');
    fleet.feed(
      demo
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
    );
    const url = `http://127.0.0.1:${fleet.ports.feed}/v1/flags`;
    const deadline = Date.now() + TIMEOUT_MS;
    let items: readonly Item[] = [];
    while (items.length === 0 && Date.now() < deadline) {
      await wait(500);
      items = await curl(url, workspace);
    }
    const whole = items.filter(isWhole);
    return [
      {
        what: 'curl -s /v1/flags gives flagged demo posts',
        figure: `${items.length} on the first page`,
        bar: '> 0, of the demo',
        pass: items.length > 0 && items.some((item) => item.post?.id?.startsWith('demo:')),
      },
      {
        what: 'with category, score, threshold, model version, reasons',
        figure: `${whole.length} of ${items.length}`,
        bar: 'all',
        pass: items.length > 0 && whole.length === items.length,
      },
    ];
  } finally {
    await fleet.stop();
  }
}

async function curl(url: string, { checkout, env, logFolder }: Workspace): Promise<readonly Item[]> {
  const { output } = await runProgram('curl', ['-s', url], {
    cwd: checkout,
    env,
    logFile: path.join(logFolder, 'curl.log'),
  });
  try {
    return (JSON.parse(output) as { items?: Item[] }).items ?? [];
  } catch {
    return [];
  }
}

function isWhole({ category, score, threshold, model, reasons }: Item): boolean {
  return (
    ['hoax', 'hate', 'bullying'].includes(String(category)) &&
    typeof score === 'number' &&
    typeof threshold === 'number' &&
    score >= threshold &&
    typeof model?.version === 'string' &&
    Array.isArray(reasons) &&
    reasons.length > 0
  );
}
