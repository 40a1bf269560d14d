import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from '@jest/globals';
import { announceFlags, insertCampaign, insertFlag, lockFlagWriting } from '@siaga/storage';
import { aFlag } from '@siaga/testkit';
import { CONSOLE_DIR, inChromium } from './chromium.fixture.js';

const SCRIPT_MAX_BYTES = 150 * 1024;
/** `npm run accept -- feed 6` asks for 10,000. */
const LIVE_ITEMS = Number(process.env.SIAGA_LIVE_ITEMS ?? 1_000);
const BATCH = 500;
const SCROLLED_FRAMES = 300;
/** Pixels a frame: somebody who spins the wheel. */
const STEP_PX = 180;

inChromium('figures of the console', (shown) => {
  const { database, visit } = shown;

  it('are little to load, a first paint soon, and few cards drawn of many live items', async () => {
    const size = scriptOfFirstLoad();
    expect(size).toBeLessThan(SCRIPT_MAX_BYTES);
    await visit();
    const { page } = shown;
    const transferred = await page.evaluate(() =>
      (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
        .filter(({ name }) => name.endsWith('.js'))
        .reduce((total, { encodedBodySize }) => total + encodedBodySize, 0),
    );
    expect(transferred).toBeGreaterThan(0);
    expect(transferred).toBeLessThan(SCRIPT_MAX_BYTES);
    const paintedMs = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);

    await page.getByText('Belum ada tanda').waitFor();
    for (let at = 0; at < LIVE_ITEMS; at += BATCH) await recordCampaigns(at, BATCH);
    await page.waitForFunction(
      (last) => document.querySelector('.card .post-text')?.textContent?.includes(last) === true,
      `kabar ${LIVE_ITEMS - 1};`,
      { timeout: 120_000 },
    );
    const drawn = await page.locator('.card').count();
    expect(drawn).toBeLessThan(40);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    // Every one of them is in the list, drawn or not.
    expect(height).toBeGreaterThan(LIVE_ITEMS * 60);

    const frames = await page.evaluate(
      ([count, step]) =>
        new Promise<number[]>((resolve) => {
          const times: number[] = [];
          let last = performance.now();
          const frame = (now: number) => {
            times.push(now - last);
            last = now;
            scrollBy(0, step);
            if (times.length < count) requestAnimationFrame(frame);
            else resolve(times.slice(1).sort((a, b) => a - b));
          };
          requestAnimationFrame(frame);
        }),
      [SCROLLED_FRAMES, STEP_PX] as const,
    );
    const at = (share: number) => (frames[Math.floor(share * (frames.length - 1))] ?? Infinity).toFixed(0);
    const figures = [
      `first contentful paint ${paintedMs?.toFixed(0)} ms`,
      `${(size / 1024).toFixed(1)} KiB of script (gzip)`,
      `${LIVE_ITEMS} live items: ${drawn} cards drawn, frame p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms`,
    ];
    process.stdout.write(`console: ${figures.join('; ')}\n`);
  }, 300_000);

  async function recordCampaigns(from: number, count: number): Promise<void> {
    const flags = Array.from({ length: count }, (_, i) =>
      aFlag({ category: 'hoax', post: { text: `kabar ${from + i};` } }),
    );
    await database.db.transaction(async (tx) => {
      await lockFlagWriting(tx);
      for (const flag of flags) {
        const campaignId = randomUUID();
        await insertCampaign(tx, { campaignId, category: 'hoax', signature: [1], bands: [1] });
        await insertFlag(tx, flag, { campaignId, reported: false });
      }
      await announceFlags(tx);
    });
  }
});

/** Bytes of the scripts that the page asks for before anything is clicked, compressed as for a browser without brotli. */
function scriptOfFirstLoad(): number {
  const folder = path.join(CONSOLE_DIR, 'assets');
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'));
  const wanted = new Set<string>();
  const take = (text: string) => {
    for (const name of names) {
      if (wanted.has(name) || !text.includes(name)) continue;
      wanted.add(name);
      const code = readFileSync(path.join(folder, name), 'utf8');
      // Only what a module imports at once; a view that is opened later is fetched then.
      take([...code.matchAll(/\b(?:import|from)\s*"([^"]+)"/g)].map(([, from]) => from).join());
    }
  };
  take(readFileSync(path.join(CONSOLE_DIR, 'index.html'), 'utf8'));
  return [...wanted].reduce((total, name) => total + gzipSync(readFileSync(path.join(folder, name))).length, 0);
}
