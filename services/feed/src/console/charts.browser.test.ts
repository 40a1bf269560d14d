import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from '@jest/globals';
import { insertFlags, recordDecision } from '@siaga/storage';
import { aFlag } from '@siaga/testkit';
import { aPastNotice } from '../report/report.fixture.js';
import { openCampaign } from '../running-feed.fixture.js';
import { inChromium, overflowOf } from './chromium.fixture.js';

const { SIAGA_SCREENSHOTS } = process.env;

inChromium('the charts in the console', (shown) => {
  const { database, visit } = shown;
  beforeEach(() => database.db.query('truncate decisions cascade'));

  async function seed() {
    const { db } = database;
    const campaignId = await openCampaign(db);
    const post = { id: 'demo:two' };
    await insertFlags(db, [
      // One post under two categories; the third is beside them.
      {
        flag: aFlag({ category: 'hate', post, scores: { hoax: 0.31, hate: 0.97, bullying: 0.91 } }),
        campaignId,
        reported: false,
      },
      {
        flag: aFlag({ category: 'bullying', score: 0.91, post, scores: { hoax: 0.31, hate: 0.97, bullying: 0.91 } }),
        ...{ campaignId, reported: false },
      },
      {
        flag: aFlag({ audit: { share: 0.5 }, scores: { hoax: 0.1, hate: 0.42, bullying: 0.2 } }),
        campaignId: null,
        reported: false,
      },
    ]);
    const alone = aFlag({ category: 'hate', score: 0.65, scores: { hoax: 0.1, hate: 0.65, bullying: 0.2 } });
    await insertFlags(db, [{ flag: alone, campaignId: await openCampaign(db), reported: false }]);
    const decidedAt = new Date().toISOString();
    const dismissed = { subject: { flagId: alone.flagId }, action: 'dismiss', decidedAt } as const;
    const first = randomUUID();
    await recordDecision(db, { ...dismissed, decisionId: first, decidedBy: 'ani', standing: 'held' });
    await recordDecision(db, { ...dismissed, decisionId: randomUUID(), decidedBy: 'rina', secondOf: first });
    const openedAt = new Date(Date.now() - 5 * 3_600_000).toISOString();
    for (const gone of [60, 130, null]) await aPastNotice(db, { platform: 'demo', openedAt, delivered: 1, gone });
  }

  const rowsOf = async (title: string) => {
    const chart = shown.page.getByRole('region', { name: title, exact: true }).first();
    await chart.getByText('As a table').click();
    return (await chart.getByRole('row').allInnerTexts()).map((text) => text.replaceAll('\t', ' | '));
  };

  it('answer their questions, to eyes and as tables', async () => {
    await seed();
    await visit('#/charts', { locale: 'en-GB' });
    await shown.page.locator('.line-chart').nth(2).waitFor();
    const alerts = await rowsOf('How many flags an hour?');
    expect([alerts[0], alerts.length]).toEqual(['Hour | Bullying | Hate', 49]);
    expect(alerts.at(-1)).toMatch(/ \| 1 \| 5$/);
    const thresholds = await rowsOf('How many flags a day at another threshold?');
    expect(thresholds.length).toBe(51);
    await shown.page.getByText('From the scores of the last hour or less.').waitFor();
    // Two people said the same of the one thing that both judged, which tells nothing about chance.
    expect((await rowsOf('Do two people agree?'))[1]).toBe('Hate | 1 | 1 | –');
    expect(await rowsOf('How long until posts are gone?')).toEqual([
      'Platform | Posts | Gone | Half gone after (hours)',
      // Nobody has looked at the third yet, so of two that are known, one was gone after an hour.
      'demo | 3 | 2 | 1',
    ]);
    expect(await rowsOf('Are scores probabilities?')).toContainEqual(
      expect.stringMatching(/^Hate \| 0.65 \| 0% \(0%–\d+%\) \| 1$/),
    );
    // Moving the slider says what that threshold would cost.
    const slider = shown.page.getByRole('slider');
    await slider.fill('0.9');
    expect(await shown.page.locator('output').innerText()).toMatch(/^0\.90 \(now 0\.60\): [\d.,]+ flags a day$/);
    if (SIAGA_SCREENSHOTS) {
      await shown.page.screenshot({ path: `${SIAGA_SCREENSHOTS}/charts.png`, fullPage: true });
    }
  });

  it('fit a phone, and say that there is nothing yet', async () => {
    await visit('#/charts', { viewport: { width: 360, height: 740 }, colorScheme: 'light' });
    await shown.page.getByText('Belum ada yang dapat digambar.').nth(3).waitFor();
    await shown.page.getByText('Perlu paling sedikit dua hari.').waitFor();
    expect(await overflowOf(shown.page)).toBe(0);
    if (SIAGA_SCREENSHOTS) {
      await shown.page.screenshot({ path: `${SIAGA_SCREENSHOTS}/charts-empty.png`, fullPage: true });
    }
  });
});
