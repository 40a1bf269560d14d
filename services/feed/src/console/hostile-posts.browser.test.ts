import { expect, it } from '@jest/globals';
import { aFlag, HOSTILE_POSTS, until } from '@siaga/testkit';
import { openCampaign, recordFlags } from '../running-feed.fixture.js';
import { inChromium, overflowOf } from './chromium.fixture.js';

inChromium('hostile posts in the console', (shown) => {
  it.each([1280, 360])('do nothing and break nothing, %d pixels wide', async (width) => {
    const { db } = shown.database;
    // Recorded past the contract's check, as a fault elsewhere might.
    for (const { text, url } of HOSTILE_POSTS)
      await recordFlags(db, await openCampaign(db), [aFlag({ post: { text, url } })]);
    await shown.visit('', { viewport: { width, height: 860 } });
    const cards = shown.page.locator('.card:not(.skeleton)');
    await cards.first().waitFor();

    /** What the cards say of their posts; only those near the window are there at once. */
    const seen = new Set<string>();
    const marked = new Set<string>();
    await until('every card has been near the window', async () => {
      for (const text of await cards.locator('.card-post').allInnerTexts())
        seen.add(text.replace(/\d+/g, '').slice(0, 200));
      for (const text of await cards.getByRole('img').locator('..').allInnerTexts()) marked.add(text);
      expect(await cards.locator('script, iframe, object, b, .card-post img, .card-post svg').count()).toBe(0);
      expect(await overflowOf(shown.page)).toBe(0);
      const links = await cards.locator('a').evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).protocol));
      expect(links.filter((protocol) => !/^https?:$/.test(protocol))).toEqual([]);
      await shown.page.mouse.wheel(0, 400);
      return seen.size >= HOSTILE_POSTS.length;
    });
    expect([...marked].join()).toContain('xn--ypal-43d9g.invalid');
    // That no dialog opened and that the policy had nothing to stop is looked at after every test.
  });
});
