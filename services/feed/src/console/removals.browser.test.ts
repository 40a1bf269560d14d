import { expect, it } from '@jest/globals';
import { removePosts } from '@siaga/storage';
import { aFlag } from '@siaga/testkit';
import { openCampaign, recordFlags } from '../running-feed.fixture.js';
import { inChromium } from './chromium.fixture.js';

const GONE = 'Penulisnya telah menghapus atau mengubah unggahan ini';

inChromium('a post that is taken down, in an open console', (shown) => {
  const { database, visit } = shown;
  const reasons = [{ kind: 'token' as const, token: 'rahasia', weight: 2 }];
  const remove = (...postIds: string[]) =>
    database.db.transaction((tx) =>
      removePosts(
        tx,
        postIds.map((postId) => ({ what: 'post', postId })),
      ),
    );
  const cardOf = (postId: string) => shown.page.locator(`[id="flag-${postId}#hate"]`);

  it('loses its text and keeps its scores, without reloading', async () => {
    const [gone, stays] = [
      aFlag({ post: { text: 'ini rahasia' }, reasons }),
      aFlag({ post: { text: 'tetap di sini' } }),
    ] as const;
    await recordFlags(database.db, await openCampaign(database.db), [gone, stays]);
    await visit();
    const card = cardOf(gone.post.id);
    await card.locator('mark').waitFor();
    const loadedAt = await shown.page.evaluate(() => performance.timeOrigin);

    await remove(gone.post.id);
    await card.getByText(GONE).waitFor({ timeout: 10_000 });
    expect(await card.innerText()).toContain('0.97');
    expect(await shown.page.content()).not.toContain('rahasia');
    expect(await cardOf(stays.post.id).innerText()).toContain('tetap di sini');
    expect(await shown.page.evaluate(() => performance.timeOrigin)).toBe(loadedAt);
  });

  it('loses it too when it was taken down while the connection was lost', async () => {
    const campaignId = await openCampaign(database.db);
    const first = aFlag({ post: { text: 'ini rahasia' }, reasons });
    // Further down than the page that is loaded again after the loss.
    const later = Array.from({ length: 60 }, (_, i) => aFlag({ post: { text: `kabar ${i};` } }));
    await visit();
    await recordFlags(database.db, campaignId, [first, ...later]);
    await shown.page.getByText('kabar 59;').waitFor();
    await cardOf(first.post.id).locator('mark').waitFor();
    await shown.feed.stop();
    await shown.page.getByText('Sambungan terputus').waitFor();
    await remove(first.post.id);
    await shown.restart();
    await cardOf(first.post.id).getByText(GONE).waitFor();
    expect(await shown.page.content()).not.toContain('rahasia');
  });
});
